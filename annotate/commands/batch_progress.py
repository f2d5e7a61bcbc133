"""Progress through an archive: a bar on a terminal, else a line now and then, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotate.commands.console import say

if TYPE_CHECKING:
    from annotate.archive.runner import Progress

Listener = Callable[["Progress"], None]
Stop = Callable[[], bool]
SECONDS = 30
"""Between two lines where standard error is no terminal."""


@contextmanager
def showing(*, quiet: bool) -> Iterator[Listener | None]:
    """Give a function that shows progress; None where none is wanted."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _lines()


def _bar() -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0)
        yield lambda progress: bar.update(
            task, completed=progress.part, description=described(progress)
        )


def _lines() -> Listener:
    last = time.monotonic()

    def show(progress: "Progress") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS:
            last = now
            say(f"{progress.part:.0%}, {described(progress)}")

    return show


def described(progress: "Progress") -> str:
    """Return progress in words: how many, how fast, how many failed, how long still."""
    seconds = max(progress.seconds, 1e-9)
    parts = [
        f"{progress.articles:,} articles",
        f"{progress.new / seconds:,.1f} a second",
        f"{progress.new_words / seconds:,.0f} words a second",
        f"{progress.failed:,} failed",
    ]
    if progress.new_part > 0:
        left = seconds * (1 - progress.part) / progress.new_part
        parts.append(f"{duration(left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a length of time with two units: "2 h 05 min", "3 min 20 s", "8 s".

    >>> duration(7500)
    '2 h 05 min'
    """
    whole = round(seconds)
    if whole >= 86_400:
        return f"{whole // 86_400} d {whole % 86_400 // 3600:02} h"
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"
