"""Quotation marks: which stretches of a text are quoted, and the type of a content that follows."""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

PAIRS = {
    '"': '"',
    "“": "”",
    "„": '”“"',
    "«": "»",
    "»": "«",
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
    "’": "’",
    ",,": "''\"”",
    "``": "''",
}
"""Opening marks and what may close them, as seen in Dutch and Flemish papers from 1968 on."""
_MARK = re.compile(r",,|''|``|[\"“”„«»‘’‚']")
_WORD = re.compile(r"\w+")
COVERED = 0.98
"""Share of the words of a content that must stand in quotation marks for direct speech."""


@lru_cache(maxsize=64)
def quoted_stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each quoted stretch, its marks included, in text order.

    A mark opens where a word begins behind it and none ends before it; an apostrophe inside a word is no
    mark. A quote that is not closed before the paragraph ends runs to its end when the next paragraph
    opens a quote again, as papers do with long quotes, and else is given up.
    """
    stretches: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        stretches.extend(_in_paragraph(text, start, end))
    return tuple(stretches)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    edges = [0, *(m.end() for m in re.finditer(r"\n\s*\n", text)), len(text)]
    return list(itertools.pairwise(edges))


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        left = text[at - 1] if at > start else " "
        right = text[after] if after < end else " "
        if left.isalnum() and right.isalnum():
            continue
        if opened is None:
            if mark in PAIRS and not right.isspace() and not left.isalnum():
                opened = (at, mark)
        elif _closes(mark, opened[1]) and not (left.isspace() and not right.isspace()):
            found.append((opened[0], after))
            opened = None
    if opened is not None and text[opened[0] - 1 : opened[0]].strip() == "":
        stop = end
        while stop > opened[0] and text[stop - 1].isspace():
            stop -= 1
        following = _MARK.match(text, end)
        at_start = text[start : opened[0]].strip() == ""
        if stop > opened[0] and (following is not None or at_start):
            found.append((opened[0], stop))
    return found


def _closes(mark: str, opening: str) -> bool:
    closing = PAIRS[opening]
    return mark in (
        closing,
        *(closing if len(closing) < 3 or "''" not in closing else ("''", '"', "”")),
    )


def attribution_type(text: str, content: Sequence[tuple[int, int]]) -> str:
    """Return direct, indirect or mixed: whether all, none or some of the words are quoted.

    A lone quoted word in a longer content counts; it is the scheme's "partly".
    """
    quoted = quoted_stretches(text)
    inside = total = 0
    for start, end in content:
        for word in _WORD.finditer(text, start, end):
            total += 1
            inside += any(s <= word.start() and word.end() <= e for s, e in quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= COVERED * total else "mixed"
