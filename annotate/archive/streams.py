"""Streams that know how much went through them, and lines that cannot fill the memory."""

import csv
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from annotate.archive.items import Limits, printable
from annotate.errors import ArticleError

BUFFER = 1 << 16
DAMAGED = "it is damaged or cut off"

DAMAGE: tuple[type[Exception], ...] = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    csv.Error,
)
"""What readers of damaged files raise; the errors of Arrow are kinds of these."""


class Readable(Protocol):
    """A stream that gives what it has: bytes before a damaged place come before the error."""

    def read1(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


class Whole(Protocol):
    """The little that is asked of a stream that is read as a whole."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


class Counting(io.RawIOBase):
    """A stream that counts the bytes read from it, and can seek where the stream below can."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self.inner = inner
        self.count = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Tell whether the stream below can seek."""
        return self.inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; it is not counted."""
        return self.inner.seek(offset, whence)

    def tell(self) -> int:
        """Return the place in the stream below."""
        return self.inner.tell()

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer and count what came."""
        data = self.inner.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Guard(io.RawIOBase):
    """An unpacked stream that stops when it grows out of proportion to what it is unpacked from.

    Args:
        inner: the unpacked stream.
        packed: returns the packed bytes read so far.
        limits: the ratio that is allowed.
        errors: further exceptions that say that the stream is damaged.
    """

    def __init__(
        self,
        inner: Readable,
        packed: Callable[[], int],
        limits: Limits,
        errors: tuple[type[Exception], ...] = (),
    ) -> None:
        super().__init__()
        self._errors = (*DAMAGE, *errors)
        self._inner, self._packed, self._limits = inner, packed, limits
        self._count = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer.

        Raises:
            ArticleError: the stream is a decompression bomb, damaged or cut off.
        """
        try:
            data = self._inner.read1(len(buffer))
        except self._errors as error:
            raise damaged(error) from error
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > self._limits.ratio_from:
            check_ratio(self._count, self._packed(), self._limits)
        return len(data)


def check_ratio(unpacked: int, packed: int, limits: Limits) -> None:
    """Refuse what unpacks to many times its size.

    Raises:
        ArticleError: it is a decompression bomb.
    """
    if unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1):
        raise ArticleError(
            f"it unpacks to more than {limits.ratio} times its size, like a decompression bomb",
            hint="Unpack it first if you trust it",
        )


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a stream with a buffer."""
    return io.BufferedReader(raw, BUFFER)


def damaged(error: BaseException) -> ArticleError:
    """Return the error for a file that its reader could not get through."""
    text = printable(" ".join(str(getattr(error, "strerror", None) or error).split()))
    reason = (text[:1].lower() + text[1:160]).rstrip(".") or type(error).__name__
    return ArticleError(f"{DAMAGED} ({reason})")


def read_whole(stream: Whole, limit: int, option: str = "--max-article-bytes") -> bytes:
    """Return all bytes of a stream.

    Raises:
        ArticleError: there are more than ``limit``.
    """
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (data := stream.read(min(left, 1 << 20))):
        parts.append(data)
        left -= len(data)
    if left <= 0:
        raise too_large(limit, option)
    return b"".join(parts)


def too_large(limit: int, option: str = "--max-article-bytes") -> ArticleError:
    """Return the error for an article that is larger than allowed."""
    hint = f"Allow more with {option}" if option else "Unpack it first"
    return ArticleError(f"it is larger than {limit:,} bytes", hint=hint)


def read_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the next line and its number from 1; None for a line longer than ``limit`` bytes."""
    number = 0
    while line := stream.readline(limit + 2):
        number += 1
        if len(line) <= limit or (line.endswith(b"\n") and len(line) <= limit + 1):
            yield number, line
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = stream.readline(BUFFER)
