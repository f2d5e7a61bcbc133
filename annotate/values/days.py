"""Days: zondag, 3 maart, vorige week dinsdag, de derde zondag van september."""

import re

from annotate.annotation import Value
from annotate.values.calendar import (
    day_of,
    nearest_weekday,
    nth_weekday,
    shifted,
    shifted_month,
    week_of,
)
from annotate.values.context import (
    Meaning,
    Scene,
    date_value,
    day_value,
)
from annotate.values.durations import after_possessive, length
from annotate.values.nearness import (
    day_in,
    month_in,
    near_day,
    near_month,
    near_weekday,
    unit_shift,
)
from annotate.values.rules import REL, YR, Rules, full_year, step, unit_of, year_of
from annotate.values.tense import AHEAD, BACK
from annotate.values.tokens import Match

DAYS = Rules()

_DAY_BEFORE = re.compile(r"(?:^|\W)(?:de|den)$")


@DAYS.add("DET?DEIX WEEKDAY?")
@DAYS.add("DEIX DET?NUM MONTH")
def _deictic_day(m: Match) -> Meaning | None:
    days = m.get("DEIX")
    return lambda scene: unit_shift(scene, "D", days)


@DAYS.add("(WEEKDAY COMMA?)?DET?(NUM|ORD)(VAN|DASH)?MONTH DASH?(JL|AS)?")
@DAYS.add(f"(WEEKDAY COMMA?)?DET?(NUM|ORD)(VAN|DASH)?MONTH(DASH|COMMA)?{YR}")
def _day_of_month(m: Match) -> Meaning | None:
    day, month = m.get("NUM", "ORD"), m.get("MONTH")
    if not isinstance(day, int) or day_of(2000, month, day) is None:
        return None
    if year := year_of(m):
        return day_in(year, month, day)
    if m.has("THAT", "PREV", "NEXT", "THIS"):
        return None
    if m.has("JL", "AS"):
        pointed = AHEAD if m.has("AS") else BACK
        return lambda scene: near_day(Scene(scene.anchor, None, pointed), month, day)
    return lambda scene: near_day(scene, month, day)


@DAYS.add("(WEEKDAY COMMA?)?DET?NUM MONTH NUM")
@DAYS.add("MONTH DET?NUM")
def _short_year(m: Match) -> Meaning | None:
    """As in "9 nov. 44", "juni 84"; "mei 3" is a day."""
    numbers, month = [token.value for token in m.all("NUM")], m.get("MONTH")
    short = numbers[-1]
    if not all(isinstance(number, int) for number in numbers) or not 0 <= short <= 99:
        return None
    if len(numbers) == 2:
        return day_in(lambda scene: full_year(short, scene), month, numbers[0])
    if 0 < short <= 31:
        return lambda scene: near_day(scene, month, short)
    return lambda scene: month_in(full_year(short, scene), month)


@DAYS.add("NUM DEZER")
def _of_this_month(m: Match) -> Meaning | None:
    day: int = m.get("NUM")

    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        known = anchor and anchor.month and isinstance(day, int)
        return day_value(day_of(anchor.year, anchor.month or 0, day)) if known and anchor else None

    return meaning


@DAYS.add("DET?ORD")
def _nth_day(m: Match) -> Meaning | None:
    """As in "de 27ste" is a day of a month, "op zijn veertiende" an age."""
    number: int = m.get("ORD")
    article = m.has("DET")

    def meaning(scene: Scene) -> Value | None:
        if after_possessive(scene):
            age = length(number, "Y")
            return Value("duration", age) if age else None
        if not (article or scene.preceded(_DAY_BEFORE)):
            return None
        return _nearest_day_number(scene, number)

    return meaning


def _nearest_day_number(scene: Scene, number: int, weekday: int = 0) -> Value | None:
    """The nearest day with this number in its month, and on this weekday if one is given."""
    today = scene.today
    if today is None or not 1 <= number <= 31:
        return None
    for months in range(13):
        year, month = shifted_month(today.year, today.month, months if scene.ahead else -months)
        day = day_of(year, month, number)
        if day is None or (weekday and day.isoweekday() != weekday):
            continue
        if day >= today if scene.ahead else day <= today:
            return day_value(day)
    return None


@DAYS.add("WEEKDAY DET?(NUM|ORD)")
def _weekday_and_number(m: Match) -> Meaning | None:
    """As in "vrijdag de dertiende"."""
    weekday, number = m.get("WEEKDAY"), m.get("NUM", "ORD")
    if not isinstance(number, int):
        return None
    return lambda scene: _nearest_day_number(scene, number, weekday)


