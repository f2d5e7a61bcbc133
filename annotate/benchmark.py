"""Time the whole pipeline and the bare model on the same articles, in one run."""

import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from annotate.article import Article, Failure
from annotate.pipeline import Annotator, load

SENTENCES = (
    "Volgens burgemeester Anja de Wit van Meerdrecht is de brug over de Lange Vliet onveilig.",
    "‘We kunnen niet wachten tot er iemand in het water ligt’, zei ze dinsdagavond in de raad.",
    "De provincie ontkent dat zij het onderhoud jarenlang heeft laten liggen.",
    "Uit een onderzoek van ingenieursbureau Halvema blijkt dat 40 procent van de pijlers is aangetast.",
    "Het herstel zou 3,5 miljoen euro kosten en tot eind volgend jaar duren.",
    "Omwonenden zijn bang dat vrachtwagens straks door de dorpskern moeten rijden.",
    "Wethouder Karim Bouazza beloofde in september met een plan te komen.",
    "De brug werd in 1967 gebouwd en is een van de drukste verbindingen van de streek.",
)
"""Written for this purpose; eight of them make a paragraph."""
ARTICLES, PARAGRAPHS = 12, 5


@dataclass(frozen=True)
class Benchmark:
    """What was measured.

    Attributes:
        words: words of all articles.
        load_seconds: loading the model. first_seconds: from then to the first result.
        pipeline, bare: words a second of the whole pipeline and of the forward passes alone.
        ratio: pipeline / bare, None for a pipeline whose model is not ours.
        shares: part of the time that each component takes, 0 to 1, and ``convert`` after them.
        peak_mb: largest resident memory of the process.
    """

    model: str
    articles: int
    words: int
    load_seconds: float
    first_seconds: float
    pipeline: float
    bare: float | None
    ratio: float | None
    shares: dict[str, float]
    peak_mb: float

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return all of it as lines to read."""
        lines = [
            f"model            {self.model}",
            f"articles         {self.articles} ({self.words} words)",
            f"load             {self.load_seconds:.2f} s",
            f"first result     {self.first_seconds:.2f} s after loading",
            f"whole pipeline   {self.pipeline:.0f} words/s",
        ]
        if self.bare is not None and self.ratio is not None:
            lines.append(f"bare model       {self.bare:.0f} words/s")
            lines.append(f"pipeline / bare  {self.ratio:.2f}")
        lines += [f"  {name:21} {share:6.1%} of the time" for name, share in self.shares.items()]
        return [*lines, f"peak memory      {self.peak_mb:.0f} MB"]


def built_in() -> list[Article]:
    """Return articles of varied order, so that no two are the same."""
    articles = []
    for number in range(ARTICLES):
        paragraphs = []
        for k in range(PARAGRAPHS):
            turn = (number * PARAGRAPHS + k) % len(SENTENCES)
            paragraphs.append(" ".join(SENTENCES[turn:] + SENTENCES[:turn]))
        articles.append(Article(id=f"benchmark-{number}", text="\n\n".join(paragraphs)))
    return articles


def benchmark(
    articles: Iterable[Article | Failure] | None, *, model: str | None, repeat: int
) -> Benchmark:
    """Measure; the best of ``repeat`` rounds counts, and both sides are timed in turn.

    Args:
        articles: what to annotate; None for the built-in ones.

    Raises:
        ModelError: the model cannot be used.
    """
    texts = built_in() if articles is None else [a for a in articles if isinstance(a, Article)]
    words = sum(len(article.text.split()) for article in texts)
    began = time.perf_counter()
    annotator = load(model)
    loaded = time.perf_counter()
    annotator(texts[0])
    first = time.perf_counter() - loaded
    forward = _forward(annotator, texts)
    whole, bare = float("inf"), float("inf")
    annotator.seconds.clear()
    for _ in range(repeat):
        whole = min(whole, _timed(lambda: [annotator(article) for article in texts]))
        if forward is not None:
            bare = min(bare, _timed(forward))
    total = sum(annotator.seconds.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Benchmark(
        model=f"{annotator.model.name} {annotator.model.version}",
        articles=len(texts),
        words=words,
        load_seconds=round(loaded - began, 3),
        first_seconds=round(first, 3),
        pipeline=round(words / whole, 1),
        bare=round(words / bare, 1) if forward else None,
        ratio=round(bare / whole, 3) if forward else None,
        shares={name: round(spent / total, 4) for name, spent in annotator.seconds.items()},
        peak_mb=round(peak_mb, 1),
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _forward(annotator: Annotator, texts: list[Article]) -> Callable[[], object] | None:
    """Record the inputs of the graphs over all texts and return a function that runs them again."""
    from annotate.components.attributions import AttributionFinder
    from annotate.components.encoder import EncoderComponent

    nlp = annotator.nlp
    if "annotate_encoder" not in nlp.pipe_names:
        return None
    encoder = nlp.get_pipe("annotate_encoder")
    finder = nlp.get_pipe("annotate_attributions")
    if not isinstance(encoder, EncoderComponent) or not isinstance(finder, AttributionFinder):
        return None
    if encoder.encoder is None or finder.roles is None:
        return None
    graphs = (encoder.encoder.graph, finder.roles)
    calls: list[tuple[Any, dict[str, Any]]] = []
    for graph in graphs:
        graph.watch = lambda inputs, session=graph: calls.append((session, inputs))
    for article in texts:
        annotator(article)
    for graph in graphs:
        graph.watch = None
    return lambda: [graph.run(**inputs) for graph, inputs in calls]
