"""``annotate FILE…``: the main job."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.annotation import Annotation
from annotate.article import Article, Failure
from annotate.commands.console import (
    background,
    report,
    reporting,
    say,
    set_verbosity,
    write_file,
    write_stdout,
)
from annotate.commands.pager import show
from annotate.commands.progress import progress
from annotate.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from annotate.exporters.base import ExportOptions


def run_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Files, folders or patterns; - is standard input."
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            help="Output format; on a terminal rich, else jsonl. 'annotate formats' lists them.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file, whole or not at all.")
    ] = None,
    output_dir: Annotated[
        Path | None, typer.Option("--output-dir", help="Write one file for each article here.")
    ] = None,
    workers: Annotated[
        int, typer.Option("-n", "--workers", min=1, help="Processes; each loads the model.")
    ] = 1,
    model: Annotated[
        str | None,
        typer.Option(help="Shipped model, installed Dutch spaCy pipeline, or a folder."),
    ] = None,
    kb: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="JSON lines with names that you know: name, aliases, label, id, links.",
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Date of the articles (2024, 2024-02 or 2024-02-20).")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Stop after so many articles.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Show only attributions, entities, claims or mentions (terminal)."),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Show only the statements of this speaker (terminal).")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Tell what made each entity, statement and claim, and how sure it is (terminal).",
        ),
    ] = False,
    table: Annotated[
        str, typer.Option(help="Rows of csv and tsv: attributions, claims, entities, mentions.")
    ] = "attributions",
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="csv and tsv for Excel: a byte order mark, and ' before what would be a formula.",
        ),
    ] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out attributions that are less certain.")
    ] = 0.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Name the articles that would be annotated, and stop.")
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="No colours (NO_COLOR is obeyed too).")
    ] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Never a pager for what is longer than the screen.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="More messages; twice: tracebacks.")
    ] = 0,
) -> None:
    """Annotate articles: who says what, in Dutch news.

    On a terminal it prints the article with its entities and statements; in a pipe, JSON lines.
    """
    set_verbosity(verbose, quiet=quiet)
    with reporting():
        if output is not None and output_dir is not None:
            raise UsageError("-o and --output-dir exclude each other", hint="Give one of them")
        given = list(paths or [])
        if not given and sys.stdin.isatty():
            raise UsageError(
                "No article was given",
                hint="Name a file, or pipe a text in; annotate --help tells more",
            )
        from annotate.sources import read_articles

        articles = read_articles(given, date=date, limit=limit, stdin=sys.stdin.buffer)
        if dry_run:
            raise typer.Exit(list_articles(articles))
        target = Target(
            format,
            output,
            output_dir,
            only or [],
            speaker,
            table,
            no_color=no_color,
            no_pager=no_pager,
            explain=explain,
            spreadsheet=spreadsheet,
        )
        code = run(
            articles,
            target,
            model=model,
            kb=kb,
            workers=workers,
            min_confidence=min_confidence,
            quiet=quiet,
        )
        if code:
            raise typer.Exit(code)


class Target:
    """Where the output goes and what it looks like.

    Raises:
        UsageError: the format does not exist or does not fit the place.
    """

    def __init__(
        self,
        format: str | None,
        output: Path | None,
        output_dir: Path | None,
        only: list[str],
        speaker: str | None,
        table: str,
        *,
        no_color: bool,
        explain: bool = False,
        no_pager: bool = False,
        spreadsheet: bool = False,
    ) -> None:
        from annotate.exporters import get_exporter

        to_terminal = output is None and output_dir is None and sys.stdout.isatty()
        self.name = format or ("rich" if to_terminal else "jsonl")
        self.exporter = get_exporter(self.name)
        self.paged = to_terminal and self.name == "rich" and not no_pager
        self.output = output
        self.output_dir = output_dir
        self.options = _options(
            only, speaker, table, to_terminal, no_color, explain=explain, spreadsheet=spreadsheet
        )
        if self.exporter.binary and to_terminal:
            raise UsageError(
                f"The format {self.name} is not for a terminal", hint="Write it to a file with -o"
            )

    def write(self, annotations: Iterable[Annotation]) -> None:
        """Write all annotations.

        Raises:
            UsageError: a file cannot be written, or the format needs a folder.
        """
        if self.output_dir is not None:
            self._write_folder(annotations, self.output_dir)
            return
        if self.exporter.per_article:
            annotations = self._one(annotations)
        chunks = self.exporter.export(annotations, self.options)
        if self.output is None:
            (show if self.paged else write_stdout)(chunks)
        else:
            write_file(self.output, chunks)

    def _one(self, annotations: Iterable[Annotation]) -> Iterator[Annotation]:
        for number, annotation in enumerate(annotations):
            if number:
                raise UsageError(
                    f"A file of the format {self.name} holds one article",
                    hint="Write several with --output-dir",
                )
            yield annotation

    def _write_folder(self, annotations: Iterable[Annotation], folder: Path) -> None:
        from dataclasses import replace

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"The folder {folder} cannot be made ({error.strerror})"
            raise UsageError(message, hint="Name another folder") from error
        for name, content in self.exporter.folder_files().items():
            write_file(folder / name, [content])
        taken: set[str] = set()
        for annotation in annotations:
            stem = _stem(annotation.id, taken)
            for suffix in self.exporter.suffixes:
                options = replace(self.options, suffix=suffix)
                path = folder / f"{stem}{suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, self.exporter.export([annotation], options))


def _stem(name: str, taken: set[str]) -> str:
    """Return a relative file name for an article that no other article has."""
    parts = [part for part in Path(name).with_suffix("").parts if part not in {"..", "/", "\\"}]
    stem = "/".join(parts) or "article"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found


def _options(
    only: list[str],
    speaker: str | None,
    table: str,
    to_terminal: bool,
    no_color: bool,
    *,
    explain: bool,
    spreadsheet: bool,
) -> "ExportOptions":
    from typing import cast, get_args

    from annotate.exporters.base import ColorSystem, ExportOptions, Table

    tables = get_args(Table)
    for name in (*only, table):
        if name not in tables:
            raise UsageError(f"There is no part {name!r}", hint=f"Use one of {', '.join(tables)}")
    color: ColorSystem | None = None
    width = 80
    if to_terminal:
        from rich.console import Console

        console = Console()
        width = console.width
        plain = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        if not plain and console.color_system in get_args(ColorSystem):
            color = cast(ColorSystem, console.color_system)
    return ExportOptions(
        table=cast(Table, table),
        spreadsheet=spreadsheet,
        only=tuple(cast(list[Table], only)),
        speaker=speaker,
        explain=explain,
        width=width,
        color=color,
        background=background(),
        styled=to_terminal and os.environ.get("TERM") != "dumb",
    )


def list_articles(articles: Iterable[Article | Failure]) -> ExitCode:
    """Name the articles on standard output, one a line, and the failures on standard error."""
    code = ExitCode.OK
    for article in articles:
        if isinstance(article, Failure):
            report(article)
            code = ExitCode.SOME_FAILED
        else:
            write_stdout([f"{article.id}\n"])
    return code


def run(
    articles: Iterable[Article | Failure],
    target: Target,
    *,
    model: str | None,
    workers: int,
    kb: Path | None = None,
    min_confidence: float = 0.0,
    quiet: bool = False,
) -> ExitCode:
    """Annotate articles and write them; name each failing one on standard error.

    Returns:
        OK, or SOME_FAILED where an article failed.

    Raises:
        AnnotateError: the model or the output cannot be used at all.
    """
    from annotate.pipeline import load
    from annotate.select import with_confidence

    counts = {"failed": 0, "done": 0}
    annotator = load(model, kb)

    def readable() -> Iterator[Article]:
        for article in articles:
            if isinstance(article, Failure):
                counts["failed"] += 1
                report(article)
            else:
                yield article

    def annotated() -> Iterator[Annotation]:
        with progress(quiet=quiet) as advance:
            for result in annotator.pipe(readable(), workers=workers):
                advance()
                if isinstance(result, Failure):
                    counts["failed"] += 1
                    report(result)
                    continue
                counts["done"] += 1
                for warning in result.warnings if not quiet else ():
                    say(f"{result.id}: {warning}.")
                yield with_confidence(result, min_confidence) if min_confidence else result

    target.write(annotated())
    if counts["failed"]:
        total = counts["failed"] + counts["done"]
        say(f"annotate: {counts['failed']} of {total} articles failed, the others are done.")
        return ExitCode.SOME_FAILED
    return ExitCode.OK
