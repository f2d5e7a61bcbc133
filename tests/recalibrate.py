"""Fit the confidence of attributions and entities anew, after a training or a change of the rules.

``python -m tests.recalibrate`` fits the curves of ``lexicons/calibration.tsv`` on the development files,
half of the texts at a time, and prints how far the confidence of the other half could be believed before
and after; ``--update`` writes the curves that all of them give.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import annotate
from annotate.calibration import Pair, calibrate, calibration_error, reliability
from annotate.components.attributions import stored_attributions
from annotate.components.curves import Calibration, calibrations
from annotate.components.entities import MAKER
from annotate.components.rules.component import RULES
from annotate.components.rules.confidence import maker_of
from annotate.components.units import SECTIONS
from annotate.evaluation.attributions import pair
from annotate.evaluation.gold import read_gold
from annotate.pipeline import load
from annotate.sources.sections import find_sections
from tests.figures import corpus_for

TABLE = Path(annotate.__file__).parent / "lexicons" / "calibration.tsv"
FEWEST = 30
"""Attributions of a maker below which its score stays as it is."""
Scores = Mapping[str, list[Pair]]
Curves = Mapping[str, Calibration]


def raw_scores(nlp: Any, rows: Iterable[dict[str, Any]]) -> list[Scores]:
    """Return for each article by maker the raw scores, and whether the figure `who` counts them."""
    names = nlp.pipe_names
    before = [nlp.get_pipe(name) for name in names[: names.index("annotate_rules")]]
    result = []
    for row in rows:
        doc = nlp.make_doc(row["text"])
        doc.user_data[SECTIONS] = [section.start for section in find_sections(row["text"])]
        for component in before:
            doc = component(doc)
        found = stored_attributions(doc)
        for _name, rule in RULES:
            found = rule(doc, found)
        predicted = [{**one._asdict(), "maker": maker_of(doc, one)} for one in found]
        scores: dict[str, list[Pair]] = defaultdict(list)
        for one in pair(row["text"], row["attributions"], predicted):
            if one.predicted is not None:
                right = one.gold is not None and one.found_source
                scores[one.predicted["maker"]].append((one.predicted["confidence"], right))
        result.append(scores)
    return result


def raw_entities(nlp: Any, rows: Iterable[dict[str, Any]]) -> list[Scores]:
    """Return for each text the raw scores of its entities, and whether span and label are right."""
    encoder, finder = nlp.get_pipe("annotate_encoder"), nlp.get_pipe("annotate_entities")
    result = []
    for row in rows:
        found = finder.find(encoder(nlp.make_doc(row["text"])))
        right = {(start, end, label) for start, end, label in row["entities"]}
        pairs = [(e.confidence, (e.start, e.end, e.label) in right) for e in found]
        result.append({MAKER: pairs})
    return result


def fitted(articles: Iterable[Scores]) -> dict[str, Calibration]:
    """Return the curve of each maker that has made enough."""
    together: dict[str, list[Pair]] = defaultdict(list)
    for scores in articles:
        for maker, pairs in scores.items():
            together[maker] += pairs
    return {
        maker: calibrate(pairs) for maker, pairs in sorted(together.items()) if len(pairs) >= FEWEST
    }


def believed(articles: Iterable[Scores], curves: Curves) -> list[Pair]:
    """Return confidence and outcome of all attributions with these curves."""
    return [
        (curves.get(maker, Calibration())(score), right)
        for scores in articles
        for maker, pairs in scores.items()
        for score, right in pairs
    ]


def crossed(articles: list[Scores]) -> list[Pair]:
    """Return confidence and outcome of each half with the curves of the other."""
    halves = articles[::2], articles[1::2]
    return [p for a, b in (halves, halves[::-1]) for p in believed(a, fitted(b))]


def table(curves: Curves) -> str:
    """Return the lexicon with these curves under its head."""
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = [f"{maker}\t{curve.slope:g}\t{curve.offset:g}" for maker, curve in curves.items()]
    return "\n".join([*head, *rows]) + "\n"


def main() -> None:
    """Fit, print, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the curves")
    args = parser.parse_args()
    folder = corpus_for(parser)
    nlp = load().nlp
    articles = raw_scores(nlp, read_gold(folder / "attributions" / "dev.jsonl"))
    texts = raw_entities(nlp, read_gold(folder / "entities" / "dev.jsonl"))
    curves = fitted([*articles, *texts])
    for maker, curve in curves.items():
        old = calibrations().get(maker, Calibration())
        count = sum(len(scores.get(maker, ())) for scores in (*articles, *texts))
        print(f"{maker:14} {count:5}  {curve.slope:.4f} {curve.offset:.4f}  was {old}")
    for layer, scores in (("attributions", articles), ("entities", texts)):
        for name, pairs in (
            ("as shipped", believed(scores, calibrations())),
            ("fitted on the other half", crossed(scores)),
        ):
            print(f"ECE of {layer}, {name}: {calibration_error(reliability(pairs)):.4f}")
    if args.update:
        TABLE.write_text(table(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
