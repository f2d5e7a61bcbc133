"""The dictionary chooses among the lemmas that a model proposes."""

import json

import pytest

from annotate.components.dictionary import Dictionary

DICTIONARY = Dictionary(
    {"VERB kondigde": "kondigen", "NOUN bank": "bank"},
    {"dropen": "druipen", "skeletten": "skelet", "zeilen": "zeil"},
    {
        "NOUN": frozenset({"skelet", "zeil"}),
        "VERB": frozenset({"druipen", "oprollen", "aankondigen"}),
        "ADJ": frozenset({"thais"}),
    },
)


@pytest.mark.parametrize(
    ("form", "upos", "candidates", "lemma"),
    [
        ("kondigde", "VERB", ["kondigden"], "kondigen"),  # the treebank knows it
        ("Kondigde", "VERB", ["kondigden"], "kondigen"),
        ("dropen", "VERB", ["dropen"], "druipen"),  # the word list knows it
        ("opgerold", "VERB", ["opgerold", "oprollen"], "oprollen"),  # the second one exists
        ("Thaise", "ADJ", ["Thais", "thais"], "Thais"),  # the model's case stays
        ("zeilen", "VERB", ["zeilen"], "zeilen"),  # another part of speech is no help
        ("blorfte", "VERB", ["blorfen", "blorften"], "blorfen"),  # nobody knows it
        ("24ste", "ADJ", ["24"], "24"),
        ("geëffend", "VERB", ["ëffenen"], "effenen"),
        ("Gent", "PROPN", ["Gent"], "Gent"),
        ("hm", "INTJ", [], "hm"),  # no tree fits
    ],
)
def test_the_lemma_of_a_form(form: str, upos: str, candidates: list[str], lemma: str) -> None:
    assert DICTIONARY.lemma(form, upos, candidates) == lemma


def test_a_particle_makes_a_verb_only_with_one_that_exists() -> None:
    assert DICTIONARY.is_verb("aankondigen")
    assert not DICTIONARY.is_verb("vankondigen")
    assert Dictionary().is_verb("vankondigen")  # without a word list nobody can tell


def test_it_is_the_same_after_a_round_trip() -> None:
    assert Dictionary.from_json(json.loads(DICTIONARY.as_json())) == DICTIONARY
