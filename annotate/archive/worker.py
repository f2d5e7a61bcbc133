"""The work of one batch, the same in this process, in another one and on a cluster."""

import pickle
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from annotate.annotation import Annotation, ModelInfo
from annotate.archive.confined import parse
from annotate.archive.items import Item, Limits
from annotate.archive.journal import Failed
from annotate.archive.plan import Entry
from annotate.article import Article, Failure
from annotate.errors import AnnotateError, ModelError
from annotate.references import fault

Numbered = tuple[int, Annotation]
"""An annotation and the number of its article in the input, from 1."""


class Annotator(Protocol):
    """What annotates: anything with a model and a pipe."""

    @property
    def model(self) -> ModelInfo:
        """Name and version of the model."""
        ...

    def pipe(self, articles: Iterable[Article], /) -> Iterator[Annotation | Failure]:
        """Yield an annotation or a failure for each article, in their order."""
        ...


class Encode(Protocol):
    """Makes of annotations what the store writes; can be sent to another process."""

    def __call__(self, numbered: Sequence[Numbered], /) -> Any:
        """Return something that can be sent back."""
        ...


Factory = Callable[[], Annotator]
"""Loads an annotator; can be sent to another process."""


@dataclass(frozen=True, slots=True)
class Task:
    """A batch, or some of its articles, to be annotated.

    Attributes:
        batch: number of the batch.
        places: places of the entries in the batch, from 0.
        first: number of the first article of the batch in the input.
    """

    batch: int
    first: int
    places: tuple[int, ...]
    entries: tuple[Entry, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Result:
    """A batch that has been annotated.

    Attributes:
        payload: what the store writes.
        failed: in the order of the batch.
        words: words of the articles that were annotated.
    """

    batch: int
    payload: Any
    failed: tuple[Failed, ...]
    words: int


def work(task: Task, annotator: Annotator, encode: Encode) -> Result:
    """Parse, annotate and encode the articles of a task; each that fails is named.

    Raises:
        ModelError: the model cannot run here at all.
    """
    parsed = {
        place: parse(entry, task.limits) if isinstance(entry, Item) else entry
        for place, entry in zip(task.places, task.entries, strict=True)
    }
    articles = [(place, entry) for place, entry in parsed.items() if isinstance(entry, Article)]
    outcomes: dict[int, Annotation | Failure] = {
        place: entry for place, entry in parsed.items() if isinstance(entry, Failure)
    }
    articles.sort(key=lambda pair: (len(pair[1].text), pair[0]))
    outcomes |= {place: _checked(o) for place, o in _annotate(articles, annotator).items()}
    payload, unwritable = _encode(outcomes, task.first, encode)
    outcomes |= unwritable
    failed = [
        Failed(place, outcome)
        for place, outcome in sorted(outcomes.items())
        if isinstance(outcome, Failure)
    ]
    words = sum(len(o.text.split()) for o in outcomes.values() if isinstance(o, Annotation))
    return Result(task.batch, payload, tuple(failed), words)


def _encode(
    outcomes: Mapping[int, Annotation | Failure], first: int, encode: Encode
) -> tuple[Any, dict[int, Failure]]:
    """Return what the store writes, and failures for annotations that cannot be written."""
    numbered = [
        (first + place, outcome)
        for place, outcome in sorted(outcomes.items())
        if isinstance(outcome, Annotation)
    ]
    try:
        return encode(numbered), {}
    except Exception:  # whatever it is, it comes from one article of many
        failures = {}
        for number, annotation in numbered:
            try:
                encode([(number, annotation)])
            except Exception as error:
                failures[number - first] = _as_failure(annotation.id, error)
        kept = [pair for pair in numbered if pair[0] - first not in failures]
        return encode(kept), failures


def _annotate(
    articles: Sequence[tuple[int, Article]], annotator: Annotator
) -> dict[int, Annotation | Failure]:
    """Return annotations and failures by place; when the whole lot fails, one by one."""
    places = [place for place, _ in articles]
    try:
        found = list(annotator.pipe([article for _, article in articles]))
        return dict(zip(places, found, strict=True))
    except ModelError:
        raise
    except Exception as error:  # whatever it is, it may come from one article of many
        if len(articles) > 1:
            outcomes: dict[int, Annotation | Failure] = {}
            for pair in articles:
                outcomes |= _annotate([pair], annotator)
            return outcomes
        return {place: _as_failure(article.id, error) for place, article in articles}


def _checked(outcome: Annotation | Failure) -> Annotation | Failure:
    """Return a failure for an annotation whose spans or ids lead nowhere."""
    if isinstance(outcome, Annotation) and (problem := fault(outcome)):
        return Failure(outcome.id, f"its annotation contradicts itself: {problem}")
    return outcome


def _as_failure(identifier: str, error: Exception) -> Failure:
    """Return an exception as the failure of an article."""
    if isinstance(error, AnnotateError):
        return Failure(identifier, error.message, error.hint)
    reason = " ".join(str(error).split())[:200].rstrip(".")
    return Failure(identifier, f"it cannot be annotated ({type(error).__name__}: {reason})")


_loaded: dict[bytes, Annotator] = {}
_lock = threading.Lock()


def load_once(factory: Factory) -> Annotator:
    """Return the annotator that a factory loads, the same one each time in a process."""
    key = pickle.dumps(factory)
    if key not in _loaded:
        _loaded[key] = factory()
    return _loaded[key]


def remote_work(task: Task, factory: Factory, encode: Encode) -> Result:
    """Do a task in a process of its own, one at a time.

    Raises:
        ModelError: the model cannot be loaded or run.
    """
    with _lock:
        return work(task, load_once(factory), encode)


def remote_model(factory: Factory) -> ModelInfo:
    """Return the model of the annotator that the factory loads.

    Raises:
        ModelError: the model cannot be loaded.
    """
    with _lock:
        return load_once(factory).model
