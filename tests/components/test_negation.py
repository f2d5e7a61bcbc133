"""The negation of a cue, and what only stands near it in a tree that runs on too far."""

import pytest
import spacy
from spacy.tokens import Doc

from annotate.components.rules.labels import negation_of

VOCAB = spacy.blank("nl").vocab


def cue_of(words: str, cue: str, negation: str) -> "spacy.tokens.Token":
    """Return the cue of a sentence in whose tree the negation hangs on it."""
    forms = words.split()
    root = forms.index(cue)
    deps = ["ROOT" if w == cue else "advmod" if w == negation else "dep" for w in forms]
    return Doc(VOCAB, words=forms, heads=[root] * len(forms), deps=deps)[root]


@pytest.mark.parametrize(
    ("words", "cue", "negation"),
    [
        ("Hij ontkent niet dat de brug sluit .", "ontkent", "niet"),
        ("Zij gelooft nooit dat het lukt .", "gelooft", "nooit"),
        ("Nooit beloofde de partij lagere belasting .", "beloofde", "Nooit"),
    ],
)
def test_a_cue_is_negated(words: str, cue: str, negation: str) -> None:
    found = negation_of(cue_of(words, cue, negation))
    assert found is not None
    assert found.text == negation


@pytest.mark.parametrize(
    ("words", "cue", "negation"),
    [
        ("Hij ontkent dat alles . “ Daar is nooit sprake van geweest ”", "ontkent", "nooit"),
        ("Zij ontkent alles ! Daar is nooit sprake van .", "ontkent", "nooit"),
        ("Hij ontkent : “ Dat is niet waar ”", "ontkent", "niet"),
    ],
)
def test_a_negation_beyond_a_full_stop_or_in_a_quote_is_another(
    words: str, cue: str, negation: str
) -> None:
    assert negation_of(cue_of(words, cue, negation)) is None
