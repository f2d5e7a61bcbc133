"""The word lists: sourced, sorted, frozen, and read with care."""

from importlib.resources import files

import pytest

from annotate import lexicon

LISTS = ("cues", "hedges", "pseudo_cues", "source_nouns")


@pytest.mark.parametrize("name", LISTS)
def test_list_names_source_licence_and_columns(name):
    head = (files("annotate") / "lexicons" / f"{name}.tsv").read_text("utf-8").splitlines()[:3]
    assert [line.split(":")[0] for line in head] == ["# source", "# licence", "# columns"]


@pytest.mark.parametrize("name", LISTS)
def test_list_is_lower_case_and_without_doubles(name):
    rows = lexicon.read_table(name)
    assert len(set(rows)) == len(rows)
    assert all(row[0] == row[0].lower().strip() for row in rows)


def test_cues_are_sorted_within_their_kind():
    entries = list(lexicon.cues().values())
    for kind in lexicon.CUE_KINDS:
        lemmas = [entry.lemma for entry in entries if entry.kind == kind]
        assert lemmas == sorted(lemmas), kind


@pytest.mark.parametrize(
    ("lemma", "act", "polarity"),
    [
        ("zeggen", "say", "+"),
        ("ontkennen", "deny", "-"),
        ("beschuldigen", "accuse", "+"),
        ("toezeggen", "promise", "+"),
        ("aandringen", "demand", "+"),
        ("afvragen", "ask", "+"),
        ("waarschuwen", "predict", "+"),
        ("bekritiseren", "opinion", "+"),
        ("van de hand wijzen", "deny", "-"),
        ("naar verluidt", "say", "+"),
    ],
)
def test_cue_has_the_act_and_polarity_of_the_scheme(lemma, act, polarity):
    entry = lexicon.cue_lemmas()[lemma]
    assert (entry.act, entry.polarity) == (act, polarity)


@pytest.mark.parametrize(
    "lemma", ["weten", "besluiten", "weigeren", "bedanken", "ontdekken", "tekenen"]
)
def test_knowing_and_acting_are_no_cues(lemma):
    assert lemma not in lexicon.cue_lemmas()


def test_denials_alone_are_negative():
    assert all((e.polarity == "-") == (e.act == "deny") for e in lexicon.cues().values())


def test_lists_cannot_be_changed():
    with pytest.raises(TypeError):
        lexicon.cues()["zeggen", "verb"] = None
    with pytest.raises(AttributeError):
        lexicon.cue_lemmas()["zeggen"].act = "deny"


def test_columns_must_be_the_expected_ones():
    with pytest.raises(lexicon.LexiconError, match="columns"):
        lexicon.read_table("hedges", ("form", "kind"))
