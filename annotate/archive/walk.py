"""What the user names on the command line, to items: files, and folders in the order of names."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from annotate.archive.items import Item, Settings, printable
from annotate.archive.reading import DOCUMENTS, is_known, read_named, suffix_of
from annotate.archive.streams import Counting, buffered
from annotate.article import Failure
from annotate.errors import UsageError
from annotate.sources.paths import printable as decoded


class Archive:
    """Reads all articles that lie in files and folders, in a fixed order.

    Folders are read with their subfolders in the order of the names, hidden files left out; links
    are followed unless they lead back to a folder that is being read. A file with one article is
    not opened here: its item has a path. An id is the path relative to the folder given, or the
    name of a file given alone; where several things are given, relative to the folder they share.

    Args:
        inputs: files and folders.
        settings: columns and limits; counts what is left out.
        exclude: a folder that is not read, the one that is written to.

    Raises:
        UsageError: an input does not exist, or there is none.
    """

    def __init__(
        self, inputs: Sequence[str | Path], settings: Settings, exclude: Path | None = None
    ) -> None:
        self.inputs = [Path(path) for path in inputs]
        self.settings = settings
        self._exclude = exclude
        self._finished = 0
        self._current: Counting | None = None
        if not self.inputs:
            raise UsageError("there is nothing to read", hint="Name files or folders")
        for path in self.inputs:
            if not path.exists():
                raise UsageError(
                    f"there is no file or folder {str(path)!r}", hint="Look at the spelling"
                )
        self._base = _common_folder(self.inputs)

    def position(self) -> int:
        """Return how many bytes of the files have been gone through."""
        return self._finished + (self._current.count if self._current else 0)

    def total(self) -> int:
        """Return how many bytes there are in all files; walks through the folders."""
        return sum(
            _size(found) for found in self._files() if isinstance(found, Path) and _is_read(found)
        )

    def __iter__(self) -> Iterator[Item | Failure]:
        self._finished = 0
        for found in self._files():
            if isinstance(found, Failure):
                yield found
                continue
            name = self._name(found)
            if not _is_read(found) and found not in self.inputs:
                self.settings.ignored[suffix_of(found.name) or "no suffix"] += 1
                continue
            if suffix_of(found.name) in DOCUMENTS or not _is_read(found):
                yield self._document(found, name)
            else:
                yield from self._open(found, name)
            self._finished += _size(found)

    def _files(self) -> Iterator[Path | Failure]:
        """Yield the next file, or a folder that cannot be read."""
        for path in self.inputs:
            if path.is_dir():
                yield from self._walk(path, ())
            else:
                yield path

    def _walk(self, folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | Failure]:
        """Yield the next file under a folder; ``above`` are the folders that it lies in."""
        identity = _identity(folder)
        if self._exclude is not None and identity == _identity(self._exclude):
            return
        if identity in above:
            yield Failure(self._name(folder), "it is a link to a folder that it lies in")
            return
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            yield Failure(self._name(folder), f"the folder cannot be read: {reason}")
            return
        for name in names:
            if name.startswith("."):
                continue
            path = folder / name
            if path.is_dir():
                yield from self._walk(path, (*above, identity or (0, 0)))
            else:
                yield path

    def _name(self, path: Path) -> str:
        """Return the id of a file."""
        if self._base is None:
            first = self.inputs[0]
            relative = path.relative_to(first) if path != first else Path(path.name)
        else:
            relative = Path(os.path.relpath(path, self._base))
        return printable(decoded(relative.as_posix()))

    def _document(self, path: Path, name: str) -> Item | Failure:
        """Return the item of a file with one article, or why it cannot be read."""
        try:
            status = path.stat()
        except OSError as error:
            return Failure(name, unreadable(error))
        if not stat.S_ISREG(status.st_mode):
            return Failure(name, "it is not a regular file")
        kind = DOCUMENTS.get(suffix_of(path.name), "text")
        return Item(name, kind, status.st_size, None, path=str(path), metadata={"file": name})

    def _open(self, path: Path, name: str) -> Iterator[Item | Failure]:
        """Yield the items in a file with many articles."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                yield Failure(name, "it is not a regular file")
                return
            with path.open("rb", buffering=0) as raw:
                self._current = Counting(raw)
                stream: BinaryIO = buffered(self._current)
                try:
                    yield from read_named(name, stream, self.settings)
                finally:
                    self._current = None
        except OSError as error:
            yield Failure(name, unreadable(error))


def unreadable(error: OSError) -> str:
    """Say in words why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "it is a link to a file that does not exist, or it has just been removed"
    return f"it cannot be read: {(error.strerror or 'unknown error').lower()}"


def _is_read(path: Path) -> bool:
    return is_known(path.name)


def _size(path: Path) -> int:
    """Return the bytes of a file, 0 where that cannot be known."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from all others, whatever path leads to it."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def _common_folder(inputs: Sequence[Path]) -> Path | None:
    """Return the folder that ids are relative to, None where one thing is given."""
    if len(inputs) == 1:
        return None
    parents = [os.path.abspath(p if p.is_dir() else p.parent) for p in inputs]  # noqa: PTH100
    try:
        return Path(os.path.commonpath(parents))
    except ValueError:  # several drives
        return Path()
