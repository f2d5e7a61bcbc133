"""Does confidence mean what it says? Pairs of a confidence and whether it was right, from gold texts.

An attribution is right when it is paired with a gold one and their sources meet (the figure `who`), an
entity when a gold one has the same span and label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.annotation import Annotation
from annotate.calibration import Pair, calibration_error, reliability
from annotate.evaluation.attributions import Pair as AttributionPair


@dataclass
class Reliability:
    """Pairs of confidence and outcome by layer."""

    pairs: dict[str, list[Pair]] = field(default_factory=dict)

    def add_attributions(self, pairs: Iterable[AttributionPair]) -> None:
        """Count the predicted attributions of one text."""
        found = self.pairs.setdefault("attributions", [])
        for pair in pairs:
            if pair.predicted is not None:
                right = pair.gold is not None and pair.found_source
                found.append((float(pair.predicted["confidence"]), right))

    def add_entities(self, gold: Sequence[tuple[int, int, str]], annotation: Annotation) -> None:
        """Count the names and values of one text that have a confidence."""
        right = set(gold)
        self.pairs.setdefault("entities", []).extend(
            (mention.confidence, (mention.start, mention.end, mention.label) in right)
            for mention in annotation.mentions
            if mention.kind in {"name", "value"} and mention.confidence is not None
        )

    def report(self) -> dict[str, Any]:
        """Return for each layer its bins and its expected calibration error."""
        result = {}
        for layer, pairs in self.pairs.items():
            rows = reliability(pairs)
            error = round(calibration_error(rows), 4)
            bins = [{name: round(v, 4) for name, v in row._asdict().items()} for row in rows]
            result[layer] = {"count": len(pairs), "ece": error, "bins": bins}
        return result
