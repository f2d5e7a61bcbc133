"""Contents and the quotation marks around them."""

import re

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import quoted_stretches
from annotate.components.rules.nesting import covers
from annotate.components.rules.pieces import Spans, named, tidy, without

MOST = 0.5
"""Share of the words of a quote from which on a content that begins or ends in it takes all of it."""
LITTLE = 0.34
"""Share of the words of a piece up to which what reaches into a quote is given up."""
_WORD = re.compile(r"\w+")


def snap_to_quotes(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Let contents begin and end with the quotes that they hold most of, and leave those they hardly touch.

    A quote that holds the cue, or all of the content and more than it of somebody else's, is left alone:
    the report is nested in it.
    """
    result = []
    for one in found:
        content = _snapped(doc.text, one)
        result.append(named(one, "quote", content=content) if content else one)
    return result


def _snapped(text: str, one: FoundAttribution) -> Spans:
    stretches = [
        (s, e)
        for s, e in quoted_stretches(text)
        if not any(s <= a and b <= e for a, b in (*one.cue, *one.source))
    ]
    pieces = list(one.content)
    for start, end in stretches:
        touching = [(s, e) for s, e in pieces if s < end and start < e]
        if not touching or all(s <= start and end <= e for s, e in touching):
            continue
        inside = sum(_count(text, max(s, start), min(e, end)) for s, e in touching)
        total = _count(text, start, end)
        outside = sum(_count(text, s, e) for s, e in touching) - inside
        nested = not one.cue and not outside and inside < total
        if nested and not covers(touching, [(start, start + 2)]):
            continue
        if inside >= MOST * total or (not outside and touching[0][0] <= start + 2):
            pieces.append((start, end))
        elif outside and inside <= LITTLE * (inside + outside):
            pieces = without(pieces, [(start, end)])
    if pieces == list(one.content):
        return []
    return tidy(text, without(_merged(pieces), [*one.cue, *one.source]))


def _merged(pieces: Spans) -> Spans:
    result: Spans = []
    for start, end in sorted(pieces):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))
