"""``annotate evaluate``: figures on gold files."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from annotate.commands.console import reporting, set_verbosity, write_stdout
from annotate.commands.progress import progress


def evaluate_cli(
    files: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Gold files.")],
    model: Annotated[str | None, typer.Option(help="Model to evaluate.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    errors: Annotated[
        bool,
        typer.Option("--errors", help="List what is missed, spurious and wrong, with its text."),
    ] = False,
    reliability: Annotated[
        bool,
        typer.Option(
            "--reliability",
            help="Tell how often entities and attributions of a confidence are right.",
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Details.")] = 0,
) -> None:
    """Score the pipeline on gold files: entities, attributions, coreference, values.

    Texts with a genre or source are scored apart; the mean is the plain mean of these.
    """
    set_verbosity(verbose, quiet=quiet)
    with reporting():
        from annotate.evaluation.evaluate import evaluate
        from annotate.evaluation.gold import read_gold
        from annotate.pipeline import load

        rows = [row for path in files for row in read_gold(path)]
        annotator = load(model)
        with progress(quiet=quiet) as advance:
            result = evaluate(rows, annotator, advance=advance)
        report = result.report()
        report["model"] = {"name": annotator.model.name, "version": annotator.model.version}
        if reliability:
            report["reliability"] = result.reliability()
        if errors:
            report["errors"] = [mistake._asdict() for mistake in result.mistakes]
        if as_json:
            write_stdout([json.dumps(report, ensure_ascii=False, indent=2) + "\n"])
        else:
            write_stdout(_lines(report))


def _lines(report: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for genre, found in report["genres"].items():
        lines.append(f"== {genre or 'all'}: {found['texts']} texts\n")
        for layer in ("attributions", "entities", "coreference"):
            for name, figure in found.get(layer, {}).items():
                if isinstance(figure, dict):
                    numbers = f"P {figure['p']:.3f}  R {figure['r']:.3f}  F {figure['f']:.3f}"
                else:
                    numbers = f"{figure}"
                lines.append(f"{layer:13} {name:13} {numbers}\n")
        for layer in ("pairs", "values"):
            for name, accuracy in found.get(layer, {}).items():
                lines.append(f"{layer:13} {name:13} {accuracy:.3f}\n")
    if len(report["genres"]) > 1:
        lines.append("== plain mean\n")
        lines += [f"{name:27} {value:.3f}\n" for name, value in report["mean"].items()]
    for layer, found in report.get("reliability", {}).items():
        lines += _reliability(layer, found)
    for mistake in report.get("errors", ()):
        lines.append(f"-- {mistake['kind']} {mistake['id']}\n")
        lines.append(f"   gold:      {mistake['gold']}\n   predicted: {mistake['predicted']}\n")
    return lines


def _reliability(layer: str, found: dict[str, Any]) -> list[str]:
    """Return the reliability table of a layer: bins of confidence, how many, and how many are right."""
    head = f"== reliability of {layer}: {found['count']}, ECE {found['ece']:.3f}\n"
    lines = [head, "confidence    count   mean  right\n"] if found["bins"] else [head]
    for row in found["bins"]:
        edges = f"{row['low']:.1f}-{row['high']:.1f}"
        numbers = f"{row['size']:8.0f}  {row['confidence']:.3f}  {row['right']:.3f}"
        lines.append(f"{edges:10} {numbers}\n")
    return lines
