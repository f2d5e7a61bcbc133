"""The word lists of the values: sourced, folded, without doubles, with known kinds."""

from importlib.resources import files

import pytest

from annotate.lexicon import read_table
from annotate.values.amounts import currencies, units
from annotate.values.calendar import feasts
from annotate.values.numerals import fold
from annotate.values.tables import spaced
from annotate.values.tokens import words

LISTS = [
    "value_currencies",
    "value_feasts",
    "value_numerals",
    "value_phrases",
    "value_time",
    "value_units",
    "value_verbs",
]


@pytest.mark.parametrize("name", [*LISTS, "countries", "country_names"])
def test_head_names_source_licence_and_columns(name):
    head = (files("annotate") / "lexicons" / f"{name}.tsv").read_text("utf-8").splitlines()[:3]
    assert [line.split(":")[0] for line in head] == ["# source", "# licence", "# columns"]


@pytest.mark.parametrize("name", LISTS)
def test_forms_are_folded_and_stand_once(name):
    forms = [row[0] for row in read_table(name)]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []
    folded = {form for form in forms if fold(form) != form} - {"°c", "ƒ"}
    assert folded == set()


def test_currencies_have_codes_of_three_letters():
    for form, currency in currencies().items():
        assert len(currency.code) in (0, 3), form
        assert currency.factor > 0, form
        assert bool(currency.old) == bool(currency.until), form


def test_units_have_codes():
    assert all(code and factor > 0 for code, factor in units().values())


def test_every_feast_has_a_day_in_some_year():
    assert all(feast.day(2000) or feast.day(2020) for feast in feasts().values())


def test_verbs_are_of_known_kinds():
    kinds = {kind for _, kind in read_table("value_verbs")}
    assert kinds == spaced("past aux passive modal present would report join word")


def test_months_and_weekdays_are_whole():
    tagged = words().values()
    assert {value for tag, value in tagged if tag == "MONTH"} == set(range(1, 13))
    assert {value for tag, value in tagged if tag == "WEEKDAY"} == set(range(1, 8))
