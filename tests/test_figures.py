"""The quality gate: no figure of the shipped model drops, and the floors of the product hold."""

import json

import pytest

from tests.figures import MARGIN, PINNED, corpus, digests, measure

FLOORS = {"entities.all": 0.80, "attributions.who": 0.58}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.skipif(corpus() is None, reason="the development files are not there"),
]


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    folder = corpus()
    assert folder is not None
    return measure(folder)


def test_the_data_is_what_the_figures_were_pinned_on() -> None:
    folder = corpus()
    assert folder is not None
    assert digests(folder) == json.loads(PINNED.read_text("utf-8"))["data"]


def test_no_figure_dropped(measured: dict[str, float]) -> None:
    pinned = json.loads(PINNED.read_text("utf-8"))["figures"]
    dropped = {
        name: (value, measured.get(name))
        for name, value in pinned.items()
        if measured.get(name, 0.0) < value - MARGIN
    }
    assert not dropped


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_floor(measured: dict[str, float], name: str, floor: float) -> None:
    assert measured[name] >= floor
