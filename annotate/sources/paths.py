"""What the user names on the command line, to files with stable ids."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from annotate.article import Failure

STDIN = "stdin"
"""Id of the article that is read from standard input."""
SUFFIX = ".txt"


class TextFile(NamedTuple):
    """A file to read; ``path`` is None for standard input."""

    id: str
    path: Path | None


class _Inputs(NamedTuple):
    """The arguments in their order, each once: a path, standard input (None) or a failure."""

    items: list[Path | Failure | None]
    folders: set[Path]
    files: set[Path]


def find_files(paths: Sequence[str]) -> Iterator[TextFile | Failure]:
    """Yield the next text file that ``paths`` name: files, folders, patterns, ``-``.

    Folders are read with their subfolders in the order of the names, ``.txt`` files only, hidden
    ones left out. What is named twice, or lies in a folder that is named too, is read once. Links
    to folders are followed if they lead out of the folder, each target once.

    An id is the path relative to the folder given, or the name of a file given alone. Where that
    would not be unique (two folders, two files of one name), it is the path relative to the
    nearest folder that holds all that was given.
    """
    inputs = _sort_out(paths)
    base = _common_base(inputs)
    for item in inputs.items:
        if item is None:
            yield TextFile(STDIN, None)
        elif isinstance(item, Failure):
            yield item
        elif item in inputs.folders:
            yield from _read_folder(item, base or item)
        else:
            yield TextFile(_relative(item, base) if base else printable(item.name), item)


def _sort_out(paths: Sequence[str]) -> _Inputs:
    """Expand patterns, and drop what is named twice."""
    named: list[Path | Failure | None] = []
    for path in paths:
        if path == "-":
            named.append(None)
        else:
            named.extend(_expand(path))
    folders: dict[str, Path] = {}
    files: dict[str, Path] = {}
    for item in named:
        if isinstance(item, Path):
            if _is_folder(item):
                folders.setdefault(os.path.realpath(item), item)
            else:  # a link to a file is a name of its own
                files.setdefault(str(Path(os.path.realpath(item.parent), item.name)), item)
    outer = {real: path for real, path in folders.items() if not _lies_in(real, folders)}
    alone = {
        path
        for real, path in files.items()
        if not (real.lower().endswith(SUFFIX) and _lies_in(real, outer))
    }
    keep = alone.union(outer.values())
    items = [i for i in dict.fromkeys(named) if not isinstance(i, Path) or i in keep]
    return _Inputs(items, set(outer.values()), alone)


def _is_folder(path: Path) -> bool:
    """Tell whether a path can be seen to be a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _expand(path: str) -> list[Path | Failure]:
    """Return the files and folders that one argument stands for."""
    name = printable(path) or "(no name)"
    if path and os.path.lexists(path):
        return [Path(path)]
    if "\0" in path or not glob.has_magic(path):
        return [Failure(name, "there is no such file", "Check the name and the folder")]
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - takes any pattern
    if not matches:
        return [Failure(name, "no file matches this pattern", "Check the pattern")]
    return [Path(match) for match in matches]


def _lies_in(real: str, folders: dict[str, Path]) -> bool:
    """Tell whether a walk through one of the folders comes past a resolved path."""
    for parent in Path(real).parents:
        if str(parent) in folders:
            inner = Path(real).relative_to(parent)
            return not any(part.startswith(".") for part in inner.parts)
    return False


def _common_base(inputs: _Inputs) -> Path | None:
    """Return the folder that ids are relative to, None where every argument is its own."""
    folders, files = inputs.folders, inputs.files
    names = {file.name for file in files}
    if len(names) == len(files) and (
        not folders
        or (len(folders) == 1 and not any(os.path.lexists(f / n) for f in folders for n in names))
    ):
        return None
    parents = {_absolute(folder) for folder in folders} | {_absolute(f.parent) for f in files}
    try:
        return Path(os.path.commonpath(parents))
    except ValueError:  # several drives
        return Path()


def _absolute(path: Path) -> Path:
    """Return the absolute path without ``..``; links are not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links


def _relative(path: Path, base: Path) -> str:
    """Return the path relative to ``base``, with forward slashes."""
    path, base = _absolute(path), _absolute(base)
    return printable((path.relative_to(base) if path.is_relative_to(base) else path).as_posix())


def printable(name: str) -> str:
    r"""Return a file name as valid Unicode; bytes that are not UTF-8 are written as ``\xff``."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _read_folder(folder: Path, base: Path) -> Iterator[TextFile | Failure]:
    """Yield the next text file in a folder; one failure if there is none."""
    empty = True
    for found in _walk(folder):
        empty = False
        if isinstance(found, Path):
            yield TextFile(_relative(found, base), found)
        else:
            path, message = found
            name = printable(path.as_posix()) if path == folder else _relative(path, base)
            yield Failure(name, message)
    if empty:
        yield Failure(
            printable(folder.as_posix()),
            f"the folder holds no {SUFFIX} files",
            "Name the files, or another folder",
        )


def _walk(top: Path) -> Iterator[Path | tuple[Path, str]]:
    """Yield the next text file under ``top``, or a path and what is wrong with it."""
    root = os.path.realpath(top)
    linked: set[str] = set()
    stack = [_entries(top)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, tuple):
            yield entry
        elif _is_folder(entry):
            if not entry.is_symlink() or _is_new(os.path.realpath(entry), root, linked):
                stack.append(_entries(entry))
        elif entry.name.lower().endswith(SUFFIX):
            yield (entry, "it is not a regular file") if _is_special(entry) else entry


def _is_special(path: Path) -> bool:
    """Tell whether a path is a pipe or a device, which might never end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # said better when it is read
        return False


def _is_new(target: str, root: str, linked: set[str]) -> bool:
    """Tell whether a link leads to a folder that the walk does not come past anyway."""
    inside = {target, *map(str, Path(target).parents)}
    around = {str(parent) for parent in Path(root).parents}
    if root in inside or target in around or linked & inside:
        return False
    linked.add(target)
    return True


def _entries(folder: Path) -> Iterator[Path | tuple[Path, str]]:
    """Yield the next entry of a folder by name, hidden ones left out."""
    try:
        entries = sorted(folder.iterdir(), key=attrgetter("name"))
    except OSError as error:
        yield folder, f"the folder cannot be read: {(error.strerror or 'unknown error').lower()}"
        return
    yield from (entry for entry in entries if not entry.name.startswith("."))
