"""``annotate convert``: stored annotations in another format, without running a model."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from annotate.annotation import Annotation
from annotate.article import Failure
from annotate.commands.console import report, reporting, say, set_verbosity
from annotate.commands.run import Target
from annotate.errors import AnnotateError, ExitCode, UsageError


def convert_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Files of JSON lines (annotate/1); - is standard input."
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
    only: Annotated[
        list[str] | None,
        typer.Option(help="Show only attributions, entities, claims or mentions (terminal)."),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Show only the statements of this speaker (terminal).")
    ] = None,
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
    no_color: Annotated[
        bool, typer.Option("--no-color", help="No colours (NO_COLOR is obeyed too).")
    ] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Never a pager for what is longer than the screen.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Tell what made each entity, statement and claim, and how sure it is (terminal).",
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="More messages; twice: tracebacks.")
    ] = 0,
) -> None:
    """Convert stored annotations (JSON lines, annotate/1) to another format."""
    set_verbosity(verbose, quiet=quiet)
    with reporting():
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
        code = convert(list(paths or ["-"]), target)
        if code:
            raise typer.Exit(code)


def convert(paths: list[str], target: Target) -> ExitCode:
    """Write the annotations in some files; name each line that holds none on standard error.

    Returns:
        OK, or SOME_FAILED where a line was no annotation.

    Raises:
        UsageError: a file cannot be read, or the output not be written.
    """
    failed = 0

    def readable() -> Iterator[Annotation]:
        nonlocal failed
        for path in paths:
            for found in read_annotations(path):
                if isinstance(found, Failure):
                    failed += 1
                    report(found)
                else:
                    yield found

    target.write(readable())
    if failed:
        say(f"annotate: {failed} lines hold no annotation, the others are converted.")
        return ExitCode.SOME_FAILED
    return ExitCode.OK


def read_annotations(path: str) -> Iterator[Annotation | Failure]:
    """Yield the annotations in a file of JSON lines, one in memory at a time.

    Raises:
        UsageError: the file cannot be read.
    """
    from annotate.serialize import from_json_line

    try:
        with sys.stdin.buffer if path == "-" else Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield from_json_line(line.decode("utf-8"))
                except UnicodeDecodeError:
                    yield Failure(f"{path}:{number}", "the line is no UTF-8")
                except AnnotateError as error:
                    yield Failure(f"{path}:{number}", error.message, error.hint)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})"
        raise UsageError(message, hint="Check its name") from error
