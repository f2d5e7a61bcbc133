"""``annotate find``: who said what, in an archive."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from annotate.commands.console import reporting, say, set_verbosity, write_stdout
from annotate.labels import Act, AttributionType, Polarity, SourceKind

if TYPE_CHECKING:
    from annotate.archive.access import Access
    from annotate.archive.finding import Found, Query

TableFormat = Literal["table", "jsonl", "csv"]
ROWS = 50
"""Statements in a table, unless --limit says otherwise."""


def find_cli(
    archive: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVE", help="Folder made by annotate batch, or a file of JSON lines."
        ),
    ],
    speaker: Annotated[
        str | None, typer.Option(help="Who says it, by any name that the archive knows.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(help="Name or words that the statement is about.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="Words that the article has.")] = None,
    act: Annotated[Act | None, typer.Option(help="What the statement does.")] = None,
    source_kind: Annotated[
        SourceKind | None, typer.Option(help="Kind of source; none: nobody is named.")
    ] = None,
    type_: Annotated[
        AttributionType | None, typer.Option("--type", help="Quoted or in other words.")
    ] = None,
    polarity: Annotated[
        Polarity | None, typer.Option(help="- for what is denied or not said.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First date: 2024, 2024-02 or 2024-02-20.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last date, itself included.")] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out what is less certain.")
    ] = 0.0,
    unique: Annotated[
        bool, typer.Option("--unique", help="Leave out articles that are duplicates.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="So many statements; a table has 50 by default.")
    ] = None,
    format: Annotated[
        TableFormat | None,
        typer.Option("-f", "--format", help="On a terminal table, else jsonl."),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="More messages; twice: tracebacks.")
    ] = 0,
) -> None:
    """Find statements in an archive, with the words in their context, in the order of the dates.

    Case and accents do not matter; the last word may go on: sanctie also finds sancties.
    """
    set_verbosity(verbose, quiet=quiet)
    with reporting():
        from annotate.archive.finding import Query

        query = Query(
            speaker=speaker,
            about=about,
            text=text,
            act=act,
            polarity=polarity,
            type=type_,
            source_kind=source_kind,
            since=since,
            until=until,
            min_confidence=min_confidence,
            unique=unique,
        )
        to_terminal = sys.stdout.isatty()
        chosen = format or ("table" if to_terminal else "jsonl")
        with asked(archive, quiet=quiet) as access:
            write_stdout(find(access, query, format=chosen, limit=limit, quiet=quiet))


def find(
    access: "Access",
    query: "Query",
    *,
    format: TableFormat = "jsonl",
    limit: int | None = None,
    quiet: bool = True,
) -> Iterator[str]:
    """Yield the statements that a query finds, as pieces of a table, of JSON lines or of CSV.

    Raises:
        UsageError: a date or a name cannot be understood.
    """
    from annotate.archive.finding import Found, Statements

    statements = Statements(access, query)
    if format == "table":
        number = statements.count()
        found = list(statements.read(limit or ROWS))
        yield as_table(found)
        if not quiet:
            more = (
                f", the first {len(found)} shown; --limit shows more" if len(found) < number else ""
            )
            say(f"{number:,} statements{more}")
        return
    rows = (asdict(item) for item in statements.read(limit))
    if format == "jsonl":
        yield from json_lines(rows)
    else:
        yield from csv_lines([field.name for field in fields(Found)], rows)


@contextmanager
def asked(archive: Path, *, quiet: bool) -> Iterator["Access"]:
    """Open an archive, and say on standard error what a user has to know about it."""
    from annotate.archive.access import open_archive

    shown = False

    def told(part: float) -> None:
        nonlocal shown
        if not quiet and (not shown or part == 1.0):
            say(f"making an index, once: {part:.0%}")
            shown = True

    with open_archive(archive, told) as access:
        if not access.finished and not quiet:
            say("This archive is not finished: annotate batch has not been through all of it.")
        yield access


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield rows as JSON lines."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def csv_lines(columns: list[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield rows as CSV under a header; lists become JSON, None an empty cell."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {
            name: json.dumps(value) if isinstance(value, list | tuple) else value
            for name, value in row.items()
        }
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def as_table(found: list["Found"]) -> str:
    """Return statements as a table for a terminal, or for a file without colours."""
    from rich.table import Table
    from rich.text import Text

    table = Table("date", "who", "act", "words", "article", expand=True, show_lines=False)
    table.columns[3].ratio = 1
    for item in found:
        words = Text()
        words.append(f"… {item.before} " if item.before else "", style="dim")
        words.append(item.words or item.content, style="bold")
        words.append(f" {item.after} …" if item.after else "", style="dim")
        who = item.speaker or item.source or "–"
        where = f"{item.article} [{item.start}:{item.end}]"
        table.add_row(item.date or "–", Text(who), item.act, words, Text(where, overflow="fold"))
    return rendered(table)


def rendered(*tables: Any) -> str:
    """Return tables as text, with colours where standard output is a terminal."""
    from rich.console import Console

    console = Console()
    with console.capture() as capture:
        for table in tables:
            console.print(table)
    return capture.get()
