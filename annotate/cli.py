"""The command line: ``annotate FILE…`` and its verbs.

Only the commands print, open output and exit; what they do lies below them. Nothing heavy is imported
before a command needs it.
"""

import sys
from typing import Annotated

import typer

from annotate.commands.batch import batch_cli
from annotate.commands.benchmark import benchmark_cli
from annotate.commands.convert import convert_cli
from annotate.commands.evaluate import evaluate_cli
from annotate.commands.find import find_cli
from annotate.commands.formats import formats_cli
from annotate.commands.models import app as models_app
from annotate.commands.run import run_cli
from annotate.commands.schema import schema_cli
from annotate.commands.stats import stats_cli
from annotate.version import __version__

app = typer.Typer(
    name="annotate",
    help="Annotate Dutch news: entities, claims, and who says what. "
    "'annotate FILE…' is short for 'annotate run FILE…'.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would take half the time of --help
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run_cli)
app.command("batch")(batch_cli)
app.command("find")(find_cli)
app.command("stats")(stats_cli)
app.command("convert")(convert_cli)
app.command("evaluate")(evaluate_cli)
app.command("benchmark")(benchmark_cli)
app.command("formats")(formats_cli)
app.command("schema")(schema_cli)
app.add_typer(models_app, name="models")

VERBS = frozenset(
    {
        *("run", "batch", "find", "stats", "convert"),
        *("evaluate", "benchmark", "formats", "schema", "models"),
    }
)
OWN_OPTIONS = frozenset({"--help", "-h", "--version", "--install-completion", "--show-completion"})


def _version(value: bool) -> None:
    if value:
        typer.echo(f"annotate {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    pass


def with_verb(arguments: list[str], *, piped: bool) -> list[str]:
    """Return the arguments with the verb ``run`` where none is given.

    A file whose name is a verb is given as ``./batch``.

    Args:
        piped: whether standard input is no terminal: then no argument at all means ``run``.
    """
    if not arguments:
        return ["run"] if piped else []
    if arguments[0] in VERBS or arguments[0] in OWN_OPTIONS:
        return arguments
    return ["run", *arguments]


def main() -> None:
    """Run the command line."""
    piped = sys.stdin is not None and not sys.stdin.isatty()
    app(with_verb(sys.argv[1:], piped=piped), prog_name="annotate")
