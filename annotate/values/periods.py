"""Seasons, quarters, halves, decades, centuries, feasts, parts of a period, and nu, onlangs, straks."""

import re
from collections.abc import Sequence

from annotate.annotation import Value
from annotate.values.calendar import SEASON_START, Anchor, Feast, feasts, week_of
from annotate.values.context import Meaning, Scene, always, date_value, day_value
from annotate.values.days import DAYS
from annotate.values.durations import ELDEST
from annotate.values.nearness import unit_shift
from annotate.values.rules import REL, YR, Rules, YearOf, season_of, step, unit_of, year_of
from annotate.values.tables import read_table
from annotate.values.tokens import Match, Token

PERIODS = Rules()

_SEASONS = tuple(SEASON_START)
_SHORT = re.compile(r"(?:het )?([1-4])?(q|h|k)([1-4])?(?: (?:van )?'?([0-9]{4}))?")
_ENDED_ENOUGH = 2 / 3


@PERIODS.add("DET?WHOLE?SEASON")
@PERIODS.add(f"DET?{REL}SEASON")
@PERIODS.add("SEASON(JL|AS)")
def _season(m: Match) -> Meaning | None:
    code = m.get("SEASON")
    ahead = m.has("NEXT", "COMING", "AS")
    back = m.has("PREV", "LAST", "JL")

    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        if anchor is None or anchor.month is None:
            return None
        if not (ahead or back or m.has("THIS")) and (fixed := scene.fixed_year()):
            return season_value(fixed, code)
        year, now = season_of(anchor.year, anchor.month)
        turn = _SEASONS.index(code) - _SEASONS.index(now)
        if back:
            return season_value(year - (turn >= 0), code)
        if ahead:
            return season_value(year + (turn <= 0), code)
        if m.has("THIS"):
            return season_value(anchor.year if turn else year, code)
        return season_value(year + (turn < 0) if scene.ahead else year - (turn > 0), code)

    return meaning


def season_value(year: int | None, code: str) -> Value | None:
    """A season of the year in which it begins."""
    return date_value(f"{year:04}-{code}") if year is not None and 0 < year <= 9999 else None


@PERIODS.add(f"DET?SEASON{YR}")
@PERIODS.add("DET?SEASON(VAN|IN)?RANGE")
def _season_of_year(m: Match) -> Meaning | None:
    """As in "de zomer van 2010"; "de winter van 1962-1963" has the year in which it begins."""
    code = m.get("SEASON")
    if m.has("RANGE"):
        year = m.get("RANGE")[0]
        return always(season_value(year, code)) if 1000 <= year <= 2199 else None
    found = year_of(m)
    return None if found is None else lambda scene: season_value(found(scene), code)


def part_value(year: int | None, part: str) -> Value | None:
    """A quarter (Q3) or half (H1) of a year."""
    return date_value(f"{year:04}-{part}") if year is not None and 0 < year <= 9999 else None


def near_part(letter: str, number: int) -> Meaning:
    """The quarter or half that the tense points to.

    In the past tense it must have ended, or nearly so: results are told when a quarter is over.
    """
    months = 3 if letter == "Q" else 6

    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        if anchor is None:
            return None
        if fixed := scene.fixed_year():
            return part_value(fixed, f"{letter}{number}")
        if anchor.month is None:
            return None
        gone = anchor.month - 1 + ((anchor.day.day - 1) / 31 if anchor.day else 0)
        year = anchor.year
        if scene.direction < 0 and gone < months * (number - 1 + _ENDED_ENOUGH):
            year -= 1
        return part_value(year, f"{letter}{number}")

    return meaning


@PERIODS.add("DET?(ORD|LAST)UNIT")
@PERIODS.add("DET?ORD JAARHELFT")
@PERIODS.add(f"DET?{REL}(UNIT|JAARHELFT)")
@PERIODS.add(f"DET?(ORD|LAST)(UNIT|JAARHELFT)(VAN|IN)?{YR}")
@PERIODS.add(f"DET?ORD HELFT{YR}")
def _part_of_year(m: Match) -> Meaning | None:
    """As in "het derde kwartaal", "de eerste helft van 2023", "vorig kwartaal"."""
    kind = next(
        (t for t in m.tokens if t.tag in ("JAARHELFT", "HELFT") or t.value in ("3M", "6M")), None
    )
    if kind is None:
        return None
    quarter = kind.value == "3M"
    letter, most = ("Q", 4) if quarter else ("H", 2)
    year = year_of(
        Match([token for token in m.tokens if token is not kind and token.tag != "LAST"])
    )
    if m.has("ORD") or (m.has("LAST") and year):
        number = m.get("ORD") or most
        if not 1 <= number <= most:
            return None
        part = f"{letter}{number}"
        return (
            near_part(letter, number)
            if year is None
            else lambda scene: part_value(year(scene), part)
        )
    steps = step(m)
    return None if steps is None else _shifted_part(letter, 3 if quarter else 6, steps)


