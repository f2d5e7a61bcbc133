"""Read a DATE expression: prepositions, parts of a period and ranges around what the rules know."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from annotate.values.calendar import day_of, feasts
from annotate.values.context import Meaning, always, day_value
from annotate.values.dates import DATES
from annotate.values.days import DAYS
from annotate.values.durations import LASTING, lasting_or_repeated
from annotate.values.merging import merge_numbers
from annotate.values.nearness import day_in
from annotate.values.numerals import fold
from annotate.values.periods import (
    PERIODS,
    both,
    current_unit,
    feast_meaning,
    phrases,
    short_part,
    with_mod,
)
from annotate.values.relative import RELATIVE, with_surroundings
from annotate.values.rules import full_year, year_of
from annotate.values.tables import spaced
from annotate.values.tokens import Match, Token, compiled, encode, tokenise

_POINTS = (RELATIVE, DAYS, DATES, PERIODS)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})(?:\2'?([0-9]{4}|[0-9]{2}))?")
_LEADING = spaced("IN OP VAN NA VOOR TOT OM BINNEN LOOP")
_WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"], start=1
    )
}
_DEICTIC = {"van": 0, "heden": 0, "gister": -1, "gisteren": -1, "eergister": -2, "eergisteren": -2}
_DEICTIC |= {"morgen": 1, "overmorgen": 2}
_PARTS = {"ochtend": "MO", "morgen": "MO", "voormiddag": "MO", "middag": "AF", "namiddag": "AF"}
_PARTS |= {"avond": "EV", "vooravond": "EV", "nacht": "NI"}
_BEFORE_MORNING = spaced("DET THIS THAT NEXT EVERY WEEKDAY DEIX PRIOR")


def prepared(text: str) -> list[Token]:
    """The tokens of a date or time: numbers together, zaterdagavond taken apart, fillers dropped."""
    tokens: list[Token] = []
    for token in merge_numbers(tokenise(text), amounts=False):
        if token.tag == "FILLER":
            continue
        if token.tag == "DAYPART":
            day, part = token.value
            known = day in _WEEKDAYS
            tag, value = ("WEEKDAY", _WEEKDAYS[day]) if known else ("DEIX", _DEICTIC[day])
            tokens += [Token(tag, value, day), Token("PART", _PARTS[part], part)]
        elif token.text == "morgen" and tokens and tokens[-1].tag in _BEFORE_MORNING:
            tokens.append(Token("PART", "MO", token.text))
        else:
            tokens.append(token)
    return tokens


@lru_cache(maxsize=8192)
def date_expression(text: str) -> Meaning | None:
    """The meaning of a DATE mention."""
    folded = fold(text).strip()
    return looked_up(folded) or date_of(prepared(text))


def looked_up(text: str) -> Meaning | None:
    """The meaning of a folded expression that is known whole: phrases, feasts, 14-09-2018, Q3."""
    return _phrases().get(text) or _numeric(text) or short_part(text) or _feast(text)


@cache
def _phrases() -> dict[str, Meaning]:
    return phrases()


def _numeric(text: str) -> Meaning | None:
    """Days in digits; day before month, as the Dutch write them."""
    if match := _ISO.fullmatch(text):
        return always(day_value(day_of(*(int(part) for part in match.groups()))))
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    day, month, year = int(match[1]), int(match[3]), match[4]
    if year is None:
        return (
            DAYS.meaning([Token("NUM", day, ""), Token("MONTH", month, "")]) if month < 13 else None
        )
    if len(year) == 4:
        return day_in(lambda scene: int(year), month, day)
    return day_in(lambda scene: full_year(int(year), scene), month, day)


@cache
def _feast_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(feasts(), key=len, reverse=True))
    step = r"vorige?|afgelopen|voorbije|verleden|deze?|dit|komende?|aanstaande|volgende?"
    return re.compile(rf"(?:(?:op|met|de|het|in) )*(?:({step}) )?({names})(?: (.+))?")


def _feast(text: str) -> Meaning | None:
    match = _feast_pattern().fullmatch(text)
    if match is None:
        return None
    pointed, name, rest = match.groups()
    steps = None
    if pointed:
        steps = 0 if pointed in ("dit", "deze", "dez") else -1 if pointed[0] in "va" else 1
        steps = 1 if pointed == "aanstaande" or pointed.startswith("volgend") else steps
    if not rest:
        return feast_meaning(name, None, steps)
    tokens = merge_numbers(tokenise(rest), amounts=False)
    pattern = compiled("(VAN|IN)?(DET UNIT|DET)?(YEAR|YEAR2|(PREV|LAST|THIS|NEXT|COMING|THAT)UNIT)")
    year = year_of(Match(tokens)) if pattern.fullmatch(encode(tokens)) else None
    return feast_meaning(name, year, None) if year else None


def date_of(tokens: Sequence[Token]) -> Meaning | None:
    """The meaning of the tokens of a date, duration or set."""
    tokens = list(tokens)
    if not tokens or len(tokens) > 24:
        return None
    if found := _known(tokens):
        return found
    if any(token.tag == "WORD" for token in tokens):
        return _feast(" ".join(token.text for token in tokens))
    if tokens[0].tag in _LEADING:
        return date_of(tokens[1:])
    return _part_of_period(tokens) or _range(tokens)


def _known(tokens: list[Token]) -> Meaning | None:
    if found := next((found for rules in _POINTS if (found := rules.meaning(tokens))), None):
        return found
    lasting = lasting_or_repeated(tokens)
    if lasting and LASTING.meaning(tokens):
        return with_surroundings(Match(tokens), lasting)
    return lasting


@cache
def _mods() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        compiled("(DET|THIS)?(MOD|HALF)(VAN|IN|DASH)?"),
        compiled("DET?(ORD|LAST)(HELFT|KWART|UNITS|UNIT)(VAN|IN)"),
        compiled("(EARLIER|LATER)?(IN|OP|VAN|LOOP)+"),
    )


def _part_of_period(tokens: list[Token]) -> Meaning | None:
    """As in "begin maart", "de tweede helft van juni", "de eerste weken van 2020", "later in 2019"."""
    code = encode(tokens)
    begin, share, during = _mods()
    if (match := begin.match(code)) and match.end() < len(tokens):
        mod = next((t.value for t in tokens[: match.end()] if t.tag == "MOD"), "MID")
        return _modded(tokens[match.end() :], mod)
    if (match := share.match(code)) and match.end() < len(tokens):
        number = next((t.value for t in tokens if t.tag == "ORD"), None)
        mod = "START" if number == 1 else "END"
        return _modded(tokens[match.end() :], mod)
    if (match := during.match(code)) and match.end() < len(tokens):
        return date_of(tokens[match.end() :]) or current_unit(tokens[match.end() :])
    return None


def _modded(rest: list[Token], mod: str) -> Meaning | None:
    inner = current_unit(rest) or date_of(rest)
    return with_mod(inner, mod) if inner else None


def _range(tokens: list[Token]) -> Meaning | None:
    """As in "maandag en dinsdag", "juni tot en met september 2019"."""
    joints = [i for i, t in enumerate(tokens) if t.tag in ("TOT", "EN", "DASH", "OF", "A", "SLASH")]
    for i in joints:
        low, rest = tokens[:i], tokens[i + 1 :]
        while rest and rest[0].tag in ("EN", "MET", "TOT"):
            rest = rest[1:]
        if not low or not rest:
            continue
        years = [t for t in rest if t.tag in ("YEAR", "YEAR2")]
        if years and any(t.tag == "MONTH" for t in low) and not _has_year(low):
            low = [*low, years[-1]]
        first, second = date_of(low), date_of(rest)
        if first and second:
            return _both(first, second)
    return None


def _has_year(tokens: Sequence[Token]) -> bool:
    return any(token.tag in ("YEAR", "YEAR2", "UNIT") for token in tokens)


def _both(first: Meaning, second: Meaning) -> Meaning:
    return lambda scene: both(first(scene), second(scene))
