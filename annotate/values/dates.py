"""Days, weeks, months and years, alone or against the date of the article."""

import re

from annotate.annotation import Value
from annotate.values.calendar import (
    Anchor,
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
    always,
    as_day,
    date_value,
    day_value,
    month_value,
    year_value,
)
from annotate.values.durations import after_possessive, length
from annotate.values.rules import REL, YR, Rules, YearOf, full_year, step, unit_of, year_of
from annotate.values.tense import AHEAD, BACK
from annotate.values.tokens import Match

DATES = Rules()

_DAY_BEFORE = re.compile(r"(?:^|\W)(?:de|den)$")


def near_weekday(scene: Scene, weekday: int) -> Value | None:
    """The weekday that the tense points to; XXXX-WXX-7 where the day of the article is not known."""
    if scene.anchor is None or scene.anchor.day is None:
        return date_value(f"XXXX-WXX-{weekday}")
    return day_value(nearest_weekday(scene.anchor.day, weekday, 1 if scene.ahead else -1))


def near_month(scene: Scene, month: int) -> Value | None:
    """The month that the text fixes or the tense points to; the running one fits both."""
    year = scene.fixed_year() or _near_year(scene, month, None)
    return date_value(f"XXXX-{month:02}") if year is None else month_value(year, month)


def near_day(scene: Scene, month: int, day: int) -> Value | None:
    """The day of a month that the text fixes or the tense points to."""
    year = scene.fixed_year() or _near_year(scene, month, day)
    if year is not None:
        return day_value(day_of(year, month, day))
    return date_value(f"XXXX-{month:02}-{day:02}") if day_of(2000, month, day) else None


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


def week_shift(scene: Scene, weeks: int) -> Value | None:
    """A week before or after that of the article."""
    day = scene.today
    there = shifted(day, 7 * weeks) if day else None
    return date_value(week_of(there)) if there else None


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


@DATES.add("DET?DEIX WEEKDAY?")
@DATES.add("DEIX DET?NUM MONTH")
def _deictic_day(m: Match) -> Meaning | None:
    days = m.get("DEIX")
    return lambda scene: unit_shift(scene, "D", days)


@DATES.add("(WEEKDAY COMMA?)?DET?(NUM|ORD)(VAN|DASH)?MONTH DASH?(JL|AS)?")
@DATES.add(f"(WEEKDAY COMMA?)?DET?(NUM|ORD)(VAN|DASH)?MONTH(DASH|COMMA)?{YR}")
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


@DATES.add("(WEEKDAY COMMA?)?DET?NUM MONTH NUM")
@DATES.add("MONTH DET?NUM")
def _short_year(m: Match) -> Meaning | None:
    """ "9 nov. 44", "juni 84"; "mei 3" is a day."""
    numbers, month = [token.value for token in m.all("NUM")], m.get("MONTH")
    short = numbers[-1]
    if not all(isinstance(number, int) for number in numbers) or not 0 <= short <= 99:
        return None
    if len(numbers) == 2:
        return day_in(lambda scene: full_year(short, scene), month, numbers[0])
    if 0 < short <= 31:
        return lambda scene: near_day(scene, month, short)
    return lambda scene: _month_in(full_year(short, scene), month)


@DATES.add("NUM DEZER")
def _of_this_month(m: Match) -> Meaning | None:
    day: int = m.get("NUM")

    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        known = anchor and anchor.month and isinstance(day, int)
        return day_value(day_of(anchor.year, anchor.month or 0, day)) if known and anchor else None

    return meaning


@DATES.add("DET?ORD")
def _nth_day(m: Match) -> Meaning | None:
    """ "de 27ste" is a day of a month, "op zijn veertiende" an age."""
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


@DATES.add("WEEKDAY DET?(NUM|ORD)")
def _weekday_and_number(m: Match) -> Meaning | None:
    """ "vrijdag de dertiende"."""
    weekday, number = m.get("WEEKDAY"), m.get("NUM", "ORD")
    if not isinstance(number, int):
        return None
    return lambda scene: _nearest_day_number(scene, number, weekday)


