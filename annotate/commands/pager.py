"""Output that is longer than the screen of a terminal goes through a pager, as git's does."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from typing import IO

from annotate.commands.console import messages_held, write_stdout

Chunks = Iterable[str | bytes]


def show(chunks: Chunks) -> None:
    """Write to standard output, a terminal; what does not fit its screen goes to the pager.

    Output that fits is written as it is. The pager starts as soon as there is more, and gets the
    rest while it is made; when the reader leaves it, no more is made. Messages wait until then.

    Raises:
        BrokenPipeError: the terminal is gone.
    """
    command, height = pager(), _height()
    if command is None or height is None:
        write_stdout(chunks)
        return
    source = iter(chunks)
    first: list[str | bytes] = []
    lines = 0
    for chunk in source:
        first.append(chunk)
        lines += chunk.count("\n") if isinstance(chunk, str) else chunk.count(b"\n")
        if lines >= height:
            break
    else:
        write_stdout(first)
        return
    with messages_held():
        _feed(command, chain(first, source))


def pager() -> list[str] | None:
    """The command that PAGER names, else less; None where it is empty, cat or not there.

    LESS is set where it is not, so that less shows colours.
    """
    if os.environ.get("TERM", "dumb") in ("dumb", "emacs"):
        return None
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return None
    if not command or command == ["cat"]:
        return None
    program = shutil.which(command[0])
    return [program, *command[1:]] if program else None


def _height() -> int | None:
    """Lines of the terminal; None where it does not know."""
    with suppress(ValueError):
        return max(int(os.environ.get("LINES", "")), 1)
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stdout.fileno()).lines or None
    return None


def _feed(command: list[str], chunks: Chunks) -> None:
    """Run a pager on what is made, and wait until the reader leaves it."""
    env = {"LESS": "-R", "LESSCHARSET": "utf-8", **os.environ}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=env)
    pipe = process.stdin
    assert pipe is not None
    try:
        _write(pipe, chunks)
    finally:
        with suppress(BrokenPipeError):
            pipe.close()
        # Control-C belongs to the pager as long as it is there.
        while process.returncode is None:
            with suppress(KeyboardInterrupt):
                process.wait()


def _write(pipe: IO[bytes], chunks: Chunks) -> None:
    for chunk in chunks:
        try:
            pipe.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)
            pipe.flush()
        except BrokenPipeError:
            return
