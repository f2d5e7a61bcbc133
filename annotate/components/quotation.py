"""Quotation marks: which stretches of a text are quoted, and the type of a content that follows."""

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

Span = tuple[int, int]
PAIRS = {
    '"': '"”',
    "“": '”"“',
    "„": '”“"',
    "”": '”"',
    "«": "»",
    "»": "«",
    "‘": "’'‘",
    "‚": "‘’'",
    "'": "'’",
    "’": "’'",
    "‹": "›",
    "›": "‹",
    ",,": ("''", '"', "”"),
    "``": ("''", '"', "”"),
    "''": ("''", '"'),
}
"""Opening marks and what may close them, as seen in Dutch and Flemish papers from 1968 on."""
_SINGLE = frozenset("‘‚'’‹›")
_MARK = re.compile(r",,|''|``|[\"“”„«»‘’‚'‹›]")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"\n\s*\n")
_ELISION = re.compile(r"['’][stnmkr]\b(?!['’])")
"""'s avonds, 't, 'n, 'm, 'k: apostrophes that stand where a quote may begin."""
COVERED = 0.98
"""Share of the words of a content that must stand in quotation marks for direct speech."""
LONGEST = 6000
"""Characters after which a quote that runs over paragraphs must have been closed."""


class _Mark(NamedTuple):
    """A quotation mark and what it may be; ``apart`` is one with space where its word should be."""

    text: str
    start: int
    end: int
    opens: bool
    closes: bool
    apart: bool


@lru_cache(maxsize=64)
def quoted_stretches(text: str) -> tuple[Span, ...]:
    """Return start and end of each quoted stretch, its marks included, in text order, none in another.

    A mark opens where a word begins behind it and none ends before it; an apostrophe inside or before a
    word ('s avonds) is no mark. In text whose marks stand between spaces they open and close in turn. A
    quote that is not closed in its paragraph goes on in the next ones: to a closing mark that has no
    opening one, or, where every paragraph opens the quote again as papers do, to the end of each. What
    is closed nowhere is a quote to the end of its paragraph if it began that paragraph or a clause after
    a colon, and else is given up.
    """
    return tuple(_stretches(text, 0, len(text)))


@lru_cache(maxsize=64)
def inner_stretches(text: str) -> tuple[Span, ...]:
    """Return the quotes inside quotes, in text order."""
    found = []
    for start, end in quoted_stretches(text):
        mark = _MARK.match(text, start)
        if mark is not None:
            for inner in _stretches(text, mark.end(), end - 1, without=_family(mark.group())):
                found.append(inner)
    return tuple(found)


def stretch_at(text: str, offset: int) -> Span | None:
    """Return the quoted stretch in which a character stands, None where it is not quoted."""
    stretches = quoted_stretches(text)
    at = bisect.bisect_right(stretches, (offset, len(text) + 1)) - 1
    if at >= 0 and stretches[at][0] <= offset < stretches[at][1]:
        return stretches[at]
    return None


def _family(mark: str) -> bool:
    return mark in _SINGLE


