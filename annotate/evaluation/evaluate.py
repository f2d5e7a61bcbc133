"""Run a pipeline over gold texts and score it: each genre apart, and their plain mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotate.annotation import Annotation
from annotate.article import Article
from annotate.evaluation import gold
from annotate.evaluation.attributions import AttributionScore, Pair
from annotate.evaluation.coreference import CoreferenceScore
from annotate.evaluation.entities import EntityScore
from annotate.evaluation.reliability import Reliability
from annotate.evaluation.values import ValueScore


class Mistake(NamedTuple):
    """One error behind a figure.

    Attributes:
        kind: missed, spurious, source, content, type, act, polarity, speaker, entity or value.
        gold, predicted: what the text should and does have; "" for nothing.
    """

    id: str
    kind: str
    gold: str
    predicted: str


@dataclass
class Scores:
    """The scores of one genre; a layer that the gold does not have stays None."""

    texts: int = 0
    attributions: AttributionScore | None = None
    entities: EntityScore | None = None
    coreference: CoreferenceScore | None = None
    values: ValueScore | None = None
    reliability: Reliability = field(default_factory=Reliability)

    def add(self, row: gold.Row, annotation: Annotation) -> Iterator[Mistake]:
        """Count one text and yield its mistakes."""
        self.texts += 1
        name = str(row.get("id", ""))
        if row.get("attributions") is not None:
            self.attributions = self.attributions or AttributionScore()
            predicted = gold.predicted_attributions(annotation)
            pairs = self.attributions.add(row["text"], row["attributions"], predicted)
            self.reliability.add_attributions(pairs)
            for pair in pairs:
                yield from _mistakes(name, row["text"], pair)
        if row.get("entities") is not None:
            self.entities = self.entities or EntityScore()
            right = [(s, e, label) for s, e, label in row["entities"]]
            found = gold.predicted_entities(annotation)
            self.entities.add(right, found)
            self.reliability.add_entities(right, annotation)
            for missed in sorted(set(right) - set(found)):
                yield Mistake(name, "entity", _labelled(row["text"], missed), "")
            for spurious in sorted(set(found) - set(right)):
                yield Mistake(name, "entity", "", _labelled(row["text"], spurious))
        if row.get("chains") is not None:
            self.coreference = self.coreference or CoreferenceScore()
            chains = [chain["mentions"] for chain in row["chains"]]
            self.coreference.add(row["text"], chains, gold.predicted_chains(annotation))
        if row.get("values") is not None:
            self.values = self.values or ValueScore()
            wanted = [tuple(value) for value in row["values"]]
            for (start, end, _label, value), got in self.values.add(
                wanted,
                gold.predicted_values(annotation),
            ):
                yield Mistake(name, "value", f"{row['text'][start:end]} = {value}", str(got))

    def report(self) -> dict[str, Any]:
        """Return all figures as plain numbers and lists."""
        result: dict[str, Any] = {"texts": self.texts}
        if self.attributions:
            result["attributions"] = _plain(self.attributions.figures())
            result["attributions"]["gold"] = self.attributions.counts["gold"]
            result["attributions"]["predicted"] = self.attributions.counts["predicted"]
            result["pairs"] = self.attributions.accuracies()
        if self.entities:
            result["entities"] = _plain(self.entities.figures())
        if self.coreference:
            result["coreference"] = _plain(self.coreference.figures())
            result["coreference"]["CoNLL"] = self.coreference.conll()
        if self.values:
            result["values"] = self.values.shares()
        return result


@dataclass
class Evaluation:
    """Scores by genre and the mistakes behind them."""

    genres: dict[str, Scores] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def reliability(self) -> dict[str, Any]:
        """Return how far confidences can be believed, over all genres."""
        whole = Reliability()
        for scores in self.genres.values():
            for layer, pairs in scores.reliability.pairs.items():
                whole.pairs.setdefault(layer, []).extend(pairs)
        return whole.report()

    def report(self) -> dict[str, Any]:
        """Return the figures of each genre and, for more than one, the plain mean of their F1."""
        reports = {name: scores.report() for name, scores in self.genres.items()}
        return {"genres": reports, "mean": _means(list(reports.values()))}


def evaluate(
    rows: Iterable[gold.Row],
    annotate: Callable[[Article], Annotation],
    *,
    advance: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Annotate the texts of gold answers and score what comes out.

    Args:
        annotate: gives the annotation of an article.
        advance: called after each text.
    """
    result = Evaluation()
    for row in rows:
        article = Article(id=str(row.get("id", "")), text=row["text"], date=row.get("date"))
        scores = result.genres.setdefault(gold.genre_of(row), Scores())
        result.mistakes.extend(scores.add(row, annotate(article)))
        advance()
    return result


def _plain(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"p": figure.precision, "r": figure.recall, "f": figure.f1}
        for name, figure in figures.items()
    }


def _means(reports: list[dict[str, Any]]) -> dict[str, float]:
    """Return the plain mean over genres of each F1 and accuracy that all of them have."""
    flat = [dict(_flat(report)) for report in reports]
    names = [name for name in (flat[0] if flat else {}) if all(name in one for one in flat)]
    return {name: round(sum(one[name] for one in flat) / len(flat), 4) for name in names}


def _flat(report: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for layer, found in report.items():
        if not isinstance(found, dict):
            continue
        for name, figure in found.items():
            if isinstance(figure, dict):
                yield f"{layer}.{name}", figure["f"]
            elif isinstance(figure, float):
                yield f"{layer}.{name}", figure


def _mistakes(name: str, text: str, pair: Pair) -> Iterator[Mistake]:
    if pair.gold is None or pair.predicted is None:
        kind = "spurious" if pair.gold is None else "missed"
        yield Mistake(name, kind, _told(text, pair.gold), _told(text, pair.predicted))
        return
    for kind, wrong in (
        ("source", not pair.found_source),
        ("content", not pair.same_content),
        *((part, pair.gold[part] != pair.predicted[part]) for part in ("type", "act", "polarity")),
    ):
        if wrong:
            yield Mistake(name, kind, _told(text, pair.gold), _told(text, pair.predicted))


def _told(text: str, row: Any) -> str:
    """Return an attribution as one line: source | cue | content (type, act, polarity)."""
    if row is None:
        return ""
    parts = (" … ".join(text[s:e] for s, e in row[name]) for name in ("source", "cue", "content"))
    told = " | ".join(parts).replace("\n", " ")
    return f"{told} ({row['type']}, {row['act']}, {row['polarity']})"


def _labelled(text: str, span: tuple[int, int, str]) -> str:
    return f"{text[span[0] : span[1]]} {span[2]}"
