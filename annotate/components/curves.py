"""From the raw score of a head or rule to a confidence that can be read as a share.

A logistic curve over log odds (Platt 1999), two numbers for each maker, in
``lexicons/calibration.tsv``; ``annotate.calibration`` fits it.
"""

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from annotate.lexicon import LexiconError, read_table

EDGE = 1e-4
"""Scores are kept this far from 0 and 1."""


class Calibration(NamedTuple):
    """A logistic curve over log odds: ``1 / (1 + exp(-(slope * log(p / (1 - p)) + offset)))``."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, score: float) -> float:
        """Return the calibrated confidence of a raw score."""
        return logistic(self.slope * log_odds(score) + self.offset)


@cache
def calibrations() -> Mapping[str, Calibration]:
    """Return the shipped curves by maker: the head or rule that gives a score.

    Raises:
        LexiconError: the file holds something that is no number.
    """
    table = {}
    for maker, slope, offset in read_table("calibration", ("maker", "slope", "offset")):
        try:
            table[maker] = Calibration(float(slope), float(offset))
        except ValueError as error:
            raise LexiconError(f"calibration.tsv, {maker!r}: {error}") from error
    return MappingProxyType(table)


def confidence(maker: str, score: float) -> float:
    """Return the calibrated confidence of what a maker found with a raw score."""
    return calibrations().get(maker, Calibration())(score)


def log_odds(score: float) -> float:
    """Return the logarithm of the odds of a score, kept from the edges."""
    kept = min(max(score, EDGE), 1 - EDGE)
    return math.log(kept / (1 - kept))


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
