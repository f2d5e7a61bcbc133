"""The tables of an archive, however it was written, to be asked in SQL.

SQLite is asked directly, Parquet through DuckDB. JSON lines are first put into a SQLite file in the
archive, once; it is brought up to date when the archive has grown.
"""

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from annotate.archive.archives import ABOUT, INDEX, JOURNAL, read_about
from annotate.archive.files import open_lines, part_path, shard_path
from annotate.archive.journal import Journal
from annotate.archive.optional import need
from annotate.archive.sqlite_store import FILE, insert_rows, schema
from annotate.archive.tables import COLUMNS, name_key, plain_rows
from annotate.errors import AnnotateError, UsageError

Told = Callable[[float], None]
"""Is told which part of an index has been made, 0 to 1."""
Condition = tuple[str, list[Any]]
"""A piece of SQL that is true or false, and its parameters."""
LINES = 200
"""Articles that are put into an index at a time."""
TRUE: Condition = ("true", [])


class Access(Protocol):
    """An open archive.

    Attributes:
        finished: whether all of the input has been annotated.
    """

    finished: bool

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a query gives; parameters are marked with ``?``."""
        ...

    def has_words(self, table: str, alias: str, columns: Sequence[str], words: str) -> Condition:
        """Return the condition that words stand next to each other in one of some columns.

        Case and accents do not matter, and the last word may go on: "nieuwe sanctie" is found in
        "NIEUWE SANCTIES" and in "nieuwe sanctiepakketten".
        """
        ...

    def has_name(self, alias: str, key: str) -> Condition:
        """Return the condition that a row of ``names`` holds the words of a key, next to each other."""
        ...


@contextmanager
def open_archive(path: Path, told: Told | None = None) -> Iterator[Access]:
    """Open the folder of an archive, its SQLite file, or a file of JSON lines.

    Args:
        path: what to open.
        told: is told how far the index of JSON lines is, which is made only once.

    Raises:
        UsageError: it is no archive, or a package is absent.
    """
    if path.is_file():
        if path.suffix in (".jsonl", ".ndjson") or path.name.endswith(".jsonl.zst"):
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
                _update(database, [path], told)
                yield _Sqlite(database, True)
            return
        path = path.parent if path.name == FILE else path
    about = read_about(path)
    journal = _journal(path)
    if about["to"] == "sqlite":
        with _read_only(path / FILE) as database:
            yield _Sqlite(database, journal.finished)
    elif about["to"] == "parquet":
        duckdb = need("duckdb", "Asking a Parquet archive", error=UsageError)
        with duckdb.connect(":memory:") as connection:
            for table in COLUMNS:
                connection.execute(_view(table, committed(path, table, about, journal)))
            yield _Duck(connection, duckdb.Error, journal.finished)
    else:
        files = committed(path, "articles", about, journal)
        _make_index(path / INDEX, files, told)
        with _read_only(path / INDEX) as database:
            yield _Sqlite(database, journal.finished)


def _journal(folder: Path) -> Journal:
    """Return the journal of an archive, to be read."""
    try:
        return Journal(folder / JOURNAL, read_only=True)
    except OSError as error:
        raise UsageError(
            f"{folder} is no archive of annotations, it has {ABOUT} but no journal",
            hint="Run annotate batch first",
        ) from error


def committed(folder: Path, table: str, about: dict[str, Any], journal: Journal) -> list[Path]:
    """Return the files of a table that count: sealed shards, and batches that are in none yet."""
    suffix = ".parquet" if about["to"] == "parquet" else ".jsonl.zst" if about["zst"] else ".jsonl"
    shards = [shard_path(folder, table, shard, suffix) for shard in sorted(journal.sealed)]
    parts = [
        part_path(folder, table, batch, suffix)
        for batch in sorted(journal.done)
        if batch // about["shard"] not in journal.sealed
    ]
    return [*shards, *parts]


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a SQLite file to read."""
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise UsageError(f"{path} cannot be opened ({error})", hint="Is it there?") from error
    with closing(database):
        database.execute("PRAGMA cache_size = -64000")
        yield database


class _Sqlite:
    """An archive in SQLite."""

    def __init__(self, database: sqlite3.Connection, finished: bool) -> None:
        self._database, self.finished = database, finished

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a query gives.

        Raises:
            AnnotateError: the file is damaged.
        """
        try:
            return self._database.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise _broken(error) from error

    def has_words(self, table: str, alias: str, columns: Sequence[str], words: str) -> Condition:
        """Return the condition that words stand in one of some columns, by full-text search."""
        query = f'{{{" ".join(columns)}}} : "{words_of(words)}" *'
        return self._search(table, alias), [query]

    def has_name(self, alias: str, key: str) -> Condition:
        """Return the condition that a name holds the words of a key, by full-text search."""
        return self._search("names", alias), [f'"{words_of(key)}"']

    def _search(self, table: str, alias: str) -> str:
        return f"{alias}.number IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"


class _Duck:
    """An archive in Parquet, through DuckDB."""

    def __init__(self, connection: Any, error: type[Exception], finished: bool) -> None:
        self._connection, self._error, self.finished = connection, error, finished

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a query gives.

        Raises:
            AnnotateError: a file is damaged, or has just been replaced.
        """
        try:
            found: list[tuple[Any, ...]] = self._connection.execute(
                query, list(parameters)
            ).fetchall()
        except self._error as error:
            raise _broken(error) from error
        return found

    def has_words(self, table: str, alias: str, columns: Sequence[str], words: str) -> Condition:
        """Return the condition that words stand in one of some columns, by a pattern."""
        pattern = _pattern(words_of(words))
        matches = (f"regexp_matches({alias}.{column}, ?)" for column in columns)
        return f"({' OR '.join(matches)})", [pattern] * len(columns)

    def has_name(self, alias: str, key: str) -> Condition:
        """Return the condition that a name holds the words of a key."""
        return f"contains({alias}.key, ?)", [f" {words_of(key)} "]


_LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
"""Code points among which letters with accents are looked for."""


@cache
def _accented() -> dict[str, str]:
    """Return for a letter all its forms with accents, small and capital."""
    forms: dict[str, str] = {}
    for code in itertools.chain(*_LATIN):
        plain = name_key(chr(code)).strip()
        if len(plain) == 1 and plain != chr(code):
            forms[plain] = forms.get(plain, "") + chr(code)
    return forms


def _pattern(words: str) -> str:
    """Return a pattern for words next to each other, whatever their case and accents.

    It is six times as fast on the text as it stands as a plain one on the text without accents.
    """
    letters = (f"[{char}{_accented().get(char, '')}]" for char in words)
    pattern = "".join(r"[^\p{L}\p{N}]+" if it == "[ ]" else it + r"\p{M}*" for it in letters)
    return rf"(?i)(^|[^\p{{L}}\p{{N}}\p{{M}}]){pattern}"


def words_of(text: str) -> str:
    """Return the words of a text as they are compared, with spaces between them.

    Raises:
        UsageError: there are none.
    """
    words = name_key(text).strip()
    if not words:
        raise UsageError(f"{text!r} holds no words to look for", hint="Give a name or a word")
    return words


def _broken(error: Exception) -> AnnotateError:
    """Return the error for an archive that cannot be read."""
    return AnnotateError(
        f"The archive cannot be read ({' '.join(str(error).split())[:200]})",
        hint="If annotate batch is writing to it, try again; else begin again with --restart",
    )


def _view(table: str, files: Sequence[Path]) -> str:
    """Return the statement that makes a table of Parquet files."""
    if not files:
        types = {"int": "BIGINT", "text": "VARCHAR", "float": "DOUBLE"}
        columns = (f'"{name}" {types[kind]}' for name, kind in COLUMNS[table].items())
        return f"CREATE TABLE {table} ({', '.join(columns)})"
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{names}])"


def _make_index(path: Path, files: Sequence[Path], told: Told | None) -> None:
    """Bring the index of JSON lines up to date, or make it anew where files have changed.

    Raises:
        AnnotateError: it cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as database:
            if _update(database, files, told):
                return
        path.unlink()
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as database:
            _update(database, files, told)
    except (OSError, sqlite3.Error) as error:
        raise AnnotateError(
            f"The index {path} cannot be written ({error})",
            hint="Make room, or write the archive with --to sqlite",
        ) from error


def _update(database: sqlite3.Connection, files: Sequence[Path], told: Told | None) -> bool:
    """Put files into an index that are not in it; False where others than these are in it."""
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("BEGIN IMMEDIATE")
    if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in schema().split(";\n"):
            database.execute(statement)
        database.execute("CREATE TABLE _files (place INTEGER PRIMARY KEY, state TEXT)")
    database.execute("COMMIT")
    states = [_state(path) for path in files]
    known = [row[0] for row in database.execute("SELECT state FROM _files ORDER BY place")]
    if known != states[: len(known)]:
        return False
    for place in range(len(known), len(files)):
        database.execute("BEGIN IMMEDIATE")
        (there,) = database.execute(
            "SELECT count(*) FROM _files WHERE place = ?", (place,)
        ).fetchone()
        if not there:
            _add_file(database, files[place])
            database.execute("INSERT INTO _files VALUES (?, ?)", (place, states[place]))
        database.execute("COMMIT")
        if told is not None:
            told((place + 1) / len(files))
    return True


def _state(path: Path) -> str:
    """Return what changes when a file does."""
    status = path.stat()
    return json.dumps([path.name, status.st_size, status.st_mtime_ns])


def _add_file(database: sqlite3.Connection, path: Path) -> None:
    """Put the articles of one file into an index.

    Raises:
        UsageError: it holds something else than annotations.
    """
    (last,) = database.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()
    numbers = itertools.count(last + 1)
    with path.open("rb") as file, open_lines(file, path.suffix == ".zst") as stream:
        lines = iter(stream)
        while some := list(itertools.islice(lines, LINES)):
            try:
                rows = plain_rows((next(numbers), json.loads(line)) for line in some)
                insert_rows(database, rows)
            except (ValueError, KeyError, TypeError, sqlite3.IntegrityError) as error:
                raise UsageError(
                    f"{path} holds something else than annotations, each once",
                    hint="Give what annotate batch has made, or annotate -f jsonl",
                ) from error
