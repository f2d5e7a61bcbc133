"""Pieces of a content: their edges, their order, where they are cut and where they are joined."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution, trimmed
from annotate.components.quotation import PAIRS

Spans = list[tuple[int, int]]
_BREAK = re.compile(r"\s*\n\s*\n\s*")
_CLOSING = frozenset("".join(PAIRS)) | {")"}


def named(attribution: FoundAttribution, rule: str, **changes: object) -> FoundAttribution:
    """Return an attribution with changes, and with the name of the rule that made them added once."""
    changed = attribution._replace(**changes)  # type: ignore[arg-type]
    if changed == attribution:
        return attribution
    names = attribution.rule.split("+")
    return changed if rule in names else changed._replace(rule=f"{attribution.rule}+{rule}")


def tidy_pieces(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Order the pieces of each content, cut them at blank lines, join what nothing parts, trim them."""
    return [
        named(one, "pieces", content=content) if content else one
        for one in found
        for content in [tidy(doc.text, one.content)]
    ]


def tidy(text: str, pieces: Sequence[tuple[int, int]]) -> Spans:
    """Return pieces in text order, cut at blank lines, trimmed, joined where only space or a mark parts them.

    A closing mark right behind a piece belongs to it when its opening mark does.
    """
    joined: Spans = []
    for start, end in sorted(pieces):
        if joined and (start <= joined[-1][1] or _nothing_between(text, joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    cut: Spans = []
    for start, end in joined:
        at = start
        for match in _BREAK.finditer(text, start, end):
            cut.append((at, match.start()))
            at = match.end()
        cut.append((at, end))
    return trimmed(text, [(s, e) for s, e in cut if s < e])


def without(pieces: Sequence[tuple[int, int]], holes: Sequence[tuple[int, int]]) -> Spans:
    """Return pieces from which other spans are cut out."""
    result = list(pieces)
    for left, right in holes:
        result = [
            part
            for start, end in result
            for part in ((start, min(end, left)), (max(start, right), end))
            if part[0] < part[1]
        ]
    return result


def _nothing_between(text: str, start: int, end: int) -> bool:
    gap = text[start:end]
    return "\n" not in gap and all(c.isspace() or c in _CLOSING for c in gap)
