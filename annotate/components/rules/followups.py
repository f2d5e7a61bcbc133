"""Quotes that follow a quote: a new sentence in quotation marks is a report of its own."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import quoted_stretches
from annotate.components.rules.nesting import overlap
from annotate.components.rules.pieces import Spans, named, tidy
from annotate.components.rules.speakers import nearest_speaker

_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_FULL = re.compile(r"^\W*[A-ZÀ-Þ].*[.!?…]\W*$", re.DOTALL)
_WORD = re.compile(r"\w+")
SHORTEST = 3
"""Words of the shortest quote that is taken for a sentence somebody says."""


def split_followups(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Cut off quotes behind the end of the sentence that ends a report; they have no cue, but its source.

    "A", zei Jansen. "B." are two reports; "A", zei Jansen, "b." is one.
    """
    text = doc.text
    stretches = quoted_stretches(text)
    result = list(found)
    for number, one in enumerate(found):
        groups = _groups(text, stretches, one)
        if len(groups) < 2:
            continue
        kept = _own(groups, one)
        result[number] = named(one, "split", content=tidy(text, groups[kept]) or one.content)
        for place, group in enumerate(groups):
            if place == kept or not one.cue:
                continue
            content = tidy(text, group)
            others = (other for i, other in enumerate(result) if i != number)
            if content and not any(overlap(other.content, content) for other in others):
                part = one._replace(
                    cue=[], content=content, act="say", polarity="+", rule=f"{one.rule}+split"
                )
                result.append(part)
    return result


def _groups(text: str, stretches: Sequence[tuple[int, int]], one: FoundAttribution) -> list[Spans]:
    """Return the pieces of a content in groups that no end of a sentence with words behind it parts."""
    groups: list[Spans] = []
    last: tuple[int, int] | None = None
    for start, end in one.content:
        stretch = next((s for s in stretches if s[0] <= start and end <= s[1]), None)
        if groups and last is not None and stretch is not None and stretch != last:
            gap = text[last[1] : stretch[0]]
            parted = bool(_WORD.search(gap)) and bool(_ENDED.search(gap))
            if parted and _FULL.match(text[stretch[0] : stretch[1]]):
                groups.append([(start, end)])
                last = stretch
                continue
        if groups:
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        last = stretch
    return groups


def _own(groups: Sequence[Spans], one: FoundAttribution) -> int:
    """Return which group the cue belongs to: the one right before it or around it, else the first."""
    if not one.cue:
        return 0
    at = one.cue[0][0]
    before = [n for n, group in enumerate(groups) if group[0][0] < at]
    return before[-1] if before else 0


def add_quotes(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Add quoted sentences that no report holds; who says them is who spoke last in the paragraph."""
    text = doc.text
    result = list(found)
    for start, end in quoted_stretches(text):
        whole = text[start:end]
        if len(_WORD.findall(whole)) < SHORTEST or not _FULL.match(whole):
            continue
        if any(overlap(one.content, [(start, end)]) for one in result):
            continue
        content = tidy(text, [(start, end)])
        if content:
            source = nearest_speaker(doc, result, start)
            result.append(
                FoundAttribution(source, [], content, "direct", "say", "+", 0.5, "bare-quote")
            )
    return result
