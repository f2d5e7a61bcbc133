"""``annotate schema``: the JSON Schema of the output."""

import json

from annotate.commands.console import reporting, write_stdout


def schema_cli() -> None:
    """Print the JSON Schema of the output (annotate/1)."""
    with reporting():
        from annotate.schema import json_schema

        write_stdout([json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"])
