"""What kind of source stands there."""

import pytest
from spacy.tokens import Span

from annotate.components.rules import source_kind
from tests.components.marked import doc_of

CASES = [
    # (text, source, name in it with its label, kind)
    ("De minister zegt dat de brug dicht gaat.", "De minister", None, "described"),
    (
        "Minister Jansen zegt dat de brug dicht gaat.",
        "Minister Jansen",
        ("Jansen", "PERSON"),
        "named",
    ),
    (
        "De zus van Jansen zegt dat de brug dicht gaat.",
        "De zus van Jansen",
        ("Jansen", "PERSON"),
        "described",
    ),
    (
        "De Belgische minister zegt dat de brug dicht gaat.",
        "De Belgische minister",
        ("Belgische", "NORP"),
        "described",
    ),
    ("Zij zegt dat de brug dicht gaat.", "Zij", None, "pronoun"),
    ("Experts zeggen dat de brug dicht gaat.", "Experts", None, "group"),
    ("De oppositie zegt dat de brug dicht gaat.", "De oppositie", None, "group"),
    ("Volgens het rapport gaat de brug dicht.", "het rapport", None, "document"),
    ("Volgens een politierapport gaat de brug dicht.", "een politierapport", None, "document"),
    ("Velen zeggen dat de brug dicht gaat.", "Velen", None, "group"),
]


def texts():
    """The texts that need a tree."""
    return [text for text, *_ in CASES]


@pytest.mark.parametrize(("text", "source", "name", "kind"), CASES)
def test_source_kind(text, source, name, kind):
    doc = doc_of(text)
    if name:
        (token,) = (t for t in doc if t.text == name[0])
        doc.ents = [Span(doc, token.i, token.i + 1, label=name[1])]
    start = text.index(source)
    assert source_kind(doc, [(start, start + len(source))]) == kind


def test_no_source_is_none():
    assert source_kind(doc_of(CASES[0][0]), []) == "none"
