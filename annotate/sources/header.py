"""The header of an article: what stands above the text and is not part of it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from annotate.sources.dates import find_date, parse_date
from annotate.sources.frontmatter import read_front_matter

KEYS: Mapping[str, str] = {
    label: key
    for key, labels in {
        "date": (
            "date, datum, publicatiedatum, datum van publicatie, verschijningsdatum, gepubliceerd,"
            " gepubliceerd op, geplaatst, geplaatst op, published, published on, publication date,"
            " pubdate"
        ),
        "title": "title, titel, kop, koptekst, headline",
        "author": "author, authors, auteur, auteurs, door, by, byline, journalist, redacteur",
        "section": "section, sectie, rubriek, katern, category, categorie",
        "source": (
            "source, bron, krant, newspaper, medium, publication, publicatie, publisher, uitgever"
        ),
        "url": "url, link, webadres",
        "page": "page, pagina, blz",
        "edition": "edition, editie",
        "length": "length, lengte, woorden, aantal woorden, words, word count",
        "language": "language, taal",
        "keywords": "keywords, trefwoorden, tags",
        "place": "place, plaats",
        "updated": (
            "updated, updated on, last updated, modified, bijgewerkt, laatst bijgewerkt,"
            " laatste update, gewijzigd"
        ),
        "copyright": "copyright",
        "identifier": "id, identifier, docid, document id",
    }.items()
    for label in labels.split(", ")
}
"""What header lines call a thing, in Dutch and English, and what the metadata calls it."""

_KEY_LINE = re.compile(r"[ \t]*([^\W\d_]{1,20}(?: [^\W\d_]{1,20}){0,2})[ \t]*:[ \t]*([^\n]*)")
_BARE_DATE = re.compile(r"[ \t]*(date|datum)[ \t]+", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_NAME_WORD = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž0-9&][\w&.,'’/-]*|van|de|den|der|het|een|en|in|ten|ter|'t|’t)"
)
MAX_DATE = 80
"""Characters of the longest date, with weekday and time."""
_MAX_NAME = 60
"""Characters of a value that can stand alone as a name."""


class Header(NamedTuple):
    """What a header says.

    Attributes:
        end: where the article itself begins.
    """

    end: int = 0
    date: str | None = None
    title: str | None = None
    metadata: Mapping[str, Any] = MappingProxyType({})
    warnings: tuple[str, ...] = ()


def read_header(text: str) -> Header:
    """Return what the header of ``text`` says; an empty one where there is none.

    Three kinds: YAML front matter between ``---`` lines; ``Key: value`` lines with known keys; and
    ``date 2024-02``, which may run straight into the text. When in doubt a line is text: one line
    alone counts only if it cannot well be the first sentence of an article.
    """
    start = _blank_end(text, 0)
    front = read_front_matter(text, start)
    if front is not None:
        header = _from_fields(front.fields)
        return header._replace(
            end=_blank_end(text, front.end) if front.end else 0,
            warnings=(*front.warnings, *header.warnings),
        )
    end, fields = _read_lines(text, start)
    if not _is_header(fields):
        return Header()
    return _from_fields(fields)._replace(end=_blank_end(text, end))


def read_date_line(text: str) -> str | None:
    """Return the day that a line such as "12 maart 2024" or "Datum: 12 maart 2024" consists of."""
    match = _KEY_LINE.fullmatch(text)
    if match is not None and KEYS.get(match[1].lower()) == "date":
        return parse_date(match[2])
    date = parse_date(text)
    return date if date is not None and len(date) == len("2024-03-12") else None


def _blank_end(text: str, start: int) -> int:
    """Return where the white space that begins at ``start`` ends."""
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _read_lines(text: str, start: int) -> tuple[int, list[tuple[str, str]]]:
    """Return where the header lines at ``start`` end, and their keys and values."""
    fields: list[tuple[str, str]] = []
    bare = _BARE_DATE.match(text, start)
    if bare is not None:
        length = _running_date(text, bare.end(), keyword=bare[1])
        if not length:
            return start, []
        fields.append(("date", text[bare.end() : bare.end() + length]))
        start = bare.end() + length
        if not text.startswith("\n", start):
            return start, fields
        start += 1
    while match := _KEY_LINE.match(text, start):
        key = KEYS.get(match[1].lower())
        if key is None:
            break
        value = match[2].strip()
        length = 0
        if key == "date" and parse_date(value) is None:
            length = _running_date(text, match.start(2), keyword=match[1])
        if length:
            begin = match.start(2)
            fields.append((key, text[begin : begin + length]))
            return begin + length, fields
        fields.append((key, value))
        start = min(match.end() + 1, len(text))
    return start, fields


def _running_date(text: str, start: int, *, keyword: str) -> int:
    """Return the length of a header date at ``start``, 0 where it is rather part of a sentence.

    "Datum 12 maart 2024 staat vast" goes on in lower case; a text after a header does not, unless
    the header is plainly one for machines: "date" and a month or day in figures.
    """
    line = text[start : start + MAX_DATE].split("\n", 1)[0]
    if len(line) < MAX_DATE and parse_date(line):
        return len(line)
    found = find_date(line)
    if found is None:
        return 0
    date, length = found
    rest = text[start + length : start + length + 1]
    begin = _blank_end(text, start + length)
    following = text[begin : begin + 1]
    if rest and not rest.isspace():
        return 0
    machine = keyword.lower() == "date" and text[start : start + length].startswith(date)
    if machine and len(date) > len("2024"):
        return length
    return 0 if following.islower() and rest != "\n" else length


def _is_header(fields: list[tuple[str, str]]) -> bool:
    """Tell whether the lines are a header rather than the beginning of the article."""
    given = [(key, value) for key, value in fields if value]
    if any(
        (key == "date" and parse_date(value)) or (key == "url" and _URL.fullmatch(value))
        for key, value in given
    ):
        return True
    if len({key for key, _ in given}) >= 2 or any(key == "title" for key, _ in given):
        return True
    return bool(given) and all(key != "date" and _is_name(value) for key, value in given)


def _is_name(value: str) -> bool:
    """Tell whether a value can be a name ("Jan de Vries", "ANP") and no statement."""
    words = value.split()
    return len(value) <= _MAX_NAME and all(_NAME_WORD.fullmatch(word) for word in words)


def _from_fields(fields: list[tuple[str, Any]]) -> Header:
    """Sort keys and values into date, title and metadata; a repeated key gives a list."""
    date = title = None
    metadata: dict[str, Any] = {}
    warnings: list[str] = []
    for key, value in fields:
        if value is None or value == "":
            continue
        known = KEYS.get(key.lower(), key) if isinstance(key, str) else key
        if known == "date" and date is None:
            date = parse_date(str(value))
            if date is not None:
                continue
            warnings.append(f"the date in the header, {str(value)[:40]!r}, is not understood")
        if known == "title" and title is None and not isinstance(value, dict | list):
            title = " ".join(str(value).split())
            continue
        if known not in metadata:
            metadata[known] = value
        else:
            earlier = metadata[known]
            metadata[known] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
    return Header(date=date, title=title, metadata=metadata, warnings=tuple(warnings))
