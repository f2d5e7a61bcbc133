"""Documents parsed in a process of its own: one that hangs or kills its reader costs only itself.

A PDF or a page from anywhere can keep its reader busy for hours, fill the memory, or crash native
code. The process ends itself when a document takes too long, by a watchdog that needs neither the
interpreter nor the process that waits for it; the next document gets a new one. Texts, rows of
tables among them, are parsed where they are.
"""

import atexit
import contextlib
import faulthandler
import importlib
import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from typing import Any, BinaryIO, cast

from annotate.archive.documents import parse as parse_here
from annotate.archive.items import Item, ItemKind, Limits
from annotate.article import Article, Failure
from annotate.errors import AnnotateError

MODULES: dict[ItemKind, str] = {
    "markdown": "markdown_it",
    "html": "trafilatura",
    "docx": "docx",
    "pdf": "pypdf",
}
"""Kinds that are parsed apart, and what is imported for them before the time begins to count."""
MEMORY = 4 << 30
"""Bytes of address space that the process may have, where the system can hold it to that."""
WARM = "These words are not Dutch, so that the model that tells languages apart is loaded by them."
_LENGTH = struct.Struct("<Q")


class Reader:
    """A process that parses documents, started when there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, item: Item, limits: Limits) -> Article | Failure:
        """Return the article of a loaded item, or why it holds none.

        Raises:
            AnnotateError: no process can be started.
        """
        with self._lock:
            for _ in range(2):  # what ended it may have been another's doing: a lack of memory
                stdin, stdout = self._streams()
                begin = time.monotonic()
                try:
                    _send(stdin, (item, limits))
                    answer: Article | Failure = _receive(stdout)
                except (OSError, EOFError):
                    self._end()
                else:
                    return answer
                if time.monotonic() - begin >= limits.seconds:
                    return Failure(
                        item.id,
                        f"reading it took longer than {limits.seconds} seconds",
                        "Allow more with --max-read-seconds",
                    )
        return Failure(item.id, "the process that read it died", "It may need too much memory")

    def _streams(self) -> tuple[BinaryIO, BinaryIO]:
        """Return where documents go and where answers come from.

        Raises:
            AnnotateError: no process can be started.
        """
        if self._process is None:
            try:
                self._process = _start()
            except (OSError, EOFError) as error:
                raise AnnotateError(
                    "A process that reads documents could not be started",
                    hint="There may be too little memory: use fewer processes with -n",
                ) from error
        return _pipes(self._process)

    def close(self) -> None:
        """End the process; the next document starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            _kill(self._process)
        self._process = None


_reader = Reader()
atexit.register(_reader.close)


def parse(item: Item, limits: Limits) -> Article | Failure:
    """Return the article of a loaded item, or why it holds none; documents are parsed apart.

    Raises:
        AnnotateError: no process can be started.
    """
    if item.kind in MODULES and item.data is not None:
        return _reader.parse(item, limits)
    return parse_here(item, limits)


def close() -> None:
    """End the process that parses the documents of this one, if there is any."""
    _reader.close()


def _start() -> "subprocess.Popen[bytes]":
    """Start a process and wait until it is ready.

    It has a session of its own, so that Ctrl-C does not reach it; it ends with this process.

    Raises:
        OSError: there are no more processes or files.
        EOFError: it ended at once.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; import {__name__} as c; c.serve()"
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _receive(_pipes(process)[1])
    except BaseException:
        _kill(process)
        raise
    return process


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[BinaryIO, BinaryIO]:
    return cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process, and forget what was still to be sent to it."""
    process.kill()
    process.wait()
    for stream in _pipes(process):
        with contextlib.suppress(OSError):
            stream.close()


def serve() -> None:
    """Parse the documents that come in on standard input, until it ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    parse_here(Item("", "text", len(WARM), WARM), Limits())
    _send(answers, "ready")
    with contextlib.suppress(EOFError):
        while True:
            item, limits = _receive(requests)
            with contextlib.suppress(ImportError):  # the reader says what is missing
                importlib.import_module(MODULES[item.kind])
            faulthandler.dump_traceback_later(limits.seconds, exit=True)
            answer = parse_here(item, limits)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, answer)


def _send(stream: BinaryIO, value: object) -> None:
    """Write a value with its length in front."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: BinaryIO) -> Any:
    """Read a value.

    Raises:
        EOFError: the other side has ended.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
