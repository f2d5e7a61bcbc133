"""Countries and their people as ISO 3166 codes."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.lexicon import read_table
from annotate.links import country_code, inflected

UN_MEMBERS = [
    line.split("\t")
    for line in (Path(__file__).parent / "un_members.tsv").read_text("utf-8").splitlines()
]


def test_there_are_193_members_of_the_united_nations():
    assert len({code for code, _, _ in UN_MEMBERS}) == 193


@pytest.mark.parametrize(("code", "name", "adjective"), UN_MEMBERS)
def test_un_member_resolves_by_name_and_adjective(code, name, adjective):
    assert country_code(name, "GPE") == code
    assert country_code(adjective, "NORP") == code
    assert country_code(adjective.removesuffix("e"), "NORP") in (code, None)


@pytest.mark.parametrize(
    ("name", "label", "code"),
    [
        ("VS", "GPE", "US"),
        ("de VS", "GPE", "US"),
        ("V.S.", "GPE", "US"),
        ("Groot-Brittannië", "GPE", "GB"),
        ("Britten", "NORP", "GB"),
        ("Noord-Koreanen", "NORP", "KP"),
        ("Noordkoreaanse", "NORP", "KP"),
        ("Russen", "NORP", "RU"),
        ("Rus", "NORP", "RU"),
        ("Oekraïner", "NORP", "UA"),
        ("Oekraïens", "NORP", "UA"),
        ("Oekraiense", "NORP", "UA"),
        ("Nederlands", "NORP", "NL"),
        ("Ruslands", "GPE", "RU"),
        ("China's", "GPE", "CN"),
        ("Irakezen", "NORP", "IQ"),
        ("Indiërs", "NORP", "IN"),
        ("BELGIË", "GPE", "BE"),
        ("Wit-Rusland", "GPE", "BY"),
        ("Birma", "GPE", "MM"),
        ("Hongkong", "GPE", "HK"),
        ("Kosovaarse", "NORP", "XK"),
        ("Palestijnen", "NORP", "PS"),
        ("Westduitse", "NORP", "DE"),
        ("Congolese", "NORP", "CD"),
    ],
)
def test_form_of_a_country(name, label, code):
    assert country_code(name, label) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sovjet-Unie", "SUHH"),
        ("Sovjets", "SUHH"),
        ("DDR", "DDDE"),
        ("Joegoslavische", "YUCS"),
        ("Tsjecho-Slowakije", "CSHH"),
        ("Zaïre", "ZRCD"),
    ],
)
def test_country_that_is_no_more_has_four_letters(name, code):
    assert country_code(name, "GPE") == code


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Vlaams", "NORP"),
        ("Vlaanderen", "GPE"),
        ("Engelse", "NORP"),
        ("Schotland", "GPE"),
        ("Europese", "NORP"),
        ("Zuid-Amerikaanse", "NORP"),
        ("Amerika", "LOC"),
        ("Londense", "GPE"),
        ("Koreaanse", "NORP"),
        ("Republikeinen", "NORP"),
        ("vs", "GPE"),
        ("us", "GPE"),
        ("", "GPE"),
        ("Frans", "LANGUAGE"),
        ("Jordan", "PERSON"),
        ("Rusland", "ORG"),
        ("Frans-Duitse", "NORP"),
    ],
)
def test_no_country(name, label):
    assert country_code(name, label) is None


def test_no_form_means_two_countries():
    rows = read_table("countries")
    seen: dict[str, str] = {}
    for code, *cells in rows:
        for form in "|".join(cells).split("|"):
            if form:
                assert seen.setdefault(form, code) == code, form


def test_names_are_those_of_cldr_with_their_licence():
    head = (files("annotate") / "lexicons" / "country_names.tsv").read_text("utf-8").splitlines()
    assert "CLDR" in head[0]
    assert head[1] == "# licence: Unicode-3.0"


@pytest.mark.parametrize(
    ("adjective", "with_e"),
    [("Chinees", "Chinese"), ("Indiaas", "Indiase"), ("Iraaks", "Iraakse"), ("Grieks", "Griekse")],
)
def test_adjective_with_e(adjective, with_e):
    assert inflected(adjective) == with_e


@given(st.text(max_size=80), st.sampled_from(["GPE", "NORP", "LOC", "ORG", "DATE"]))
def test_any_text_gives_a_code_or_none(name, label):
    code = country_code(name, label)
    assert code is None or (code.isupper() and len(code) in (2, 4))
