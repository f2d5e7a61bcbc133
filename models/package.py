"""Make the pipeline that ships: ``python -m models.package CONFIG --corpus … --base … --work … --out …``.

Reads the weights that training left in ``--work``, writes a spaCy pipeline that needs onnxruntime and not
torch.
"""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.language import Language

from annotate.components.attributions import AttributionFinder
from annotate.components.encoder import Encoder, EncoderComponent
from annotate.components.entities import EntityFinder
from annotate.components.storage import Floats, Graph
from annotate.components.syntax import Syntax
from annotate.pipeline import ADDED, register_components
from annotate.version import __version__
from models import base as base_weights
from models.graphs import encoder_graph, quantised, roles_graph
from models.network import Network
from models.wordlist import dictionary

PIPES = ("annotate_encoder", "annotate_syntax", "annotate_entities", "annotate_attributions")


def arrays(network: Network, *prefixes: str) -> dict[str, Floats]:
    """Return the weights of the modules with the given names, as they are called in the network."""
    return {
        name: value.detach().numpy().astype(np.float32)
        for name, value in network.state_dict().items()
        if name.startswith(prefixes)
    }


def pipeline(
    config: dict[str, Any],
    network: Network,
    labels: dict[str, list[str]],
    lemmas: dict[str, str],
    vectors: base_weights.Vectors,
    bits: int,
) -> Language:
    """Return the spaCy pipeline for a trained network."""
    register_components()
    nlp = spacy.blank("nl")
    found: dict[str, Any] = {name: nlp.add_pipe(name) for name in PIPES}
    for name in ADDED:
        if name not in PIPES:
            nlp.add_pipe(name)
    encoder, syntax, entities, attributions = (found[name] for name in PIPES)

    def graph(model: Any, name: str) -> Graph:
        small = quantised(model, bits) if bits < 32 else model
        return Graph(small.SerializeToString(), name)

    if not isinstance(encoder, EncoderComponent) or not isinstance(syntax, Syntax):
        raise TypeError
    if not isinstance(entities, EntityFinder) or not isinstance(attributions, AttributionFinder):
        raise TypeError
    encoder.encoder = Encoder(*vectors, graph(encoder_graph(network), "encoder.onnx"))
    syntax.arrays = arrays(network, "words.", "parser.", "sentence.")
    syntax.classes = labels
    syntax.dictionary = dictionary(lemmas)
    entities.arrays = arrays(network, "entity.")
    attributions.arrays = {
        **arrays(network, "cue.", "act.", "polarity."),
        "roles.anchor": network.roles.anchor.detach().numpy(),
        "roles.distance": network.roles.distance.weight.detach().numpy(),
    }
    attributions.roles = graph(roles_graph(network), "roles.onnx")
    nlp.meta.update(
        name=config["name"].removeprefix("nl_"),
        version=__version__,
        description="Dutch news: syntax, entities, and who says what",
        license="CC BY-SA 4.0",
        author="annotate-nl",
    )
    return nlp


def trained(
    config: dict[str, Any], base: base_weights.Base, work: Path, checkpoint: str | None = None
) -> Network:
    """Return the network that training left in a folder, ready to be used.

    Args:
        checkpoint: name of a checkpoint to take instead of the final weights.
    """
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    sizes = {name: len(found) for name, found in labels.items()}
    network = Network(base.config, sizes, depth=config["depth"], fork=config["fork"], dropout=0.0)
    if checkpoint:
        weights = torch.load(work / checkpoint, weights_only=False)["network"]
    else:
        weights = torch.load(work / "weights.pt")
    network.load_state_dict(weights)
    network.eval()
    return network


def main() -> None:
    """Read the command line and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base weights")
    parser.add_argument("--work", type=Path, required=True, help="folder of the training")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pipeline")
    parser.add_argument("--bits", type=int, default=8, choices=(4, 8, 32))
    parser.add_argument("--checkpoint", help="a checkpoint instead of the final weights")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    base = base_weights.read(base_weights.fetch(args.base))
    labels = json.loads((args.work / "labels.json").read_text(encoding="utf-8"))
    lemmas = json.loads((args.work / "lemmas.json").read_text(encoding="utf-8"))
    keep = json.loads((args.work / "vocabulary.json").read_text())
    network = trained(config, base, args.work, args.checkpoint)
    vectors = base_weights.vectors_of(base, keep)
    nlp = pipeline(config, network, labels, lemmas, vectors, args.bits)
    nlp.to_disk(args.out)
    print(f"{args.out}: {sum(f.stat().st_size for f in args.out.rglob('*')) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
