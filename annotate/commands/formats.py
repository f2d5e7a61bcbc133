"""``annotate formats``: the output formats."""

from annotate.commands.console import reporting, write_stdout


def formats_cli() -> None:
    """List the output formats that -f takes."""
    with reporting():
        from annotate.exporters import available

        write_stdout(f"{name}\n" for name in available())
