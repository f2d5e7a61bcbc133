"""Files that are whole or not there, whatever happens while they are written."""

import errno
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from annotate.errors import AnnotateError

PART = ".part"
"""Suffix of files that are being written; what is left of them is removed at the next start."""


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file that appears under its name only when all of it is on the disk.

    Raises:
        AnnotateError: it cannot be written, for example because the disk is full.
    """
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(path: Path, error: OSError | sqlite3.Error) -> AnnotateError:
    """Return the error for a file or a database that cannot be written."""
    reason = str(error)
    full = "is full" in reason
    if isinstance(error, OSError):
        reason = (error.strerror or reason).lower()
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full:
        message = f"The disk is full, {path} could not be written"
        hint = "Make room and give the same command again: it goes on where it stopped"
    else:
        message = f"{path} cannot be written ({reason})"
        hint = "Give the same command again once it can: it goes on where it stopped"
    return AnnotateError(message, hint=hint)


def remove_parts(folder: Path) -> None:
    """Remove what an earlier process left half-written."""
    for path in folder.rglob(f"*{PART}"):
        path.unlink(missing_ok=True)