def _shifted_part(letter: str, months: int, steps: int) -> Meaning:
    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        if anchor is None or anchor.month is None:
            return None
        count = 12 // months
        year, part = divmod(anchor.year * count + (anchor.month - 1) // months + steps, count)
        return part_value(year, f"{letter}{part + 1}")

    return meaning


def short_part(text: str) -> Meaning | None:
    """As in "Q3", "Q2 2017", "3q", "H1 van 2020"."""
    match = _SHORT.fullmatch(text)
    if match is None or bool(match[1]) == bool(match[3]):
        return None
    letter, number = match[2].replace("k", "q").upper(), int(match[1] or match[3])
    if letter == "H" and number > 2:
        return None
    if match[4]:
        return always(part_value(int(match[4]), f"{letter}{number}"))
    return near_part(letter, number)


def decade_of(short: int) -> Meaning:
    """The last decade of that name that has begun, or has run for half where it is this century's."""

    def meaning(scene: Scene) -> Value | None:
        if scene.anchor is None:
            return None
        year = scene.anchor.year
        start = year - (year - short) % 100
        if start >= 2000 and year < start + 5:
            start -= 100
        return date_value(f"{start // 10:03}") if start >= 0 else None

    return meaning


@PERIODS.add("DET?UNITS(NUM|YEAR|YEAR2)")
@PERIODS.add("DET?DECADE UNITS")
@PERIODS.add("DET?DECADES")
@PERIODS.add(f"DET?(UNITS NUM|UNITS YEAR2|DECADE UNITS)(VAN|IN)?DET?({REL}|ORD)UNIT")
def _decade(m: Match) -> Meaning | None:
    """As in "de jaren negentig", "de jaren '70", "de zestiger jaren", "de jaren 1990"."""
    short = m.get("NUM", "YEAR", "YEAR2", "DECADE", "DECADES")
    units = m.all("UNITS", "UNIT")
    if not isinstance(short, int) or short % 10 or (units and units[0].value != "Y"):
        return None
    if short >= 1000:
        return always(date_value(str(short)[:3]))
    if short > 90:
        return None
    if len(units) < 2:
        return decade_of(short)
    steps, ordinal = step(m), m.get("ORD")
    if units[1].value != "100Y":
        return None

    def meaning(scene: Scene) -> Value | None:
        if ordinal:
            century = ordinal - 1
        elif scene.anchor is not None:
            century = scene.anchor.year // 100 + (steps or 0)
        else:
            return None
        return date_value(f"{century:02}{short // 10}") if 0 <= century <= 99 else None

    return meaning


@PERIODS.add("DET?UNITS RANGE")
def _decades(m: Match) -> Meaning | None:
    """As in "de jaren zestig en zeventig"."""
    low, high = m.get("RANGE")[:2]
    if not all(isinstance(n, int) and n % 10 == 0 and n <= 90 for n in (low, high)):
        return None
    first, second = decade_of(low), decade_of(high)

    def meaning(scene: Scene) -> Value | None:
        values = first(scene), second(scene)
        return both(*values)

    return meaning


def both(low: Value | None, high: Value | None) -> Value | None:
    """Two values of one type as a range; None where one is unknown or they do not fit."""
    if low is None or high is None or low.type != high.type:
        return None
    if isinstance(low.value, tuple) or isinstance(high.value, tuple):
        return None
    return Value(low.type, (low.value, high.value), high.unit)


@PERIODS.add("DET?WHOLE?ORD UNIT(BC|VOOR CHRISTUS|AD|NA CHRISTUS)?")
@PERIODS.add("DET?ORD DASH?EEUWS")
@PERIODS.add(f"DET?{REL}UNIT")
def _century(m: Match) -> Meaning | None:
    """As in "de achttiende eeuw" is 17: the digits that its years begin with."""
    if not m.has("EEUWS") and unit_of(m) != "100Y":
        return None
    if number := m.get("ORD"):
        if not 1 <= number <= 40:
            return None
        before = m.has("BC", "VOOR")
        return always(date_value(f"BC{number - 1:02}" if before else f"{number - 1:02}"))
    steps = step(m) or 0
    if m.has("LAST", "COMING"):
        return None
    return lambda scene: _shifted_century(scene, steps)


def _shifted_century(scene: Scene, steps: int) -> Value | None:
    century = scene.anchor.year // 100 + steps if scene.anchor else -1
    return date_value(f"{century:02}") if 0 <= century <= 99 else None


@PERIODS.add("DET?ORD UNIT?(EN|DASH|TOT|OF)DET?ORD(UNIT|DASH?EEUWS)")
def _centuries(m: Match) -> Meaning | None:
    if not m.has("EEUWS") and unit_of(m) != "100Y":
        return None
    low, high = (token.value for token in m.all("ORD"))
    if not 1 <= low < high <= 40:
        return None
    return always(Value("date", (f"{low - 1:02}", f"{high - 1:02}")))


@PERIODS.add("NOW")
def _now(m: Match) -> Meaning | None:
    return always(date_value(m.get("NOW")))


@PERIODS.add("RANGE")
@PERIODS.add("(DET UNITS|PERIOD|DET PERIOD)RANGE")
def _years(m: Match) -> Meaning | None:
    """As in "1974-1981", "1968-'69", "12 en 14" as ages."""
    low, high, joint, low_tag, high_tag = m.get("RANGE")
    if low_tag == "YEAR" and high_tag == "YEAR":
        return always(Value("date", (f"{low:04}", f"{high:04}")))
    if low_tag == "YEAR" and isinstance(high, int) and 0 <= high <= 99:
        return always(Value("date", (f"{low:04}", f"{low // 100 * 100 + high:04}")))
    if isinstance(low, int) and isinstance(high, int) and ELDEST < low < high < 2200:
        return always(Value("date", (f"{low:04}", f"{high:04}")))
    if (
        isinstance(low, int)
        and isinstance(high, int)
        and 0 < low <= high <= ELDEST
        and joint != "DASH"
    ):
        return always(Value("duration", (f"P{low}Y", f"P{high}Y")))
    return None


@PERIODS.add("RANGE UNIT?(BC|VOOR CHRISTUS)")
def _years_before_christ(m: Match) -> Meaning | None:
    low, high, *_ = m.get("RANGE")
    if not (isinstance(low, int) and isinstance(high, int) and 0 < high < low <= 9999):
        return None
    return always(Value("date", (f"BC{low:04}", f"BC{high:04}")))


@PERIODS.add("YEAR(DASH|TOT)NOW")
def _until_now(m: Match) -> Meaning | None:
    return always(Value("date", (f"{m.get('YEAR'):04}", str(m.get("NOW")))))


@PERIODS.add("(THAT|DET)PERIOD(IN|VAN)?(UNIT)?" + YR)
def _same_period(m: Match) -> Meaning | None:
    """As in "dezelfde periode vorig jaar": only the year is sure."""
    year = year_of(Match([token for token in m.tokens if token is not m.tokens[0]]))
    return None if year is None else lambda scene: _year(year, scene)


def _year(year: YearOf, scene: Scene) -> Value | None:
    found = year(scene)
    return date_value(f"{found:04}") if found else None


@PERIODS.add("RANGE MONTH")
@PERIODS.add(f"RANGE MONTH{YR}")
def _days_of_month(m: Match) -> Meaning | None:
    """As in "9 tot 12 oktober 1998"."""
    low, high, *_ = m.get("RANGE")
    rest = [token for token in m.tokens if token.tag != "RANGE"]
    first = DAYS.meaning([Token("NUM", low, ""), *rest])
    second = DAYS.meaning([Token("NUM", high, ""), *rest])
    if first is None or second is None:
        return None
    return lambda scene: both(first(scene), second(scene))


def feast_meaning(name: str, year: YearOf | None, steps: int | None) -> Meaning | None:
    """The day of a feast, its weekend or the night of it."""
    feast = feasts().get(name)
    if feast is None:
        return None

    def meaning(scene: Scene) -> Value | None:
        anchor = scene.anchor
        if year is not None:
            found = year(scene)
        elif fixed := scene.fixed_year():
            found = fixed
        elif anchor is None or anchor.month is None:
            return None
        else:
            found = _feast_year(feast, anchor, steps, scene)
        day = feast.day(found) if found else None
        if day is None or not feast.part:
            return day_value(day)
        if feast.part == "we":
            return date_value(week_of(day) + "-WE")
        return Value("time", f"{day.isoformat()}{feast.part}")

    return meaning


def _feast_year(feast: Feast, anchor: Anchor, steps: int | None, scene: Scene) -> int:
    """The year of the feast nearest to the article in the direction of the tense."""
    day = feast.day(anchor.year)
    now = (anchor.month, anchor.day.day) if anchor.day else (anchor.month,)
    if day is None:
        return anchor.year - 1 if not scene.ahead else anchor.year + 1
    there = (day.month, day.day) if anchor.day else (day.month,)
    if steps == 0:
        return anchor.year
    ahead = steps > 0 if steps else scene.ahead
    if ahead:
        return anchor.year + (there < now)
    return anchor.year - (there > now)


def phrases() -> dict[str, Meaning]:
    """Expressions of several words that are looked up whole."""
    found: dict[str, Meaning] = {}
    for phrase, kind, value in read_table("value_phrases"):
        found[phrase] = always(Value(kind, value) if kind else None)
    return found


def with_mod(inner: Meaning, mod: str) -> Meaning:
    """The beginning, middle or end of a period."""

    def meaning(scene: Scene) -> Value | None:
        value = inner(scene)
        if value is None or value.type != "date":
            return None
        return Value("date", value.value, None, mod)

    return meaning


def current_unit(tokens: Sequence[Token]) -> Meaning | None:
    """As in "het jaar", "de week", "de maand" after "het eind van": those of the article."""
    if [token.tag for token in tokens] not in (["DET", "UNIT"], ["UNIT"]):
        return None
    unit = str(tokens[-1].value)
    if unit == "100Y":
        return lambda scene: date_value(f"{scene.anchor.year // 100:02}") if scene.anchor else None
    if unit not in ("W", "M", "Y"):
        return None
    return lambda scene: unit_shift(scene, unit, 0)
