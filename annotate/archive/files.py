"""Archives of files: JSON lines, and what is common to them and Parquet.

Every batch is first a part of its own; when all batches of a shard are there, they are merged into
its file. What the journal does not speak of does not count and is written again.
"""

import heapq
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from annotate.archive.durable import write_file
from annotate.archive.optional import need
from annotate.archive.worker import Numbered
from annotate.serialize import to_json_line

PARTS = "parts"


def part_path(folder: Path, table: str, batch: int, suffix: str) -> Path:
    """Return the file of a batch."""
    return folder / PARTS / table / f"batch-{batch:06}{suffix}"


def shard_path(folder: Path, table: str, shard: int, suffix: str) -> Path:
    """Return the file of a shard."""
    return folder / table / f"{table}-{shard:05}{suffix}"


class Store(Protocol):
    """Where an archive is written. Every method may be repeated: the result is the same."""

    def write(self, batch: int, payload: Any) -> None:
        """Write a batch durably."""
        ...

    def seal(self, shard: int, batches: Sequence[int]) -> None:
        """Write the shard that these batches make up, durably."""
        ...

    def discard(self, batches: Sequence[int]) -> None:
        """Remove what is not needed once the shard of these batches is sealed."""
        ...

    def add(self, shard: int, payloads: Sequence[Any], numbers: Mapping[str, int]) -> None:
        """Add articles to a sealed shard, in their places.

        Args:
            shard: number of the shard.
            payloads: what the annotated articles were encoded to.
            numbers: numbers of all articles of the shard in the input, by id.
        """
        ...

    def close(self) -> None:
        """Finish what is needed before others read the archive."""
        ...


class FileStore:
    """Tables of files, one folder for each table.

    Args:
        folder: the archive.
        tables: names of the tables; a payload has the bytes of each.
        suffix: of the files.
    """

    def __init__(self, folder: Path, tables: Sequence[str], suffix: str) -> None:
        self._folder, self._tables, self._suffix = folder, tables, suffix
        for table in tables:
            (folder / table).mkdir(exist_ok=True)
            (folder / PARTS / table).mkdir(parents=True, exist_ok=True)

    def write(self, batch: int, payload: Mapping[str, bytes]) -> None:
        """Write a batch durably."""
        for table in self._tables:
            write_file(part_path(self._folder, table, batch, self._suffix), [payload[table]])

    def seal(self, shard: int, batches: Sequence[int]) -> None:
        """Write the shard that these batches make up, durably."""
        for table in self._tables:
            parts = [part_path(self._folder, table, batch, self._suffix) for batch in batches]
            write_file(shard_path(self._folder, table, shard, self._suffix), self._merge(parts))

    def discard(self, batches: Sequence[int]) -> None:
        """Remove the parts of batches whose shard is sealed."""
        for table in self._tables:
            for batch in batches:
                part_path(self._folder, table, batch, self._suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folders of the parts where they are empty."""
        for table in self._tables:
            with suppress(OSError):
                (self._folder / PARTS / table).rmdir()
        with suppress(OSError):
            (self._folder / PARTS).rmdir()

    def _merge(self, parts: Sequence[Path]) -> Iterator[bytes]:
        """Yield the bytes of a file that holds what the parts hold."""
        raise NotImplementedError


class JsonLinesStore(FileStore):
    """Shards of JSON lines, in one folder ``articles``; optionally packed with zstd."""

    def __init__(self, folder: Path, *, packed: bool) -> None:
        super().__init__(folder, ("articles",), ".jsonl.zst" if packed else ".jsonl")
        self._packed = packed

    def _merge(self, parts: Sequence[Path]) -> Iterator[bytes]:
        """Yield the parts one after the other; zstd frames can simply be joined."""
        for part in parts:
            yield part.read_bytes()

    def add(self, shard: int, payloads: Sequence[Any], numbers: Mapping[str, int]) -> None:
        """Add articles to a sealed shard, in their places; the old lines are read one by one."""
        path = shard_path(self._folder, "articles", shard, self._suffix)
        added = {}
        for payload in payloads:
            with open_lines(io.BytesIO(payload["articles"]), self._packed) as stream:
                added.update({_number(line, numbers): line for line in stream})
        with path.open("rb") as file, open_lines(file, self._packed) as stream:
            old = ((_number(line, numbers), line) for line in stream)
            kept = (pair for pair in old if pair[0] not in added)
            lines = (line for _, line in heapq.merge(kept, sorted(added.items())))
            write_file(path, self._pieces(lines))

    def _pieces(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the next lines as one piece of a file."""
        while piece := list(islice(lines, 100)):
            yield packed_lines(piece, self._packed)


def _number(line: bytes, numbers: Mapping[str, int]) -> int:
    """Return the number of the article on a line."""
    return numbers[json.loads(line)["id"]]


def encode_lines(numbered: Sequence[Numbered], *, packed: bool) -> dict[str, bytes]:
    """Return annotations as JSON lines."""
    lines = [to_json_line(annotation).encode() + b"\n" for _, annotation in numbered]
    return {"articles": packed_lines(lines, packed)}


def packed_lines(lines: Sequence[bytes], packed: bool) -> bytes:
    """Return lines as one piece, packed with zstd if asked for."""
    data = b"".join(lines)
    if packed and data:
        packed_data: bytes = need("backports.zstd", "Packing with zstd").compress(data)
        return packed_data
    return data


def open_lines(stream: BinaryIO, packed: bool) -> AbstractContextManager[Iterable[bytes]]:
    """Return lines as they were before packing."""
    if not packed:
        return nullcontext(stream)
    zstd = need("backports.zstd", "Reading .zst files")
    opened: AbstractContextManager[Iterable[bytes]] = zstd.ZstdFile(stream)
    return opened
