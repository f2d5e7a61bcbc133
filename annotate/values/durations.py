"""Lengths of time (twee weken, anderhalf uur, 13-jarige) and what repeats (elke dag, om de week)."""

import re
from collections.abc import Sequence

from annotate.annotation import Value
from annotate.values.context import Meaning, Scene, always
from annotate.values.numerals import Number, plain
from annotate.values.rules import N, Rules, unit_of
from annotate.values.tokens import Match, Token

LASTING = Rules()
REPEATED = Rules()

ELDEST = 130

_FACTORS = {
    "10Y": (10, "Y"),
    "100Y": (100, "Y"),
    "1000Y": (1000, "Y"),
    "3M": (3, "M"),
    "6M": (6, "M"),
}
_CLOCK_UNITS = {
    "TH": ("H", 60),
    "TM": ("M", 60),
    "TS": ("S", 0),
    "T15M": ("M", 0),
    "T30M": ("M", 0),
}
_TIMES = {"T15M": 15, "T30M": 30}
_SMALLER = {"Y": ("M", 12), "D": ("H", 24)}
_PERSON = re.compile(r"(?:^|\W)(?:zijn|haar|hun|mijn|m'n|z'n|je|jouw|ons|onze|uw|d'r)$")
_EVERY_OTHER = re.compile(r"(?:^|\W)om$")
_AMOUNT = f"({N}|RANGE|VAGUE)"
_SPAN_UNIT = "(UNIT|UNITS)"


def length(number: Number, unit: str) -> str | None:
    """A duration as ISO 8601 writes it: 1.5 and "TH" are PT1H30M; None where it has no unit."""
    if number < 0 or number > 10**9:
        return None
    if unit in _FACTORS:
        factor, unit = _FACTORS[unit]
        number = plain(number * factor)
    if unit in _TIMES:
        number, unit = plain(number * _TIMES[unit]), "TM"
    if unit in _CLOCK_UNITS:
        letter, parts = _CLOCK_UNITS[unit]
        return "PT" + _split(number, letter, {"H": "M", "M": "S"}.get(letter, ""), parts)
    if unit == "WE":
        return f"P{number}WE"
    smaller, parts = _SMALLER.get(unit, ("", 0))
    text = _split(number, unit, smaller, parts)
    return "P" + (
        text.replace("D", "DT", 1) if unit == "D" and text.endswith("H") else text
    ).removeprefix("0DT")


def _split(number: Number, letter: str, smaller: str, parts: int) -> str:
    """1.5 as "1H30M" where the part is a whole number of the smaller unit, else "1.5H"."""
    whole, rest = int(number), plain((number - int(number)) * parts) if parts else 0
    if isinstance(number, float) and parts and isinstance(rest, int) and rest:
        return (f"{whole}{letter}" if whole else "") + f"{rest}{smaller}"
    return f"{number}{letter}"


def vague_length(unit: str) -> str:
    """A duration of unknown length: PXY, PTXH."""
    letter = {"10Y": "Y", "100Y": "Y", "1000Y": "Y", "3M": "M", "6M": "M"}.get(unit, unit)
    if letter.startswith("T"):
        return "PTX" + _CLOCK_UNITS[letter][0]
    return f"PX{letter}"


def amount_lengths(token: Token, unit: str) -> str | tuple[str, str] | None:
    """The duration, or the two of a range, that a number token and a unit say."""
    if token.tag == "VAGUE":
        return vague_length(unit)
    if token.tag != "RANGE":
        return length(token.value, unit)
    low, high = length(token.value[0], unit), length(token.value[1], unit)
    return (low, high) if low and high else None


def duration(value: str | tuple[str, str] | None) -> Meaning | None:
    """The meaning of a duration."""
    return None if value is None else always(Value("duration", value))


def set_of(value: str | None) -> Meaning | None:
    """The meaning of what repeats."""
    return None if value is None else always(Value("set", value))


_LEAD = "(DET|POSS|THIS|THAT)?(LAST|COMING|PREV|NEXT|ORD)?WHOLE?"