@DAYS.add("DET?WEEKDAY")
def _weekday(m: Match) -> Meaning | None:
    weekday = m.get("WEEKDAY")
    return lambda scene: near_weekday(scene, weekday)


@DAYS.add(f"DET?{REL}WEEKDAY")
@DAYS.add("WEEKDAY(JL|AS)")
def _pointed_weekday(m: Match) -> Meaning | None:
    """As in "afgelopen zaterdag", "komende zaterdag": never the day of the article."""
    weekday = m.get("WEEKDAY")
    ahead = m.has("NEXT", "COMING", "AS")

    def meaning(scene: Scene) -> Value | None:
        today = scene.today
        if today is None:
            return date_value(f"XXXX-WXX-{weekday}")
        if m.has("THIS"):
            return day_value(shifted(today, weekday - today.isoweekday()))
        start = shifted(today, 1 if ahead else -1)
        return day_value(nearest_weekday(start, weekday, 1 if ahead else -1)) if start else None

    return meaning


@DAYS.add("THAT WEEKDAY")
@DAYS.add("DET WEEKDAY(LATER|EARLIER)")
def _that_weekday(m: Match) -> Meaning | None:
    """As in "die zondag": near the day that the text spoke of last."""
    weekday = m.get("WEEKDAY")
    moved = 1 if m.has("LATER") else -1 if m.has("EARLIER") else 0

    def meaning(scene: Scene) -> Value | None:
        day = scene.told_day()
        if day is None:
            return None if moved else near_weekday(scene, weekday)
        start = shifted(day, moved)
        return day_value(nearest_weekday(start, weekday, moved or 1)) if start else None

    return meaning


@DAYS.add(f"DET?{REL}UNIT COMMA?(OP|VAN)?WEEKDAY(COMMA?NUM MONTH YEAR?)?")
@DAYS.add(f"WEEKDAY(VAN|IN)?DET?{REL}UNIT")
def _weekday_of_week(m: Match) -> Meaning | None:
    weekday, weeks = m.get("WEEKDAY"), step(m) or 0
    if unit_of(m) != "W":
        return None

    def meaning(scene: Scene) -> Value | None:
        today = scene.today
        if today is None:
            return None
        return day_value(shifted(today, 7 * weeks + weekday - today.isoweekday()))

    return meaning


@DAYS.add("WEEKDAY OVER(ONE|NUM)(UNIT|UNITS)")
@DAYS.add("DEIX OVER(ONE|NUM)(UNIT|UNITS)")
def _weekday_over_weeks(m: Match) -> Meaning | None:
    weeks = m.get("ONE", "NUM")
    if unit_of(m) != "W" or not isinstance(weeks, int) or weeks > 520:
        return None
    weekday, days = m.get("WEEKDAY"), m.get("DEIX") or 0

    def meaning(scene: Scene) -> Value | None:
        today = scene.today
        if today is None:
            return None
        start = nearest_weekday(today, weekday, 1) if weekday else shifted(today, days)
        return day_value(shifted(start, 7 * weeks)) if start else None

    return meaning


@DAYS.add("DET?(ORD|LAST)WEEKDAY(VAN|IN)(DET UNIT)?MONTH")
@DAYS.add(f"DET?(ORD|LAST)WEEKDAY(VAN|IN)(DET UNIT)?MONTH{YR}")
@DAYS.add("DET?(ORD|LAST)UNIT(VAN|IN)(DET UNIT)?MONTH")
@DAYS.add(f"DET?(ORD|LAST)UNIT(VAN|IN)(DET UNIT)?MONTH{YR}")
def _nth_weekday(m: Match) -> Meaning | None:
    """As in "de derde zondag van september", "het laatste weekend van juni"."""
    weekday, nth, month = m.get("WEEKDAY") or 6, m.get("ORD") or -1, m.get("MONTH")
    units = m.all("UNIT")
    weekend = not m.has("WEEKDAY")
    if nth > 5 or (weekend and (not units or units[0].value != "WE")):
        return None
    year = year_of(m)

    def meaning(scene: Scene) -> Value | None:
        found = year(scene) if year else _year_of_value(near_month(scene, month))
        day = nth_weekday(found, month, weekday, nth) if found and 0 < found < 9999 else None
        if day is None or not weekend:
            return day_value(day)
        return date_value(week_of(day) + "-WE")

    return meaning


def _year_of_value(value: Value | None) -> int | None:
    text = str(value.value) if value else ""
    return int(text[:4]) if text[:4].isdecimal() else None
