"""Dates of the calendar: weeks, months, seasons and the moving feasts."""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from annotate.values.tables import read_table

SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, as meteorologists count; a winter has the year in which it begins."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NTH = re.compile(r"(-?[0-9])-([1-7])-([0-9]{2})([+-][0-9]+)?")
_FIRST_YEAR_OF_EASTER = 1583


class Anchor(NamedTuple):
    """The date of the article, as precise as known.

    Attributes:
        year: always known.
        month: None where only the year is known.
        day: the whole date; None where only year or month are known.
    """

    year: int
    month: int | None
    day: date | None

    @classmethod
    def parse(cls, iso: str | None) -> "Anchor | None":
        """The anchor that an ISO date says ("2024", "2024-02", "2024-02-20"); None for anything else."""
        match = _ISO.match(iso or "")
        if match is None or int(match[1]) == 0:
            return None
        year, month = int(match[1]), int(match[2] or 0)
        if not 1 <= month <= 12:
            return cls(year, None, None)
        return cls(year, month, day_of(year, month, int(match[3] or 0)))


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shifted(day: date, days: int) -> date | None:
    """The date so many days later, or None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def week_of(day: date) -> str:
    """The ISO week as TIMEX3 writes it: 2024-W08."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def shifted_month(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months later."""
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def nearest_weekday(day: date, weekday: int, direction: int) -> date | None:
    """The weekday (1 is Monday) nearest to a date, itself included, backwards or forwards."""
    if direction < 0:
        return shifted(day, -((day.isoweekday() - weekday) % 7))
    return shifted(day, (weekday - day.isoweekday()) % 7)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month; -1 is the last one."""
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
        return day if day.month == month else None
    next_year, next_month = shifted_month(year, month, 1)
    last = date(next_year, next_month, 1) - timedelta(1)
    return last - timedelta((last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm, Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date | None:
    """Koningsdag: 27 April since 2014, the day before where that is a Sunday."""
    if year < 2014:
        return None
    day = date(year, 4, 27)
    return day - timedelta(1) if day.isoweekday() == 7 else day


def queens_day(year: int) -> date | None:
    """Koninginnedag: 31 August 1898-1948, 30 April 1949-2013; never on a Sunday since 1937."""
    if not 1898 <= year <= 2013:
        return None
    day = date(year, 8, 31) if year < 1949 else date(year, 4, 30)
    if day.isoweekday() == 7 and year >= 1937:
        return day + timedelta(1) if year < 1980 else day - timedelta(1)
    return day


class Feast(NamedTuple):
    """A feast and what its name means: the day, its weekend, or a part of the day.

    Attributes:
        rule: how the day is found, see ``lexicons/value_feasts.tsv``.
        part: "" for the day, "we" for the weekend, else a part such as TEV.
    """

    rule: str
    part: str

    def day(self, year: int) -> date | None:
        """The day in a year; None where there was none."""
        if not _FIRST_YEAR_OF_EASTER <= year <= 9998:
            return None
        rule = self.rule
        if rule.startswith("easter"):
            return easter(year) + timedelta(int(rule.removeprefix("easter")))
        if rule.startswith(("koningsdag", "koninginnedag")):
            day = kings_day(year) if rule.startswith("koningsdag") else queens_day(year)
            return day - timedelta(1) if day and rule.endswith("-1") else day
        if match := _NTH.fullmatch(rule):
            day = nth_weekday(year, int(match[3]), int(match[2]), int(match[1]))
            return day + timedelta(int(match[4] or 0)) if day else None
        month, _, number = rule.partition("-")
        return day_of(year, int(month), int(number))


@cache
def feasts() -> dict[str, Feast]:
    """The feasts by folded name."""
    found = {}
    for name, rule in read_table("value_feasts"):
        rule, _, part = rule.partition(" ")
        found[name] = Feast(rule, part)
    return found