@LASTING.add(f"{_LEAD}{_AMOUNT}(LAST|COMING|WHOLE)?{_SPAN_UNIT}(LANG|OUD)*")
@LASTING.add(f"BINNEN{_AMOUNT}{_SPAN_UNIT}")
def _number_of_units(m: Match) -> Meaning | None:
    amount = m.all("NUM", "ONE", "YEAR", "RANGE", "VAGUE")[0]
    return duration(amount_lengths(amount, unit_of(m) or ""))


@LASTING.add("(DET|THAT|VAGUE)?(LAST|COMING|PRIOR|NEXT)?WHOLE?UNITS LANG*")
@LASTING.add("(DET|THAT)? LAST? VAGUE UNITS LANG*")
def _unknown_number(m: Match) -> Meaning | None:
    if m.has("THAT"):
        return None
    return duration(vague_length(unit_of(m) or ""))


@LASTING.add(
    f"DET(ORD|LAST){N}{_SPAN_UNIT}(VAN|IN)DET?(THIS|THAT|PREV|NEXT|LAST|COMING)?(UNIT|YEAR|MONTH|SEASON)YEAR?"
)
def _first_of(m: Match) -> Meaning | None:
    """As in "de eerste negen maanden van dit jaar"."""
    return duration(length(m.get("NUM", "ONE"), m.all("UNIT", "UNITS")[0].value))


@LASTING.add("LONG")
def _long(m: Match) -> Meaning | None:
    return duration(vague_length(m.get("LONG")))


@LASTING.add("DET(LAST|COMING)UNIT")
@LASTING.add("(DET|ONE)?WHOLE UNIT")
def _one_unit(m: Match) -> Meaning | None:
    unit = unit_of(m) or ""
    if unit == "WE" or (m.has("LAST", "COMING") and unit in ("3M", "6M", "D")):
        return None
    return duration(length(1, unit))


@LASTING.add(f"{N}UNIT OF NUM")
def _about(m: Match) -> Meaning | None:
    """As in "een jaar of acht"."""
    number = m.all("NUM")[-1].value
    return duration(length(number, unit_of(m) or ""))


@LASTING.add(f"{N}{_SPAN_UNIT}(EN|COMMA)?{N}{_SPAN_UNIT}(EN|COMMA)?({N}{_SPAN_UNIT})?(LANG|OUD)*")
def _sum_of_units(m: Match) -> Meaning | None:
    """As in "twee jaar en zes maanden", "2 uur 41 minuten en 10 seconden"."""
    numbers, units = m.all("NUM", "ONE", "YEAR"), m.all("UNIT", "UNITS")
    days = clock = ""
    for number, unit in zip(numbers, units, strict=True):
        part = length(number.value, unit.value)
        if part is None:
            return None
        if part.startswith("PT"):
            clock += part[2:]
        else:
            days += part[1:]
    whole = "P" + days + (f"T{clock}" if clock else "")
    return duration(whole) if _WELL_FORMED.fullmatch(whole) else None


_NUM = r"[0-9]+(?:\.[0-9]+)?"
_WELL_FORMED = re.compile(
    rf"P(?:{_NUM}Y)?(?:{_NUM}M)?(?:{_NUM}W)?(?:{_NUM}D)?(?:T(?:{_NUM}H)?(?:{_NUM}M)?(?:{_NUM}S)?)?"
)


@LASTING.add(f"DET?{N}DASH?JARIG LANG?")
@LASTING.add("DET?RANGE DASH?JARIG LANG?")
def _years_old(m: Match) -> Meaning | None:
    return duration(amount_lengths(m.all("NUM", "ONE", "YEAR", "RANGE")[0], m.get("JARIG")))


@LASTING.add("DET?AGE LANG?")
def _joined_age(m: Match) -> Meaning | None:
    number, unit = m.get("AGE")
    return duration(length(number, unit))


