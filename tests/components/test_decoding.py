"""Decoding: the best sequence among the possible ones, compared with trying all of them."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annotate.components.decoding import (
    FORBIDDEN,
    best_tags,
    best_tags_of_each,
    log_softmax,
    spans,
    transitions,
)

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
scores = st.integers(1, 5).flatmap(
    lambda n: arrays(np.float32, (n, len(TAGS)), elements=st.integers(-40, 40).map(float))
)


def possible(sequence: tuple[int, ...]) -> bool:
    before = "O"
    for tag in (TAGS[i] for i in sequence):
        if tag.startswith("I-") and before[2:] != tag[2:]:
            return False
        before = tag
    return True


def by_trying_all(logs: np.ndarray) -> float:
    sequences = filter(possible, product(range(len(TAGS)), repeat=len(logs)))
    return max(sum(logs[i, t] for i, t in enumerate(s)) for s in sequences)


@given(scores)
def test_finds_the_best_possible_sequence(raw: np.ndarray) -> None:
    logs = log_softmax(raw)
    best = best_tags(logs, TAGS)
    assert possible(tuple(best))
    assert np.isclose(sum(logs[i, t] for i, t in enumerate(best)), by_trying_all(logs), atol=1e-3)


@given(scores)
def test_many_rows_at_once_give_the_same(raw: np.ndarray) -> None:
    logs = log_softmax(raw)
    padded = np.zeros((2, len(logs) + 2, len(TAGS)), dtype=np.float32)
    padded[0, 1:-1] = logs
    padded[1, 1:-1] = logs
    mask = np.zeros(padded.shape[:2], dtype=bool)
    mask[:, 1:-1] = True
    together = best_tags_of_each(padded, mask, TAGS)
    alone = best_tags(logs, TAGS)
    for row in together:
        chosen = sum(logs[i, t] for i, t in enumerate(row[1:-1]))
        assert np.isclose(chosen, sum(logs[i, t] for i, t in enumerate(alone)), atol=1e-3)
        assert row[0] == row[-1] == 0


def test_no_span_crosses_a_break() -> None:
    logs = log_softmax(np.array([[0, 9, 0, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0]], np.float32))
    assert best_tags(logs, TAGS).tolist() == [1, 2, 2]
    broken = best_tags(logs, TAGS, breaks=[2]).tolist()
    assert TAGS[broken[2]][:2] != "I-"


def test_spans_carry_their_confidence() -> None:
    logs = np.log(
        np.array([[0.1, 0.8, 0.05, 0.03, 0.02], [0.3, 0.1, 0.5, 0.05, 0.05], [0.9, 0.1, 0, 0, 0]])
        + 1e-9
    ).astype(np.float32)
    (found,) = spans([1, 2, 0], logs, TAGS)
    assert (found.start, found.end, found.label) == (0, 2, "PER")
    assert np.isclose(found.confidence, (0.8 * 0.5) ** 0.5, atol=1e-3)


def test_a_span_may_follow_another_of_its_label() -> None:
    logs = np.zeros((3, len(TAGS)), np.float32)
    assert [(s.start, s.end) for s in spans([1, 1, 2], logs, TAGS)] == [(0, 1), (1, 3)]


def test_inside_never_follows_outside() -> None:
    allowed = transitions(TAGS)
    assert allowed[TAGS.index("O"), TAGS.index("I-PER")] == FORBIDDEN
    assert allowed[TAGS.index("B-PER"), TAGS.index("I-LOC")] == FORBIDDEN
    assert allowed[TAGS.index("I-LOC"), TAGS.index("I-LOC")] == 0
