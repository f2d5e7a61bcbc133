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


SECTIONS = "annotate_sections"
"""Key in ``doc.user_data`` under which the starts of headings and paragraphs may be given."""


def split_units(doc: Doc) -> list[Unit]:
    """Return the units of a Doc in text order; tokens of white space have none.

    Where ``doc.user_data`` gives no sections, a blank line ends a paragraph, and so does a line break
    behind the end of a sentence or before a capital; any other line break is taken for a wrapped line.
    """
    units: list[Unit] = []
    starts: list[int] | None = doc.user_data.get(SECTIONS)
    pending = sorted(starts, reverse=True) if starts else []
    space, line_break, before = True, False, ""
    for token in doc:
        text = token.text
        if token.is_space:
            space = True
            if starts is None and "\n" in text:
                following = doc[token.i + 1].text[0] if token.i + 1 < len(doc) else ""
                line_break = line_break or text.count("\n") > 1 or _ends(before, following)
            continue
        while pending and pending[-1] <= token.idx:
            pending.pop()
            line_break = True
        for start, end in _pieces(text):
            units.append(
                Unit(token.idx + start, token.idx + end, token.i, space, line_break and bool(units))
            )
            space = line_break = False
        space = bool(token.whitespace_)
        before = text
    return units


def _ends(before: str, following: str) -> bool:
    return before[-1:] in set(".!?:…\"'”’»") or not following.islower()


def _pieces(text: str) -> list[tuple[int, int]]:
    if text.isalnum():
        return [(0, len(text))]
    return [match.span() for match in _CUT.finditer(text)]
