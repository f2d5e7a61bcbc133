"""Dates counted from the article (drie weken geleden, over twee jaar) or from the text (een dag later)."""

import re

from annotate.annotation import Value
from annotate.values.calendar import Anchor
from annotate.values.context import Meaning, Scene, always, date_value
from annotate.values.nearness import shift_from, that_unit, unit_shift
from annotate.values.numerals import Number
from annotate.values.rules import N, Rules, unit_of
from annotate.values.tokens import Match

RELATIVE = Rules()

_OVER = re.compile(
    r"(?:^|\W)over(?: (?:ruim|zo'n|ongeveer|circa|minstens|precies|nog geen|krap))?$"
)
_SPREAD = re.compile(
    r"\b(?:verspreid|uitgesmeerd|gespreid|verdeeld|uitgestreken|gemeten|periode)\b.{0,40}over$"
)
_AGO = re.compile(r"(?:geleden|terug)\b(?! (?:naar|in|van|op|bij|te)\b)")
_LATER = re.compile(r"(?:later|nadien|daarna|erna|daarop)\b")
_EARLIER = re.compile(r"(?:eerder|daarvoor|ervoor|voordien|tevoren)\b(?! dan)")
_MINUTES = {"TH": 60, "TM": 1, "T15M": 15, "T30M": 30}
_FINER = {"Y": ("M", 12), "10Y": ("Y", 10), "100Y": ("Y", 100), "W": ("D", 7)}


def counted(unit: str, number: Number) -> tuple[str, int] | None:
    """Unit and whole count: 1.5 years are 18 months; None where no whole count says it."""
    if isinstance(number, int):
        return unit, number
    finer, factor = _FINER.get(unit, ("", 0))
    count = number * factor
    return (finer, int(count)) if finer and count == int(count) else None


def offset(unit: str, number: Number) -> Meaning:
    """The date so many units from the article."""
    whole = counted(unit, number)

    def meaning(scene: Scene) -> Value | None:
        return unit_shift(scene, *whole) if whole else None

    return meaning


def told_offset(unit: str, number: Number) -> Meaning:
    """The date or clock time so many units from what the text spoke of last."""
    whole = counted(unit, number)

    def meaning(scene: Scene) -> Value | None:
        if unit in _MINUTES:
            return _clock_offset(scene, int(number * _MINUTES[unit]))
        if whole is None:
            return None
        name, count = whole
        if name in ("10Y", "100Y"):
            name, count = "Y", count * int(name[:-1])
        return that_unit(name, count)(scene)

    return meaning


def _clock_offset(scene: Scene, minutes: int) -> Value | None:
    clock = scene.reference_clock()
    if clock is None or abs(minutes) > 10**5:
        return None
    day, minute = clock
    days, minute = divmod(minute + minutes, 1440)
    there = shift_from(Anchor(day.year, day.month, day), "D", days)
    return Value("time", f"{there.value}T{minute // 60:02}:{minute % 60:02}") if there else None


@RELATIVE.add(f"(DET|LATER)?{N}(UNIT|UNITS)AGO")
@RELATIVE.add(f"{N}(UNIT|UNITS)NA NOW")
@RELATIVE.add(f"OVER{N}(UNIT|UNITS)")
@RELATIVE.add("DET?PRIOR UNIT")
def _from_now(m: Match) -> Meaning | None:
    unit, number = unit_of(m) or "", m.get("NUM", "ONE", "YEAR")
    if m.has("PRIOR"):
        return told_offset(unit, -1)
    return offset(unit, -number if m.has("AGO") else number)


@RELATIVE.add(f"{N}(UNIT|UNITS)LATER")
@RELATIVE.add(f"{N}(UNIT|UNITS)EARLIER")
@RELATIVE.add("(DET|THAT)UNIT(LATER|EARLIER)")
@RELATIVE.add("(LATER|EARLIER)DET UNIT")
def _from_text(m: Match) -> Meaning | None:
    number = m.get("NUM", "ONE", "YEAR") or 1
    return told_offset(unit_of(m) or "", number if m.has("LATER") else -number)


@RELATIVE.add("(VAGUE|DET|RANGE)*(UNIT|UNITS)AGO")
def _some_time_ago(m: Match) -> Meaning | None:
    return None if m.has("RANGE") else always(date_value("PAST_REF"))


@RELATIVE.add("OVER(VAGUE|DET)*UNITS")
def _in_some_time(m: Match) -> Meaning | None:
    return always(date_value("FUTURE_REF"))


@RELATIVE.add(f"(OVER{N}UNIT OF NUM|{N}UNIT OF NUM AGO)")
@RELATIVE.add("(VAGUE|DET)?(UNIT|UNITS)(LATER|EARLIER)")
@RELATIVE.add("RANGE(UNIT|UNITS)(AGO|LATER|EARLIER)")
@RELATIVE.add("OVER RANGE(UNIT|UNITS)")
def _unknown(m: Match) -> Meaning | None:
    """As in "over een dag of tien", "enkele jaren later": no date can be told."""
    return always(None)


def with_surroundings(m: Match, lasting: Meaning | None) -> Meaning | None:
    """A duration, or the date that it makes with "over" before or "geleden" and "later" after it.

    Mentions leave prepositions out: "gaat over [drie weken] open" is a date.
    """
    numbers = m.all("NUM", "ONE", "YEAR")
    about = m.has("OF")
    vague = m.has("VAGUE") or not numbers
    plain = {token.tag for token in m.tokens} <= {
        "NUM",
        "ONE",
        "YEAR",
        "UNIT",
        "UNITS",
        "OF",
        "VAGUE",
    }
    unit = unit_of(m)
    if lasting is None or not plain or unit is None or len(m.all("UNIT", "UNITS")) != 1:
        return lasting
    number = numbers[0].value if numbers else 0

    def meaning(scene: Scene) -> Value | None:
        if _OVER.search(scene.before) and not _SPREAD.search(scene.before):
            if vague:
                return date_value("FUTURE_REF")
            return None if about else offset(unit, number)(scene)
        if _AGO.match(scene.after):
            if vague:
                return date_value("PAST_REF")
            return None if about else offset(unit, -number)(scene)
        for pattern, sign in ((_LATER, 1), (_EARLIER, -1)):
            if pattern.match(scene.after):
                return None if about or vague else told_offset(unit, sign * number)(scene)
        return lasting(scene)

    return meaning
