"""Progress of more than a few articles: a bar on a terminal, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotate.commands.console import say

FEW = 5
"""Articles up to which no progress is shown."""
SECONDS = 30
"""Between two lines where standard error is no terminal."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call after each article."""
    if quiet:
        yield lambda: None
        return
    if sys.stderr.isatty() and not sys.stdout.isatty():
        yield from _bar()
        return
    yield from _lines()


def _bar() -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), "articles", MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("articles", total=None)
    count = 0

    def advance() -> None:
        nonlocal count
        count += 1
        if count == FEW + 1:
            bar.start()
        bar.update(task, completed=count)

    try:
        yield advance
    finally:
        bar.stop()


def _lines() -> Iterator[Callable[[], None]]:
    began = last = time.monotonic()
    count = 0

    def advance() -> None:
        nonlocal count, last
        count += 1
        now = time.monotonic()
        if count > FEW and now - last >= SECONDS:
            last = now
            say(f"{count} articles done, {count / (now - began):.1f} a second")

    yield advance
