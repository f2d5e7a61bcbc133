"""The best tree, compared with trying all of them."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annotate.components.trees import best_tree

arcs = st.integers(1, 4).flatmap(
    lambda n: arrays(np.float32, (n, n), elements=st.floats(-8, 8, width=32))
)


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [i for i, head in enumerate(heads) if head == i]
    if len(roots) != 1:
        return False
    for start in range(len(heads)):
        at, seen = start, set()
        while heads[at] != at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


def normalised(scores: np.ndarray) -> np.ndarray:
    shifted = scores.astype(np.float64) - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@given(arcs)
def test_is_a_tree_with_one_root_and_the_best_one(scores: np.ndarray) -> None:
    found = tuple(best_tree(scores).tolist())
    assert is_tree(found)
    logs = normalised(scores)

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(logs[i, head] for i, head in enumerate(heads)))

    trees = filter(is_tree, product(range(len(scores)), repeat=len(scores)))
    roots = set(np.argsort(-np.diag(logs))[:3].tolist())
    best = max(total(t) for t in trees if next(i for i, h in enumerate(t) if h == i) in roots)
    assert total(found) >= best - 1e-3


def test_a_large_tree_is_found_quickly() -> None:
    rng = np.random.default_rng(7)
    found = best_tree(rng.normal(size=(250, 250)).astype(np.float32))
    assert is_tree(tuple(found.tolist()))
