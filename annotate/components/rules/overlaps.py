"""No word has two roles in one attribution."""

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution
from annotate.components.rules.cues import cue_lemma
from annotate.components.rules.nesting import overlap
from annotate.components.rules.pieces import named, tidy, without

_HOLDS_SOURCE = frozenset({"naar eigen zeggen", "volgens zeggen", "naar zeggen"})
"""Cues whose source is a part of the content: "hij neemt naar eigen zeggen vrij"."""


def part_roles(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Cut the cue and the source of an attribution out of its own content, and the cue out of its source."""
    result = []
    for one in found:
        source = without(one.source, one.cue) if overlap(one.source, one.cue) else one.source
        holes = list(one.cue)
        if cue_lemma(doc, one.cue) not in _HOLDS_SOURCE:
            holes += source
        content = one.content
        if overlap(content, holes):
            content = tidy(doc.text, without(content, holes)) or one.content
        result.append(named(one, "overlap", source=source[:1], content=content))
    return result
