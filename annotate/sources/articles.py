"""Files, folders and standard input to articles."""

import errno
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from annotate.article import Article, Failure
from annotate.errors import ArticleError, UsageError
from annotate.sources.dates import check_date
from annotate.sources.encoding import decode
from annotate.sources.header import read_header
from annotate.sources.language import guess_language, language_name
from annotate.sources.paths import TextFile, find_files, printable
from annotate.sources.sections import find_date_line, find_sections, find_title
from annotate.text import clean

MAX_BYTES = 100 * 1024 * 1024
"""Bytes of the largest file that can be one article."""

_VISIBLE = re.compile(r"\w|[^\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def read_articles(
    paths: Sequence[str],
    *,
    date: str | None = None,
    limit: int | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Failure]:
    """Yield the next article, or why it could not be read; one file is in memory at a time.

    Args:
        paths: files, folders, patterns that the shell left alone, ``-`` for standard input; none
            at all means standard input.
        date: the date of all articles, instead of what their headers say.
        limit: how many files are read at most.
        stdin: where ``-`` reads from; by default the standard input of the process.

    Raises:
        UsageError: the date is not an ISO date, or the limit negative; at once, not when iterating.
    """
    if date is not None:
        check_date(date)
    if limit is not None and limit < 0:
        raise UsageError(f"the limit is {limit}", hint="Give the number of articles to read")
    files = find_files(list(paths) or ["-"])
    return islice((_read(file, date, stdin) for file in files), limit)


def parse_article(
    raw: str | bytes,
    *,
    id: str,
    date: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Article:
    """Make an article of a text: decode it, take its header off, find its sections.

    Args:
        raw: the bytes of a text file, or a text.
        id: the id of the article.
        date: its ISO date, instead of what the header says.
        metadata: what is known of it already; the header adds to it.

    Raises:
        ArticleError: there is no text in it, or it is binary data.
        UsageError: the date is not an ISO date.
    """
    if date is not None:
        check_date(date)
    decoded, odd_bytes = decode(raw) if isinstance(raw, bytes) else (raw, ())
    if "\0" in decoded:
        raise ArticleError("it holds NUL characters, so it is not text")
    text, odd_characters = clean(decoded)
    if not _VISIBLE.search(text):
        raise ArticleError("it is empty" if not text else "it holds only white space")
    header = read_header(text)
    body = text[header.end :]
    if not _VISIBLE.search(body):
        raise ArticleError("it has a header but no text")
    sections = find_sections(body)
    return Article(
        id=id,
        text=body,
        title=header.title or find_title(body, sections),
        date=date or header.date or find_date_line(body, sections),
        metadata={**(metadata or {}), **header.metadata},
        sections=sections,
        warnings=(*odd_bytes, *odd_characters, *header.warnings, *_doubts(body)),
    )


def _doubts(body: str) -> Iterator[str]:
    """Yield what makes the text look like something else than a Dutch article."""
    if _HTML.match(body):
        yield "text looks like HTML, its tags are annotated as text"
    language = guess_language(body)
    if language not in (None, "nl"):
        yield f"text looks {language_name(language)}, annotated as Dutch"


def _read(file: TextFile | Failure, date: str | None, stdin: BinaryIO | None) -> Article | Failure:
    """Read one file, and say why where that is impossible."""
    if isinstance(file, Failure):
        return file
    try:
        if file.path is None:
            data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
            metadata: dict[str, str] = {}
        else:
            data = _load(file.path)
            metadata = {"file": printable(file.path.as_posix())}
        if len(data) > MAX_BYTES:
            raise ArticleError(f"it is larger than {MAX_BYTES >> 20} MB, too much for one article")
        return parse_article(data, id=file.id, date=date, metadata=metadata)
    except ArticleError as error:
        return Failure(file.id, error.message, error.hint)
    except OSError as error:
        return Failure(file.id, _reason(error))


def _load(path: Path) -> bytes:
    """Return the bytes of a file, and one more than the limit of a file that is too large."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _reason(error: OSError) -> str:
    """Say in words why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied"
    if error.errno == errno.ELOOP:
        return "it is a symbolic link that leads back to itself"
    return f"it cannot be read: {(error.strerror or 'unknown error').lower()}"
