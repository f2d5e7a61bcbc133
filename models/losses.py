"""What the network is taught in one step."""

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from annotate.components import scheme
from models.batches import Anchored, Batch, chosen
from models.corpus import UNKNOWN, Ints
from models.network import Network

CUE_WEIGHT = 1.5


def states(network: Network, embedding: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the states of the units [units, width] at the fork and at the last layer.

    Windows go one by one: on a CPU that is faster than a padded batch.
    """
    found = [
        network.encoder(embedding[torch.from_numpy(row[:size])][None])
        for row, size in zip(batch.pieces, batch.lengths, strict=True)
    ]
    rows, positions = batch.window, batch.position
    begin = np.concatenate([[0], np.cumsum(batch.lengths)[:-1]])
    at = torch.from_numpy(begin[rows] + positions)
    forked = torch.cat([pair[0][0] for pair in found])
    last = torch.cat([pair[1][0] for pair in found])
    return forked[at], last[at]


def entity_loss(network: Network, last: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of the entity tags, summed over units."""
    gold = torch.from_numpy(np.concatenate([e.entities for e in batch.examples]))
    return cross_entropy(network.entity(last), gold)


def cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of scores [items, classes] with classes [items], summed; UNKNOWN ones do not count."""
    return F.cross_entropy(scores, gold, ignore_index=UNKNOWN, reduction="sum")


def article_loss(
    network: Network, forked: Tensor, last: Tensor, batch: Batch, most: int, rng: random.Random
) -> dict[str, Tensor]:
    """Losses of articles: entities, cues with act and polarity, roles."""
    cues = torch.from_numpy(np.concatenate([e.cues for e in batch.examples]))
    weight = torch.tensor([1.0, CUE_WEIGHT, CUE_WEIGHT])
    found = {
        "entity": entity_loss(network, last, batch) / 60,
        "cue": F.cross_entropy(network.cue(last), cues, weight, reduction="sum") / 20,
    }
    all_anchors = chosen(batch, 10**9, rng)
    if not all_anchors:
        return found
    at = torch.tensor([base + anchor.unit for base, _size, anchor in all_anchors])
    acts = torch.tensor([anchor.act for _base, _size, anchor in all_anchors])
    signs = torch.tensor([anchor.polarity for _base, _size, anchor in all_anchors])
    found["act"] = F.cross_entropy(network.act(last[at]), acts, reduction="sum") / 20
    found["sign"] = F.cross_entropy(network.polarity(last[at]), signs, reduction="sum") / 20
    some = chosen(batch, most, rng)
    gold = torch.from_numpy(np.stack([_around(a.tags, a.unit, size) for _base, size, a in some]))
    scores = role_scores(network, forked, some)
    found["role"] = cross_entropy(scores.flatten(0, 1), gold.flatten()) / 60
    return found


def role_scores(network: Network, forked: Tensor, anchors: Sequence[Anchored]) -> Tensor:
    """Score the role tags [anchors, LEFT + 1 + RIGHT, tags] of the units around anchors."""
    index = np.stack([base + _positions(a.unit).clip(0, size - 1) for base, size, a in anchors])
    kinds = torch.tensor([int(anchor.kind == 2) for _base, _size, anchor in anchors])
    return network.roles(forked[torch.from_numpy(index)], kinds, role_mask(anchors))  # type: ignore[no-any-return]


def role_mask(anchors: Sequence[Anchored]) -> Tensor:
    """Tell of each unit around anchors [anchors, LEFT + 1 + RIGHT] whether it lies in the text."""
    inside = [_inside(anchor.unit, size) for _base, size, anchor in anchors]
    return torch.from_numpy(np.stack(inside))


def _positions(unit: int) -> Ints:
    return unit + np.arange(-scheme.LEFT, scheme.RIGHT + 1)


def _inside(unit: int, size: int) -> npt.NDArray[np.bool_]:
    positions = _positions(unit)
    return (positions >= 0) & (positions < size)


def _around(tags: Ints, unit: int, size: int) -> Ints:
    return np.where(_inside(unit, size), tags[_positions(unit).clip(0, size - 1)], UNKNOWN)


def tree_loss(network: Network, last: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Losses of the treebank: entities where marked, sentence starts, tags, lemmas, trees."""
    starts = torch.from_numpy(
        np.concatenate([e.sentences for e in batch.examples if e.sentences is not None])
    )
    found = {
        "entity": entity_loss(network, last, batch) / 60,
        "sentence": F.cross_entropy(network.sentence(last), starts, reduction="sum") / 60,
    }
    first, heads, group = [], [], []
    base = tokens = 0
    for example in batch.examples:
        if example.first is None or example.heads is None or example.sentences is None:
            message = f"{example.id} has no tree"
            raise ValueError(message)
        first.append(example.first + base)
        heads.append(example.heads + tokens)
        group.append(np.cumsum(example.sentences)[example.first] + base)
        base += len(example.units)
        tokens += len(example.first)
    words = last[torch.from_numpy(np.concatenate(first))]
    gold = {
        name: torch.from_numpy(np.concatenate([e.words[name] for e in batch.examples]))
        for name in (*Network.HEADS, "relation")
    }
    for name in Network.HEADS:
        found[name] = cross_entropy(network.words[name](words), gold[name]) / 120
    head = torch.from_numpy(np.concatenate(heads))
    sentence = torch.from_numpy(np.concatenate(group))
    arcs = network.parser.arcs(words)
    arcs = arcs.masked_fill(sentence[:, None] != sentence[None, :], -1e4)
    found["arc"] = F.cross_entropy(arcs, head, reduction="sum") / 60
    relations = network.parser.relations(words, head)
    found["relation"] = F.cross_entropy(relations, gold["relation"], reduction="sum") / 60
    return found