@DATES.add("DET?WEEKDAY")
def _weekday(m: Match) -> Meaning | None:
    weekday = m.get("WEEKDAY")
    return lambda scene: near_weekday(scene, weekday)


@DATES.add(f"DET?{REL}WEEKDAY")
@DATES.add("WEEKDAY(JL|AS)")
def _pointed_weekday(m: Match) -> Meaning | None:
    """ "afgelopen zaterdag", "komende zaterdag": never the day of the article."""
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


@DATES.add("THAT WEEKDAY")
@DATES.add("DET WEEKDAY(LATER|EARLIER)")
def _that_weekday(m: Match) -> Meaning | None:
    """ "die zondag": near the day that the text spoke of last."""
    weekday = m.get("WEEKDAY")
    moved = 1 if m.has("LATER") else -1 if m.has("EARLIER") else 0

    def meaning(scene: Scene) -> Value | None:
        day = scene.reference_day()
        if day is None:
            return None if moved else near_weekday(scene, weekday)
        start = shifted(day, moved)
        return day_value(nearest_weekday(start, weekday, moved or 1)) if start else None

    return meaning


@DATES.add(f"DET?{REL}UNIT COMMA?(OP|VAN)?WEEKDAY(COMMA?NUM MONTH YEAR?)?")
@DATES.add(f"WEEKDAY(VAN|IN)?DET?{REL}UNIT")
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


@DATES.add("WEEKDAY OVER(ONE|NUM)(UNIT|UNITS)")
@DATES.add("DEIX OVER(ONE|NUM)(UNIT|UNITS)")
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


@DATES.add("DET?(ORD|LAST)WEEKDAY(VAN|IN)(DET UNIT)?MONTH")
@DATES.add(f"DET?(ORD|LAST)WEEKDAY(VAN|IN)(DET UNIT)?MONTH{YR}")
@DATES.add("DET?(ORD|LAST)UNIT(VAN|IN)(DET UNIT)?MONTH")
@DATES.add(f"DET?(ORD|LAST)UNIT(VAN|IN)(DET UNIT)?MONTH{YR}")
def _nth_weekday(m: Match) -> Meaning | None:
    """ "de derde zondag van september", "het laatste weekend van juni"."""
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


@DATES.add("DET?(UNIT|WHOLE)*MONTH(JL|AS)?")
@DATES.add(f"(THAT|{REL})MONTH")
def _month(m: Match) -> Meaning | None:
    month = m.get("MONTH")
    if unit_of(m) not in (None, "M"):
        return None
    if m.has("PREV", "LAST", "JL"):
        return lambda scene: _ended_month(scene, month)
    if m.has("NEXT", "COMING", "AS"):
        return lambda scene: _coming_month(scene, month)
    return lambda scene: near_month(scene, month)


def _ended_month(scene: Scene, month: int) -> Value | None:
    anchor = scene.anchor
    if anchor is None or anchor.month is None:
        return date_value(f"XXXX-{month:02}")
    return month_value(anchor.year - (month >= anchor.month), month)


def _coming_month(scene: Scene, month: int) -> Value | None:
    anchor = scene.anchor
    if anchor is None or anchor.month is None:
        return date_value(f"XXXX-{month:02}")
    return month_value(anchor.year + (month <= anchor.month), month)


@DATES.add(f"DET?(UNIT|WHOLE)?MONTH(DASH|COMMA)?{YR}")
@DATES.add(f"DET?{REL}UNIT(IN|COMMA)?MONTH")
@DATES.add("(THAT|DET)UNIT(COMMA|IN)*MONTH")
def _month_of_year(m: Match) -> Meaning | None:
    month = m.get("MONTH")
    units = [token.value for token in m.all("UNIT")]
    if any(unit not in ("M", "Y") for unit in units):
        return None
    year = year_of(Match([token for token in m.tokens if token.value != "M"]))
    if year is None:
        return None
    return lambda scene: _month_in(year(scene), month)


def _month_in(year: int | None, month: int) -> Value | None:
    return None if year is None else month_value(year, month)


