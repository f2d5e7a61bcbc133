"""Edit trees: from forms to lemmas and to forms that were never seen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.components.lemmas import apply_tree, make_tree

words = st.text(alphabet="abcdegiklnorstuvwz", max_size=12)


@given(words, words)
def test_a_tree_gives_back_the_lemma_it_was_made_of(form: str, lemma: str) -> None:
    tree = json.loads(json.dumps(make_tree(form, lemma)))
    assert apply_tree(tree, form) == lemma


@given(words, words, words)
def test_a_tree_that_does_not_fit_gives_nothing_or_a_word(
    form: str, lemma: str, other: str
) -> None:
    found = apply_tree(make_tree(form, lemma), other)
    assert found is None or isinstance(found, str)


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("werkte", "werken", "dankte", "danken"),
        ("huizen", "huis", "muizen", "muis"),
        ("gewerkt", "werken", "gedankt", "danken"),
        ("kleine", "klein", "rode", "rod"),
        ("werkte", "werken", "te", None),
        ("was", "zijn", "las", None),
    ],
)
def test_trees_serve_forms_that_were_never_seen(
    form: str, lemma: str, other: str, expected: str | None
) -> None:
    assert apply_tree(make_tree(form, lemma), other) == expected
