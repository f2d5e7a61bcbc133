"""``annotate benchmark``: how fast, how large, and what of it is the bare model."""

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated, Union

import typer

from annotate.commands.console import reporting, say, set_verbosity, write_stdout
from annotate.errors import UsageError

if TYPE_CHECKING:
    from annotate.archive.benchmark import ArchiveBenchmark
    from annotate.benchmark import Benchmark


def benchmark_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Articles to time; the default is built in."),
    ] = None,
    archive: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=10,
            help="Time archives of 1000, 10,000 … N made-up articles instead: cost and memory with "
            "rules in place of the model, find on each kind of output, two processes against one.",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model to time.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Rounds; the best one counts.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Details.")] = 0,
) -> None:
    """Time the whole pipeline and the bare model on the same articles in one run.

    The bare model is the forward pass of its graphs alone, on the same windows and anchors.
    """
    set_verbosity(verbose, quiet=False)
    with reporting():
        result = _measured(paths, archive, model, repeat)
        if as_json:
            write_stdout([json.dumps(result.as_dict(), indent=2) + "\n"])
            return
        write_stdout(f"{line}\n" for line in result.lines())


def _measured(
    paths: list[str] | None, archive: int | None, model: str | None, repeat: int
) -> Union["Benchmark", "ArchiveBenchmark"]:
    """Return what is to be printed.

    Raises:
        UsageError: files are given for archives that are made up.
    """
    if archive is None:
        from annotate.benchmark import benchmark
        from annotate.sources import read_articles

        return benchmark(read_articles(paths) if paths else None, model=model, repeat=repeat)
    if paths:
        raise UsageError(
            "--archive makes up its articles, it takes no files", hint="Leave one of the two out"
        )
    from annotate.archive.benchmark import benchmark_archive
    from annotate.pipeline import load

    return benchmark_archive(archive, factory=partial(load, model), told=say)
