"""Score normalised values: type, value and unit of each gold mention.

A gold mention is found when a predicted one shares half of the characters of both together. Numbers are
compared to 1e-6, durations by their length; ``mod`` is not compared.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Valued = tuple[int, int, str, Mapping[str, Any] | None]
_NUMBERS = frozenset({"money", "percent", "quantity", "number", "ordinal"})
_DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_SECONDS = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60}


@dataclass
class ValueScore:
    """Counts over texts: mentions, found, right, for all and for each type."""

    mentions: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Valued], predicted: Sequence[Valued]) -> list[tuple[Valued, Any]]:
        """Count one text and return what is wrong: the gold mention, and what was predicted."""
        used: set[int] = set()
        wrong: list[tuple[Valued, Any]] = []
        for mention in gold:
            start, end, _label, value = mention
            overlaps = [
                ((min(end, b) - max(start, a)) / (max(end, b) - min(start, a)), j)
                for j, (a, b, *_) in enumerate(predicted)
            ]
            overlap, best = max(overlaps, default=(0.0, -1))
            hit = overlap >= 0.5 and best not in used
            right = hit and normal(value) == normal(predicted[best][3])
            if hit:
                used.add(best)
            if not right:
                wrong.append((mention, predicted[best][3] if hit else "not found"))
            for name in ("all", value["type"] if value else "null"):
                self.mentions[name] += 1
                self.found[name] += hit
                self.right[name] += right
        return wrong

    def shares(self) -> dict[str, float]:
        """Return the share of right mentions, for all and for each type."""
        return {name: round(self.right[name] / n, 4) for name, n in sorted(self.mentions.items())}


def normal(value: Mapping[str, Any] | None) -> Any:
    """Return a value in a form in which equal values are equal."""
    if value is None:
        return None
    kind, content = value["type"], value["value"]
    unit = value.get("unit")
    if kind == "quantity":
        unit = (unit or "").replace("l", "L")
    if isinstance(content, list | tuple):
        return kind, tuple(_one(kind, item) for item in content), unit
    return kind, _one(kind, content), unit


def _one(kind: str, item: Any) -> Any:
    if isinstance(item, int | float):
        return round(float(item), 6)
    if kind in _NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", str(item)):
        return round(float(item), 6)
    return _length(str(item)) if kind in {"duration", "set"} else str(item)


def _length(duration: str) -> Any:
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()):
        return duration
    years, months, weeks, days, hours, minutes, seconds = (float(x or 0) for x in match.groups())
    length = weeks * _SECONDS["week"] + days * _SECONDS["day"]
    length += hours * _SECONDS["hour"] + minutes * _SECONDS["minute"] + seconds
    return round(12 * years + months, 4), round(length, 4)
