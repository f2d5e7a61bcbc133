"""Weeks, weekends, months and years: september vorig jaar, dit weekend, week 14, 52 v.Chr."""

from annotate.annotation import Value
from annotate.values.context import (
    Meaning,
    Scene,
    always,
    date_value,
    month_value,
    year_value,
)
from annotate.values.nearness import (
    month_in,
    near_month,
    that_unit,
    unit_shift,
)
from annotate.values.rules import REL, YR, Rules, step, unit_of, year_of
from annotate.values.tokens import Match

DATES = Rules()


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
    return lambda scene: month_in(year(scene), month)


@DATES.add("(DET UNIT)?YEAR(AD|NA CHRISTUS)?")
@DATES.add("WHOLE YEAR")
@DATES.add("(DET UNIT)?YEAR2")
@DATES.add("THAT UNIT YEAR")
@DATES.add("VJ")
def _year(m: Match) -> Meaning | None:
    if unit_of(m) not in (None, "Y"):
        return None
    if m.has("THAT"):
        return always(year_value(m.get("YEAR")))
    year = year_of(m)
    return None if year is None else lambda scene: year_value(year(scene))


@DATES.add("(DET UNIT)?(YEAR|NUM)UNIT?(BC|VOOR CHRISTUS)")
@DATES.add("(DET UNIT)?NUM(AD|NA CHRISTUS)")
@DATES.add("DET UNIT NUM")
def _era(m: Match) -> Meaning | None:
    year = m.get("YEAR", "NUM")
    if not isinstance(year, int) or not 0 < year <= 9999 or unit_of(m) not in (None, "Y"):
        return None
    before = m.has("BC") or m.has("VOOR")
    return always(date_value(f"BC{year:04}" if before else f"{year:04}"))


@DATES.add(f"{REL}UNIT")
@DATES.add("DET(PREV|NEXT)UNIT")
@DATES.add("(EARLIER|LATER)(IN|OP)?(DET|THIS|THAT)UNIT")
@DATES.add("DET?(PREV|NEXT|LAST|COMING)UNIT")
def _shifted_unit(m: Match) -> Meaning | None:
    """As in "vorige week", "dit weekend", "later dit jaar"; after an article "volgende" follows the text."""
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
    """As in "komend weekend" is that of this week until it has begun, "afgelopen" the last one so far."""
    today = scene.today
    if today is None:
        return None
    weekday = today.isoweekday()
    if coming:
        steps = 1 if weekday >= 6 else 0
    if last:
        steps = 0 if weekday == 7 else -1
    return unit_shift(scene, "WE", steps)


@DATES.add("DET WHOLE?UNIT")
def _this_unit(m: Match) -> Meaning | None:
    """As in "het weekend" is the nearest one that the tense allows; "het jaar" alone says nothing."""
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


@DATES.add("THAT UNIT")
def _that_unit(m: Match) -> Meaning | None:
    unit = unit_of(m) or ""
    return that_unit(unit, 0) if unit in ("D", "W", "WE", "M", "Y") else None