def _stretches(text: str, start: int, end: int, without: bool | None = None) -> Iterator[Span]:
    """Yield the stretches between two offsets.

    Args:
        without: leave out single (True) or double (False) marks; None takes all.
    """
    opened: _Mark | None = None
    carried = False
    edges = [start, *(m.end() for m in _BREAK.finditer(text, start, end)), end]
    for left, right in pairwise(edges):
        if opened is not None and left - opened.start > LONGEST:
            opened, carried = None, False
        first = True
        for mark in _marks(text, left, right):
            if without is not None and _family(mark.text) == without:
                continue
            at_start = first and not text[left : mark.start].strip()
            first = False
            if opened is None:
                if mark.opens:
                    opened, carried = mark, False
            elif carried and at_start and mark.opens and _same(mark.text, opened.text):
                yield opened.start, _stop(text, opened.start, left)
                opened, carried = mark, False
            elif mark.closes and _fits(mark, opened):
                yield opened.start, mark.end
                opened, carried = None, False
        if opened is not None and not carried:
            carried = True
            if not _closed_later(text, right, end, opened, without):
                if _begins_clause(text, left, opened.start):
                    yield opened.start, _stop(text, opened.start, right)
                opened, carried = None, False


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        at, after = match.span()
        left = text[at - 1] if at > start else "\n"
        right = text[after] if after < end else "\n"
        if left.isalnum() and right.isalnum():
            continue
        mark = match.group()
        if mark in "'’" and not left.isalnum() and _ELISION.match(text, at):
            if not left.isspace() and left not in "(-/" and left not in PAIRS:
                yield _Mark(mark, at, after, False, True, False)
            continue
        apart = left.isspace() and (right.isspace() or right in ",.;:?!)")
        if mark in (",,", "``"):
            yield _Mark(mark, at, after, True, False, right.isspace())
        elif mark == "''":
            yield _Mark(
                mark, at, after, not right.isspace() and not left.isalnum(), True, left.isspace()
            )
        else:
            closing = right.isspace() or (right in ",;:?!)" and not text.startswith("...", after))
            opens = not left.isalnum() and ((apart and right.isspace()) or not closing)
            yield _Mark(mark, at, after, opens, apart or not left.isspace(), apart)


def _same(one: str, other: str) -> bool:
    return one == other or PAIRS.get(one) == PAIRS.get(other)


def _closed_later(text: str, at: int, end: int, opened: _Mark, without: bool | None) -> bool:
    """Tell whether a quote left open at the end of a paragraph goes on: the next fitting mark decides."""
    stop = min(end, opened.start + LONGEST)
    edges = [at, *(m.end() for m in _BREAK.finditer(text, at, stop)), stop]
    for left, right in pairwise(edges):
        first = True
        for mark in _marks(text, left, right):
            if without is not None and _family(mark.text) == without:
                continue
            at_start = first and not text[left : mark.start].strip()
            first = False
            if at_start and mark.opens and _same(mark.text, opened.text):
                return left == at
            if mark.closes and _fits(mark, opened):
                return True
            if mark.opens and not mark.closes and _same(mark.text, opened.text):
                return False
    return False


def _fits(mark: _Mark, opened: _Mark) -> bool:
    """Tell whether a mark may close a quote; what was opened with a space is closed after a space."""
    return mark.text in PAIRS[opened.text] and (mark.apart or not opened.apart)


def _begins_clause(text: str, left: int, start: int) -> bool:
    before = text[left:start].rstrip()
    return not before or before[-1] == ":"


def _stop(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def attribution_type(text: str, content: Sequence[Span], cue: Sequence[Span] = ()) -> str:
    """Return direct, indirect or mixed: whether all, none or some of the words are quoted.

    A quote that holds the cue too is the quote of somebody else, in which the report is nested; it does
    not count, quotes inside it do. Where a mark at the start of the content is closed nowhere, what
    follows is quoted; where one at its end is opened nowhere, what precedes it.
    """
    quoted = [
        (s, e)
        for s, e in (*quoted_stretches(text), *inner_stretches(text))
        if not any(s <= a and b <= e for a, b in cue)
    ]
    inside = total = 0
    running = False
    for start, end in content:
        near = [(s, e) for s, e in quoted if s < end and start < e]
        running = running and _MARK.match(text, start) is None
        for word in _WORD.finditer(text, start, end):
            total += 1
            inside += running or any(s <= word.start() and word.end() <= e for s, e in near)
        running = running or any(e - 2 < end <= e and not _closed(text, e) for _s, e in near)
    if not inside:
        return "direct" if content and _has_loose_mark(text, content, quoted) else "indirect"
    return "direct" if inside >= COVERED * total else "mixed"


def _closed(text: str, end: int) -> bool:
    return text[end - 1] in PAIRS or text.endswith("''", 0, end)


def _has_loose_mark(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Tell whether a mark that has no partner stands at the start or the end of a content."""
    first = _MARK.match(text, content[0][0])
    last = text[content[0][0] : content[-1][1]].rstrip()[-1:]
    opens = first is not None and not _ELISION.match(text, first.start())
    return opens or (
        last in PAIRS and last not in "'’" and content[-1][1] not in {e for _s, e in quoted}
    )
