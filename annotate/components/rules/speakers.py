"""Who says a quote that has no cue: the nearest mention of the speaker before it."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import has_tree
from annotate.components.quotation import stretch_at
from annotate.components.rules.phrases import NOMINAL, phrase_span, subject_of
from annotate.components.rules.pieces import Spans

_PERSONS = frozenset({"hij", "zij", "ze"})
REACH = 2
"""Paragraphs in which a speaker is sought: that of the quote, and the ones before."""


def nearest_speaker(doc: Doc, found: Sequence[FoundAttribution], start: int) -> Spans:
    """Return the span of who is likely to say the quote that starts at an offset, none if unknown.

    A colon right before it makes the subject of its clause the speaker. Else it is the source of a report
    before, or a person who is the subject of the sentence before, whichever stands nearer.
    """
    text = doc.text
    before = text[:start].rstrip()
    here = _token_at(doc, len(before) - 1)
    if here is None:
        return []
    if before.endswith(":") and has_tree(doc):
        speaker = _before_colon(doc, here)
        if speaker:
            return speaker
    floor = start
    for _step in range(REACH):
        floor = max(text.rfind("\n\n", 0, max(floor, 0)), 0)
    sources = [
        span
        for one in found
        for span in one.source
        if floor <= span[0] < start and stretch_at(text, span[0]) is None
    ]
    nearest = max(sources, default=None)
    person = _person(here.sent) if has_tree(doc) else None
    if person is not None and (nearest is None or person.idx > nearest[0]):
        return [phrase_span(person)]
    return [nearest] if nearest is not None else []


def _before_colon(doc: Doc, colon: Token) -> Spans:
    """Return the subject of what stands before a colon, or the name or noun that stands there alone."""
    words = doc[colon.sent.start : colon.i]
    tops = [t for t in words if t.head.i == t.i or t.head.i >= colon.i]
    verb = next((t for t in tops if t.pos_ in ("VERB", "AUX")), None)
    if verb is not None:
        subject = subject_of(verb)
        inside = subject is not None and subject.i < colon.i and subject.pos_ in NOMINAL
        return [phrase_span(subject)] if subject is not None and inside else []
    alone = next((t for t in tops if t.pos_ in ("PROPN", "NOUN")), None)
    if alone is None or any(t.dep_ == "case" for t in alone.children):
        return []
    named = alone.pos_ == "PROPN" or any(t.dep_ == "det" for t in alone.children)
    return [phrase_span(alone)] if named else []


def _person(sent: Span) -> Token | None:
    """Return the subject of a sentence if it is a person."""
    subject = subject_of(sent.root)
    if subject is None or stretch_at(sent.doc.text, subject.idx) is not None:
        return None
    if subject.lower_ in _PERSONS or subject.ent_type_ == "PERSON":
        return subject
    named = any(t.ent_type_ == "PERSON" and t.dep_ in ("appos", "flat") for t in subject.children)
    return subject if named else None


def _token_at(doc: Doc, offset: int) -> Token | None:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand") if offset >= 0 else None
    return span[0] if span is not None and len(span) else None
