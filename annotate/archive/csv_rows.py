"""CSV and TSV: rows under a header, read so that a broken row costs one row."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from annotate.archive.columns import resolve, to_item
from annotate.archive.items import Item, Settings, printable
from annotate.archive.streams import BUFFER, too_large
from annotate.article import Failure
from annotate.errors import ArticleError

DELIMITERS = ",;\t|"
QUOTE = "Look for a quotation mark that is opened and not closed"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class _TooLongError(Exception):
    """A record is longer than an article may be."""


class _Lines:
    """Feeds lines to a csv reader and keeps an eye on the record that it is reading.

    Attributes:
        number: of the last line read, from 1.
        open: whether a quotation mark is open after the lines of this record.
        count: lines of this record.
    """

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self.number = self.count = self._length = 0
        self.open = False

    def begin(self) -> None:
        """Begin a new record."""
        self.count = self._length = 0
        self.open = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.count += 1
        self._length += len(line)
        self.open ^= line.count('"') % 2 == 1
        if self._length > self._limit:
            self._line_end = line.endswith(("\n", "\r"))
            raise _TooLongError
        return line

    def skip(self) -> bool:
        """Go to the end of a record that is too long; False where that is the end of the file."""
        ended = self._line_end
        while self.open or not ended:
            piece = self._stream.readline(BUFFER)
            if not piece:
                return False
            self.open ^= piece.count('"') % 2 == 1
            self.number += ended
            ended = piece.endswith(("\n", "\r"))
        return True


def read_csv(
    name: str, stream: BinaryIO, settings: Settings, *, delimiter: str | None = None
) -> Iterator[Item | Failure]:
    """Yield the next row as an item, or what is wrong with it.

    Bytes that are not UTF-8 are kept (as surrogates) until the row is parsed, and decoded there.

    Raises:
        ArticleError: there is no header, or no column that holds text.
    """
    head = stream.peek(2)[:2] if isinstance(stream, io.BufferedReader) else b""
    encoding = "utf-16" if head in _UTF16 else "utf-8-sig"
    wrapper = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        yield from _read_rows(name, wrapper, settings, delimiter)
    finally:
        wrapper.detach()


def _read_rows(
    name: str, wrapper: io.TextIOWrapper, settings: Settings, delimiter: str | None
) -> Iterator[Item | Failure]:
    limit = settings.limits.article_bytes
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limit))
    lines = _Lines(wrapper, 2 * limit)
    try:
        first = next(lines, "")
    except _TooLongError as error:
        raise ArticleError("its first line is too long to be a header of columns") from error
    if "\0" in first:
        raise ArticleError("it holds NUL characters, so it is no CSV", hint="Save it as UTF-8")
    delimiter = delimiter or guess_delimiter(first)
    header = _header(next(csv.reader([first], delimiter=delimiter), []))
    columns = resolve(tuple(header), settings.columns)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        start = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except _TooLongError:
            if lines.skip():
                large = too_large(limit)
                yield Failure(f"{name}:{start}", large.message, large.hint)
            else:
                yield Failure(f"{name}:{start}", "the row goes on to the end of the file", QUOTE)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        except csv.Error as error:
            yield Failure(f"{name}:{start}", f"the row cannot be read ({error})")
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if not row:
            continue
        if problem := _problem(row, header, lines):
            yield Failure(f"{name}:{start}", *problem)
            continue
        values = dict(zip(header, map(_decodable, row), strict=False))
        yield to_item(values, file=name, place=start, columns=columns, settings=settings)


def _problem(row: Sequence[str], header: Sequence[str], lines: _Lines) -> tuple[str, str] | None:
    """Return what is wrong with a row, and what to do."""
    if lines.open and lines.count > 1:
        return "the row goes on to the end of the file", QUOTE
    if len(row) < len(header) or any(row[len(header) :]):
        return f"the row has {len(row)} columns, the header {len(header)}", ""
    if any("\0" in value for value in row):
        return "the row holds NUL characters", "Save the file again as UTF-8"
    return None


def _decodable(value: str) -> str | bytes:
    """Return a value, as bytes again if they were no UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogateescape")
    return value


def _header(names: Sequence[str]) -> list[str]:
    """Return the names of the columns, each once and none empty.

    Raises:
        ArticleError: there are none.
    """
    header: list[str] = []
    for place, name in enumerate(names, start=1):
        name = printable(name.strip()) or f"column_{place}"
        header.append(name if name not in header else f"{name}_{place}")
    if not header:
        raise ArticleError("it is empty")
    return header


def guess_delimiter(header: str) -> str:
    """Return the delimiter that a header has most of, outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
