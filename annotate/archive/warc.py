"""WARC files: the pages that a crawler stored."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from annotate.archive.items import Item, Settings, printable
from annotate.archive.optional import need
from annotate.archive.streams import Readable, read_whole
from annotate.article import Failure
from annotate.errors import ArticleError

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def read_warc(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Item | Failure]:
    """Yield the next page that a server returned with status 200, as HTML or plain text.

    The id is the address and the time at which it was fetched, which is not the date of the
    article. Requests, redirects, images and the like are counted as left out.

    Raises:
        ArticleError: warcio is not installed, or the file is cut off.
    """
    records = need("warcio.archiveiterator", "Reading a WARC file").ArchiveIterator(
        _Piecewise(stream)
    )
    broken = need("warcio.exceptions", "Reading a WARC file").ArchiveLoadFailed
    try:
        for record in records:
            if record.rec_type not in ("response", "resource"):
                continue
            yield from _read_record(name, record, settings)
    except broken as error:
        raise ArticleError(f"it is no WARC file from here on ({error})") from error


class _Piecewise:
    """A stream that gives what it has, so that what comes before a damaged place is not lost."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = cast(Readable, stream)

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes."""
        return self._stream.read1(size)


def _read_record(name: str, record: Any, settings: Settings) -> Iterator[Item | Failure]:
    """Yield the item of one record, if it holds a page."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    fetched = record.rec_headers.get_header("WARC-Date") or ""
    headers = record.http_headers or record.rec_headers
    if record.http_headers is not None and headers.get_statuscode() != "200":
        settings.ignored["pages without status 200"] += 1
        return
    media = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    kind = _KINDS.get(media)
    if kind is None:
        settings.ignored[f"pages of type {printable(media)[:40] or 'unknown'}"] += 1
        return
    identifier = printable(f"{address} {fetched}".strip()) or name
    length = int(record.rec_headers.get_header("Content-Length") or 0)
    try:
        data = read_whole(record.content_stream(), settings.limits.article_bytes)
        if record.raw_stream.limit > 0:
            raise ArticleError("the file breaks off in this page")
    except ArticleError as error:
        yield Failure(identifier, error.message, error.hint)
        return
    metadata = {"file": name, "url": address, "fetched": fetched}
    yield Item(identifier, kind, length, data, metadata=metadata)  # type: ignore[arg-type]
