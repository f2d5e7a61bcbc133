"""``annotate batch``: an archive of any size, stopped and taken up at will."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotate.article import Failure
from annotate.commands.console import report, reporting, say, set_verbosity
from annotate.errors import ExitCode

if TYPE_CHECKING:
    from annotate.archive.runner import Options, Summary
    from annotate.commands.batch_progress import Stop

SHOWN = 20
"""Failing articles that are named on standard error; all are in ``failed.jsonl``."""


def batch_cli(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...",
            help="Files and folders: .txt .md .html .docx .pdf .jsonl .csv .tsv .parquet .warc, "
            "also packed (.gz .bz2 .xz .zst) and in .zip or .tar.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", help="Folder of the archive that is made.")
    ],
    to: Annotated[
        Literal["jsonl", "parquet", "sqlite"],
        typer.Option(help="JSON lines, a Parquet data set, or one SQLite file."),
    ] = "jsonl",
    zst: Annotated[bool, typer.Option("--zst", help="Pack JSON lines with zstd.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--workers",
            min=1,
            help="Processes, each on one core; the default is one for each core.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Shipped model, installed Dutch spaCy pipeline, or a folder."),
    ] = None,
    kb: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON lines with names that you know.")
    ] = None,
    text_column: Annotated[str | None, typer.Option(help="Column with the text.")] = None,
    id_column: Annotated[str | None, typer.Option(help="Column with the id.")] = None,
    date_column: Annotated[str | None, typer.Option(help="Column with the date.")] = None,
    title_column: Annotated[str | None, typer.Option(help="Column with the title.")] = None,
    dedupe: Annotated[
        bool, typer.Option("--dedupe", help="Mark near-duplicates with duplicate_of.")
    ] = False,
    max_article_bytes: Annotated[
        int, typer.Option(min=1, help="Larger articles are named and left out.")
    ] = 10_000_000,
    max_read_seconds: Annotated[
        int, typer.Option(min=1, help="Documents (PDF, HTML …) that take longer are left out.")
    ] = 60,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Do articles again that failed before.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away the archive that is there.")
    ] = False,
    accept_changes: Annotated[
        bool, typer.Option("--accept-changes", help="Go on with another model or other columns.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="More messages; twice: tracebacks.")
    ] = 0,
) -> None:
    """Annotate an archive into a folder; after a stop, the same command goes on.

    Articles that fail are listed in failed.jsonl in that folder. Ctrl-C finishes what is in hand.
    """
    set_verbosity(verbose, quiet=quiet)
    with reporting():
        from annotate.archive.items import Columns, Limits
        from annotate.archive.runner import Options
        from annotate.components.storage import THREADS

        if workers == 1 and scheduler is None:
            os.environ.setdefault(THREADS, "1")
        options = Options(
            to=to,
            zst=zst,
            columns=Columns(text_column, id_column, date_column, title_column),
            limits=Limits(article_bytes=max_article_bytes, seconds=max_read_seconds),
            dedupe=dedupe,
        )
        with stopping(quiet=quiet) as stop:
            summary = batch(
                inputs,
                out,
                model=model,
                kb=kb,
                options=options,
                workers=workers,
                scheduler=scheduler,
                retry_failed=retry_failed,
                restart=restart,
                accept_changes=accept_changes,
                quiet=quiet,
                stop=stop,
            )
        if not quiet:
            for line in told(summary, out):
                say(line)
        if not summary.finished:
            raise typer.Exit(ExitCode.INTERRUPTED)
        if summary.failed:
            raise typer.Exit(ExitCode.SOME_FAILED)


def batch(
    inputs: Sequence[str],
    out: Path,
    *,
    model: str | None = None,
    kb: Path | None = None,
    options: "Options | None" = None,
    workers: int | None = None,
    scheduler: str | None = None,
    retry_failed: bool = False,
    restart: bool = False,
    accept_changes: bool = False,
    quiet: bool = True,
    stop: "Stop" = bool,
) -> "Summary":
    """Annotate an archive with a model and show progress on standard error.

    Args:
        inputs: files and folders.
        out: the folder of the archive.
        model: name or folder of a model; None is the shipped default.
        kb: JSON lines with names that the reader knows.
        options: how the archive is made.
        workers: processes; None is one for each core.
        scheduler: address of a Dask scheduler.
        retry_failed: do articles again that failed before.
        restart: throw away what is there.
        accept_changes: go on with another model or other columns.
        quiet: show no progress.
        stop: says when no further batch is to be begun.

    Raises:
        AnnotateError: see ``annotate.archive.runner.annotate_archive``.
    """
    from annotate.archive.runner import annotate_archive
    from annotate.commands.batch_progress import showing
    from annotate.components.storage import cores
    from annotate.kb import read_kb
    from annotate.pipeline import load

    if kb is not None:
        read_kb(kb)
    with showing(quiet=quiet) as listener:
        return annotate_archive(
            inputs,
            out,
            partial(load, model, kb.absolute()) if kb else partial(load, model),
            options=options,
            workers=workers or cores(),
            scheduler=scheduler,
            retry_failed=retry_failed,
            restart=restart,
            accept_changes=accept_changes,
            listener=listener,
            stop=stop,
        )


@contextmanager
def stopping(*, quiet: bool = False) -> Iterator["Stop"]:
    """Give a function that tells whether Ctrl-C was pressed or the system asked for an end.

    The second time, the process is interrupted at once.
    """
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        if not quiet:
            os.write(2, b"\nFinishing the batches in hand; press Ctrl-C again to stop at once.\n")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def told(summary: "Summary", out: Path) -> Iterator[str]:
    """Yield the lines that say how it went; failing articles are named first."""
    if summary.failed:
        with (out / "failed.jsonl").open(encoding="utf-8") as lines:
            for line in islice(lines, SHOWN):
                report(Failure(**json.loads(line)))
        if summary.failed > SHOWN:
            yield f"… and {summary.failed - SHOWN:,} more, in {out / 'failed.jsonl'}"
    if summary.ignored:
        most = sorted(summary.ignored.items(), key=lambda pair: (-pair[1], pair[0]))
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in most[:8])
        yield f"Left out {sum(summary.ignored.values()):,} files of other kinds: {kinds}"
    done = summary.articles - summary.failed
    failed = (
        f" {summary.failed:,} failed, listed in {out / 'failed.jsonl'}." if summary.failed else ""
    )
    before = f" ({summary.before:,} of them before)" if summary.before else ""
    yield f"{summary.articles:,} articles{before}: {done:,} annotated into {out}.{failed}"
    if not summary.finished:
        yield "Stopped before the end. Give the same command again to go on."
