"""Confidence that means something: of a hundred attributions at 0.8, about eighty are right.

The heads are too sure or not sure enough in their own ways. A logistic curve over the log odds of the raw
score (Platt 1999), two numbers for each maker, corrects that; the numbers lie in
``lexicons/calibration.tsv``. A reliability table shows how far the result holds.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotate.components.curves import Calibration, log_odds, logistic

Pair = tuple[float, bool]
"""A score between 0 and 1, and whether what it was given to was right."""
STEPS = 100
TOLERANCE = 1e-9
RIDGE = 1e-3
"""Weight of the prior that the raw score is right as it is (slope 1, offset 0)."""


class Bin(NamedTuple):
    """One row of a reliability table.

    Attributes:
        low, high: edges of the bin, the upper one exclusive but for 1.
        confidence: mean confidence of its members.
        right: share of them that are right.
    """

    low: float
    high: float
    size: int
    confidence: float
    right: float


def calibrate(pairs: Iterable[Pair]) -> Calibration:
    """Return the curve that fits scores and outcomes best, by Newton's method.

    The slope is never negative: a surer head is never made less sure than an unsurer one. Without pairs
    the score stays as it is.
    """
    points = [(log_odds(score), float(right)) for score, right in pairs]
    slope, offset = 1.0, 0.0
    if not points:
        return Calibration()
    for _step in range(STEPS):
        g_slope = RIDGE * (slope - 1)
        g_offset = RIDGE * offset
        h_ss = h_oo = RIDGE
        h_so = 0.0
        for x, y in points:
            p = logistic(slope * x + offset)
            weight = p * (1 - p)
            g_slope += (p - y) * x
            g_offset += p - y
            h_ss += weight * x * x
            h_so += weight * x
            h_oo += weight
        determinant = h_ss * h_oo - h_so * h_so
        d_slope = (h_oo * g_slope - h_so * g_offset) / determinant
        d_offset = (h_ss * g_offset - h_so * g_slope) / determinant
        length = max(1.0, abs(d_slope), abs(d_offset) / 2)
        slope, offset = slope - d_slope / length, offset - d_offset / length
        if abs(d_slope) + abs(d_offset) < TOLERANCE:
            break
    if slope < 0:
        share = sum(y for _x, y in points) / len(points)
        return Calibration(0.0, round(log_odds(share), 4))
    return Calibration(round(slope, 4), round(offset, 4))


def reliability(pairs: Iterable[Pair], bins: int = 10) -> list[Bin]:
    """Return how often things of about one confidence are right; empty bins are left out.

    Raises:
        ValueError: there is to be less than one bin.
    """
    if bins < 1:
        raise ValueError("A reliability table needs at least one bin")
    members: dict[int, list[Pair]] = {}
    for score, right in pairs:
        members.setdefault(min(int(score * bins), bins - 1), []).append((score, right))
    return [
        Bin(
            place / bins,
            (place + 1) / bins,
            len(inside),
            sum(score for score, _right in inside) / len(inside),
            sum(right for _score, right in inside) / len(inside),
        )
        for place, inside in sorted(members.items())
    ]


def calibration_error(rows: Sequence[Bin]) -> float:
    """Return the mean distance between confidence and share right, weighted by size (ECE)."""
    total = sum(row.size for row in rows)
    if not total:
        return 0.0
    return sum(row.size * abs(row.confidence - row.right) for row in rows) / total


def reliability_table(rows: Sequence[Bin]) -> str:
    """Return a reliability table in Markdown."""
    lines = ["| confidence | attributions | mean confidence | right |", "|---|---:|---:|---:|"]
    lines += [
        f"| {row.low:.1f}–{row.high:.1f} | {row.size} | {row.confidence:.2f} | {row.right:.2f} |"
        for row in rows
    ]
    return "\n".join(lines)
