"""The folder of an archive: what lies where, whose it is, and how it was made."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from annotate.archive.durable import PART, cannot_write, remove_parts, write_file
from annotate.archive.files import PARTS, JsonLinesStore, Store, encode_lines
from annotate.archive.optional import need
from annotate.archive.parquet_store import ParquetStore, encode_parquet
from annotate.archive.sqlite_store import FILE, SqliteStore
from annotate.archive.tables import COLUMNS, to_rows
from annotate.archive.worker import Encode
from annotate.errors import UsageError

JOURNAL = "journal.jsonl"
FAILED = "failed.jsonl"
ABOUT = "run.json"
LOCK = ".lock"
INDEX = "index.sqlite"
DUPLICATES = "duplicates.sqlite"
OWN_FILES = (JOURNAL, FAILED, ABOUT, INDEX, DUPLICATES, FILE)
LOGS = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files beside it."""
FIXED = ("to", "zst", "batch", "shard", "dedupe")
"""Options that cannot change once an archive has been begun; the others can, when told."""

OUTPUTS = ("jsonl", "parquet", "sqlite")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make a folder, and keep other processes from writing to it.

    Raises:
        UsageError: another process is writing to it, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            f"Another process is writing to {folder}", hint="Wait until it is done, or stop it"
        ) from error
    except OSError as error:
        reason = "is a file" if folder.is_file() else f"cannot be written ({error.strerror})"
        raise UsageError(f"{folder} {reason}", hint="Name a folder to write to") from error
    try:
        yield
    finally:
        lock.release()


def prepare(folder: Path, *, restart: bool) -> None:
    """Refuse a folder with other things in it; remove what was half-written, or all if asked for.

    Raises:
        UsageError: it holds files that are no archive.
    """
    names = {path.name for path in folder.iterdir() if path.suffix != PART} - {LOCK}
    if names and ABOUT not in names:
        raise UsageError(
            f"{folder} is not empty, and what it holds is not an archive of annotations",
            hint="Name another folder with -o",
        )
    if restart:
        for name in (*COLUMNS, PARTS):
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in OWN_FILES:
            for suffix in ("", *LOGS):
                (folder / f"{name}{suffix}").unlink(missing_ok=True)
    remove_parts(folder)


def check_about(folder: Path, about: Mapping[str, Any], *, accept: bool) -> None:
    """Compare the model and the options with those that the archive was begun with; note them.

    Raises:
        UsageError: something differs and ``accept`` is false, or cannot change at all.
    """
    path = folder / ABOUT
    if path.exists():
        before = read_about(folder)
        for name, value in about.items():
            if before.get(name) == value:
                continue
            change = f"{name} was {_shown(before.get(name))} and is now {_shown(value)}"
            if name in FIXED:
                raise UsageError(
                    f"The archive in {folder} was begun with other options: {change}",
                    hint="Use the same, another folder, or --restart to begin again",
                )
            if not accept:
                raise UsageError(
                    f"The archive in {folder} was begun in another way: {change}",
                    hint="Go on all the same with --accept-changes, or begin again with --restart",
                )
        if all(before.get(name) == value for name, value in about.items()):
            return
    write_file(path, [json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n"])


def _shown(value: Any) -> str:
    """Return a value of an option in a few words."""
    if isinstance(value, Mapping):
        return " ".join(str(v) for v in value.values() if v is not None) or "none"
    return "none" if value is None else str(value)


def read_about(folder: Path) -> dict[str, Any]:
    """Return the model and the options that an archive was begun with.

    Raises:
        UsageError: the folder is no archive.
    """
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"{folder} is no archive of annotations", hint="Make one with annotate batch"
        ) from error
    except ValueError as error:
        raise UsageError(
            f"{folder / ABOUT} is damaged", hint="Begin again with --restart"
        ) from error
    if not isinstance(about, dict) or about.get("to") not in OUTPUTS:
        raise UsageError(f"{folder / ABOUT} is damaged", hint="Begin again with --restart")
    return about


def encoder(to: str, *, zst: bool) -> Encode:
    """Return what makes of annotations what the store writes.

    Raises:
        UsageError: there is no such output, or a package is absent.
    """
    if to == "jsonl":
        if zst:
            need("backports.zstd", "Packing with zstd", error=UsageError)
        return partial(encode_lines, packed=zst)
    if to == "parquet":
        need("pyarrow.parquet", "Writing Parquet", error=UsageError)
        return encode_parquet
    if to == "sqlite":
        return to_rows
    raise UsageError(
        f"There is no output {to!r}", hint=f"Choose from {', '.join(OUTPUTS)} with --to"
    )


def open_store(folder: Path, to: str, *, zst: bool) -> Store:
    """Return what writes the archive.

    Raises:
        AnnotateError: it cannot be written.
    """
    try:
        if to == "sqlite":
            return SqliteStore(folder)
        return ParquetStore(folder) if to == "parquet" else JsonLinesStore(folder, packed=zst)
    except OSError as error:
        raise cannot_write(folder, error) from error
