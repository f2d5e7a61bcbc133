"""Zip files, with as little of their directory in memory as needed.

``zipfile`` reads the whole directory into memory, two thirds of a gigabyte for a million members.
Here it gets the directory in pieces: each piece is shown to it as a small zip file of its own,
whose members lie in the same bytes. Layout: APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from annotate.archive.items import Settings
from annotate.archive.members import Member, Refused, safe_name
from annotate.archive.streams import Guard, Readable, buffered, check_ratio

PIECE = 5_000
"""Members whose directory entries are in memory at a time."""

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY_SIZE = 46
_MAX_COMMENT = 1 << 16


class _Directory(NamedTuple):
    """Where the directory lies.

    Attributes:
        start: its real place in the file.
        offset: the place that the file says it has, counted from the first member.
    """

    start: int
    size: int
    offset: int


class _Window(io.RawIOBase):
    """A zip file made of the members of another one and a piece of its directory."""

    def __init__(self, stream: BinaryIO, directory: _Directory, entries: bytes, count: int) -> None:
        super().__init__()
        self._stream, self._start, self._place = stream, directory.start, 0
        end64 = _END64.pack(
            b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(entries), directory.offset
        )
        locator = _LOCATOR.pack(b"PK\6\7", 0, directory.start + len(entries), 1)
        end = _END.pack(b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        self._tail = entries + end64 + locator + end

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place}.get(whence)
        self._place = max(0, offset + (self._start + len(self._tail) if base is None else base))
        return self._place

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer from the members, or from the directory behind them."""
        if self._place < self._start:
            self._stream.seek(self._place)
            data = self._stream.read(min(len(buffer), self._start - self._place))
        else:
            begin = self._place - self._start
            data = self._tail[begin : begin + len(buffer)]
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


def zip_members(stream: BinaryIO, settings: Settings) -> Iterator[Member | Refused]:
    """Yield the next member of a zip file that can seek; members are read before the next one.

    Raises:
        zipfile.BadZipFile: it is damaged.
    """
    directory = _find_directory(stream)
    unpacked = 0
    for entries, count in _pieces(stream, directory):
        window = _Window(stream, directory, entries, count)
        with zipfile.ZipFile(io.BufferedReader(window)) as piece:
            for info in piece.infolist():
                if info.is_dir():
                    continue
                unpacked += info.file_size
                check_ratio(unpacked, directory.start, settings.limits)
                yield _member(piece, info, settings)


def _member(piece: zipfile.ZipFile, info: zipfile.ZipInfo, settings: Settings) -> Member | Refused:
    """Return one member, or why it cannot be read."""
    name = safe_name(info.filename)
    if isinstance(name, Refused):
        return name
    if info.flag_bits & 1:
        return Refused(name, "it is encrypted", "Unpack it first, with the password")
    try:
        inner = cast(Readable, piece.open(info))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        return Refused(name, f"it cannot be unpacked ({error})")

    def packed() -> int:
        return info.compress_size

    return Member(name, buffered(Guard(inner, packed, settings.limits)), info.file_size)


def _find_directory(stream: BinaryIO) -> _Directory:
    """Find the directory through the record at the end of the file.

    Raises:
        zipfile.BadZipFile: there is none, for example because the file is cut off.
    """
    length = stream.seek(0, io.SEEK_END)
    tail_size = min(length, _MAX_COMMENT + _END.size)
    stream.seek(length - tail_size)
    tail = stream.read(tail_size)
    place = tail.rfind(b"PK\5\6")
    if place < 0 or place + _END.size > len(tail):
        raise zipfile.BadZipFile("the directory at the end is missing")
    end = length - tail_size + place
    *_, size, offset, _ = _END.unpack_from(tail, place)
    locator = end - _LOCATOR.size
    if locator >= 0:
        stream.seek(locator)
        signature, _, where, _ = _LOCATOR.unpack(stream.read(_LOCATOR.size))
        if signature == b"PK\6\7":
            stream.seek(min(where, locator))
            record = stream.read(_END64.size)
            if len(record) < _END64.size or not record.startswith(b"PK\6\6"):
                raise zipfile.BadZipFile("the directory at the end is damaged")
            *_, size, offset = _END64.unpack(record)
            end = where
    if size > end or offset > end - size:
        raise zipfile.BadZipFile("the directory at the end is damaged")
    return _Directory(end - size, size, offset)


def _pieces(stream: BinaryIO, directory: _Directory) -> Iterator[tuple[bytes, int]]:
    """Yield the next entries of the directory, and how many there are.

    Raises:
        zipfile.BadZipFile: the directory is damaged.
    """
    place, end = directory.start, directory.start + directory.size
    while place < end:
        entries: list[bytes] = []
        stream.seek(place)
        while place < end and len(entries) < PIECE:
            head = stream.read(_ENTRY_SIZE)
            if len(head) < _ENTRY_SIZE or not head.startswith(b"PK\1\2"):
                raise zipfile.BadZipFile("the directory is damaged")
            rest = sum(struct.unpack_from("<3H", head, 28))
            entries.append(head + stream.read(rest))
            place += _ENTRY_SIZE + rest
        yield b"".join(entries), len(entries)
