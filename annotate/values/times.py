"""Read a TIME expression: the clock, a part of the day, and the day that they belong to."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from annotate.annotation import Value
from annotate.values.calendar import shifted
from annotate.values.context import Meaning, Scene, always, as_day, day_value
from annotate.values.expressions import date_of, looked_up, prepared
from annotate.values.numerals import fold
from annotate.values.periods import both
from annotate.values.tables import spaced
from annotate.values.tokens import Token, compiled, encode

NOON, MIDNIGHT, HOURS_12 = 12 * 60, 24 * 60, 12 * 60

_RACE = re.compile(r"(?:([0-9]{1,2})[:.])?([0-9]{1,2})[:.]([0-9]{2})(?:[.,]([0-9]{1,3}))?")
_CLOCK_BEFORE = re.compile(
    r"(?:^|\W)(?:om|rond|rondom|omstreeks|vanaf|tegen|sinds|tot|klokslag|stipt|circa|na|voor|uiterlijk"
    r"|van|tussen)(?: (?:de|circa|ongeveer|klokslag|stipt|even|kort|vlak))*$"
)
_UNSURE = re.compile(r"(?:^|\W)(?:na|voor|van|tussen|circa)(?: \w+)*$")
_PART_AFTER = re.compile(
    r"(?:'s (morgens|ochtends|voormiddags|middags|namiddags|avonds|nachts)"
    r"|in de (?:vroege |late )?(ochtend|voormiddag|middag|namiddag|avond|nacht))\b"
)
_PART_CODES = {"m": "MO", "o": "MO", "v": "MO", "a": "EV"}
_WHOLE_DAY = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|XXXX-WXX-[1-7]|XXXX-[0-9]{2}-[0-9]{2})")
_JOINTS = spaced("TOT EN DASH OF A SLASH MET")
_LOOSE = spaced("OM OP IN NA VOOR VAN COMMA TOT DET EN MARK")
_EDGE = spaced("OM OP IN NA VOOR VAN COMMA EN")


class Clock(NamedTuple):
    """A clock time.

    Attributes:
        minute: minute of the day; 1440 is midnight at its end.
        open: half of the day is not said ("half negen", "8 uur").
        hours: it is a number of hours only and may be a duration ("drie uur").
    """

    minute: int
    open: bool
    hours: bool = False


def _digits(tokens: Sequence[Token]) -> Clock | None:
    """20.15, 8:30."""
    hour, _, minute = re.split(r"([.:])", tokens[0].text)
    if int(hour) > 24 or int(minute) > 59:
        return None
    return Clock(int(hour) * 60 + int(minute), False)


def _hour_minute(tokens: Sequence[Token]) -> Clock | None:
    """20u15."""
    hour, minute = tokens[0].value, tokens[-1].value
    if tokens[1].value != "TH" or not _whole(hour, 24) or not _whole(minute, 59):
        return None
    return Clock(hour * 60 + minute, False)


def _past(tokens: Sequence[Token]) -> Clock | None:
    """As in "kwart over tien", "tien voor half vier"."""
    minutes = 15 if tokens[0].tag == "KWART" else tokens[0].value
    hour = tokens[-1].value
    if not _whole(hour, 12) or hour == 0 or not _whole(minutes, 29):
        return None
    before = any(token.tag == "VOOR" for token in tokens)
    half = any(token.tag == "HALF" for token in tokens)
    minute = _face(hour) - (30 if half else 0) + (-minutes if before else minutes)
    return Clock(minute % MIDNIGHT, True)


def _half(tokens: Sequence[Token]) -> Clock | None:
    """As in "half negen" is 8:30, "half een" 12:30."""
    hour = tokens[-1].value
    if not _whole(hour, 12) or hour == 0:
        return None
    return Clock(_face(hour) - 30 if hour > 1 else NOON + 30, True)


def _hours(tokens: Sequence[Token]) -> Clock | None:
    """As in "drie uur"."""
    hour = tokens[0].value
    if tokens[1].value != "TH" or not _whole(hour, 24):
        return None
    digits = tokens[0].text.isdecimal()
    return Clock(hour * 60, 0 < hour <= 12, not (digits and tokens[1].text in ("u", "h")))


def _midnight(tokens: Sequence[Token]) -> Clock | None:
    return Clock(MIDNIGHT if tokens[0].tag == "MIDNIGHT" else NOON, False)


def _face(hour: int) -> int:
    return hour * 60


def _whole(number: object, most: int) -> bool:
    return isinstance(number, int) and 0 <= number <= most


_CLOCKS: tuple[tuple[str, Callable[[Sequence[Token]], Clock | None]], ...] = (
    ("NUM UNIT NUM(UNIT|UNITS)?", lambda tokens: _hour_minute(tokens[:3])),
    ("CLOCK UNIT?", _digits),
    ("(KWART|NUM|ONE)(UNIT|UNITS)?(OVER|VOOR)HALF?(NUM|ONE)", _past),
    ("HALF(NUM|ONE)", _half),
    ("(NUM|ONE)UNIT", _hours),
    ("MIDNIGHT|NOON", _midnight),
)


@cache
def _clock_patterns() -> list[tuple[re.Pattern[str], Callable[[Sequence[Token]], Clock | None]]]:
    return [(compiled(pattern), reader) for pattern, reader in _CLOCKS]


def _take_clocks(tokens: list[Token]) -> tuple[list[Clock], list[Token]]:
    """The clock times among the tokens, and the tokens that are left."""
    tokens = [part for token in tokens for part in _opened(token)]
    code = encode(tokens)
    clocks: list[Clock] = []
    left: list[Token] = []
    i = 0
    while i < len(tokens):
        for pattern, reader in _clock_patterns():
            match = pattern.match(code, i)
            clock = reader(tokens[i : match.end()]) if match else None
            if match and clock:
                clocks.append(clock)
                while left and len(clocks) > 1 and left[-1].tag in _JOINTS:
                    left.pop()
                i = match.end()
                if i < len(tokens) and tokens[i].tag == "UNIT" and tokens[i].value == "TH":
                    i += 1
                break
        else:
            left.append(tokens[i])
            i += 1
    return clocks, left


def _opened(token: Token) -> list[Token]:
    """The range in "9 tot 12 uur" as two hours."""
    if token.tag != "RANGE":
        return [token]
    low, high, *_ = token.value
    if not (_whole(low, 24) and _whole(high, 24)):
        return [token]
    hour = Token("UNIT", "TH", "uur")
    return [Token("NUM", low, ""), hour, Token("TOT", "", ""), Token("NUM", high, "")]


@lru_cache(maxsize=8192)
def time_expression(text: str) -> Meaning | None:
    """The meaning of a TIME mention."""
    folded = fold(text).strip()
    return _race(folded) or looked_up(folded) or time_of(prepared(text))


def time_of(tokens: list[Token]) -> Meaning | None:
    """The meaning of the tokens of a time, or of two with "tot" between them."""
    if not tokens or len(tokens) > 24:
        return None
    if found := _time_of(tokens):
        return found
    for i, token in enumerate(tokens):
        if token.tag in ("TOT", "EN", "DASH"):
            low, high = time_of(tokens[:i]), time_of(tokens[i + 1 :])
            if low and high:
                return lambda scene: both(low(scene), high(scene))
    return None


def _time_of(tokens: list[Token]) -> Meaning | None:
    lasting = date_of(tokens) if _lasts(tokens) else None
    if found := _night(tokens):
        return found
    clocks, rest = _take_clocks(tokens)
    if len(clocks) > 2:
        return lasting
    part, lead, rest = _take_part(rest)
    timed = _timed(clocks, part, lead, rest)
    if lasting is None or timed is None:
        return timed or lasting
    if part or tokens[0].tag in ("OM", "VAN", "TOT") or not all(clock.hours for clock in clocks):
        return timed
    return lambda scene: (timed if _after_clock_word(scene, clocks) else lasting)(scene)


def _lasts(tokens: Sequence[Token]) -> bool:
    """Whether a unit or a word of frequency makes a duration or a set possible."""
    return any(
        t.tag in ("UNIT", "UNITS", "LONG", "EVERY", "PER", "AGE", "JARIG", "SET") for t in tokens
    )


def _after_clock_word(scene: Scene, clocks: Sequence[Clock]) -> bool:
    """Whether a word before the mention makes "drie uur" a clock time and no duration."""
    if not scene.preceded(_CLOCK_BEFORE):
        return False
    if not scene.preceded(_UNSURE):
        return True
    return len(clocks) == 2 or clocks[0].minute >= 13 * 60


def _race(text: str) -> Meaning | None:
    """The time of a runner: 2:41:08, 1.44,32."""
    match = _RACE.fullmatch(text)
    if match is None:
        return _race_seconds(text)
    if not (match[1] or match[4] or int(match[2]) > 24):
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), match[3]
    last = f"{int(seconds)}.{match[4]}" if match[4] else str(int(seconds))
    value = "PT" + (f"{hours}H" if hours else "") + f"{minutes}M{last}S"
    return always(Value("duration", value))


def _race_seconds(text: str) -> Meaning | None:
    """As in "34,61"."""
    match = re.fullmatch(r"([0-9]{1,2}),([0-9]{1,3})", text)
    return always(Value("duration", f"PT{int(match[1])}.{match[2]}S")) if match else None


def _take_part(tokens: list[Token]) -> tuple[str, list[Token], list[Token]]:
    """The part of the day, the words right before it, and the tokens that are left."""
    for i, token in enumerate(tokens):
        if token.tag == "PART":
            start = i
            while start and tokens[start - 1].tag in _LEAD:
                start -= 1
            return str(token.value), tokens[start:i], tokens[:start] + tokens[i + 1 :]
    return "", [], tokens


_LEAD = spaced("S DASH DET THIS THAT NEXT PREV PRIOR LAST COMING WHOLE MOD EVERY IN OP")


def _timed(clocks: list[Clock], part: str, lead: list[Token], rest: list[Token]) -> Meaning | None:
    """The meaning of clock times and part of the day on the day that the rest names."""
    if not clocks and not part:
        return None
    tags = {token.tag for token in lead}
    if "EVERY" in tags:
        return _each(part, clocks, rest)
    moved = next((t.tag for t in rest if t.tag in ("LATER", "EARLIER")), "")
    while rest and rest[0].tag in _EDGE | {"LATER", "EARLIER"}:
        rest = rest[1:]
    while rest and rest[-1].tag in _EDGE | {"LATER", "EARLIER", "DET"}:
        rest = rest[:-1]
    day: Callable[[Scene], Value | None]
    named = bool(rest)
    if rest:
        if all(token.tag in _LOOSE for token in rest):
            day = _spoken_day
            named = False
        elif (found := date_of(rest)) is None:
            return None
        elif "EVERY" in {token.tag for token in rest}:
            return _each(part, clocks, rest)
        else:
            day = found
    elif not clocks or tags & {"THAT", "NEXT", "PRIOR", "PREV"}:
        day = _day_of_part(tags, moved)
    else:
        day = _spoken_day

    def meaning(scene: Scene) -> Value | None:
        value = day(scene)
        if value is None and clocks and not named and scene.anchor is None:
            return _written("XXXX-XX-XX", clocks, part)
        text = str(value.value) if value and value.type == "date" else ""
        if not _WHOLE_DAY.fullmatch(text):
            return None
        said = part or (_said_part(scene, named) if any(clock.open for clock in clocks) else "")
        return _written(text, clocks, said)

    return meaning


def _written(day: str, clocks: Sequence[Clock], part: str) -> Value:
    if not clocks:
        return Value("time", f"{day}T{part}")
    times = [f"{day}T{_in_part(clock.minute, part)}" for clock in clocks]
    return Value("time", times[0] if len(times) == 1 else (times[0], times[1]))


def _in_part(minute: int, part: str) -> str:
    """The clock time in a part of the day: 8:30 in the evening is 20:30."""
    hour = minute // 60
    late = (
        (part == "AF" and hour < 7)
        or (part == "EV" and 4 <= hour < 12)
        or (part == "NI" and 7 <= hour < 12)
    )
    if late:
        minute += HOURS_12
    elif (part == "NI" and NOON <= minute < NOON + 60) or (part == "EV" and minute == NOON + 30):
        minute -= NOON
    elif part == "EV" and minute == NOON:
        minute = MIDNIGHT
    return f"{minute // 60:02}:{minute % 60:02}"


def _said_part(scene: Scene, named: bool) -> str:
    """The part of the day that stands behind the mention, or that the text spoke of last."""
    if match := _PART_AFTER.match(scene.after):
        word = match[1] or match[2]
        return (
            "NI"
            if word.startswith("nacht")
            else "AF"
            if "middag" in word and "voor" not in word
            else (_PART_CODES[word[0]])
        )
    part = "" if named else scene.event_part()
    return part if part in ("AF", "EV", "NI") and scene.reference_day() == scene.event_day() else ""


def _spoken_day(scene: Scene) -> Value | None:
    return day_value(scene.event_day())


def _day_of_part(tags: set[str], moved: str) -> Callable[[Scene], Value | None]:
    """The day of "deze ochtend", "die avond", "de volgende ochtend", "'s nachts", "de middag"."""

    def day(scene: Scene) -> Value | None:
        if tags & {"THIS", "LAST", "COMING"}:
            return day_value(scene.today)
        reference = scene.told_day()
        steps = 1 if "NEXT" in tags or moved == "LATER" else 0
        steps = (
            -1 if tags & {"PRIOR", "PREV"} or (moved == "EARLIER" and "THAT" not in tags) else steps
        )
        if "THAT" in tags or steps:
            return day_value(shifted(reference, steps)) if reference else None
        if "S" in tags or not tags:
            return day_value(scene.event_day()) if reference else None
        return day_value(scene.event_day())

    return day


def _each(part: str, clocks: list[Clock], rest: list[Token]) -> Meaning | None:
    """As in "elke ochtend", "elke zaterdagavond", "elke maandag om acht uur"."""
    day = "XXXX-XX-XX"
    kept = [token for token in rest if token.tag not in _LOOSE | {"EVERY"}]
    if kept and kept[0].tag == "WEEKDAY" and len(kept) == 1:
        day = f"XXXX-WXX-{kept[0].value}"
    elif kept:
        return None
    value = _written(day, clocks, part)
    return always(Value("set", value.value))


def _night(tokens: list[Token]) -> Meaning | None:
    """As in "de nacht van zaterdag op zondag": it belongs to the day on which it begins."""
    start = next((i for i, token in enumerate(tokens) if token.value == "NI"), None)
    if start is None or any(token.tag not in _LEAD for token in tokens[:start]):
        return None
    rest = tokens[start + 1 :]
    clocks, rest = (
        _take_clocks(rest) if any(t.tag in ("UNIT", "CLOCK", "HALF") for t in rest) else ([], rest)
    )
    while rest and rest[-1].tag in ("OM", "COMMA"):
        rest = rest[:-1]
    joint = next((i for i, t in enumerate(rest) if t.tag in ("OP", "TOT")), None)
    if joint is None or len(clocks) > 1:
        return None
    low, high = rest[:joint], rest[joint + 1 :]
    if low and low[0].tag == "VAN":
        low = low[1:]
    elif low:
        return None
    if whole := looked_up(" ".join(token.text for token in [*low, Token("OP", "", "op"), *high])):
        return _as_night(whole, whole, clocks)
    if len(low) == 1 and low[0].tag in ("NUM", "ORD"):
        low = low + [t for t in high if t.tag in ("MONTH", "YEAR")]
    second = date_of(high)
    first = date_of(low) if low else None
    if second is None or (low and first is None):
        return None
    return _as_night(first, second, clocks)


def _as_night(first: Meaning | None, second: Meaning, clocks: list[Clock]) -> Meaning:
    def meaning(scene: Scene) -> Value | None:
        after = second(scene)
        day: date | None
        if first is None or (scene.direction <= 0 and after):
            if first is not None and scene.anchor is None:
                before = first(scene)
                return Value("time", f"{before.value}TNI") if before else None
            end = as_day(str(after.value)) if after else None
            day = shifted(end, 0 if first is second else -1) if end else None
        else:
            before = first(scene)
            day = as_day(str(before.value)) if before else None
        if day is None:
            return None
        if not clocks:
            return Value("time", f"{day.isoformat()}TNI")
        small = clocks[0].minute < NOON
        there = shifted(day, 1) if small else day
        return (
            Value("time", f"{there.isoformat()}T{_in_part(clocks[0].minute, 'NI')}")
            if there
            else None
        )

    return meaning
