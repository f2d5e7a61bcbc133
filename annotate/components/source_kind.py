"""What kind of source an attribution has: somebody named, described, a pronoun, a group, a document."""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from annotate.components.entities import FoundEntity
from annotate.labels import SourceKind
from annotate.values.tables import read_table

DOCUMENT_LABELS = frozenset({"LAW", "WORK_OF_ART"})
NAME_RELATIONS = frozenset({"appos", "flat", "flat:name", "nmod"})


def source_kind(
    doc: Doc, spans: Sequence[tuple[int, int]], entities: Sequence[FoundEntity]
) -> SourceKind:
    """Return the kind of a source.

    The head of its noun phrase decides: a name, or a title with a name beside it, is named (premier
    Rutte); "De zus van Kim" is described, since Kim is no more than her brother. A head that is a kind of
    document makes a document, a plural a group.

    Args:
        spans: the spans of the source; none for a report without a source.
        entities: the names in the Doc.
    """
    if not spans:
        return "none"
    span = doc.char_span(*spans[0], alignment_mode="expand")
    if span is None:
        return "described"
    head = span.root
    if all(token.pos_ in {"PRON", "DET"} for token in span):
        return "pronoun"
    name = _name_of(span, head, entities)
    if name is not None:
        return "document" if name.label in DOCUMENT_LABELS else _named(name)
    lemma = head.lemma_.lower()
    documents = _documents()
    if lemma in documents or any(lemma.endswith(word) for word in documents if len(word) > 4):
        return "document"
    return "group" if "Plur" in head.morph.get("Number", []) or _joins(span, head) else "described"


@cache
def _documents() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("documents"))


def _named(name: FoundEntity) -> SourceKind:
    return "group" if name.label == "NORP" else "named"


def _name_of(span: Span, head: Token, entities: Sequence[FoundEntity]) -> FoundEntity | None:
    """Return the name that the head of a phrase is, or that stands beside it as its name."""
    inside = [e for e in entities if e.start < span.end_char and e.end > span.start_char]
    for entity in inside:
        if entity.start <= head.idx < entity.end:
            return entity
    for entity in inside:
        token = next((t for t in span if entity.start <= t.idx < entity.end), None)
        if token is None or entity.label == "NORP":
            continue
        beside = token.dep_ in NAME_RELATIONS and token.head == head
        if beside and not any(child.dep_ == "case" for child in token.children):
            return entity
    return None


def _joins(span: Span, head: Token) -> bool:
    return any(token.dep_ == "conj" and token.head == head for token in span)
