"""The ONNX graphs of the encoder and of the roles, built from a trained network.

They are written out by hand, layer by layer, with the fused operators of onnxruntime (MultiHeadAttention,
FastGelu), so that they stay small, take any length and run fast on a CPU.
"""

import logging
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from models.network import Layer, Network

OPSET = 17
FUSED = "com.microsoft"
EPSILON = 1e-12


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.count = 0

    def weight(self, array: Tensor | npt.NDArray[Any]) -> str:
        values = array.detach().numpy() if isinstance(array, Tensor) else array
        self.count += 1
        name = f"w{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(
        self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **options: Any
    ) -> Any:
        self.count += 1
        names = [f"x{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), names, f"n{self.count}", domain=domain, **options)
        )
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Tensor, bias: Tensor) -> str:
        product = self.node("MatMul", x, self.weight(weight.T))
        return str(self.node("Add", product, self.weight(bias)))

    def norm(self, x: str, weight: Tensor, bias: Tensor) -> str:
        return str(
            self.node(
                "LayerNormalization",
                x,
                self.weight(weight),
                self.weight(bias),
                epsilon=EPSILON,
                axis=-1,
            )
        )

    def layer(self, x: str, layer: Layer, mask: str = "") -> str:
        q, k, v = self.node(
            "Split",
            self.linear(x, layer.qkv.weight, layer.qkv.bias),
            self.weight(np.array([layer.qkv.in_features] * 3)),
            outputs=3,
            axis=2,
        )
        seen = self.node(
            "MultiHeadAttention", q, k, v, "", mask, domain=FUSED, num_heads=layer.heads
        )
        seen = self.linear(seen, layer.out.weight, layer.out.bias)
        x = self.norm(self.node("Add", x, seen), layer.norm1.weight, layer.norm1.bias)
        inner = self.linear(x, layer.up.weight, layer.up.bias)
        inner = self.linear(
            self.node("FastGelu", inner, domain=FUSED), layer.down.weight, layer.down.bias
        )
        return self.norm(self.node("Add", x, inner), layer.norm2.weight, layer.norm2.bias)

    def model(
        self, inputs: list[Any], outputs: dict[str, tuple[str, list[Any]]]
    ) -> onnx.ModelProto:
        results = []
        for name, (value, shape) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [value], [name]))
            results.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        graph = helper.make_graph(self.nodes, "annotate", inputs, results, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def encoder_graph(network: Network) -> onnx.ModelProto:
    """Return the graph ``embedded`` [1, length, width] -> ``forked``, ``last`` [1, length, width]."""
    build = _Builder()
    encoder = network.encoder
    width = encoder.position.embedding_dim
    length = build.node("Shape", "embedded", start=1, end=2)
    zero = build.weight(np.array([0]))
    positions = build.node("Slice", build.weight(encoder.position.weight), zero, length, zero)
    x = build.node("Add", "embedded", positions)
    x = build.norm(x, encoder.norm.weight, encoder.norm.bias)
    forked = x
    for i, layer in enumerate(encoder.layers):
        x = build.layer(x, layer)  # type: ignore[arg-type]
        if i + 1 == encoder.fork:
            forked = x
    shape: list[Any] = [1, "length", width]
    value = helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape)
    return build.model([value], {"forked": (forked, shape), "last": (x, shape)})


def roles_graph(network: Network) -> onnx.ModelProto:
    """Return the graph ``states`` [anchors, context, width], ``mask`` [anchors, context] -> ``tags``.

    The states have the anchor's vector and the distances added; the mask is 1 inside the article.
    """
    build = _Builder()
    roles = network.roles
    width = roles.tags.in_features
    x = "states"
    for layer in roles.layers:
        x = build.layer(x, layer, "mask")  # type: ignore[arg-type]
    tags = build.linear(x, roles.tags.weight, roles.tags.bias)
    states = helper.make_tensor_value_info(
        "states", TensorProto.FLOAT, ["anchors", "context", width]
    )
    mask = helper.make_tensor_value_info("mask", TensorProto.INT32, ["anchors", "context"])
    shape = ["anchors", "context", roles.tags.out_features]
    return build.model([states, mask], {"tags": (tags, shape)})


def quantised(model: onnx.ModelProto, bits: int) -> onnx.ModelProto:
    """Return the graph with the weights of the matrix products in 8 or 4 bits.

    Every block of 32 weights has its own scale, and activations are rounded to 8 bits a row at run time:
    on this encoder that keeps the states 100 times closer to f32 than one scale a column does.
    """
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    config = DefaultWeightOnlyQuantConfig(
        block_size=32, is_symmetric=True, accuracy_level=4, bits=bits
    )
    logging.getLogger("onnxruntime.quantization.matmul_nbits_quantizer").setLevel(logging.WARNING)
    quantizer = MatMulNBitsQuantizer(model, algo_config=config)
    quantizer.process()
    return onnx.ModelProto.FromString(quantizer.model.model.SerializeToString())
