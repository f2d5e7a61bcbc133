"""What is read from an archive before it is parsed: items, limits and column names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ItemKind = Literal["text", "markdown", "html", "docx", "pdf"]

MAX_ARTICLE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of tables and JSON lines hold what; None is a guess by the usual names."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may ask of memory and time.

    Attributes:
        article_bytes: bytes of the largest article, in a file of its own or in a row.
        ratio: how many times its packed size a compressed file may unpack to.
        ratio_from: unpacked bytes below which the ratio is not looked at.
        nested_bytes: bytes of the largest zip or Parquet file inside another archive; these are
            read from the end and so have to be in memory.
        depth: how deep archives may lie in each other.
        seconds: how long the reading of one document (PDF, HTML, Word, Markdown) may take.
    """

    article_bytes: int = MAX_ARTICLE_BYTES
    ratio: int = 200
    ratio_from: int = 50_000_000
    nested_bytes: int = 100_000_000
    depth: int = 4
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it lies in an archive: its raw bytes or text and what is known of it.

    Attributes:
        size: bytes or characters, known without reading a file.
        data: None for a file that has not been loaded yet.
        path: the file to load.
        metadata: all other columns, and where the article was found.
    """

    id: str
    kind: ItemKind
    size: int
    data: bytes | str | None
    path: str | None = None
    title: str | None = None
    date: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Settings:
    """What all readers of one archive share.

    Attributes:
        ignored: how many files of other kinds were left out, by suffix.
    """

    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)
    ignored: Counter[str] = field(default_factory=Counter)


def printable(name: str) -> str:
    """Return a name with control characters and lone surrogates written as escapes."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
