"""``annotate benchmark``: how fast, how large, and what of it is the bare model."""

import json
from typing import Annotated

import typer

from annotate.commands.console import reporting, set_verbosity, write_stdout


def benchmark_cli(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Articles to time; the default is built in."),
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
        from annotate.benchmark import benchmark
        from annotate.sources import read_articles

        result = benchmark(read_articles(paths) if paths else None, model=model, repeat=repeat)
        if as_json:
            write_stdout([json.dumps(result.as_dict(), indent=2) + "\n"])
            return
        write_stdout(f"{line}\n" for line in result.lines())
