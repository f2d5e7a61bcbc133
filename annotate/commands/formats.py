"""``annotate formats``: the output formats, and how long each takes."""

from typing import Annotated

import typer

from annotate.commands.console import reporting, write_stdout


def formats_cli(
    timed: Annotated[
        bool,
        typer.Option(
            "--time", help="Time each format beside the annotation, on built-in articles."
        ),
    ] = False,
    model: Annotated[str | None, typer.Option(help="Model to time with.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Rounds; the best one counts.")] = 3,
) -> None:
    """List the output formats that -f takes."""
    with reporting():
        from annotate.exporters import available

        if not timed:
            write_stdout(f"{name}\n" for name in available())
            return
        from annotate.benchmark import built_in
        from annotate.commands.format_times import format_times

        whole, found = format_times(built_in()[:4], model=model, repeat=repeat)
        write_stdout([f"{'annotating':14}{whole:8.1f} ms an article\n"])
        write_stdout(
            f"{item.name:14}{item.milliseconds:8.1f} ms{item.share:8.1%}\n"
            for item in sorted(found, key=lambda item: -item.share)
        )
