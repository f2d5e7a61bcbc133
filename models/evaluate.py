"""Figures of models beside each other: ``python -m models.evaluate MODEL… --corpus DIR``.

Prints a Markdown table: entities and attributions of the whole pipeline on the development files, each genre
apart; trees, tags and lemmas on the development treebanks with gold tokens; speed beside a CNN pipeline of
spaCy's usual shape and beside the bare forward pass, timed in turn in one run; size on disk and memory. The
last column has what the CNN pipeline of `models.cnn` reaches.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from annotate.benchmark import benchmark, built_in
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.gold import read_gold
from annotate.pipeline import load, load_pipeline
from annotate.shipped import model_path
from models.cnn import BASELINE, cnn_pipeline
from models.corpus import Sentence, read_conllu

TREEBANKS = ("alpino", "lassysmall")
ROUNDS = 3
Figures = dict[str, float]


def gold_doc(nlp: Language, sentence: Sentence) -> Doc:
    """Return a sentence of a treebank as the Doc that a perfect pipeline would give."""
    columns = sentence.columns
    return Doc(
        nlp.vocab,
        words=sentence.forms,
        spaces=sentence.spaces,
        tags=columns["tag"],
        pos=columns["upos"],
        morphs=["" if value == "_" else value for value in columns["morph"]],
        lemmas=columns["lemma"],
        heads=sentence.heads,
        deps=["ROOT" if value == "root" else value for value in columns["relation"]],
    )


def syntax_figures(nlp: Language, corpus: Path, most: int | None) -> Figures:
    """Return LAS, UAS, UPOS, tag, lemma and morph (spaCy's scorer) on the development treebanks.

    Args:
        most: sentences of each treebank, None for all.
    """
    found: Figures = {}
    for name in TREEBANKS:
        sentences = list(read_conllu(corpus / "treebank" / f"dev-{name}.conllu"))[:most]
        examples = []
        for sentence in sentences:
            doc = Doc(nlp.vocab, words=sentence.forms, spaces=sentence.spaces)
            for _, pipe in nlp.pipeline:
                doc = pipe(doc)
            examples.append(Example(doc, gold_doc(nlp, sentence)))
        scores: dict[str, Any] = Scorer.score_deps(
            examples, "dep", getter=_dep, head_attr="head", ignore_labels=("p", "punct")
        )
        found[f"LAS {name}"], found[f"UAS {name}"] = scores["dep_las"], scores["dep_uas"]
        for label, attribute in (("UPOS", "pos"), ("tag", "tag"), ("lemma", "lemma")):
            score = Scorer.score_token_attr(examples, attribute)[f"{attribute}_acc"]
            found[f"{label} {name}"] = score
    return found


def _dep(token: Any, attribute: str) -> str:
    return str(getattr(token, f"{attribute}_"))


def text_figures(model: str, corpus: Path) -> Figures:
    """Return the figures of entities and attributions: means of the genres, and each genre's."""
    annotator = load(model)
    found: Figures = {}
    report = evaluate(read_gold(corpus / "entities" / "dev.jsonl"), annotator).report()
    found["entities"] = report["mean"]["entities.all"]
    for source, figures in report["genres"].items():
        found[f"entities, {source}"] = figures["entities"]["all"]["f"]
    report = evaluate(read_gold(corpus / "attributions" / "dev.jsonl"), annotator).report()
    for figure in ("who", "content=", "cue"):
        found[figure] = report["mean"][f"attributions.{figure}"]
        for genre, figures in report["genres"].items():
            found[f"{figure}, {genre}"] = figures["attributions"][figure]["f"]
    return found


def speed_figures(model: str, cnn: Language) -> Figures:
    """Time the whole pipeline and the CNN pipeline in turn on the same articles; the best rounds count."""
    annotator = load(model)
    texts = built_in()
    words = sum(len(article.text.split()) for article in texts)
    raw = [article.text for article in texts]
    ours = theirs = float("inf")
    for _ in range(ROUNDS):
        ours = min(ours, _timed(lambda: [annotator(article) for article in texts]))
        theirs = min(theirs, _timed(lambda: list(cnn.pipe(raw, batch_size=32))))
    return {
        "words/s": words / ours,
        "beside the CNN": theirs / ours,
        "beside its bare model": benchmark(None, model=model, repeat=ROUNDS).ratio or 0.0,
    }


def memory(model: str) -> float:
    """Return the peak memory in MB of a process that annotates the articles of the benchmark."""
    command = [sys.executable, "-m", "annotate", "benchmark", "--json", "--model", model]
    done = subprocess.run([*command, "--repeat", "1"], capture_output=True, check=True)
    return float(json.loads(done.stdout)["peak_mb"])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def figures(model: str, corpus: Path, cnn: Language, most: int | None) -> Figures:
    """Return all figures of one model, by the name of the row."""
    folder = Path(model) if Path(model).exists() else model_path(model)
    nlp = load_pipeline(model)
    nlp.select_pipes(enable=["annotate_encoder", "annotate_syntax"])
    found = syntax_figures(nlp, corpus, most)
    found = {**text_figures(model, corpus), **found, **speed_figures(model, cnn)}
    found["size, MB"] = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    found["memory, MB"] = memory(model)
    return found


def table(columns: dict[str, Figures]) -> Iterator[str]:
    """Yield the lines of a Markdown table, a row for each figure that the first column has."""
    yield f"| | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for row in next(iter(columns.values())):
        cells = (_cell(found.get(row)) for found in columns.values())
        yield f"| {row} | {' | '.join(cells)} |"


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value > 2 else f"{value:.3f}"


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--sentences", type=int, help="sentences of each treebank (all)")
    args = parser.parse_args()
    cnn = cnn_pipeline(args.corpus / "treebank" / "train.conllu")
    found = {name: figures(name, args.corpus, cnn, args.sentences) for name in args.models}
    for line in table({**found, "CNN": BASELINE}):
        print(line)


if __name__ == "__main__":
    main()