@DATES.add("(DET UNIT)?YEAR(AD|NA CHRISTUS)?")
@DATES.add("WHOLE YEAR")
@DATES.add("(DET UNIT)?YEAR2")
@DATES.add("VJ")
def _year(m: Match) -> Meaning | None:
    if unit_of(m) not in (None, "Y"):
        return None
    year = year_of(m)
    return None if year is None else lambda scene: year_value(year(scene))


@DATES.add("(DET UNIT)?(YEAR|NUM)(BC|VOOR CHRISTUS)")
@DATES.add("(DET UNIT)?NUM(AD|NA CHRISTUS)")
def _era(m: Match) -> Meaning | None:
    year = m.get("YEAR", "NUM")
    if not isinstance(year, int) or not 0 < year <= 9999:
        return None
    before = m.has("BC") or m.has("VOOR")
    return always(date_value(f"BC{year:04}" if before else f"{year:04}"))


@DATES.add(f"{REL}UNIT")
@DATES.add("DET(PREV|NEXT)UNIT")
@DATES.add("(EARLIER|LATER)(IN|OP)?(DET|THIS|THAT)UNIT")
@DATES.add("DET?(PREV|NEXT|LAST|COMING)UNIT")
def _shifted_unit(m: Match) -> Meaning | None:
    """ "vorige week", "dit weekend", "later dit jaar"; after an article "volgende" follows the text."""
    unit, steps = unit_of(m) or "", step(m) or 0
    if m.has("DET") and m.has("LAST", "COMING") and unit not in ("WE", "3M", "6M", "D"):
        return None
    if unit in ("3M", "6M", "100Y", "10Y", "1000Y") or unit.startswith("T"):
        return None
    if m.has("THAT"):
        return that_unit(unit, 0)
    if unit == "D" and (m.has("PREV", "NEXT") or m.has("DET")):
        return that_unit("D", steps)
    follows = m.has("DET") and m.has("NEXT", "PREV") and unit != "WE"

    def meaning(scene: Scene) -> Value | None:
        if follows and scene.fixed_year() is not None and (told := that_unit(unit, steps)(scene)):
            return told
        if unit == "WE":
            return _weekend(scene, steps, last=m.has("LAST"), coming=m.has("COMING"))
        return unit_shift(scene, unit, steps)

    return meaning


def _weekend(scene: Scene, steps: int, *, last: bool, coming: bool) -> Value | None:
    """ "komend weekend" is that of this week until it has begun, "afgelopen" the last one so far."""
    today = scene.today
    if today is None:
        return None
    weekday = today.isoweekday()
    if coming:
        steps = 1 if weekday >= 6 else 0
    if last:
        steps = 0 if weekday == 7 else -1
    return unit_shift(scene, "WE", steps)


@DATES.add("DET UNIT")
def _this_unit(m: Match) -> Meaning | None:
    """ "het weekend" is the nearest one that the tense allows; "het jaar" alone says nothing."""
    if unit_of(m) != "WE":
        return None

    def meaning(scene: Scene) -> Value | None:
        today = scene.today
        if today is None:
            return None
        back = not scene.ahead and today.isoweekday() < 6
        return unit_shift(scene, "WE", -1 if back else 0)

    return meaning


@DATES.add("DET?UNIT NUM")
@DATES.add(f"DET?UNIT NUM{YR}")
def _numbered_week(m: Match) -> Meaning | None:
    number = m.get("NUM")
    units = m.all("UNIT")
    if units[0].value != "W" or not isinstance(number, int) or not 1 <= number <= 53:
        return None
    year = year_of(Match([token for token in m.tokens if token is not units[0]]))

    def meaning(scene: Scene) -> Value | None:
        found = year(scene) if year else scene.anchor.year if scene.anchor else None
        return date_value(f"{found:04}-W{number:02}") if found else None

    return meaning


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
        day = scene.reference_day()
        if day is None or unit not in ("D", "W"):
            return None
        return shift_from(Anchor(day.year, day.month, day), unit, steps)

    return meaning


@DATES.add("THAT UNIT")
def _that_unit(m: Match) -> Meaning | None:
    unit = unit_of(m) or ""
    return that_unit(unit, 0) if unit in ("D", "W", "WE", "M", "Y") else None
