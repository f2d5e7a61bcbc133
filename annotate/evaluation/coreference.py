"""Score chains: mention F, MUC, B-cubed, CEAF-entity, LEA and CoNLL.

The measures are those of Pradhan et al. (2014) and, for LEA, of Moosavi and Strube (2016).

A predicted mention stands for a gold one when they are the same words, leading determiners aside, or else
when the words they share are at least half of those of both together, best pairs first. Chains of one
mention are left out on both sides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.errors import UsageError
from annotate.evaluation.counts import Figure, figure
from annotate.evaluation.words import Word, word_set, words_of

Chain = Sequence[Sequence[int]]
Sets = list[set[Any]]
_DETERMINERS = frozenset({"de", "het", "een", "'t", "’t"})


@dataclass
class CoreferenceScore:
    """Counts over texts: [found in gold, gold, found in predicted, predicted] for each measure."""

    totals: dict[str, list[float]] = field(default_factory=dict)

    def add(self, text: str, gold: Sequence[Chain], predicted: Sequence[Chain]) -> None:
        """Count one text.

        Raises:
            UsageError: scipy is not installed.
        """
        ours, theirs = aligned(
            text, [c for c in gold if len(c) > 1], [c for c in predicted if len(c) > 1]
        )
        mine: set[Any] = set().union(*ours)
        yours: set[Any] = set().union(*theirs)
        shared = len(mine & yours)
        self._count("mention", (shared, len(mine)), (shared, len(yours)))
        for name, measure in MEASURES.items():
            self._count(name, measure(ours, theirs), measure(theirs, ours))
        similarity = _ceaf(ours, theirs)
        self._count("CEAFe", (similarity, len(ours)), (similarity, len(theirs)))

    def _count(
        self, name: str, recall: tuple[float, float], precision: tuple[float, float]
    ) -> None:
        total = self.totals.setdefault(name, [0.0] * 4)
        for i, value in enumerate((*recall, *precision)):
            total[i] += value

    def figures(self) -> dict[str, Figure]:
        """Return precision, recall and F1 by measure."""
        return {
            name: figure(found, predicted, gold, recalled=recalled)
            for name, (recalled, gold, found, predicted) in self.totals.items()
        }

    def conll(self) -> float:
        """Return the mean F1 of MUC, B-cubed and CEAF-entity."""
        found = self.figures()
        return (
            round(sum(found[name].f1 for name in ("MUC", "B3", "CEAFe")) / 3, 4) if found else 0.0
        )


def aligned(text: str, gold: Sequence[Chain], predicted: Sequence[Chain]) -> tuple[Sets, Sets]:
    """Return both sides as sets of mentions, predicted ones named after the gold one they stand for."""
    words = words_of(text)
    ours = {(c, k): _words(words, m) for c, chain in enumerate(gold) for k, m in enumerate(chain)}
    theirs = {
        (c, k): _words(words, m) for c, chain in enumerate(predicted) for k, m in enumerate(chain)
    }
    pairs = sorted(
        (
            (len(a & b) / len(a | b), g, p)
            for g, a in ours.items()
            for p, b in theirs.items()
            if a & b
        ),
        reverse=True,
    )
    used: set[Any] = set()
    names: dict[Any, Any] = {}
    for jaccard, g, p in pairs:
        if jaccard >= 0.5 and g not in used and p not in names:
            used.add(g)
            names[p] = ("gold", *g)
    left: Sets = [{("gold", c, k) for k in range(len(chain))} for c, chain in enumerate(gold)]
    right: Sets = [
        {names.get((c, k), ("predicted", c, k)) for k in range(len(chain))}
        for c, chain in enumerate(predicted)
    ]
    return left, right


def _words(words: Sequence[Word], mention: Sequence[int]) -> frozenset[int]:
    found = sorted(word_set(words, [mention]))
    while len(found) > 1 and words[found[0]][2] in _DETERMINERS:
        found.pop(0)
    return frozenset(found)


def _muc(a: Sets, b: Sets) -> tuple[float, float]:
    hits = total = 0
    for chain in a:
        parts = {next((i for i, x in enumerate(b) if m in x), ("alone", m)) for m in chain}
        hits += len(chain) - len(parts)
        total += len(chain) - 1
    return hits, total


def _b_cubed(a: Sets, b: Sets) -> tuple[float, float]:
    hits = total = 0.0
    for chain in a:
        for mention in chain:
            other = next((x for x in b if mention in x), set())
            hits += len(chain & other) / len(chain)
            total += 1
    return hits, total


def _lea(a: Sets, b: Sets) -> tuple[float, float]:
    hits = total = 0.0
    for chain in a:
        resolved = sum(_links(len(chain & other)) for other in b)
        hits += len(chain) * resolved / _links(len(chain))
        total += len(chain)
    return hits, total


def _links(size: int) -> float:
    return size * (size - 1) / 2


def _ceaf(a: Sets, b: Sets) -> float:
    if not a or not b:
        return 0.0
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        hint = 'Install it with: pip install "annotate-nl[evaluate]"'
        raise UsageError("Scoring coreference needs the package scipy", hint=hint) from error
    costs = [[-2 * len(x & y) / (len(x) + len(y)) for y in b] for x in a]
    rows, columns = linear_sum_assignment(costs)
    return -float(sum(costs[i][j] for i, j in zip(rows, columns, strict=True)))


MEASURES: dict[str, Callable[[Sets, Sets], tuple[float, float]]] = {
    "MUC": _muc,
    "B3": _b_cubed,
    "LEA": _lea,
}
