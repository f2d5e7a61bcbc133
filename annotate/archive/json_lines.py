"""JSON lines: one object on a line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from annotate.archive.columns import resolve, to_item
from annotate.archive.items import Item, Settings
from annotate.archive.streams import read_lines, too_large
from annotate.article import Failure
from annotate.errors import ArticleError

ROOM = 4
"""How many times the largest article a line may be long: escapes, and the other columns."""


def read_json_lines(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Item | Failure]:
    """Yield the next object as an item; a line that is none is a failure."""
    limit = settings.limits.article_bytes
    for number, line in read_lines(stream, ROOM * limit):
        if line is None:
            error = too_large(limit)
            yield Failure(f"{name}:{number}", error.message, error.hint)
        elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield Failure(name, "it is in UTF-16, JSON lines are in UTF-8", "Save it as UTF-8")
            return
        elif line.strip():
            yield _read_line(name, number, line.removeprefix(b"\xef\xbb\xbf"), settings)


def _read_line(name: str, number: int, line: bytes, settings: Settings) -> Item | Failure:
    """Return the item on a line."""
    place = f"{name}:{number}"
    try:
        row = json.loads(line)
    except UnicodeDecodeError:
        return Failure(place, "the line is not UTF-8")
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "a number or a nesting that is too big").lower()
        return Failure(place, f"the line is no complete JSON ({reason})")
    if not isinstance(row, dict):
        return Failure(place, "the line is JSON, but no object with columns")
    try:
        columns = resolve(tuple(row), settings.columns)
    except ArticleError as error:
        return Failure(place, error.message, error.hint)
    return to_item(row, file=name, place=number, columns=columns, settings=settings)
