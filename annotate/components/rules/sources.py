"""What kind of source stands there: a name, a description, a pronoun, a group, a document."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from annotate.annotation import Entity, Mention
from annotate.labels import VALUE_LABELS, SourceKind
from annotate.lexicon import source_nouns

_PEOPLE = frozenset({"mensen", "velen", "sommigen", "anderen", "beiden", "enkelen", "allen"})


def source_kind(
    doc: Doc,
    source: Sequence[tuple[int, int]],
    mention: Mention | None = None,
    entity: Entity | None = None,
) -> SourceKind:
    """Return the kind of a source.

    Args:
        source: its character spans; none for a report without a source.
        mention: the mention that it is, or that its head is.
        entity: what it refers to; a pronoun stays a pronoun whoever it means.
    """
    if not source:
        return "none"
    span = doc.char_span(source[0][0], source[-1][1], alignment_mode="expand")
    words = [t for t in span or () if not (t.is_punct or t.is_space)]
    if span is None or not words:
        return "described"
    head = head_of(words)
    if head.lower_ in _PEOPLE:
        return "group"
    if head.pos_ == "PRON" and not any(t.pos_ in ("NOUN", "PROPN") for t in words):
        return "pronoun"
    kind = source_nouns().get(head.lemma_.lower()) or source_nouns().get(head.lower_)
    if mention is not None and mention.kind == "name":
        return "named"
    if mention is None and _named(span, head):
        return "named"
    if kind == "document" or (kind is None and _last_part(head.lower_) == "document"):
        return "document"
    if _plural(head) or kind == "group" or _has_two(words, head):
        return "group"
    if entity is not None and entity.label == "WORK_OF_ART":
        return "document"
    return "described"


def head_of(words: Sequence[Token]) -> Token:
    """Return the word of a phrase that governs the others: by the tree, else the first noun or name."""
    inside = {t.i for t in words}
    tops = [t for t in words if t.head.i not in inside or t.head.i == t.i]
    nominal = [t for t in tops if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM")]
    if nominal:
        return nominal[0]
    return next((t for t in words if t.pos_ in ("NOUN", "PROPN", "PRON")), words[0])


def _named(span: Span, head: Token) -> bool:
    """Tell whether the head, or a name in apposition to it, is a name (not a date or a number)."""
    for entity in span.doc.ents:
        if entity.start >= span.end or entity.end <= span.start or entity.label_ in VALUE_LABELS:
            continue
        if entity.label_ == "NORP":
            continue
        for token in entity:
            if token.i == head.i:
                return True
            if token.head.i == head.i and token.dep_ in ("appos", "flat", "flat:name"):
                return not any(t.dep_ == "case" for t in token.children) and not _of(token)
    return False


def _of(name: Token) -> bool:
    """Tell whether a preposition stands before a name, whatever the tree makes of it: zus *van* Kim."""
    return name.i > 0 and name.doc[name.i - 1].pos_ == "ADP"


def _plural(head: Token) -> bool:
    return "Plur" in head.morph.get("Number", []) and head.pos_ == "NOUN"


def _has_two(words: Sequence[Token], head: Token) -> bool:
    return any(t.dep_ == "conj" and t.head.i == head.i for t in words)


def _last_part(word: str) -> str | None:
    """Return the kind of the longest known noun at the end of a compound (politierapport: rapport)."""
    table = source_nouns()
    return next((table[word[i:]] for i in range(2, len(word) - 3) if word[i:] in table), None)
