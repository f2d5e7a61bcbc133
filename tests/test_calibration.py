"""Confidence: raw scores become shares of what is right, and a table shows how well."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.calibration import (
    Bin,
    calibrate,
    calibration_error,
    reliability,
    reliability_table,
)
from annotate.components.curves import Calibration, calibrations, confidence

score = st.floats(0, 1)


def outcomes(slope, offset, count=4000, seed=3):
    """Scores whose outcomes follow a known curve."""
    rng = random.Random(seed)
    curve = Calibration(slope, offset)
    scores = [rng.random() for _ in range(count)]
    return [(s, rng.random() < curve(s)) for s in scores]


@pytest.mark.parametrize(("slope", "offset"), [(1.0, 0.0), (0.5, -0.8), (2.0, 0.7)])
def test_the_curve_behind_the_outcomes_is_found(slope, offset):
    found = calibrate(outcomes(slope, offset))
    assert found.slope == pytest.approx(slope, abs=0.15)
    assert found.offset == pytest.approx(offset, abs=0.15)


def test_an_overconfident_head_becomes_reliable():
    pairs = outcomes(0.4, -0.9)
    curve = calibrate(pairs)
    before = calibration_error(reliability(pairs))
    after = calibration_error(reliability([(curve(s), right) for s, right in pairs]))
    assert before > 0.12
    assert after < 0.03


def test_scores_that_say_the_opposite_become_the_share_right():
    curve = calibrate([(0.9, False)] * 50 + [(0.1, True)] * 50 + [(0.1, False)] * 50)
    assert curve(0.9) == curve(0.1) == pytest.approx(1 / 3, abs=0.01)


def test_outcomes_that_a_score_parts_perfectly_give_a_finite_curve():
    curve = calibrate([(0.9, True), (0.8, True), (0.2, False), (0.1, False)])
    assert math.isfinite(curve.slope)
    assert curve(0.9) > 0.9
    assert curve(0.1) < 0.1


def test_without_outcomes_scores_stay_as_they_are():
    assert calibrate([])(0.7) == pytest.approx(0.7)


@given(st.lists(st.tuples(score, st.booleans()), max_size=30), score, score)
def test_a_calibrated_confidence_is_a_probability_and_keeps_the_order(pairs, one, other):
    curve = calibrate(pairs)
    low, high = sorted((one, other))
    assert 0 <= curve(low) <= curve(high) <= 1


def test_reliability_counts_each_pair_once():
    rows = reliability([(0.05, False), (0.95, True), (1.0, True), (0.91, False)], bins=10)
    assert rows == [
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.9, 1.0, 3, pytest.approx(2.86 / 3), pytest.approx(2 / 3)),
    ]
    assert calibration_error(rows) == pytest.approx((0.05 + 2.86 - 2) / 4)


def test_reliability_needs_a_bin():
    with pytest.raises(ValueError, match="at least one bin"):
        reliability([(0.5, True)], bins=0)


def test_table_has_a_row_for_each_bin():
    table = reliability_table(reliability([(0.05, False), (0.95, True)]))
    assert table.splitlines()[2:] == [
        "| 0.0–0.1 | 1 | 0.05 | 0.00 |",
        "| 0.9–1.0 | 1 | 0.95 | 1.00 |",
    ]


def test_an_empty_table_has_no_error():
    assert calibration_error([]) == 0


def test_a_maker_has_its_own_curve():
    assert confidence("cue-head", 0.8) == calibrations()["cue-head"](0.8)
    assert confidence("unknown-cue", 0.8) < confidence("cue-head", 0.8)


def test_an_unknown_maker_keeps_its_score():
    assert confidence("somebody-else", 0.8) == pytest.approx(0.8)
