"""Measurements of archives, each in a process of its own, so that its peak of memory is its own."""

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from annotate.annotation import Annotation, ModelInfo
from annotate.archive.access import open_archive
from annotate.archive.finding import Query, Statements
from annotate.archive.made_up import RuleAnnotator, make_rows
from annotate.archive.runner import Options, Progress, annotate_archive
from annotate.archive.worker import Factory, load_once
from annotate.article import Article, Failure
from annotate.errors import AnnotateError

Result = TypeVar("Result")

QUERIES = (
    Query(speaker="Azzouzi", about="sancties"),
    Query(text="spoor naar Zwolle"),
    Query(speaker="Roos Kamerling", text="stikstofplan", since="2022-03", until="2023"),
)
"""What the made-up archive is asked: a name, words, and both in a part of the time."""
SHOWN = 50
"""Statements that are read, as many as a table shows; they are counted too."""
WARM = 40
"""Articles that are annotated first, so that what is loaded once does not count."""
SMALL = 10_000
"""Archives smaller than this are made several times; the middle one counts, as in one long run."""


@dataclass(frozen=True, slots=True)
class Made:
    """One archive that was annotated by rules that take next to no time.

    Attributes:
        to: the kind of output.
        words: of all its articles.
        milliseconds: for each article, what is loaded once left out.
        cpu: milliseconds of the processor for each article: other programs do not lengthen it.
        peak: megabytes of memory of the process, at most, before it is asked anything.
        first: seconds of the first question, with the index that JSON lines need.
        finds: seconds of each of ``QUERIES``, opening the archive included.
        found: statements that they found.
    """

    articles: int
    to: str
    words: int
    milliseconds: float
    cpu: float
    peak: float
    first: float
    finds: tuple[float, ...]
    found: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Modelled:
    """One archive that was annotated with a model.

    Attributes:
        rate: articles a second, without the first quarter: then all processes have loaded.
        share: part of the time that is not annotating; None with several processes.
        peak: megabytes of memory of the process that reads and writes, at most; with one process
            the model is in it.
    """

    model: str
    articles: int
    words: int
    workers: int
    rate: float
    share: float | None
    peak: float


def apart(function: Callable[..., Result], *arguments: object) -> Result:
    """Return what a function returns in a new process.

    Raises:
        AnnotateError: the process ended before it was done, or raised this.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, function, arguments))
    process.start()
    sender.close()
    try:
        outcome = receiver.recv()
    except EOFError as error:
        message = "A process of the benchmark ended before it was done"
        raise AnnotateError(message, hint="There may be too little memory") from error
    finally:
        process.join()
    if isinstance(outcome, AnnotateError):
        raise outcome
    result: Result = outcome
    return result


def _send(sender: Connection, function: Callable[..., Any], arguments: Sequence[object]) -> None:
    """Send what a function returns, or the error that it raises."""
    try:
        outcome = function(*arguments)
    except AnnotateError as error:
        outcome = error
    sender.send(outcome)
    sender.close()


def write_articles(path: Path, count: int) -> None:
    """Write made-up articles as JSON lines."""
    with path.open("w", encoding="utf-8") as stream:
        rows = make_rows(count)
        while some := list(islice(rows, 1000)):
            stream.writelines(json.dumps(row) + "\n" for row in some)


def measure_made(size: int, to: str, folder: Path) -> Made:
    """Make an archive of so many articles with rules, and ask it."""
    warm, source = folder / "warm.jsonl", folder / "in.jsonl"
    write_articles(warm, WARM)
    write_articles(source, size)
    options = Options(to=to)
    annotate_archive([warm], folder / "warm", RuleAnnotator, options=options)
    wall, cpu, words = [], [], 0
    for turn in range(max(1, min(5, SMALL // size))):
        out = folder / f"out-{turn}"
        begin, used = time.perf_counter(), time.process_time()
        words = annotate_archive([source], out, RuleAnnotator, options=options).words
        wall.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - used)
    peak = peak_memory()
    first, _ = _ask(out, QUERIES[0])
    asked = [_ask(out, query) for query in QUERIES]
    return Made(
        articles=size,
        to=to,
        words=words,
        milliseconds=1000 * median(wall) / size,
        cpu=1000 * median(cpu) / size,
        peak=peak,
        first=first,
        finds=tuple(seconds for seconds, _ in asked),
        found=tuple(number for _, number in asked),
    )


def _ask(out: Path, query: Query) -> tuple[float, int]:
    """Return how long a question takes as ``annotate find`` asks it, and what is found."""
    begin = time.perf_counter()
    with open_archive(out) as access:
        statements = Statements(access, query)
        number, found = statements.count(), list(statements.read(SHOWN))
    seconds = time.perf_counter() - begin
    if len(found) != min(number, SHOWN):
        raise AnnotateError(f"The archive in {out} gave {len(found)} statements of {number}")
    return seconds, number


class _Timed:
    """An annotator that knows how long it has annotated."""

    def __init__(self, factory: Factory) -> None:
        self._annotator = factory()
        self.seconds = 0.0

    @property
    def model(self) -> ModelInfo:
        """Return the model."""
        return self._annotator.model

    def pipe(self, articles: Iterable[Article]) -> Iterator[Annotation | Failure]:
        """Yield the next annotation."""
        begin = time.perf_counter()
        for outcome in self._annotator.pipe(articles):
            self.seconds += time.perf_counter() - begin
            yield outcome
            begin = time.perf_counter()


def measure_model(size: int, workers: int, factory: Factory, folder: Path) -> Modelled:
    """Annotate so many articles with a model; the archive is made in small batches."""
    source = folder / "in.jsonl"
    write_articles(source, size)
    told: list[Progress] = []
    timed: Factory = partial(_Timed, factory)
    summary = annotate_archive(
        [source],
        folder / "out",
        timed if workers == 1 else factory,
        options=Options(batch=max(1, min(16, size // 16))),
        workers=workers,
        listener=told.append,
    )
    start = next(progress for progress in told if progress.new >= size / 4)
    share, model = None, ""
    if workers == 1:
        annotator = load_once(timed)
        model = f"{annotator.model.name} {annotator.model.version}"
        share = 1 - getattr(annotator, "seconds", 0.0) / summary.seconds
    end = told[-1]
    return Modelled(
        model=model,
        articles=summary.articles - summary.failed,
        words=summary.words,
        workers=workers,
        rate=(end.new - start.new) / (end.seconds - start.seconds),
        share=share,
        peak=peak_memory(),
    )


def peak_memory() -> float:
    """Return the largest memory of this process so far, in megabytes; 0 where it is unknown."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024