@LASTING.add(f"DET?{N}(DASH|SLASH|EN|OF|TOT)NUM DASH?JARIG")
@LASTING.add(f"DET?{N}DASH(EN|OF|TOT|A)NUM DASH?JARIG")
def _two_ages(m: Match) -> Meaning | None:
    low, high = (length(token.value, m.get("JARIG")) for token in m.all("NUM", "ONE")[:2])
    return duration((low, high)) if low and high else None


@LASTING.add("(NUM|ONE)OUD?")
def _bare_age(m: Match) -> Meaning | None:
    """As in "(57)": the age that stands after a name; 722 is a year."""
    age = m.get("NUM", "ONE")
    if not isinstance(age, int) or not 0 < age < 1000:
        return None
    return duration(f"P{age}Y") if age <= ELDEST else always(Value("date", f"{age:04}"))


@LASTING.add("POSS ORD")
def _birthday(m: Match) -> Meaning | None:
    """As in "zijn veertiende": the age at which something happened."""
    return duration(length(m.get("ORD"), "Y")) if m.get("ORD") <= ELDEST else None


def after_possessive(scene: Scene) -> bool:
    """Whether a possessive stands before: "op zijn [veertiende]"."""
    return scene.preceded(_PERSON)


@REPEATED.add("EVERY UNIT")
@REPEATED.add(f"EVERY{N}{_SPAN_UNIT}")
@REPEATED.add("PER UNIT")
@REPEATED.add(f"{_AMOUNT}{_SPAN_UNIT}(PER|IN DET)UNIT")
@REPEATED.add(f"{_AMOUNT}WORD(PER|IN DET)UNIT")
def _each(m: Match) -> Meaning | None:
    unit = m.all("UNIT", "UNITS")[-1].value
    number = m.get("NUM", "YEAR") if m.has("EVERY") else 1
    if unit == "WE":
        return set_of("XXXX-WXX-WE")
    return set_of(length(number or 1, unit))


@REPEATED.add("OM DET UNIT")
def _every_other(m: Match) -> Meaning | None:
    return set_of(length(2, unit_of(m) or ""))


@REPEATED.add(f"OM DET{N}{_SPAN_UNIT}")
def _every_few(m: Match) -> Meaning | None:
    return set_of(length(m.get("NUM", "ONE", "YEAR"), unit_of(m) or ""))


@REPEATED.add("SET")
def _listed(m: Match) -> Meaning | None:
    return set_of(m.get("SET"))


@REPEATED.add("SETN")
def _counted(m: Match) -> Meaning | None:
    number, unit = m.get("SETN")
    return set_of(length(number, unit))


@REPEATED.add("EVERY WEEKDAY")
@REPEATED.add("S? WEEKDAYS")
@REPEATED.add("DET WEEKDAYS")
def _weekdays(m: Match) -> Meaning | None:
    return set_of(f"XXXX-WXX-{m.get('WEEKDAY', 'WEEKDAYS')}")


@REPEATED.add("EVERY SEASON")
@REPEATED.add("S SEASON")
def _seasons(m: Match) -> Meaning | None:
    return set_of(f"XXXX-{m.get('SEASON')}")


@REPEATED.add("EVERY MONTH")
def _months(m: Match) -> Meaning | None:
    return set_of(f"XXXX-{m.get('MONTH'):02}")


@REPEATED.add("EVERY PART")
def _parts(m: Match) -> Meaning | None:
    return set_of(f"XXXX-XX-XXT{m.get('PART')}")


def lasting_or_repeated(tokens: Sequence[Token]) -> Meaning | None:
    """The meaning of a duration or a set.

    "de week" and "de vijf jaar" after the word "om" are sets too: mentions leave prepositions out.
    """
    repeated = REPEATED.meaning(tokens)
    if repeated:
        return repeated
    lasting = LASTING.meaning(tokens)
    if not tokens or tokens[0].tag != "DET":
        return lasting
    om = Token("OM", "", "om")
    other = REPEATED.meaning([om, *tokens])
    if other is None:
        return lasting

    def meaning(scene: Scene) -> Value | None:
        if scene.preceded(_EVERY_OTHER):
            return other(scene)
        return lasting(scene) if lasting else None

    return meaning
