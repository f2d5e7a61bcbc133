"""What the commands share: messages and errors on standard error, output in files, exit codes."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import typer

from annotate.article import Failure
from annotate.errors import AnnotateError, ExitCode, UsageError
from annotate.exporters.base import Background

log = logging.getLogger("annotate")
WRITE_HINT = "Check that the folder exists, can be written to and has room"


_held: list[str] | None = None
"""Messages that wait until the terminal is free; None where none wait."""


def say(message: str) -> None:
    """Print one line on standard error; nothing where it is closed."""
    if _held is not None:
        _held.append(message)
        return
    with suppress(BrokenPipeError, ValueError):
        print(message, file=sys.stderr, flush=True)


@contextmanager
def messages_held() -> Iterator[None]:
    """Keep messages back while something else has the terminal, and print them afterwards."""
    global _held
    before, _held = _held, []
    try:
        yield
    finally:
        waiting, _held = _held, before
        for message in waiting:
            say(message)


def background() -> Background:
    """Whether the terminal is dark or light, where it says so (COLORFGBG, as rxvt and Konsole)."""
    color = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    if not color.isdecimal():
        return "unknown"
    return "light" if int(color) == 7 or int(color) > 8 else "dark"


def report(failure: Failure) -> None:
    """Name a failing article on standard error, in one line."""
    hint = f" {failure.hint}." if failure.hint else ""
    say(f"{failure.id}: {failure.message}.{hint}")


def set_verbosity(verbose: int, *, quiet: bool) -> None:
    """Show warnings, with -v information, with -v -v tracebacks and details."""
    level = (
        logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    )
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.ERROR)
    log.setLevel(level)


@contextmanager
def reporting() -> Iterator[None]:
    """Turn errors into one sentence on standard error and the right exit code."""
    try:
        yield
    except AnnotateError as error:
        log.debug("details", exc_info=True)
        say(f"annotate: {error}")
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        say("annotate: interrupted.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except BrokenPipeError:
        _close_stdout()
        raise typer.Exit(ExitCode.OK) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        log.debug("details", exc_info=True)
        first = (str(error).strip().splitlines() or [""])[0][:200].rstrip(".")
        say(
            f"annotate: unexpected {type(error).__name__}: {first}. "
            "Run again with -v -v for details, and please report it."
        )
        raise typer.Exit(ExitCode.SOME_FAILED) from None


def _close_stdout() -> None:
    """Point standard output at nothing, so that Python's own flush at the end stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def write_stdout(chunks: Iterable[str | bytes]) -> None:
    """Write pieces of output to standard output as UTF-8, each as soon as it is there.

    Raises:
        BrokenPipeError: nobody reads it any more.
    """
    stream = sys.stdout.buffer
    for chunk in chunks:
        stream.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)
        stream.flush()


@contextmanager
def atomic(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that appears under its name only when it is whole.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
        ) as stream:
            part = Path(stream.name)
            try:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
                part.chmod(0o666 & ~_umask())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        message = f"{path} cannot be written ({error.strerror or error})"
        raise UsageError(message, hint=WRITE_HINT) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_file(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Write pieces of output to a file, atomically.

    Raises:
        UsageError: it cannot be written.
    """
    with atomic(path) as stream:
        for chunk in chunks:
            stream.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)
