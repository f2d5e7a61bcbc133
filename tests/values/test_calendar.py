"""Weeks, feasts and anchors against known dates."""

from datetime import date

import pytest

from annotate.values.calendar import (
    Anchor,
    easter,
    feasts,
    kings_day,
    nearest_weekday,
    nth_weekday,
    queens_day,
    week_of,
)


@pytest.mark.parametrize(
    "day",
    [
        "1961-04-02",
        "1999-04-04",
        "2000-04-23",
        "2008-03-23",
        "2019-04-21",
        "2024-03-31",
        "2038-04-25",
    ],
)
def test_easter(day):
    assert easter(int(day[:4])).isoformat() == day


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("carnaval", 2024, "2024-02-11"),
        ("aswoensdag", 2024, "2024-02-14"),
        ("goede vrijdag", 2023, "2023-04-07"),
        ("hemelvaart", 2021, "2021-05-13"),
        ("pinksteren", 2021, "2021-05-23"),
        ("moederdag", 2022, "2022-05-08"),
        ("vaderdag", 2022, "2022-06-19"),
        ("prinsjesdag", 2023, "2023-09-19"),
        ("veteranendag", 2023, "2023-06-24"),
        ("black friday", 2023, "2023-11-24"),
        ("vlaamse feestdag", 1990, "1990-07-11"),
        ("wapenstilstand", 2018, "2018-11-11"),
    ],
)
def test_feast(name, year, day):
    found = feasts()[name].day(year)
    assert found is not None
    assert found.isoformat() == day


def test_king_and_queen_have_their_days_in_their_own_years():
    assert kings_day(2013) is None
    assert kings_day(2014) == date(2014, 4, 26)
    assert queens_day(1948) == date(1948, 8, 31)
    assert queens_day(1972) == date(1972, 5, 1)
    assert queens_day(1995) == date(1995, 4, 29)
    assert queens_day(2014) is None


@pytest.mark.parametrize("year", [1582, 9999, 0])
def test_feast_outside_the_calendar_has_no_day(year):
    assert all(feast.day(year) is None for feast in feasts().values())


def test_week_belongs_to_the_year_of_its_thursday():
    assert week_of(date(2024, 12, 30)) == "2025-W01"
    assert week_of(date(2021, 1, 3)) == "2020-W53"


def test_nearest_weekday_may_be_the_day_itself():
    tuesday = date(2024, 2, 20)
    assert nearest_weekday(tuesday, 2, -1) == nearest_weekday(tuesday, 2, 1) == tuesday
    assert nearest_weekday(tuesday, 3, -1) == date(2024, 2, 14)
    assert nearest_weekday(date(9999, 12, 31), 1, 1) is None


def test_nth_weekday_of_a_month():
    assert nth_weekday(2024, 2, 4, 5) == date(2024, 2, 29)
    assert nth_weekday(2023, 2, 4, 5) is None
    assert nth_weekday(2023, 12, 7, -1) == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("iso", "anchor"),
    [
        ("2024-02-20", (2024, 2, date(2024, 2, 20))),
        ("2024-02-20T10:00:00Z", (2024, 2, date(2024, 2, 20))),
        ("2024-02", (2024, 2, None)),
        ("2024-02-31", (2024, 2, None)),
        ("2024", (2024, None, None)),
        ("2024-13", (2024, None, None)),
        ("", None),
        (None, None),
        ("gisteren", None),
    ],
)
def test_anchor_is_as_precise_as_the_date(iso, anchor):
    assert Anchor.parse(iso) == anchor
