"""Near-duplicates: the same agency copy in several papers, cut and with another headline.

MinHash (Broder 1997, "On the resemblance and containment of documents") by datasketch over runs of
five words; candidates share a band of the signature, as in locality-sensitive hashing (Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3). The bands lie in a SQLite file, since
they would fill the memory, and so that a run that was stopped knows what earlier ones saw.
"""

import hashlib
import re
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.archive.durable import cannot_write
from annotate.archive.optional import need
from annotate.errors import UsageError

PERMUTATIONS = 128
BANDS, ROWS = 25, 5
"""With these a pair as similar as ``SIMILAR`` becomes a candidate in 99 of 100 cases."""
SIMILAR = 0.7
"""Estimated share of runs of words that two articles have in common."""
RUN = 5

_WORD = re.compile(r"\w+")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS originals (number INTEGER PRIMARY KEY, id TEXT, signature BLOB);
CREATE TABLE IF NOT EXISTS bands (
    hash INTEGER, number INTEGER, PRIMARY KEY (hash, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS duplicates (number INTEGER PRIMARY KEY, original TEXT);
CREATE TABLE IF NOT EXISTS batches (batch INTEGER PRIMARY KEY);
"""


class Duplicates:
    """Knows for each article whether an earlier one is nearly the same.

    Args:
        path: the file that remembers; made where it does not exist.

    Raises:
        UsageError: datasketch is not installed.
    """

    def __init__(self, path: Path) -> None:
        datasketch = need("datasketch", "Finding duplicates", error=UsageError)
        self._empty = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("PRAGMA cache_size = -64000")
            self._database.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error

    def knows(self, batch: int) -> bool:
        """Tell whether the articles of a batch have been looked at."""
        found = self._database.execute("SELECT 1 FROM batches WHERE batch = ?", (batch,))
        return found.fetchone() is not None

    def look_at(self, batch: int, articles: Sequence[tuple[int, str, str]]) -> None:
        """Compare the articles of a batch with all earlier ones and remember them.

        Args:
            batch: number of the batch; batches have to come in order.
            articles: number, id and text of each.

        Raises:
            AnnotateError: the file cannot be written.
        """
        try:
            self._database.execute("BEGIN")
            try:
                for number, identifier, text in articles:
                    self._look_at_one(number, identifier, text)
                self._database.execute("INSERT INTO batches VALUES (?)", (batch,))
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error

    def _look_at_one(self, number: int, identifier: str, text: str) -> None:
        signature = self._signature(text)
        if signature is None:
            return
        bands = list(_bands(signature))
        marks = ", ".join("?" * len(bands))
        candidates = self._database.execute(
            "SELECT number, id, signature FROM originals WHERE number IN"
            f" (SELECT number FROM bands WHERE hash IN ({marks})) ORDER BY number",
            bands,
        )
        for _, original, other in candidates:
            if _similarity(signature, other) >= SIMILAR:
                self._database.execute("INSERT INTO duplicates VALUES (?, ?)", (number, original))
                return
        self._database.execute(
            "INSERT INTO originals VALUES (?, ?, ?)", (number, identifier, signature)
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in bands]
        )

    def originals(self, first: int, last: int) -> Mapping[int, str]:
        """Return the id of the original for each duplicate among the articles of these numbers."""
        query = "SELECT number, original FROM duplicates WHERE number BETWEEN ? AND ?"
        return dict(self._database.execute(query, (first, last)))

    def _signature(self, text: str) -> bytes | None:
        """Return the signature of a text, None where it has no words."""
        words = [word.encode("utf-8", "replace") for word in _WORD.findall(text.casefold())]
        if not words:
            return None
        runs = {b" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
        signature: Any = self._empty.copy()
        signature.update_batch(sorted(runs))
        packed: bytes = signature.hashvalues.astype("<u4").tobytes()
        return packed

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _bands(signature: bytes) -> list[int]:
    """Return a hash for each band of a signature."""
    size = 4 * ROWS
    return [
        int.from_bytes(
            hashlib.blake2b(
                signature[band * size : (band + 1) * size], digest_size=8, key=bytes([band])
            ).digest(),
            "big",
            signed=True,
        )
        for band in range(BANDS)
    ]


def _similarity(one: bytes, other: bytes) -> float:
    """Return the share of equal values in two signatures, an estimate of the Jaccard similarity."""
    same = sum(one[i : i + 4] == other[i : i + 4] for i in range(0, len(one), 4))
    return same / PERMUTATIONS
