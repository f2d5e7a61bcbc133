"""The journal: one line for each batch that is safely written, and for each shard that is sealed.

A line is appended and synced only after what it speaks of is on the disk, so what the journal says
is true whenever the process or the machine stops. A line that was cut off by that is dropped.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotate.archive.durable import cannot_write
from annotate.article import Failure
from annotate.errors import UsageError


class Failed(NamedTuple):
    """A failing article; ``place`` is its place in the batch, from 0."""

    place: int
    failure: Failure


class Done(NamedTuple):
    """What the journal remembers of a batch.

    Attributes:
        offset: where its line begins in the journal.
    """

    articles: int
    failed: int
    words: int
    digest: str
    offset: int


class Journal:
    """The journal of one archive, open for appending.

    Attributes:
        done: batches by number.
        sealed: numbers of the shards that are sealed.
        finished: whether all of the input has been done.

    Args:
        path: the file.
        read_only: leave it as it is; another process may be writing to it.

    Raises:
        UsageError: it is damaged in another way than by being cut off.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.done: dict[int, Done] = {}
        self.sealed: set[int] = set()
        self.finished = False
        if not read_only:
            path.touch()
        self._size = self._load()
        if not read_only and self._size < path.stat().st_size:
            os.truncate(path, self._size)

    def _load(self) -> int:
        """Read all lines; return where the last whole one ends."""
        offset = 0
        with self.path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    self._remember(json.loads(line), offset)
                except (ValueError, KeyError, TypeError) as error:
                    raise UsageError(
                        f"{self.path} is damaged in line {number}",
                        hint="Begin again with --restart, or with another output folder",
                    ) from error
                offset += len(line)
        return offset

    def _remember(self, entry: Mapping[str, Any], offset: int) -> None:
        if "batch" in entry:
            failed = len(entry["failed"])
            self.done[entry["batch"]] = Done(
                entry["articles"], failed, entry["words"], entry["digest"], offset
            )
        elif "shard" in entry:
            self.sealed.add(entry["shard"])
        else:
            self.finished = bool(entry["finished"])

    def add_batch(
        self, batch: int, *, articles: int, words: int, digest: str, failed: Sequence[Failed]
    ) -> None:
        """Note that a batch is written; a later line about the same batch replaces it."""
        rows = [
            {"place": place, "id": f.id, "message": f.message, "hint": f.hint}
            for place, f in failed
        ]
        entry = {"batch": batch, "articles": articles, "words": words}
        self._append({**entry, "digest": digest, "failed": rows})

    def add_shard(self, shard: int) -> None:
        """Note that a shard is sealed."""
        self._append({"shard": shard})

    def finish(self) -> None:
        """Note that all of the input has been done."""
        if not self.finished:
            self._append({"finished": True})

    def _append(self, entry: Mapping[str, Any]) -> None:
        """Append a line and wait until it is on the disk.

        Raises:
            AnnotateError: it cannot be written; then nothing of it stays.
        """
        line = json.dumps(entry, ensure_ascii=True).encode() + b"\n"
        try:
            with self.path.open("r+b") as stream:
                stream.seek(self._size)
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            os.truncate(self.path, self._size)
            raise cannot_write(self.path, error) from error
        self._remember(entry, self._size)
        self._size += len(line)

    def failures(self, batch: int) -> list[Failed]:
        """Return the failing articles of a batch."""
        if not self.done[batch].failed:
            return []
        with self.path.open("rb") as stream:
            stream.seek(self.done[batch].offset)
            rows = json.loads(stream.readline())["failed"]
        return [Failed(r["place"], Failure(r["id"], r["message"], r["hint"])) for r in rows]

    def all_failures(self) -> Iterator[Failure]:
        """Yield the next failing article, in the order of the input."""
        for batch in sorted(self.done):
            for failed in self.failures(batch):
                yield failed.failure

    def totals(self) -> tuple[int, int, int]:
        """Return the numbers of articles, of failed ones, and of words."""
        rows = self.done.values()
        return (
            sum(d.articles for d in rows),
            sum(d.failed for d in rows),
            sum(d.words for d in rows),
        )
