"""From named streams to items: what a name says about its kind, and archives in archives."""

import bz2
import gzip
import lzma
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, cast

from annotate.archive.csv_rows import read_csv
from annotate.archive.items import Item, ItemKind, Limits, Settings
from annotate.archive.json_lines import read_json_lines
from annotate.archive.members import Member, Refused, tar_members
from annotate.archive.optional import need
from annotate.archive.parquet_rows import read_parquet
from annotate.archive.streams import (
    DAMAGE,
    DAMAGED,
    Counting,
    Guard,
    Readable,
    buffered,
    damaged,
    read_whole,
)
from annotate.archive.warc import read_warc
from annotate.archive.zips import zip_members
from annotate.article import Failure
from annotate.errors import ArticleError

DOCUMENTS: dict[str, ItemKind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
PACKED = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}
SHORT = {".tgz": ".tar.gz", ".tbz": ".tar.bz2", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
RANDOM_ACCESS = (".zip", ".parquet")
"""Read from the end, so they have to be able to seek."""
KINDS = (*DOCUMENTS, ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc", ".zip", ".tar")


def suffix_of(name: str) -> str:
    """Return the last suffix of a name, lower case, with the dot; "" where it has none."""
    base = name.rsplit("/", 1)[-1]
    return "." + base.rsplit(".", 1)[1].lower() if "." in base[1:] else ""


def is_known(name: str) -> bool:
    """Tell whether files of this name are read when they lie in a folder or an archive."""
    suffix = suffix_of(name)
    if suffix in PACKED:
        return is_known(name[: -len(suffix)])
    return suffix in KINDS or suffix in SHORT


def read_named(
    name: str,
    stream: BinaryIO,
    settings: Settings,
    *,
    depth: int = 0,
    kind: str | None = None,
) -> Iterator[Item | Failure]:
    """Yield the next item of a stream; trouble becomes a failure, after what was read before it.

    Args:
        name: the id of the file; its suffix says what it holds.
        stream: its bytes.
        settings: columns and limits.
        depth: in how many archives it lies.
        kind: a name whose suffix counts instead, once something has been unpacked.
    """
    try:
        yield from _dispatch(name, stream, settings, depth, kind or name)
    except ArticleError as error:
        yield Failure(name, error.message, error.hint)
    except DAMAGE as error:
        failure = damaged(error)
        yield Failure(name, failure.message, failure.hint)
    except MemoryError:
        yield Failure(name, "it needs more memory than there is")


def _dispatch(
    name: str, stream: BinaryIO, settings: Settings, depth: int, kind: str
) -> Iterator[Item | Failure]:
    suffix = suffix_of(kind)
    if suffix in SHORT:
        kind = kind[: -len(suffix)] + SHORT[suffix]
        suffix = suffix_of(kind)
    if suffix in PACKED:
        inner = _unpack(PACKED[suffix], Counting(stream), settings.limits)
        yield from _dispatch(name, inner, settings, depth, kind[: -len(suffix)])
        return
    if suffix in RANDOM_ACCESS and not (depth == 0 and suffix == suffix_of(name)):
        data = read_whole(stream, settings.limits.nested_bytes, option="")
        stream = BytesIO(data)
    if suffix in (".zip", ".tar"):
        if depth >= settings.limits.depth:
            raise ArticleError(
                "archives lie too deep in each other", hint="Unpack it first if you trust it"
            )
        is_zip = suffix == ".zip"
        members = zip_members(stream, settings) if is_zip else tar_members(stream)
        yield from _read_members(name, members, settings, depth)
    elif suffix in (".jsonl", ".ndjson"):
        yield from read_json_lines(name, stream, settings)
    elif suffix in (".csv", ".tsv"):
        delimiter = "\t" if suffix == ".tsv" else None
        yield from read_csv(name, stream, settings, delimiter=delimiter)
    elif suffix == ".parquet":
        yield from read_parquet(name, stream, settings)
    elif suffix == ".warc":
        yield from read_warc(name, stream, settings)
    else:
        data = read_whole(stream, settings.limits.article_bytes)
        document = DOCUMENTS.get(suffix, "text")
        yield Item(name, document, len(data), data, metadata={"file": name})


def _read_members(
    name: str, members: Iterator[Member | Refused], settings: Settings, depth: int
) -> Iterator[Item | Failure]:
    """Yield the items of all members of an archive; one that is damaged costs only itself.

    Where an archive breaks off in a member, only the archive is a failure, not the member too.
    """
    held: Failure | None = None
    for member in members:
        if held:
            yield held
            held = None
        for entry in _read_member(f"{name}/{member.name}", member, settings, depth):
            if held:
                yield held
                held = None
            if isinstance(entry, Failure) and entry.message.startswith(DAMAGED):
                held = entry
            else:
                yield entry
    if held:
        yield held


def _read_member(
    name: str, member: Member | Refused, settings: Settings, depth: int
) -> Iterator[Item | Failure]:
    """Yield the items of one member."""
    if isinstance(member, Refused):
        yield Failure(name, member.message, member.hint)
    elif is_known(member.name):
        yield from read_named(name, member.stream, settings, depth=depth + 1)
    elif not member.name.rsplit("/", 1)[-1].startswith("."):
        settings.ignored[suffix_of(member.name) or "no suffix"] += 1


def _unpack(kind: str, packed: Counting, limits: Limits) -> BinaryIO:
    """Return the unpacked stream.

    Raises:
        ArticleError: zstd is not installed.
    """
    stream = cast(BinaryIO, packed)
    inner: Readable
    errors: tuple[type[Exception], ...] = ()
    if kind == "gz":
        inner = gzip.GzipFile(fileobj=stream)
    elif kind == "bz2":
        inner = bz2.BZ2File(stream)
    elif kind == "xz":
        inner = lzma.LZMAFile(stream)  # noqa: SIM115 - the caller closes the file below it
    else:
        zstd = need("backports.zstd", "Reading .zst files")
        inner = zstd.ZstdFile(stream)
        errors = (zstd.ZstdError,)

    def count() -> int:
        return packed.count

    return buffered(Guard(inner, count, limits, errors))
