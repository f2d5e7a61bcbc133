"""Colours of the page: a tone per speaker, a line per kind of entity, for light and dark.

The seven tones of speakers start from the qualitative scheme "light" of Paul Tol, *Colour Schemes*,
SRON/EPS/TN/09-002 issue 3.2 (2021), https://personal.sron.nl/~pault/, made to fill areas under
black text and to stay apart for colour-blind readers. Per theme they are mixed with the colour of
the paper (48 % on light, 32 % on dark; about 76 % and 40 % for what is nested) and, for lines and
letters, with black or white until the contrast is enough. The five kinds of names are told apart by
the style of their line as well as by its colour; values have a thin dotted one. The tests measure
contrast (WCAG 2.2) and the distance of the tones under simulated protanopia, deuteranopia and
tritanopia.
"""

from typing import NamedTuple

from annotate.labels import EntityLabel

SPEAKERS = 7
"""How many speakers of an article have a tone of their own; the tones after these are:"""
OTHER, NO_SOURCE, HEDGE = 7, 8, 9


class Tone(NamedTuple):
    """Colours of one speaker.

    Attributes:
        fill: under a content.
        deep: under a content inside a content, and under the one that is lit up.
        line: of the lines that tie a statement together.
        ink: of the letters of source and cue.
    """

    fill: str
    deep: str
    line: str
    ink: str


class Theme(NamedTuple):
    """All colours of light or dark."""

    paper: str
    card: str
    ink: str
    quiet: str
    rule: str
    accent: str
    found: str
    tones: tuple[Tone, ...]
    kinds: dict[str, str]


ENTITY_KINDS: dict[EntityLabel | None, str] = {
    "PERSON": "person",
    "NORP": "group",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "DATE": "time",
    "TIME": "time",
    "CARDINAL": "number",
    "MONEY": "number",
    "ORDINAL": "number",
    "PERCENT": "number",
    "QUANTITY": "number",
    "EVENT": "work",
    "LANGUAGE": "group",
    "LAW": "work",
    "PRODUCT": "work",
    "WORK_OF_ART": "work",
    None: "unnamed",
}
"""The kinds that the page tells apart, by label."""

LINE_STYLES: dict[str, str] = {
    "person": "solid",
    "organisation": "double",
    "place": "dashed",
    "group": "dotted",
    "time": "dotted",
    "number": "dotted",
    "work": "wavy",
    "unnamed": "solid",
}

LIGHT = Theme(
    paper="#fcfaf5",
    card="#fffefb",
    ink="#1d1b18",
    quiet="#625d55",
    rule="#d9d4c9",
    accent="#1d4f7c",
    found="#ffd54a",
    tones=(
        Tone("#bcd4e9", "#97bde3", "#6590bb", "#33485e"),
        Tone("#f5c3b0", "#f1a388", "#cd7558", "#683b2c"),
        Tone("#a4dcc9", "#70caaf", "#399c80", "#1d4f40"),
        Tone("#f5ecc1", "#f1e4a2", "#978c56", "#4c472c"),
        Tone("#fdd4d9", "#febdc9", "#b97b88", "#5d3e44"),
        Tone("#dde498", "#cbd762", "#879325", "#444a13"),
        Tone("#ccecfa", "#b1e4fd", "#6592a8", "#334a55"),
        Tone("#e5e2db", "#c9c5bc", "#8f8c84", "#484642"),
        Tone("#e5e2db", "#c9c5bc", "#8f8c84", "#484642"),
        Tone("#ece9e2", "#dad6cd", "#8f8b84", "#484743"),
    ),
    kinds={
        "person": "#2f5f92",
        "organisation": "#8a2d4f",
        "place": "#1c6b34",
        "group": "#7b3f8c",
        "time": "#8a5a00",
        "number": "#6b675f",
        "work": "#9a3412",
        "unnamed": "#8f8b84",
    },
)

DARK = Theme(
    paper="#191815",
    card="#211f1b",
    ink="#ece8df",
    quiet="#aaa499",
    rule="#3d3a34",
    accent="#9cc8ee",
    found="#7a5d00",
    tones=(
        Tone("#374755", "#3f5265", "#77aadd", "#d3e3f4"),
        Tone("#5d3c2f", "#6e4535", "#ee8866", "#fadbd0"),
        Tone("#274c3f", "#2a594a", "#44bb99", "#c3e9de"),
        Tone("#5d573a", "#686140", "#eedd88", "#f0e299"),
        Tone("#63474a", "#755257", "#ffaabb", "#ffd7df"),
        Tone("#4d521f", "#5a6021", "#bbcc33", "#dfe79f"),
        Tone("#425760", "#4c6773", "#99ddff", "#bae8ff"),
        Tone("#393733", "#595651", "#b9b4aa", "#e3e1dd"),
        Tone("#393733", "#595651", "#b9b4aa", "#e3e1dd"),
        Tone("#3d3c37", "#5c5a54", "#cfcac0", "#e4e1db"),
    ),
    kinds={
        "person": "#8fbdf0",
        "organisation": "#f29ab8",
        "place": "#7fd08f",
        "group": "#d3a3e6",
        "time": "#e6bd5f",
        "number": "#b9b4aa",
        "work": "#f5a27a",
        "unnamed": "#8f8b84",
    },
)
