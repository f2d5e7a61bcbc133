"""Figures of the shipped model on the development files, pinned with a digest of the data.

``python -m tests.figures`` measures and prints them beside the pinned ones; ``--update`` pins them.
"""

import argparse
import hashlib
import json
import os
from pathlib import Path

from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.gold import read_gold
from annotate.pipeline import load

PINNED = Path(__file__).with_name("figures.json")
FILES = (
    "attributions/dev.jsonl",
    "entities/dev.jsonl",
    "coreference/dev.jsonl",
    "values/dev.jsonl",
)
MARGIN = 0.004
"""What a figure may differ between processors without having dropped."""


def corpus() -> Path | None:
    """Return the folder of the corpus: ANNOTATE_CORPUS, or the one beside the checkout."""
    beside = Path(__file__).parent.parent.parent / "shared" / "corpus"
    folder = Path(os.environ.get("ANNOTATE_CORPUS", beside))
    return folder if all((folder / name).exists() for name in FILES) else None


def corpus_for(parser: argparse.ArgumentParser) -> Path:
    """Return the folder of the corpus, or end with the usage of a command that needs it."""
    folder = corpus()
    if folder is None:
        parser.error("the development files are not there: set ANNOTATE_CORPUS")
    return folder


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each development file."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def measure(folder: Path) -> dict[str, float]:
    """Return the figures of the shipped model: means over genres, and each genre's headline."""
    annotator = load()
    found: dict[str, float] = {}
    for name in FILES:
        layer = name.split("/")[0]
        report = evaluate(read_gold(folder / name), annotator).report()
        for figure, value in report["mean"].items():
            first, _, rest = figure.partition(".")
            if first == layer or (first, layer) == ("pairs", "attributions"):
                found[f"{first}.{rest}"] = value
        if layer == "attributions":
            for genre, figures in report["genres"].items():
                found[f"attributions.who, {genre}"] = figures["attributions"]["who"]["f"]
    wanted = ("attributions", "pairs", "entities.all", "coreference.CoNLL", "coreference.mention")
    return {k: v for k, v in found.items() if k.startswith(wanted) or k == "values.all"}


def main() -> None:
    """Measure, print, and pin on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what was measured")
    args = parser.parse_args()
    folder = corpus_for(parser)
    measured = measure(folder)
    pinned = json.loads(PINNED.read_text("utf-8"))["figures"] if PINNED.exists() else {}
    for name, value in measured.items():
        print(f"{name:50} {value:.4f}  pinned {pinned.get(name, 0):.4f}")
    if args.update:
        content = {"data": digests(folder), "figures": measured}
        PINNED.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
