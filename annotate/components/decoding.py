"""From scores to spans: the best sequence of tags in which no tag follows an impossible one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from annotate.components.storage import Floats

FORBIDDEN = -1e9


class Tagged(NamedTuple):
    """A span of units with one label.

    Attributes:
        start, end: units, end exclusive.
        confidence: geometric mean of the probabilities of its tags.
    """

    start: int
    end: int
    label: str
    confidence: float


def log_softmax(scores: Floats) -> Floats:
    """Return log probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


@lru_cache(maxsize=8)
def transitions(tags: tuple[str, ...]) -> Floats:
    """Return [tags, tags]: 0 where the second may follow the first, FORBIDDEN where not.

    A tag I-X follows only B-X or I-X.
    """
    allowed = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            for i, before in enumerate(tags):
                if before[2:] != tag[2:] or before[:2] not in {"B-", "I-"}:
                    allowed[i, j] = FORBIDDEN
    return allowed


def best_tags(
    logs: Floats, tags: tuple[str, ...], breaks: Sequence[int] = ()
) -> npt.NDArray[np.int64]:
    """Return the best allowed sequence for scores [units, tags] (Viterbi).

    Args:
        breaks: units before which no span may go on, such as the first one of a paragraph.
    """
    if not len(logs):
        return np.zeros(0, dtype=np.int64)
    allowed = transitions(tags)
    inside = np.array([FORBIDDEN if tag.startswith("I-") else 0.0 for tag in tags], np.float32)
    opening = set(breaks)
    score = logs[0] + inside
    back = np.zeros(logs.shape, dtype=np.int64)
    for i in range(1, len(logs)):
        if i in opening:
            back[i] = score.argmax()
            score = score.max() + logs[i] + inside
            continue
        paths = score[:, None] + allowed
        back[i] = paths.argmax(axis=0)
        score = paths.max(axis=0) + logs[i]
    best = np.zeros(len(logs), dtype=np.int64)
    best[-1] = score.argmax()
    for i in range(len(logs) - 1, 0, -1):
        best[i - 1] = back[i, best[i]]
    return best


def best_tags_of_each(
    logs: Floats, mask: npt.NDArray[np.bool_], tags: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    """Return the best allowed sequences for many rows at once.

    Args:
        logs: log probabilities [rows, length, tags].
        mask: [rows, length], False where a row has nothing: tag 0 is set there.
    """
    rows, length, count = logs.shape
    outside = np.full(count, FORBIDDEN, dtype=np.float32)
    outside[0] = 0.0
    logs = np.where(mask[..., None], logs, outside)
    allowed = transitions(tags)
    inside = np.array([FORBIDDEN if tag.startswith("I-") else 0.0 for tag in tags], np.float32)
    score = logs[:, 0] + inside
    back = np.zeros((rows, length, count), dtype=np.int64)
    for i in range(1, length):
        paths = score[:, :, None] + allowed
        back[:, i] = paths.argmax(axis=1)
        score = paths.max(axis=1) + logs[:, i]
    best = np.zeros((rows, length), dtype=np.int64)
    best[:, -1] = score.argmax(axis=1)
    every = np.arange(rows)
    for i in range(length - 1, 0, -1):
        best[:, i - 1] = back[every, i, best[:, i]]
    return best


def spans(best: Sequence[int], logs: Floats, tags: tuple[str, ...]) -> list[Tagged]:
    """Return the spans of a sequence of tags, each with its confidence."""
    found: list[Tagged] = []
    start, label = -1, ""
    for i in range(len(best) + 1):
        tag = tags[best[i]] if i < len(best) else "O"
        if start >= 0 and not (tag.startswith("I-") and tag[2:] == label):
            chosen = logs[np.arange(start, i), np.asarray(best[start:i])]
            found.append(Tagged(start, i, label, float(np.exp(chosen.mean()))))
            start = -1
        if tag.startswith("B-"):
            start, label = i, tag[2:]
    return found
