"""Teach a smaller model by a larger one: ``python -m models.distil CONFIG --teacher CONFIG …``.

The student learns the teacher's distributions over all tags, heads and relations (Hinton et al. 2015) and its
last states, on the same texts, and what is marked in them. It begins with some of the teacher's layers.
"""

import json
import random
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models import base as base_weights
from models.batches import Batch, Settings, chosen, encode
from models.losses import role_mask, role_scores, states
from models.network import Network
from models.package import trained
from models.train import Data, arguments, gold_loss, train

FROM_TEACHER = ("entity", "cue", "act", "polarity", "sentence", "words", "parser")
"""Heads that the student takes over as they are."""


def student_of(
    teacher: Network, config: dict[str, Any], base: base_weights.Base, sizes: dict[str, int]
) -> Network:
    """Return a network with the teacher's heads and the layers of it that the configuration names."""
    torch.manual_seed(config["seed"])
    student = Network(
        base.config, sizes, depth=config["depth"], fork=config["fork"], dropout=config["dropout"]
    )
    for name in FROM_TEACHER:
        getattr(student, name).load_state_dict(getattr(teacher, name).state_dict())
    student.encoder.position.load_state_dict(teacher.encoder.position.state_dict())
    student.encoder.norm.load_state_dict(teacher.encoder.norm.state_dict())
    _take(student.encoder.layers, teacher.encoder.layers, config["layers"])
    _take(student.roles.layers, teacher.roles.layers, config["role_layers"])
    for name in ("distance", "tags"):
        getattr(student.roles, name).load_state_dict(getattr(teacher.roles, name).state_dict())
    student.roles.anchor.data = teacher.roles.anchor.data.clone()
    return student


def _take(to: nn.ModuleList, source: nn.ModuleList, indices: list[int]) -> None:
    for layer, i in zip(to, indices, strict=True):
        layer.load_state_dict(source[i].state_dict())


def divergence(student: Tensor, teacher: Tensor) -> Tensor:
    """Return the divergence of the student's distributions [items, classes] from the teacher's, summed."""
    return F.kl_div(
        student.log_softmax(-1), teacher.log_softmax(-1), reduction="sum", log_target=True
    )


class Distillation:
    """The losses of a student: the teacher's outputs on the same units, and what is marked.

    Args:
        teacher: a trained network. data: texts, with the student's pieces.
        vectors: pieces and vectors of the teacher.
    """

    def __init__(self, teacher: Network, vectors: base_weights.Vectors) -> None:
        self.teacher = teacher
        self.pieces = vectors.pieces
        self.embedding = torch.from_numpy(vectors.dense())

    def loss(
        self,
        network: Network,
        embedding: Tensor,
        batch: Batch,
        config: dict[str, Any],
        rng: random.Random,
    ) -> dict[str, Tensor]:
        """Return the losses of one batch, by name."""
        own = states(network, embedding, batch)
        anchors = chosen(batch, config["mix"]["anchors"], random.Random(rng.random()))
        share = config["distil"]["marked"]
        found = {
            name: share * value
            for name, value in gold_loss(network, own, batch, config, rng).items()
        }
        with torch.no_grad():
            theirs = states(
                self.teacher, self.embedding, encode(batch.examples, self.pieces, Settings())
            )
        teacher = self.teacher
        last, wanted = own[1], theirs[1]
        found["states"] = config["distil"]["states"] * F.mse_loss(last, wanted, reduction="mean")
        for name, weight in (("entity", 60), ("cue", 20), ("sentence", 60)):
            with torch.no_grad():
                target = getattr(teacher, name)(wanted)
            found[f"{name}*"] = divergence(getattr(network, name)(last), target) / weight
        found.update(self._words(network, last, wanted, batch))
        if anchors:
            at = torch.tensor([base + anchor.unit for base, _size, anchor in anchors])
            for name in ("act", "polarity"):
                with torch.no_grad():
                    target = getattr(teacher, name)(wanted[at])
                found[f"{name}*"] = divergence(getattr(network, name)(last[at]), target) / 20
            with torch.no_grad():
                target = role_scores(teacher, theirs[0], anchors)
            inside = role_mask(anchors)
            scores = role_scores(network, own[0], anchors)
            found["role*"] = divergence(scores[inside], target[inside]) / 60
        return found

    def _words(
        self, network: Network, last: Tensor, wanted: Tensor, batch: Batch
    ) -> dict[str, Tensor]:
        """Losses of tags, lemmas and trees over the first unit of each token, in the teacher's sentences."""
        teacher = self.teacher
        first = first_units(batch)
        words, target = last[first], wanted[first]
        found: dict[str, Tensor] = {}
        for name in Network.HEADS:
            with torch.no_grad():
                scores = teacher.words[name](target)
            found[f"{name}*"] = divergence(network.words[name](words), scores) / 120
        with torch.no_grad():
            starts = teacher.sentence(target).argmax(-1)
            arcs = teacher.parser.arcs(target)
        bounds = [0, *(int(i) for i in starts.nonzero().flatten() if i > 0), len(starts)]
        own = network.parser.arcs(words)
        heads = torch.empty(len(starts), dtype=torch.long)
        total = own.new_zeros(())
        for begin, end in pairwise(bounds):
            square = slice(begin, end), slice(begin, end)
            total = total + divergence(own[square], arcs[square])
            heads[begin:end] = arcs[square].argmax(-1) + begin
        found["arc*"] = total / 60
        with torch.no_grad():
            relations = teacher.parser.relations(target, heads)
        found["relation*"] = divergence(network.parser.relations(words, heads), relations) / 60
        return found


def first_units(batch: Batch) -> Tensor:
    """Return the indices of the units of a batch that begin a token."""
    first, base = [], 0
    for example in batch.examples:
        tokens = np.array([unit.token for unit in example.units])
        first.append(base + np.flatnonzero(np.diff(tokens, prepend=-1)))
        base += len(tokens)
    return torch.from_numpy(np.concatenate(first))


def main() -> None:
    """Read the command line and train the student."""
    parser = arguments(__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="configuration of the teacher")
    parser.add_argument("--teacher-work", type=Path, required=True, help="folder of its training")
    parser.add_argument("--teacher-checkpoint", help="a checkpoint instead of its final weights")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    teaching = tomllib.loads(args.teacher.read_text(encoding="utf-8"))
    base = base_weights.read(base_weights.fetch(args.base))
    data = Data(args.corpus, base, args.work, config, args.limit)
    for name in ("labels.json", "lemmas.json"):
        (args.work / name).write_bytes((args.teacher_work / name).read_bytes())
    teacher = trained(teaching, base, args.teacher_work, args.teacher_checkpoint)
    labels = json.loads((args.work / "labels.json").read_text(encoding="utf-8"))
    if labels != data.labels:
        parser.error("the teacher was trained on another corpus: its labels differ")
    keep = json.loads((args.teacher_work / "vocabulary.json").read_text())
    distillation = Distillation(teacher, base_weights.vectors_of(base, keep))
    sizes = {name: len(found) for name, found in labels.items()}
    student = student_of(teacher, config, base, sizes)
    train(
        config,
        data,
        student,
        args.work,
        steps=args.steps,
        decay=args.decay,
        every=args.every,
        loss=distillation.loss,
    )


if __name__ == "__main__":
    main()
