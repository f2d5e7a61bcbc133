"""``annotate models``: which models there are, what they are, where they lie."""

import json
from importlib.metadata import entry_points
from typing import Annotated

import typer

from annotate.commands.console import reporting, write_stdout
from annotate.errors import ModelError
from annotate.shipped import DEFAULT, model_meta, model_path, shipped_models

app = typer.Typer(help="List the models, show one, or print its folder.", no_args_is_help=True)


@app.command("list")
def list_cli() -> None:
    """List the shipped models and the installed Dutch spaCy pipelines."""
    with reporting():
        for name, folder in shipped_models().items():
            meta = model_meta(folder)
            mark = " (default)" if name == DEFAULT else ""
            write_stdout([f"{name} {meta['version']}{mark}: {meta.get('description', '')}\n"])
        for point in sorted(entry_points(group="spacy_models"), key=lambda point: point.name):
            if point.name.startswith("nl_"):
                write_stdout([f"{point.name}: installed spaCy pipeline\n"])


@app.command("show")
def show_cli(name: Annotated[str, typer.Argument(help="A shipped model.")] = DEFAULT) -> None:
    """Print what is known of a model, as JSON."""
    with reporting():
        meta = model_meta(model_path(name))
        write_stdout([json.dumps(meta, ensure_ascii=False, indent=2) + "\n"])


@app.command("path")
def path_cli(name: Annotated[str, typer.Argument(help="A shipped model.")] = DEFAULT) -> None:
    """Print the folder of a model, for spacy.load."""
    with reporting():
        folder = model_path(name)
        if not (folder / "config.cfg").exists():
            raise ModelError(
                f"The model in {folder} is not whole", hint="Install annotate-nl again"
            )
        write_stdout([f"{folder}\n"])
