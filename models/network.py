"""The network: one encoder, many heads, and a copy of its top layers for who and what."""

import copy
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from annotate.components import scheme
from models.base import Base

ARC, REL = 256, 128
"""Widths of the biaffine parser (Dozat and Manning 2017)."""


class Layer(nn.Module):
    """A BERT layer (Devlin et al. 2019), post-norm, with the tanh form of gelu."""

    def __init__(self, width: int, heads: int, feedforward: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, feedforward)
        self.down = nn.Linear(feedforward, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map states [batch, length, width]; mask [batch, 1, 1, length] is True where to look."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + F.dropout(self.out(seen), self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """The layers over embedded pieces; gives the states of the fork and of the last layer."""

    def __init__(self, config: dict[str, Any], depth: int, fork: int, dropout: float) -> None:
        super().__init__()
        width = config["width"]
        self.fork = fork
        self.position = nn.Embedding(config["positions"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["heads"], config["feedforward"], dropout) for _ in range(depth)
        )

    def forward(self, embedded: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Map embedded pieces [batch, length, width] to two states of the same shape."""
        x = self.norm(embedded + self.position.weight[: embedded.shape[1]])
        forked = x
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            if i + 1 == self.fork:
                forked = x
        return forked, x


class Roles(nn.Module):
    """Source, content and further cue words around one anchor, from the states of the fork."""

    def __init__(self, layers: nn.ModuleList, width: int) -> None:
        super().__init__()
        self.anchor = nn.Parameter(torch.randn(2, width) * 0.1)
        self.distance = nn.Embedding(2 * scheme.REACH + 1, width)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.layers = copy.deepcopy(layers)
        self.tags = nn.Linear(width, len(scheme.ROLE_TAGS))

    def forward(self, states: Tensor, kind: Tensor, mask: Tensor) -> Tensor:
        """Score the role tags of each unit in the context of each anchor.

        Args:
            states: [anchors, LEFT + 1 + RIGHT, width], the anchor at position LEFT.
            kind: [anchors], 0 for a cue, 1 for the start of a content without cue.
            mask: [anchors, LEFT + 1 + RIGHT], True inside the article.
        """
        offsets = torch.arange(states.shape[1], device=states.device) - scheme.LEFT
        near = offsets.clamp(-scheme.REACH, scheme.REACH) + scheme.REACH
        at = (offsets == 0).to(states.dtype)[None, :, None]
        x = states + self.distance(near) + at * self.anchor[kind][:, None, :]
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return self.tags(x)  # type: ignore[no-any-return]


class Parser(nn.Module):
    """Biaffine heads and relations; a token that is its own head is the root."""

    def __init__(self, width: int, relations: int) -> None:
        super().__init__()
        self.arc_dep, self.arc_head = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.rel_dep, self.rel_head = nn.Linear(width, REL), nn.Linear(width, REL)
        self.arc = nn.Linear(ARC, ARC)
        self.rel = nn.Parameter(torch.randn(relations, REL + 1, REL + 1) * 0.02)

    def arcs(self, tokens: Tensor) -> Tensor:
        """Score heads [tokens, tokens] (row: dependent) from states [tokens, width]."""
        dep, head = torch.relu(self.arc_dep(tokens)), torch.relu(self.arc_head(tokens))
        return self.arc(dep) @ head.T / ARC**0.5

    def relations(self, tokens: Tensor, heads: Tensor) -> Tensor:
        """Score relations [tokens, relations] to the given heads."""
        dep = F.pad(torch.relu(self.rel_dep(tokens)), (0, 1), value=1.0)
        head = F.pad(torch.relu(self.rel_head(tokens)), (0, 1), value=1.0)[heads]
        return torch.einsum("ti,rij,tj->tr", dep, self.rel, head)


class Network(nn.Module):
    """Encoder and heads.

    Args:
        config: sizes of the base encoder.
        sizes: number of classes of the heads that depend on the data
            (upos, tag, morph, lemma, relation).
        depth: layers of the encoder; fork: the layer whose states the roles start from.
    """

    HEADS = ("upos", "tag", "morph", "lemma")

    def __init__(
        self,
        config: dict[str, Any],
        sizes: dict[str, int],
        *,
        depth: int,
        fork: int,
        dropout: float,
    ) -> None:
        super().__init__()
        width = config["width"]
        self.encoder = Encoder(config, depth, fork, dropout)
        self.entity = nn.Linear(width, len(scheme.ENTITY_TAGS))
        self.cue = nn.Linear(width, len(scheme.CUE_TAGS))
        self.act = nn.Linear(width, len(scheme.ACT_TAGS))
        self.polarity = nn.Linear(width, len(scheme.POLARITY_TAGS))
        self.sentence = nn.Linear(width, 2)
        self.words = nn.ModuleDict({name: nn.Linear(width, sizes[name]) for name in self.HEADS})
        self.parser = Parser(width, sizes["relation"])
        self.roles = Roles(self.encoder.layers[fork:], width)

    def load_base(self, base: Base, layers: list[int]) -> None:
        """Take over the weights of the given layers of the base encoder."""
        config = base.config
        width, inner = config["width"], config["feedforward"]
        vectors = {name: torch.from_numpy(v) for name, v in base.vectors.items()}
        positions = vectors["emb.pos"].view(config["positions"], width)
        self.encoder.position.weight.data = positions + vectors["emb.type"][:width]
        self.encoder.norm.weight.data = vectors["emb.ln.w"]
        self.encoder.norm.bias.data = vectors["emb.ln.b"]
        for module, i in zip(self.encoder.layers, layers, strict=True):
            layer = cast(Layer, module)

            def matrix(name: str, rows: int, i: int = i) -> Tensor:
                return torch.from_numpy(base.matrix(f"l{i}.{name}.w", rows))

            layer.qkv.weight.data = torch.cat([matrix(n, width) for n in "qkv"])
            layer.qkv.bias.data = torch.cat([vectors[f"l{i}.{n}.b"] for n in "qkv"])
            for linear, name, rows in (
                (layer.out, "ao", width),
                (layer.up, "fi", inner),
                (layer.down, "fo", width),
            ):
                linear.weight.data = matrix(name, rows)
                linear.bias.data = vectors[f"l{i}.{name}.b"]
            for norm, name in ((layer.norm1, "aln"), (layer.norm2, "oln")):
                norm.weight.data = vectors[f"l{i}.{name}.w"]
                norm.bias.data = vectors[f"l{i}.{name}.b"]
        self.roles.layers.load_state_dict(self.encoder.layers[self.encoder.fork :].state_dict())
