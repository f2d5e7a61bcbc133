"""Rows of tables and JSON lines to items: which column is what, and what the values mean."""

import datetime
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from annotate.archive.items import Columns, Item, Settings, printable
from annotate.archive.streams import too_large
from annotate.article import Failure
from annotate.errors import ArticleError
from annotate.labels import SCHEMA
from annotate.sources.dates import parse_date

USUAL: Mapping[str, str] = {
    "text": (
        "text tekst body content inhoud article_text full_text fulltext artikeltekst maintext "
        "article artikel article_body articlebody"
    ),
    "id": "id article_id artikel_id doc_id docid identifier uuid guid _id",
    "date": (
        "date datum published publication_date published_at pubdate pub_date publicatiedatum "
        "date_published datepublished published_date gepubliceerd"
    ),
    "title": "title titel headline kop",
}
"""What columns are usually called, in Dutch and English, the most telling name first."""

_SECONDS = range(10**8, 10**10)
"""Numbers that are taken for seconds since 1970; a thousand times as much for milliseconds."""


@lru_cache(maxsize=256)
def resolve(names: tuple[str, ...], wanted: Columns) -> Columns:
    """Return the columns that hold text, id, date and title, among ``names``.

    Raises:
        ArticleError: a column that was named does not exist, or none looks like the text.
    """
    found: dict[str, str | None] = {}
    by_lower: dict[str, str] = {}
    for name in names:
        by_lower.setdefault(name.strip().lower(), name)
    for role, usual in USUAL.items():
        named = getattr(wanted, role)
        if named is not None and named not in names:
            raise ArticleError(
                f"it has no column {named!r}", hint=f"Its columns are {_listed(names)}"
            )
        guessed = next((by_lower[name] for name in usual.split() if name in by_lower), None)
        found[role] = named or guessed
    if found["text"] is None:
        raise ArticleError(
            "no column looks like the text of an article",
            hint=f"Name it with --text-column; the columns are {_listed(names)}",
        )
    return Columns(**found)


def _listed(names: tuple[str, ...]) -> str:
    """Return names of columns as one phrase, cut off where they are many."""
    shown = ", ".join(printable(name)[:40] for name in names[:12])
    return shown + (" and more" if len(names) > 12 else "")


def to_item(
    row: Mapping[str, Any], *, file: str, place: int, columns: Columns, settings: Settings
) -> Item | Failure:
    """Return the item of one row, or why it is none.

    Args:
        row: the values by column.
        file: the id of the file that the row stands in.
        place: number of its line or row, from 1.
        columns: which column is what, resolved.
        settings: the limits.
    """
    own_id = row.get(columns.id) if columns.id else None
    identifier = printable(str(own_id).strip()) if own_id not in (None, "") else f"{file}:{place}"
    text = row.get(columns.text or "")
    if text is None or (isinstance(text, str | bytes) and not text.strip()):
        return Failure(identifier, f"column {columns.text!r} is empty")
    if not isinstance(text, str | bytes):
        return Failure(identifier, f"column {columns.text!r} holds no text")
    if len(text) > settings.limits.article_bytes:
        error = too_large(settings.limits.article_bytes)
        return Failure(identifier, error.message, error.hint)
    metadata = {"file": file}
    metadata |= _annotated(row) if row.get("schema") == SCHEMA else _others(row, columns)
    warnings = []
    date, given = None, row.get(columns.date) if columns.date else None
    if given not in (None, ""):
        date = to_date(given)
        if date is None:
            metadata[str(columns.date)] = given
            warnings.append(f"the date {str(given)[:40]!r} is not understood")
    title = row.get(columns.title) if columns.title else None
    return Item(
        id=identifier,
        kind="text",
        size=len(text),
        data=text,
        title=" ".join(_text(title).split()) or None if title is not None else None,
        date=date,
        metadata=metadata,
        warnings=tuple(warnings),
    )


def _others(row: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """Return all other columns."""
    taken = {columns.text, columns.id, columns.date, columns.title}
    return {_text(key): _plain(value) for key, value in row.items() if key not in taken}


def _annotated(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of an article that was annotated before."""
    inner = row.get("metadata")
    return dict(inner) if isinstance(inner, Mapping) else {}


def _plain(value: Any) -> Any:
    """Return a value whose text is valid Unicode; bytes become text."""
    return _text(value) if isinstance(value, str | bytes) else value


def _text(value: Any) -> str:
    """Return a value as valid text; bytes are UTF-8 or else Windows-1252."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace")
    return str(value).encode("utf-8", "replace").decode("utf-8")


def to_date(value: Any) -> str | None:
    """Return the ISO date of a text, a date, or seconds or milliseconds since 1970 (UTC)."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if date := parse_date(str(value)):
            return date
        if not math.isfinite(value):
            return None
        seconds = value if int(value) in _SECONDS else value / 1000
        if int(seconds) not in _SECONDS:
            return None
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    return parse_date(str(value))
