"""Dates as article headers write them, to ISO 8601 with the precision that they have."""

import datetime
import re

from annotate.errors import UsageError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "maart mrt mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = (
    r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\b\.?"
)
_CLOCK = (
    r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d(?:\.\d+)?)?"
    r"(?:[ ]?(?:uur|u\b))?(?:[ ]?(?:Z\b|[+-]\d\d:?\d\d|UTC\b|CET\b|CEST\b))?"
)
_YEAR, _NUMERIC_MONTH = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})"
_DAY = r"(?P<day>\d{1,2})"
_END = rf"(?:T{_CLOCK}|(?![\w/-]))"
_REST = re.compile(
    rf"(?:,?[ ]+(?:om[ ]+|at[ ]+)?{_CLOCK}|[ ]+{_WEEKDAY}){{0,2}}", re.IGNORECASE | re.ASCII
)
"""What may follow a date that stands alone; in front of a text "Zo" is no Sunday."""
_FORMS = tuple(
    re.compile(rf"(?:{_WEEKDAY},?[ ]+)?{form}{_END}", re.I | re.A)
    for form in (
        rf"{_YEAR}-{_NUMERIC_MONTH}-{_DAY}",
        rf"{_YEAR}/{_NUMERIC_MONTH}/{_DAY}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY}([-/.]){_NUMERIC_MONTH}\2{_YEAR}",
        rf"{_DAY}(?:e|de|ste)?[ ]+{_MONTH},?[ ]+{_YEAR}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_MONTH}[ ]+{_DAY}(?:st|nd|rd|th)?,?[ ]+{_YEAR}",
        rf"{_MONTH}[ ]+{_YEAR}",
        rf"{_YEAR}-{_NUMERIC_MONTH}",
        _YEAR,
    )
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_YEARS = range(1500, 2200)
"""Years that a header may hold: before it there were no newspapers."""


def check_date(value: str) -> str:
    """Return an ISO year, year and month, or day as it is.

    Raises:
        UsageError: it is none of them, or not in the calendar.
    """
    match = _ISO.fullmatch(value)
    if match is None or _to_iso(*match.groups()) is None:
        raise UsageError(
            f"{value!r} is not a date",
            hint="Give an ISO year, month or day, such as 2024, 2024-02 or 2024-02-20",
        )
    return value


def parse_date(text: str) -> str | None:
    """Return the ISO date that ``text`` consists of, None where it is anything else.

    Dutch and English, day before month in figures; a time of day is allowed and dropped.
    """
    text = text.strip()
    found = find_date(text)
    return found[0] if found and _REST.fullmatch(text, found[1]) else None


def find_date(text: str) -> tuple[str, int] | None:
    """Return the ISO date that ``text`` begins with, and where it ends."""
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = parts.get("month")
        if month is not None:
            month = str(_MONTHS.get(month.lower(), month))
        if int(parts["year"]) not in _YEARS:
            return None
        date = _to_iso(parts["year"], month, parts.get("day"))
        return (date, match.end()) if date else None
    return None


def _to_iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Return the date in ISO form, None where the calendar does not have it."""
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]
