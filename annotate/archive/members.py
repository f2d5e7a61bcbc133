"""Members of archives: names that stay inside, and tar files."""

import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO, NamedTuple, cast

from annotate.archive.items import printable


class Member(NamedTuple):
    """A file in an archive; the stream is valid until the next member is asked for."""

    name: str
    stream: BinaryIO
    size: int


class Refused(NamedTuple):
    """A file in an archive that is not read, and why."""

    name: str
    message: str
    hint: str = ""


def safe_name(name: str) -> str | Refused:
    """Return the name of a member with forward slashes, if it lies inside the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    shown = printable(str(path))
    if path.is_absolute() or PureWindowsPath(name).drive:
        return Refused(shown, "its name in the archive is an absolute path", _NAMES)
    if ".." in path.parts:
        return Refused(shown, "its name in the archive leads outside the archive", _NAMES)
    return shown


_NAMES = "Whoever packed this may have had bad intentions"


def tar_members(stream: BinaryIO) -> Iterator[Member | Refused]:
    """Yield the next member of an uncompressed tar stream; nothing is kept of earlier ones.

    Raises:
        tarfile.TarError: it is damaged or cut off.
    """
    with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 16) as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]
            if info.isdir():
                continue
            name = safe_name(info.name)
            if isinstance(name, Refused):
                yield name
            elif info.issym() or info.islnk():
                yield Refused(name, "it is a link, and links in archives are not followed")
            elif not info.isfile():
                yield Refused(name, "it is no regular file")
            else:
                yield Member(name, cast(BinaryIO, archive.extractfile(info)), info.size)
