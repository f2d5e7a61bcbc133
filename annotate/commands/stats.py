"""``annotate stats``: figures about an archive."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from annotate.commands.console import reporting, say, set_verbosity, write_file, write_stdout
from annotate.commands.find import TableFormat, asked, csv_lines, json_lines, rendered

if TYPE_CHECKING:
    from annotate.archive.statistics import Statistics

Which = Literal["overview", "speakers", "sources", "acts", "months"]


def stats_cli(
    archive: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVE", help="Folder made by annotate batch, or a file of JSON lines."
        ),
    ],
    by: Annotated[Which | None, typer.Option(help="Only this table.")] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First date: 2024, 2024-02 or 2024-02-20.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last date, itself included.")] = None,
    unique: Annotated[
        bool, typer.Option("--unique", help="Leave out articles that are duplicates.")
    ] = False,
    top: Annotated[int, typer.Option(min=1, help="So many speakers.")] = 20,
    format: Annotated[
        TableFormat | None,
        typer.Option("-f", "--format", help="On a terminal table, else jsonl."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="The same as -f csv.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with a plot to this file.")
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="More messages; twice: tracebacks.")
    ] = 0,
) -> None:
    """Count who is quoted, how much, by which kinds of sources, what is denied, per month."""
    set_verbosity(verbose, quiet=quiet)
    with reporting():
        from annotate.archive.statistics import statistics
        from annotate.archive.statistics_page import statistics_page

        with asked(archive, quiet=quiet) as access:
            found = statistics(access, since=since, until=until, unique=unique, top=top)
        if html is not None:
            write_file(html, [statistics_page(found, f"Statements in {archive.name}")])
            if not quiet:
                say(f"Written to {html}")
            if format is None and not as_csv:
                return
        default: TableFormat = "table" if sys.stdout.isatty() else "jsonl"
        chosen: TableFormat = "csv" if as_csv else format or default
        write_stdout(stats(found, by=by, format=chosen))


def stats(
    statistics: "Statistics", *, by: Which | None = None, format: TableFormat = "table"
) -> Iterator[str]:
    """Yield figures as tables, JSON lines or CSV.

    Args:
        statistics: the figures.
        by: only this table; with all of them, CSV and JSON have a row for each figure.
        format: table, jsonl or csv.
    """
    from annotate.archive.statistics import TABLES, long_rows

    if format == "table":
        tables = [by] if by else TABLES
        yield rendered(*(_table(name, getattr(statistics, name)) for name in tables))
        return
    rows = getattr(statistics, by) if by else list(long_rows(statistics))
    if format == "jsonl":
        yield from json_lines(rows)
    else:
        yield from csv_lines(list(rows[0]) if rows else ["table", "name", "measure", "value"], rows)


def _table(name: str, rows: list[dict[str, Any]]) -> Any:
    """Return one table for a terminal; the overview is shown upright."""
    from rich.table import Table
    from rich.text import Text

    from annotate.archive.statistics_page import TITLES, shown

    if name == "overview":
        table = Table("", "", title="Overview", title_justify="left", show_header=False)
        table.columns[1].justify = "right"
        for column, value in rows[0].items():
            table.add_row(column.replace("_", " "), shown(column, value))
        return table
    table = Table(title=TITLES[name], title_justify="left")
    for place, column in enumerate(rows[0] if rows else ("nothing",)):
        table.add_column(column.replace("_", " "), justify="right" if place else "left")
    for row in rows:
        table.add_row(*(Text(shown(column, value)) for column, value in row.items()))
    return table
