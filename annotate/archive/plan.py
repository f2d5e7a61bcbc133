"""The input in numbered batches, always the same for the same input."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotate.archive.durable import cannot_write
from annotate.archive.items import Item
from annotate.article import Article, Failure

BATCH = 128
"""Articles in a batch: what is lost when the process is killed, and annotated between two breaths."""
BATCH_CHARACTERS = 2_000_000
"""A batch with more text than this is closed early, so that memory stays bounded."""
SHARD = 32
"""Batches in a shard: a file of the finished archive."""

Entry = Item | Article | Failure


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive articles of the input.

    Attributes:
        number: from 0.
        first: number of its first article in the input, from 1.
        entries: articles in the order of the input, and failures in their places.
        digest: changes when an id or a size does.
        position: bytes of the input that had been gone through at its end.
    """

    number: int
    first: int
    entries: tuple[Item | Failure, ...]
    digest: str
    position: int


class SeenIds:
    """The ids seen so far, as numbers in a file, so that memory does not grow with them.

    Two ids count as the same when 63 bits of their hashes agree: for ten million ids, once in
    200,000 archives.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA cache_size = -16000")
        self._database.execute("CREATE TABLE ids (id INTEGER PRIMARY KEY)")
        self._database.execute("BEGIN")

    def is_new(self, identifier: str) -> bool:
        """Remember an id; tell whether it had not been seen.

        Raises:
            AnnotateError: the file cannot be written, for example because the disk is full.
        """
        digest = hashlib.blake2b(
            identifier.encode("utf-8", "surrogatepass"), digest_size=8
        ).digest()
        key = int.from_bytes(digest, "big") >> 1
        try:
            cursor = self._database.execute("INSERT OR IGNORE INTO ids VALUES (?)", (key,))
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error
        return cursor.rowcount == 1

    def close(self) -> None:
        """Remove the file."""
        self._database.close()
        self._path.unlink(missing_ok=True)


def make_batches(
    entries: Iterable[Item | Failure],
    position: Callable[[], int],
    folder: Path,
    *,
    size: int = BATCH,
    characters: int = BATCH_CHARACTERS,
) -> Iterator[Batch]:
    """Yield the next batch; an article whose id has been used becomes a failure.

    Args:
        entries: the input.
        position: returns how many bytes of it have been gone through.
        folder: where a temporary file with the ids can be.
        size: the largest number of articles.
        characters: the size after which a batch is closed.
    """
    number, first = 0, 1
    batch: list[Item | Failure] = []
    length = 0
    with closing(SeenIds(folder / "ids.sqlite.part")) as seen:
        for entry in entries:
            if isinstance(entry, Item):
                length += entry.size
                if not seen.is_new(entry.id):
                    entry = Failure(
                        entry.id,
                        "an earlier article has the same id",
                        "Name another column with --id-column",
                    )
            batch.append(entry)
            if len(batch) == size or length >= characters:
                yield Batch(number, first, tuple(batch), _digest(batch), position())
                number, first, batch, length = number + 1, first + len(batch), [], 0
        if batch:
            yield Batch(number, first, tuple(batch), _digest(batch), position())


def _digest(entries: Iterable[Item | Failure]) -> str:
    """Return a digest of the ids and sizes."""
    digest = hashlib.blake2b(digest_size=12)
    for entry in entries:
        size = entry.size if isinstance(entry, Item) else -1
        digest.update(f"{entry.id}\0{size}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
