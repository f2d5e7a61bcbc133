"""Rules: patterns over tags with the function that reads what they matched."""

import re
from collections.abc import Callable, Sequence

from annotate.values.calendar import SEASON_START
from annotate.values.context import Meaning, Scene
from annotate.values.tokens import Match, Token, compiled, encode

REL = "(PREV|LAST|THIS|NEXT|COMING)"
"""vorig, afgelopen, dit, volgend, komend."""
N = "(NUM|ONE|YEAR)"
"""A number; 2000 in "2000 jaar" looks like a year."""
YR = f"((VAN|IN)?(DET UNIT)?(YEAR|YEAR2)|(VAN|IN)?DET?({REL}|THAT)UNIT|VJ)"
"""A year: 1998, '98, van het jaar 1998, vorig jaar, van dat jaar, v.j."""

Handler = Callable[[Match], Meaning | None]
YearOf = Callable[[Scene], int | None]

_MOST_CODES = 20_000
_STEP = {"PREV": -1, "LAST": -1, "THIS": 0, "NEXT": 1, "COMING": 1, "VJ": -1}


class Rules:
    """A list of rules; the first one that matches all tokens and gives a meaning wins."""

    def __init__(self) -> None:
        self._handlers: list[tuple[str, Handler]] = []
        self._compiled: list[tuple[re.Pattern[str], Handler]] = []
        self._matching: dict[str, tuple[Handler, ...]] = {}

    def add(self, pattern: str) -> Callable[[Handler], Handler]:
        """Make a function the handler of a pattern."""

        def register(handler: Handler) -> Handler:
            self._handlers.append((pattern, handler))
            return handler

        return register

    def meaning(self, tokens: Sequence[Token]) -> Meaning | None:
        """The meaning of all the tokens together, or None."""
        for handler in self._handlers_of(encode(tokens)):
            if found := handler(Match(tokens)):
                return found
        return None

    def _handlers_of(self, code: str) -> tuple[Handler, ...]:
        """The handlers whose patterns match; a few thousand sequences of tags make up all of news."""
        if (known := self._matching.get(code)) is not None:
            return known
        if not self._compiled:
            self._compiled = [(compiled(pattern), handler) for pattern, handler in self._handlers]
        found = tuple(handler for pattern, handler in self._compiled if pattern.fullmatch(code))
        if len(self._matching) >= _MOST_CODES:
            self._matching.clear()
        self._matching[code] = found
        return found


def step(match: Match) -> int | None:
    """-1 for vorig, 0 for dit, 1 for volgend; None without such a word."""
    return next((_STEP[token.tag] for token in match.tokens if token.tag in _STEP), None)


def unit_of(match: Match) -> str | None:
    """The code of the unit, such as D, W, M, Y, TH."""
    unit = match.get("UNIT", "UNITS")
    return None if unit is None else str(unit)


def year_of(match: Match) -> YearOf | None:
    """How to find the year that the expression names; None where it names none."""
    if match.has("YEAR"):
        year: int = match.get("YEAR")
        return lambda scene: year
    if match.has("YEAR2"):
        short: int = match.get("YEAR2")
        return lambda scene: full_year(short, scene)
    if match.has("VJ"):
        return lambda scene: scene.anchor.year - 1 if scene.anchor else None
    if unit_of(match) != "Y":
        return None
    if match.has("THAT"):
        return Scene.reference_year
    steps = step(match)
    if steps is None:
        return None
    return lambda scene: scene.anchor.year + steps if scene.anchor else None


def full_year(short: int, scene: Scene) -> int | None:
    """The last year up to the next one that ends in the two digits: '84 in 2024 is 1984."""
    if scene.anchor is None:
        return None
    latest = scene.anchor.year + 1
    return latest - (latest - short) % 100


def season_of(year: int, month: int) -> tuple[int, str]:
    """The season in which a month lies, with the year in which that season begins."""
    if month < SEASON_START["SP"]:
        return year - 1, "WI"
    return year, max((start, code) for code, start in SEASON_START.items() if start <= month)[1]
