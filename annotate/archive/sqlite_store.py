"""One SQLite file with the tables, foreign keys and full-text search; it opens in Datasette."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.archive.durable import cannot_write
from annotate.archive.tables import COLUMNS, Rows

FILE = "archive.sqlite"

_KEYS = {
    "articles": ("PRIMARY KEY (number)", "UNIQUE (id)"),
    "entities": ("PRIMARY KEY (article, id)", "FOREIGN KEY (article) REFERENCES articles (number)"),
    "names": (
        "PRIMARY KEY (number)",
        "FOREIGN KEY (article) REFERENCES articles (number)",
        "FOREIGN KEY (article, entity) REFERENCES entities (article, id)",
        "FOREIGN KEY (article, attribution) REFERENCES attributions (article, id) DEFERRABLE"
        " INITIALLY DEFERRED",
    ),
    "mentions": (
        "PRIMARY KEY (article, id)",
        "FOREIGN KEY (article) REFERENCES articles (number)",
        "FOREIGN KEY (article, entity) REFERENCES entities (article, id)",
    ),
    "attributions": (
        "PRIMARY KEY (number)",
        "UNIQUE (article, id)",
        "FOREIGN KEY (article) REFERENCES articles (number)",
        "FOREIGN KEY (article, source_mention) REFERENCES mentions (article, id)",
        "FOREIGN KEY (article, speaker) REFERENCES entities (article, id)",
        "FOREIGN KEY (article, parent) REFERENCES attributions (article, id) DEFERRABLE"
        " INITIALLY DEFERRED",
    ),
    "claims": (
        "PRIMARY KEY (article, id)",
        "FOREIGN KEY (article) REFERENCES articles (number)",
        "FOREIGN KEY (article, attribution) REFERENCES attributions (article, id)",
    ),
    "claim_entities": (
        "PRIMARY KEY (article, claim, entity)",
        "FOREIGN KEY (article, claim) REFERENCES claims (article, id)",
        "FOREIGN KEY (article, entity) REFERENCES entities (article, id)",
    ),
}
_TYPES = {"int": "INTEGER", "text": "TEXT", "float": "REAL"}
_INDEXES = {
    "articles": ("date",),
    "names": ("key", "article, entity"),
    "attributions": ("article, speaker",),
    "claims": ("article, attribution",),
    "claim_entities": ("article, entity",),
}
SEARCH = {
    "articles": ("title", "text"),
    "attributions": ("content",),
    "names": ("key",),
}
"""Columns with full-text search, in a table of the same name with ``_fts``."""


def schema() -> str:
    """Return the statements that make the tables."""
    statements = ["CREATE TABLE _batches (batch INTEGER PRIMARY KEY)"]
    for table, columns in COLUMNS.items():
        lines = [f'"{name}" {_TYPES[kind]}' for name, kind in columns.items()]
        statements.append(f"CREATE TABLE {table} ({', '.join((*lines, *_KEYS[table]))})")
        for place, index in enumerate(_INDEXES.get(table, ())):
            statements.append(f"CREATE INDEX {table}_{place} ON {table} ({index})")
    for table, fields in SEARCH.items():
        statements.append(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5 ({', '.join(fields)},"
            f' content="{table}", content_rowid="number",'
            " tokenize='unicode61 remove_diacritics 2')"
        )
    return ";\n".join(statements) + ";"


class SqliteStore:
    """Writes every batch in a transaction of its own.

    Raises:
        AnnotateError: the file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._database = sqlite3.connect(self._path, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.execute("PRAGMA cache_size = -64000")  # KiB, for the indexes
            if not self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._database.executescript(f"BEGIN; {schema()} COMMIT;")
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error

    def write(self, batch: int, payload: Rows) -> None:
        """Write a batch durably, unless that was done and only the journal does not know."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                known = self._database.execute("SELECT 1 FROM _batches WHERE batch = ?", (batch,))
                if known.fetchone() is None:
                    insert_rows(self._database, payload)
                    self._database.execute("INSERT INTO _batches VALUES (?)", (batch,))
                self._database.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error

    def seal(self, shard: int, batches: Sequence[int]) -> None:
        """Do nothing: there are no shards."""

    def discard(self, batches: Sequence[int]) -> None:
        """Do nothing: there are no parts."""

    def add(self, shard: int, payloads: Sequence[Any], numbers: Mapping[str, int]) -> None:
        """Add articles that are not there yet, in one transaction."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                for payload in payloads:
                    insert_rows(self._database, self._missing(payload))
                self._database.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error

    def _missing(self, rows: Rows) -> Rows:
        """Return the rows of articles that are not in the file."""
        known = {
            row[0]
            for row in rows["articles"]
            if self._database.execute(
                "SELECT 1 FROM articles WHERE number = ?", (row[0],)
            ).fetchone()
        }
        places = {
            table: list(columns).index("number" if table == "articles" else "article")
            for table, columns in COLUMNS.items()
        }
        return {
            table: [row for row in found if row[places[table]] not in known]
            for table, found in rows.items()
        }

    def close(self) -> None:
        """Write everything into the one file, without a log beside it."""
        try:
            self._database.execute("PRAGMA analysis_limit = 1000")
            self._database.execute("PRAGMA optimize")
            self._database.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise cannot_write(self._path, error) from error
        finally:
            self._database.close()

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")


def insert_rows(database: sqlite3.Connection, rows: Rows) -> None:
    """Insert rows into all tables, and what is searched into the search tables."""
    for table, columns in COLUMNS.items():
        marks = ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
        if table in SEARCH:
            names = list(columns)
            places = [names.index(name) for name in ("number", *SEARCH[table])]
            database.executemany(
                f"INSERT INTO {table}_fts (rowid, {', '.join(SEARCH[table])})"
                f" VALUES ({', '.join('?' * len(places))})",
                [tuple(row[place] for place in places) for row in rows[table]],
            )
