"""Colours of the terminal view for dark, light and unknown backgrounds.

Every colour of letters has a contrast of at least 4.5 (WCAG 2.1, level AA) on the backgrounds that
it can stand on, the shades included; a test computes it. Where the background is not known, shades
bring their own dark letters and the other colours are of a brightness that both black and white
bear.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotate.exporters.base import Background, ColorSystem

GROUPS: Mapping[str, str] = {
    "PERSON": "people",
    "NORP": "people",
    "GPE": "places",
    "LOC": "places",
    "FAC": "places",
    "ORG": "organisations",
    "PRODUCT": "works",
    "WORK_OF_ART": "works",
    "LAW": "works",
    "EVENT": "works",
    "LANGUAGE": "works",
    "DATE": "times",
    "TIME": "times",
}
"""Labels that share a colour; all others are numbers."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``.

    Attributes:
        entities: of letters, by group of labels.
        shaded: of letters, by group of labels, on a shade.
        shades: backgrounds of contents; statements take them in turn.
        ink: of letters on a shade.
        accents: of cues and numbers on no shade, one for each shade.
        inks: of cues and numbers on any shade, one for each shade.
        dim: of what is less important.
        alarm: of denials and missing sources.
    """

    entities: Mapping[str, str]
    shaded: Mapping[str, str]
    shades: tuple[str, ...]
    ink: str
    accents: tuple[str, ...]
    inks: tuple[str, ...]
    dim: str
    alarm: str


GROUP_NAMES = ("people", "places", "organisations", "works", "times", "numbers")


def _colors(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


def _grouped(listed: str) -> dict[str, str]:
    return dict(zip(GROUP_NAMES, _colors(listed), strict=True))


BRIGHT = _grouped("#ffb870 #86e29b #8cc8ff #f0a8f0 #e8d97a #c3cad1")
DEEP = _grouped("#953800 #0f5d25 #0a4a9e #7a2e8f #6b4e00 #4d565e")
MIDDLE = _grouped("#b1611a #2d8643 #2f78c4 #a754b7 #8b7410 #6f767e")
PALE_ACCENTS = _colors("#9ec5ff #f5b3c8 #8fe0d0 #d8b8ff #f2cf8a #b9dc8c")
DEEP_ACCENTS = _colors("#0b4a8f #8f1f4b #005b55 #5b2a98 #6e4600 #3d5a00")
MIDDLE_ACCENTS = _colors("#2f78c4 #bf4f7a #13847b #8961c7 #9c6c1f #5e8020")

DARK = Palette(
    entities=BRIGHT,
    shaded=BRIGHT,
    shades=_colors("#12304f #4a1b30 #0b3d3a #35235a #463407 #2b3d10"),
    ink="#eef1f4",
    accents=PALE_ACCENTS,
    inks=PALE_ACCENTS,
    dim="#9aa3ab",
    alarm="#ff9a8f",
)
LIGHT = Palette(
    entities=DEEP,
    shaded=DEEP,
    shades=_colors("#dcebfd #fde2ea #d3f3ee #ebe1fc #fbecca #e6f3cf"),
    ink="#14181c",
    accents=DEEP_ACCENTS,
    inks=DEEP_ACCENTS,
    dim="#5a636b",
    alarm="#a8201a",
)
UNKNOWN = replace(LIGHT, entities=MIDDLE, accents=MIDDLE_ACCENTS, dim="#6f767e", alarm="#cc493e")

DEEP_256 = _grouped("#870000 #005f00 #005faf #870087 #5f5f00 #585858")
DEEP_ACCENTS_256 = _colors("#005f87 #87005f #005f5f #5f0087 #5f5f00 #005f00")
DARK_256 = replace(DARK, shades=("#303030", "#3a3a3a") * 3)
LIGHT_256 = replace(
    LIGHT,
    entities=DEEP_256,
    shaded=DEEP_256,
    shades=_colors("#d7ffff #ffd7ff #d7ffd7 #e4e4e4 #ffffd7 #eeeeee"),
    accents=DEEP_ACCENTS_256,
    inks=DEEP_ACCENTS_256,
)
UNKNOWN_256 = replace(
    LIGHT_256,
    entities=_grouped("#af5f00 #00875f #0087af #af5faf #87875f #767676"),
    accents=_colors("#0087af #af5f87 #008787 #875fd7 #af5f00 #5f8700"),
    dim="#767676",
    alarm="#af5f5f",
)
"""For terminals with 256 colours, from the palette of xterm."""

PALETTES: Mapping[tuple[ColorSystem, Background], Palette] = {
    ("truecolor", "dark"): DARK,
    ("truecolor", "light"): LIGHT,
    ("truecolor", "unknown"): UNKNOWN,
    ("256", "dark"): DARK_256,
    ("256", "light"): LIGHT_256,
    ("256", "unknown"): UNKNOWN_256,
}


def palette(background: Background, color: ColorSystem | None) -> Palette | None:
    """The palette for a terminal; None without colours and with 16, whose shades nobody knows."""
    return PALETTES.get((color, background)) if color else None


def group(label: str | None) -> str:
    """The group of labels that shares a colour with this one."""
    return GROUPS.get(label or "", "numbers")
