"""Units: the words that the encoder labels, a little finer than spaCy's tokens.

Dutch glues names to common nouns (VN-sancties, GENÈVE/MADRID, VS.), and guidelines ask for the name
alone. So a token is cut at hyphens, slashes, plus signs and at a final full stop; every piece is a unit
with its own label, and a span may begin or end inside a token.
"""

import re
from typing import NamedTuple

from spacy.tokens import Doc

_CUT = re.compile(r"[-–—/+()]|\.$|[^-–—/+().]+(?:\.+(?=[^-–—/+().])[^-–—/+().]+)*|\.+")


class Unit(NamedTuple):
    """A stretch of one token.

    Attributes:
        start, end: character offsets into the text of the Doc, end exclusive.
        token: index of the token it lies in.
        space: whether white space (or the start of the text) stands before it.
        line_break: whether a paragraph or line ends before it.
    """

    start: int
    end: int
    token: int
    space: bool
    line_break: bool


def split_units(doc: Doc) -> list[Unit]:
    """Return the units of a Doc in text order; tokens of white space have none."""
    units: list[Unit] = []
    space, line_break = True, False
    for token in doc:
        text = token.text
        if token.is_space:
            space = True
            line_break = line_break or "\n" in text
            continue
        for start, end in _pieces(text):
            units.append(Unit(token.idx + start, token.idx + end, token.i, space, line_break))
            space = line_break = False
        space = bool(token.whitespace_)
    return units


def _pieces(text: str) -> list[tuple[int, int]]:
    if text.isalnum():
        return [(0, len(text))]
    return [match.span() for match in _CUT.finditer(text)]
