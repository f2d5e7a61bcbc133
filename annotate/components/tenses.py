"""The verb forms of a Doc, as the tense around a date asks for them."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from annotate.values import Verb
from annotate.values.tense import VerbKind

_KINDS: tuple[tuple[str, VerbKind], ...] = (
    ("WW|pv|verl", "past"),
    ("WW|pv|tgw", "present"),
    ("WW|vd|vrij", "participle"),
    ("WW|inf", "infinitive"),
)
"""Beginnings of CGN tags (Van Eynde 2004), as nl_core_news writes them too."""


def verb_forms(doc: Doc) -> Iterator[Verb]:
    """Yield the finite verbs, free participles and infinitives of a tagged Doc, none of an untagged one."""
    for token in doc:
        kind = _kind(token)
        if kind is not None:
            yield Verb(token.idx, token.idx + len(token), kind)


def _kind(token: Token) -> VerbKind | None:
    return next((kind for tag, kind in _KINDS if token.tag_.startswith(tag)), None)
