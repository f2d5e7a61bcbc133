"""How long each format takes to write, beside the annotation of the same articles, in one run."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from annotate.annotation import Annotation
from annotate.article import Article


class FormatTime(NamedTuple):
    """What was measured of a format.

    Attributes:
        milliseconds: to write one article, all its files.
        share: of the time that annotating the article takes.
    """

    name: str
    milliseconds: float
    share: float


def format_times(
    articles: Sequence[Article], *, model: str | None, repeat: int
) -> tuple[float, list[FormatTime]]:
    """Measure all our formats; of each the best round counts, annotating and writing in turn.

    Returns:
        Milliseconds to annotate one article, and what was measured of each format.

    Raises:
        ModelError: the model cannot be used.
    """
    from annotate.exporters import MODULES
    from annotate.pipeline import load

    annotator = load(model)
    done = [annotator(article) for article in articles]
    for name in MODULES:
        _write(name, done[:1])
    best = dict.fromkeys(("", *MODULES), float("inf"))
    for _ in range(repeat):
        best[""] = min(best[""], _timed(lambda: [annotator(article) for article in articles]))
        for name in MODULES:
            best[name] = min(best[name], _timed(partial(_write, name, done)))
    whole = best.pop("")
    each = 1000 / len(articles)
    return whole * each, [FormatTime(n, took * each, took / whole) for n, took in best.items()]


def _write(name: str, annotations: Sequence[Annotation]) -> None:
    from annotate.exporters import ExportOptions, get_exporter

    exporter = get_exporter(name)
    parts = [[item] for item in annotations] if exporter.per_article else [list(annotations)]
    options = [
        ExportOptions(suffix=suffix, color="truecolor", styled=True) for suffix in exporter.suffixes
    ]
    for option in options:
        for part in parts:
            for _ in exporter.export(part, option):
                pass


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
