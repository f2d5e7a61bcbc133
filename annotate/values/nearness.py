"""The day, week, month or year that is meant: near the article, or near what the text told before."""

import re

from annotate.annotation import Value
from annotate.values.calendar import (
    Anchor,
    day_of,
    nearest_weekday,
    shifted,
    shifted_month,
    week_of,
)
from annotate.values.context import (
    Meaning,
    Scene,
    as_day,
    date_value,
    day_value,
    month_value,
    year_value,
)
from annotate.values.rules import YearOf

_YEAR_BEHIND = re.compile(
    r"(?:van )?(?:(vorig|verleden|afgelopen|dit|volgend|komend|datzelfde|dat) jaar\b"
    r"|((?:1[0-9]|20)[0-9]{2})\b)"
)
_WEEK_BEFORE = re.compile(r"(?:^|\W)(vorige|verleden|deze|volgende) week(?: op)?$")
_STEPS = {"dit": 0, "deze": 0, "volgend": 1, "komend": 1, "volgende": 1}


def near_weekday(scene: Scene, weekday: int) -> Value | None:
    """The weekday that the tense points to; XXXX-WXX-7 where the day of the article is not known."""
    if scene.anchor is None or scene.anchor.day is None:
        return date_value(f"XXXX-WXX-{weekday}")
    today = scene.anchor.day
    if match := _WEEK_BEFORE.search(scene.before):
        weeks = _STEPS.get(match[1], -1)
        return day_value(shifted(today, 7 * weeks + weekday - today.isoweekday()))
    return day_value(nearest_weekday(today, weekday, 1 if scene.ahead else -1))


def near_month(scene: Scene, month: int) -> Value | None:
    """The month that the text fixes or the tense points to; the running one fits both."""
    year = _year_behind(scene) or scene.fixed_year() or _near_year(scene, month, None)
    return date_value(f"XXXX-{month:02}") if year is None else month_value(year, month)


def near_day(scene: Scene, month: int, day: int) -> Value | None:
    """The day of a month that the text fixes or the tense points to."""
    year = _year_behind(scene) or scene.fixed_year() or _near_year(scene, month, day)
    if year is not None:
        return day_value(day_of(year, month, day))
    return date_value(f"XXXX-{month:02}-{day:02}") if day_of(2000, month, day) else None


def _year_behind(scene: Scene) -> int | None:
    """The year that stands behind a mention that was cut too short: "[mei] vorig jaar"."""
    match = _YEAR_BEHIND.match(scene.after)
    if match is None:
        return None
    if match[2]:
        return int(match[2])
    if match[1].startswith("dat"):
        return scene.reference_year()
    return scene.anchor.year + _STEPS.get(match[1], -1) if scene.anchor else None


def _near_year(scene: Scene, month: int, day: int | None) -> int | None:
    anchor = scene.anchor
    if anchor is None or anchor.month is None:
        return None
    here = (anchor.month, anchor.day.day if anchor.day and day else 0)
    there = (month, day if day and anchor.day else 0)
    if scene.ahead:
        return anchor.year + (there < here)
    return anchor.year - (there > here)


def day_in(year: YearOf, month: int, day: int) -> Meaning | None:
    """A day of a month of a year that may depend on the scene."""
    if day_of(2000, month, day) is None:
        return None

    def meaning(scene: Scene) -> Value | None:
        found = year(scene)
        return None if found is None else day_value(day_of(found, month, day))

    return meaning


def unit_shift(scene: Scene, unit: str, count: int) -> Value | None:
    """The day, week, weekend, month or year so many units from the article's, at that precision."""
    return shift_from(scene.anchor, unit, count)


def shift_from(anchor: Anchor | None, unit: str, count: int) -> Value | None:
    """The day, week, weekend, month or year so many units from a date, at that precision."""
    if anchor is None or abs(count) > 10**5:
        return None
    years = {"Y": 1, "10Y": 10, "100Y": 100, "1000Y": 1000}.get(unit)
    if years:
        return year_value(anchor.year + count * years)
    months = {"M": 1, "3M": 3, "6M": 6}.get(unit)
    if months:
        if anchor.month is None:
            return None
        return month_value(*shifted_month(anchor.year, anchor.month, count * months))
    days = {"D": 1, "W": 7, "WE": 7}.get(unit)
    there = shifted(anchor.day, count * days) if anchor.day and days else None
    if there is None:
        return None
    if unit == "D":
        return day_value(there)
    return date_value(week_of(there) + ("-WE" if unit == "WE" else ""))


def month_in(year: int | None, month: int) -> Value | None:
    """A month of a year; None stays None."""
    return None if year is None else month_value(year, month)


def that_unit(unit: str, steps: int) -> Meaning:
    """The day, week, month or year that the text spoke of last, or so many before or after it."""

    def meaning(scene: Scene) -> Value | None:
        if unit == "Y":
            year = scene.reference_year()
            return year_value(year + steps) if year is not None else None
        if unit == "M":
            month = scene.reference_month()
            return month_value(*shifted_month(*month, steps)) if month else None
        if unit == "WE" and steps == 0:
            found = scene.latest(lambda value: value.endswith("-WE"))
            return date_value(found) if found else None
        if unit == "W":
            found = scene.latest(lambda value: "-W" in value and "X" not in value)
            if found and steps == 0 and not as_day(found):
                return date_value(found[:8])
        day = scene.told_day()
        if day is None or unit not in ("D", "W"):
            return None
        return shift_from(Anchor(day.year, day.month, day), unit, steps)

    return meaning
