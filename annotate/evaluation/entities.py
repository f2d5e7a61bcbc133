"""Score entities: the same span and label, per label and pooled, and with labels left aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotate.evaluation.counts import Figure, figure

Labelled = tuple[int, int, str]


@dataclass
class EntityScore:
    """Counts over texts; add one text after the other."""

    hits: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> None:
        """Count one text."""
        right, found = set(gold), set(predicted)
        for counter, spans in (
            (self.gold, right),
            (self.predicted, found),
            (self.hits, right & found),
        ):
            counter.update(label for _, _, label in spans)
            counter["all"] += len(spans)
        bare, bare_found = {x[:2] for x in right}, {x[:2] for x in found}
        self.gold["span"] += len(bare)
        self.predicted["span"] += len(bare_found)
        self.hits["span"] += len(bare & bare_found)

    def figures(self) -> dict[str, Figure]:
        """Return precision, recall and F1: all, span, then each label."""
        labels = sorted({*self.gold, *self.predicted} - {"all", "span"})
        return {
            name: figure(self.hits[name], self.predicted[name], self.gold[name])
            for name in ("all", "span", *labels)
        }
