"""Every page at three widths, light and dark: nothing sticks out, nobody is shut out."""

import pytest

from tests.browser.articles import GOLD, many, sample
from tests.examples import KREMLIN

WIDTHS = (320, 1024, 2560)
SCHEMES = ("light", "dark")


def sticks_out(tab):
    """How many pixels the page is wider than the screen."""
    return tab.run("return document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("path", GOLD, ids=[path.name.split(".")[0] for path in GOLD])
def test_samples_fit_every_screen(tab, path):
    name = path.name.split(".")[0]
    article = sample(path)
    for scheme in SCHEMES:
        tab.media(prefers_color_scheme=scheme)
        tab.open(article)
        for width in WIDTHS:
            tab.size(width, 1400)
            tab.settle()
            assert sticks_out(tab) <= 0, width
            assert tab.picture(f"{name}-{width}-{scheme}").stat().st_size > 20_000


@pytest.mark.parametrize("scheme", SCHEMES)
def test_front_page_fits_every_screen(tab, scheme):
    tab.media(prefers_color_scheme=scheme)
    tab.open(*many(300))
    for width in (*WIDTHS, 3840):
        tab.size(width, 1400)
        tab.settle()
        assert sticks_out(tab) <= 0, width
        assert tab.picture(f"front-{width}-{scheme}").stat().st_size > 20_000


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 1280, 2560])
def test_article_is_open_to_all(tab, width, scheme):
    tab.size(width)
    tab.media(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    tab.open(KREMLIN, at="#1.3")
    for box in ("entities", "dates", "about", "legend"):
        tab.run("document.getElementById(arguments[0]).open = true", f"{box}-box")
    tab.run("document.getElementById('layer-how').click()")
    tab.settle()
    tab.picture(f"lit-{width}-{scheme}")
    assert tab.faults() == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_front_page_is_open_to_all(tab, scheme):
    tab.media(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    tab.open(*many(40))
    tab.run("document.getElementById('display').open = true")
    tab.run("document.getElementById('f-denied').click()")
    tab.settle()
    tab.picture(f"front-denied-{scheme}")
    assert tab.faults() == []


def test_page_without_script_is_open_to_all(tab):
    tab.open(KREMLIN)
    tab.break_script()
    assert tab.faults() == []
    assert tab.console()
