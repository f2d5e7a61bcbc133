"""From the source of an attribution to who it is."""

from collections.abc import Sequence

from spacy.tokens import Doc

from annotate.components.coreference.chains import Chain, Extent, stored_extents

ARTICLES = frozenset({"de", "het", "een", "'t", "’t"})
PREPOSITIONS = frozenset(
    {"van", "in", "uit", "op", "bij", "voor", "met", "tegen", "over", "namens", "aan"}
)
MOST_BEFORE = 3
"""Words of a source that may stand before its head phrase: adverbs and words no phrase was made of."""


def resolve_source(
    doc: Doc, chains: Sequence[Chain], source: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int] | None, int | None]:
    """Return the mention that is the head of a source, and the index of its chain.

    The head is never a possessor: "De zus van Kim" is not Kim. Either is None where there is none; a
    mention outside all chains is given without a chain.

    Args:
        doc: the Doc in which chains are stored.
        source: the spans of the source.
    """
    extent = _head(doc.text, stored_extents(doc), source)
    if extent is None:
        return None, None
    span = (extent.start, extent.end)
    for number, chain in enumerate(chains):
        if any((start, end) == span for start, end, _ in chain.mentions):
            return span, number
    return span, None


def _head(text: str, extents: Sequence[Extent], source: Sequence[tuple[int, int]]) -> Extent | None:
    for start, end in source:
        inside = [e for e in extents if e.start < end and e.end > start and e.phrase_end > start]
        if not inside:
            continue
        found = min(inside, key=_outermost)
        before = text[start : max(start, found.phrase_start)].lower().split()
        return None if PREPOSITIONS & set(before) or len(before) > MOST_BEFORE else found
    return None


def _outermost(extent: Extent) -> tuple[int, int, int]:
    return extent.phrase_start, -extent.phrase_end, -extent.end


def speaker_name(doc: Doc, chains: Sequence[Chain], source: Sequence[tuple[int, int]]) -> str:
    """Return the name of a source: that of its chain, else its own words without an article."""
    _, number = resolve_source(doc, chains, source)
    if number is not None:
        return chains[number].name
    return bare(" ".join(doc.text[start:end] for start, end in source))


def bare(words: str) -> str:
    """Return a noun phrase without its article."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ARTICLES else words
