"""The best tree over a sentence: Chu-Liu/Edmonds (McDonald et al. 2005), with exactly one root."""

import numpy as np
import numpy.typing as npt

from annotate.components.storage import Floats

Ints = npt.NDArray[np.int64]


def best_tree(arcs: Floats) -> Ints:
    """Return the head of each token, the root its own, for scores [tokens, tokens] (row: dependent).

    The diagonal holds the scores of being the root.
    """
    size = len(arcs)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    heads: Ints = arcs.argmax(axis=1)
    roots = np.flatnonzero(heads == np.arange(size))
    if len(roots) == 1 and not _cycles(heads):
        return heads
    scores = arcs.astype(np.float64)
    scores -= scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    candidates = np.argsort(-np.diag(scores))[:3]
    best, best_score = heads, -np.inf
    for root in candidates:
        limited = scores.copy()
        np.fill_diagonal(limited, -np.inf)
        limited[root] = -np.inf
        found = _edmonds(limited, int(root))
        others = np.arange(size) != root
        total = scores[root, root] + scores[others, found[others]].sum()
        if total > best_score:
            best, best_score = found, total
    return best


def _cycles(heads: Ints) -> bool:
    state = np.zeros(len(heads), dtype=np.int8)
    for start in range(len(heads)):
        path = []
        at = start
        while state[at] == 0 and heads[at] != at:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return True
        state[at] = 2
        for node in path:
            state[node] = 2
    return False


def _find_cycle(heads: Ints, root: int) -> list[int]:
    color = np.zeros(len(heads), dtype=np.int64)
    for start in range(len(heads)):
        at, mark = start, start + 1
        while at != root and color[at] == 0:
            color[at] = mark
            at = int(heads[at])
        if at != root and color[at] == mark:
            cycle = [at]
            following = int(heads[at])
            while following != at:
                cycle.append(following)
                following = int(heads[following])
            return cycle
    return []


def _edmonds(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """Return the best heads with the given root; row ``root`` is ignored."""
    size = len(scores)
    heads: Ints = scores.argmax(axis=1)
    heads[root] = root
    cycle = _find_cycle(heads, root)
    if not cycle:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    new = len(rest)
    smaller = np.full((new + 1, new + 1), -np.inf)
    smaller[:new, :new] = scores[np.ix_(rest, rest)]
    into = np.zeros(new, dtype=np.int64)
    outof = np.zeros(new, dtype=np.int64)
    members = np.array(cycle)
    kept = scores[members, heads[members]]
    for n, node in enumerate(rest):
        gains = scores[members, node] - kept
        into[n] = members[gains.argmax()]
        smaller[new, n] = gains.max()
        outof[n] = members[scores[node, members].argmax()]
        smaller[n, new] = scores[node, outof[n]]
    shrunk = _edmonds(smaller, int(np.flatnonzero(rest == root)[0]))
    result = heads.copy()
    for n, node in enumerate(rest):
        if node != root:
            result[node] = outof[n] if shrunk[n] == new else rest[shrunk[n]]
    entering = int(shrunk[new])
    result[into[entering]] = rest[entering]
    result[root] = root
    return result
