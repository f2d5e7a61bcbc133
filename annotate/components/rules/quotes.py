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
_CAPITAL = re.compile(r"\W*[A-ZÀ-Þ]")
_FINAL = re.compile(r"[.!?,…]\W*$")


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
        if not any(s <= a and b <= e for a, b in (one.cue or one.source))
        or (not one.cue and _mostly(one.content, s, e))
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
    pieces = without(_merged(pieces), [*one.cue, *(one.source if one.cue else ())])
    pieces = _without_strays(text, pieces, stretches)
    return [] if pieces == list(one.content) else tidy(text, pieces)


def _without_strays(text: str, pieces: Spans, stretches: Spans) -> Spans:
    """Drop pieces outside the quotes of a content that holds a whole quoted sentence.

    Whole paragraphs stay: they may be quoted without a mark that closes.
    """
    whole = [s for s in stretches if s in pieces and _is_sentence(text, *s)]
    if not whole:
        return pieces
    return [
        (s, e)
        for s, e in pieces
        if any(a < e and s < b for a, b in stretches)
        or (_starts_paragraph(text, s) and _ends_sentence(text, e))
    ]


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a quote is a sentence: a capital, and a mark at its end or more than three words."""
    if not _CAPITAL.match(text, start):
        return False
    return _count(text, start, end) > 3 or bool(_FINAL.search(text[start:end]))


def _starts_paragraph(text: str, at: int) -> bool:
    return text[:at].rstrip(' "').endswith("\n")


def _ends_sentence(text: str, at: int) -> bool:
    return bool(re.match(r"[.!?…:]?\W*(?:\n|$)", text[at : at + 8]))


def _mostly(content: Spans, start: int, end: int) -> bool:
    inside = sum(max(0, min(e, end) - max(s, start)) for s, e in content)
    return 2 * inside >= end - start


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
