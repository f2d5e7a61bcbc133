"""What stands around a mention, and what the article has fixed before it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from annotate.annotation import Value
from annotate.values.calendar import Anchor, day_of
from annotate.values.numerals import fold
from annotate.values.tense import UNKNOWN, Verb, direction, sentence_bounds

_NEAR = 60
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?![0-9])")
_YEAR = re.compile(r"([0-9]{4})(?![0-9])")
_CLOCK = re.compile(r"T([0-9]{2}):([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Reference:
    """A date or time that the article has named before.

    Attributes:
        value: its TIMEX3 value.
        start: where it stands in the text.
        end: where it ends, exclusive.
        fixes: the text gives its year, itself or through a date before it, and tells what happened
            then; so that a month or day after it belongs to that year.
    """

    value: str
    start: int
    end: int
    fixes: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Where a mention stands.

    Attributes:
        text: the whole article.
        start: where the mention begins in it.
        end: where it ends, exclusive.
        heading: whether it stands in a title or crosshead.
        references: dates and times named before it, in text order.
        verbs: verb forms that a tagger found; empty where there is none.
    """

    text: str
    start: int
    end: int
    heading: bool = False
    references: Sequence[Reference] = ()
    verbs: Sequence[Verb] = ()


@dataclass
class Scene:
    """A mention with its surroundings and the date of the article, as the rules ask for them.

    Attributes:
        anchor: the date of the article.
        context: where the mention stands.
        pointed: the direction that the words themselves give ("jl.", "a.s."), else UNKNOWN.
        leaned: whether a rule has used a date that the text named before.
    """

    anchor: Anchor | None
    context: Context | None
    pointed: int = UNKNOWN
    leaned: bool = False

    @cached_property
    def direction(self) -> int:
        """BACK, AHEAD or UNKNOWN, from the words themselves or the tense of the clause."""
        if self.pointed or self.context is None:
            return self.pointed
        here = self.context
        return direction(here.text, here.start, here.end, heading=here.heading, verbs=here.verbs)

    @property
    def today(self) -> date | None:
        """The day of the article, or None where it is not known to the day."""
        return self.anchor.day if self.anchor else None

    @property
    def ahead(self) -> bool:
        """Whether an unclear date lies ahead; without a hint news looks back."""
        return self.direction > 0

    @cached_property
    def before(self) -> str:
        """The folded text before the mention in its line, up to some words."""
        if self.context is None:
            return ""
        here = self.context
        return fold(here.text[max(0, here.start - _NEAR) : here.start]).rpartition("\n")[2].rstrip()

    @cached_property
    def after(self) -> str:
        """The folded text after the mention in its line, up to some words."""
        if self.context is None:
            return ""
        here = self.context
        return fold(here.text[here.end : here.end + _NEAR]).partition("\n")[0].lstrip()

    def preceded(self, pattern: re.Pattern[str]) -> bool:
        """Whether the text before the mention ends in the pattern, which must be anchored by ``$``."""
        return bool(pattern.search(self.before))

    def latest(self, wanted: Callable[[str], bool]) -> str | None:
        """The value of the reference that stands nearest before and is wanted."""
        if self.context is None:
            return None
        found = next((r.value for r in reversed(self.context.references) if wanted(r.value)), None)
        self.leaned = self.leaned or found is not None
        return found

    def reference_day(self) -> date | None:
        """The day that the article spoke of last."""
        found = self.latest(lambda value: _DAY.match(value) is not None)
        return as_day(found) if found else None

    def told_day(self) -> date | None:
        """The day that the article spoke of last, unless it has gone on to another year since."""
        if self.context is None:
            return None
        years = set()
        for reference in reversed(self.context.references):
            years.add(reference.value[:4])
            if _DAY.match(reference.value):
                self.leaned = True
                return as_day(reference.value) if len(years) == 1 else None
        return None

    def reference_month(self) -> tuple[int, int] | None:
        """Year and month that the article spoke of last."""
        found = self.latest(lambda value: _MONTH.match(value) is not None)
        match = _MONTH.match(found or "")
        return (int(match[1]), int(match[2])) if match else None

    def reference_year(self) -> int | None:
        """The year that the article spoke of last."""
        found = self.latest(lambda value: _YEAR.match(value) is not None)
        return int(found[:4]) if found else None

    def reference_clock(self) -> tuple[date, int] | None:
        """The day and the minute of it that the article spoke of last."""
        found = self.latest(lambda value: bool(_DAY.match(value) and _CLOCK.search(value)))
        day, clock = as_day(found or ""), _CLOCK.search(found or "")
        return (day, int(clock[1]) * 60 + int(clock[2])) if day and clock else None

    def event_day(self) -> date | None:
        """The day of a bare clock time: the one last spoken of, if the tense agrees, else today."""
        today = self.today
        day = self.reference_day()
        if day is None or today is None:
            return day or today
        if (self.direction > 0 and day < today) or (self.direction < 0 and day > today):
            return today
        return day

    def event_part(self) -> str:
        """The part of the day (MO AF EV NI) that the last reference named, or ""."""
        if self.context is None or not self.context.references:
            return ""
        return self.context.references[-1].value.partition("T")[2][:2]

    def fixed_year(self) -> int | None:
        """The year of the last reference, where it fixes the year of what is told after it."""
        if self.context is None or not self.context.references or self.direction > 0:
            return None
        last = self.context.references[-1]
        if not last.fixes or not _YEAR.match(last.value):
            return None
        here = self.context
        between = here.text[last.end : here.start]
        if "\n" in between:
            return None
        begin, _ = sentence_bounds(here.text, here.start, here.end)
        previous, _ = sentence_bounds(here.text, max(0, begin - 2), max(0, begin - 1))
        if last.start < previous:
            return None
        self.leaned = True
        return int(last.value[:4])


Meaning = Callable[[Scene], Value | None]
"""What an expression means: its value in a scene."""


def as_day(value: str) -> date | None:
    """The day that a TIMEX3 value begins with, or None."""
    match = _DAY.match(value)
    return day_of(int(match[1]), int(match[2]), int(match[3])) if match else None


def date_value(value: str, mod: str | None = None) -> Value:
    """A date."""
    return Value("date", value, None, mod)


def day_value(day: date | None) -> Value | None:
    """A day; None stays None."""
    return None if day is None else date_value(f"{day.year:04}-{day.month:02}-{day.day:02}")


def year_value(year: int | None) -> Value | None:
    """A year; None stays None, as does one that four digits cannot say."""
    return date_value(f"{year:04}") if year is not None and 0 < year <= 9999 else None


def month_value(year: int, month: int) -> Value | None:
    """A month of a year."""
    return date_value(f"{year:04}-{month:02}") if 0 < year <= 9999 else None


def always(value: Value | None) -> Meaning:
    """The meaning of an expression that is the same everywhere."""
    return lambda scene: value
