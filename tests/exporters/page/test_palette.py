"""Colours can be read and told apart, also by colour-blind readers."""

from itertools import combinations
from typing import get_args

import pytest

from annotate.exporters.page.palette import (
    DARK,
    ENTITY_KINDS,
    HEDGE,
    LIGHT,
    LINE_STYLES,
    SPEAKERS,
)
from annotate.labels import EntityLabel

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE TVCG 15(6), 2009: severity 1.0.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour, sight):
    rgb = linear(colour)
    rgb = [min(1, max(0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in sight]
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, sight):
    """CIE 1976 difference; 2.3 is just noticeable."""
    pairs = zip(lab(one, sight), lab(other, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_measures_agree_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#ff0000", "#00ff00", SIGHTS["deuteranopia"]) < 0.6 * distance(
        "#ff0000", "#00ff00", SIGHTS["normal"]
    )


@THEMES
def test_text_can_be_read_on_every_colour(theme):
    for tone in theme.tones:
        for ground in (tone.fill, tone.deep, theme.paper, theme.card):
            assert contrast(theme.ink, ground) >= 4.5
    for ground in (theme.paper, theme.card):
        assert contrast(theme.quiet, ground) >= 4.5
        assert contrast(theme.accent, ground) >= 4.5
    assert contrast(theme.ink, theme.found) >= 4.5


@THEMES
def test_source_and_cue_can_be_read_inside_any_content(theme):
    for tone in theme.tones:
        for ground in theme.tones:
            assert contrast(tone.ink, ground.fill) >= 4.5
            assert contrast(tone.ink, ground.deep) >= 4.5
        assert contrast(tone.ink, theme.paper) >= 4.5


@THEMES
def test_lines_can_be_seen(theme):
    for tone in theme.tones:
        assert contrast(tone.line, theme.paper) >= 3
    for colour in theme.kinds.values():
        assert contrast(colour, theme.paper) >= 3


@THEMES
@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_speakers_are_told_apart_by_every_eye(theme, sight):
    fills = [tone.fill for tone in theme.tones[:SPEAKERS]]
    assert len(fills) == SPEAKERS
    assert min(distance(one, other, sight) for one, other in combinations(fills, 2)) >= 5
    assert min(distance(fill, theme.paper, sight) for fill in fills) >= 8


@THEMES
def test_every_tone_and_every_kind_has_its_colours(theme):
    assert len(theme.tones) == HEDGE + 1
    assert set(theme.kinds) == set(LINE_STYLES) == set(ENTITY_KINDS.values())
    assert set(ENTITY_KINDS) == {None, *get_args(EntityLabel)}


def test_kinds_of_names_differ_in_the_style_of_their_line():
    names = ["person", "organisation", "place", "group", "work"]
    assert len({LINE_STYLES[name] for name in names}) == len(names)
