"""Precision, recall and F1 from counts."""

from typing import NamedTuple


class Figure(NamedTuple):
    """Precision, recall and their harmonic mean, 0 to 1, four digits."""

    precision: float
    recall: float
    f1: float


def figure(hits: float, predicted: float, gold: float, *, recalled: float | None = None) -> Figure:
    """Return the figure for counts; ``recalled`` where hits differ seen from gold."""
    precision = hits / predicted if predicted else 0.0
    recall = (hits if recalled is None else recalled) / gold if gold else 0.0
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return Figure(round(precision, 4), round(recall, 4), round(f1, 4))


def share(hits: int, total: int) -> float:
    """Return hits / total, four digits, 0 for an empty total."""
    return round(hits / total, 4) if total else 0.0
