"""Chains: all places in an article that refer to the same one, and how they are kept in a Doc."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from spacy.tokens import Doc, SpanGroup

KEY = "annotate_coreference"
"""Span group whose ``attrs["chains"]`` holds the chains and ``attrs["heads"]`` what they are found by."""
ChainMention = tuple[int, int, str]
"""Start, end, and name, description or pronoun."""


class Chain(NamedTuple):
    """An entity of the article.

    Attributes:
        label: one of the 18 labels; None where it is only described.
        name: the fullest name, else the fullest description.
        mentions: in text order, at least one.
        rules: for each mention, the sieve that linked it or "found" for the first of its kind.
        members: for a group, indices of the chains of its members where they are known.
    """

    label: str | None
    name: str
    mentions: list[ChainMention]
    rules: list[str]
    members: list[int]


class Extent(NamedTuple):
    """A noun phrase, title and modifiers included, and the mention that is its head."""

    phrase_start: int
    phrase_end: int
    start: int
    end: int


def store_chains(doc: Doc, chains: Sequence[Chain], extents: Sequence[Extent] = ()) -> None:
    """Write chains to the span group; a chain of one mention is marked ``"singleton": True``."""
    records: list[dict[str, Any]] = []
    spans = []
    for number, chain in enumerate(chains):
        records.append(
            {
                "label": chain.label,
                "name": chain.name,
                "mentions": [list(mention) for mention in chain.mentions],
                "rules": list(chain.rules),
                "members": list(chain.members),
                "singleton": len(chain.mentions) == 1,
            }
        )
        for start, end, kind in chain.mentions:
            span = doc.char_span(start, end, kind.upper(), alignment_mode="expand")
            if span is not None:
                span.id_ = str(number)
                spans.append(span)
    attrs = {"chains": records, "heads": [list(extent) for extent in extents]}
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans, attrs=attrs)


def stored_chains(doc: Doc) -> list[Chain]:
    """Return the chains of a Doc, none where the component did not run."""
    if KEY not in doc.spans:
        return []
    return [
        Chain(
            record["label"],
            record["name"],
            [(int(s), int(e), str(kind)) for s, e, kind in record["mentions"]],
            list(record["rules"]),
            list(record["members"]),
        )
        for record in doc.spans[KEY].attrs["chains"]
    ]


def stored_extents(doc: Doc) -> list[Extent]:
    """Return the noun phrases of a Doc with their heads, none where the component did not run."""
    if KEY not in doc.spans:
        return []
    return [Extent(*map(int, row)) for row in doc.spans[KEY].attrs["heads"]]
