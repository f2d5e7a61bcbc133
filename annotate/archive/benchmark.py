"""How fast archives are read, written and asked, and how much memory that takes.

Every size is measured in a process of its own, so that its peak of memory is its own.
"""

import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from annotate.archive.access import open_archive
from annotate.archive.finding import Query, find
from annotate.archive.made_up import RuleAnnotator, make_rows
from annotate.archive.runner import Options, annotate_archive
from annotate.archive.worker import Factory
from annotate.errors import AnnotateError

SPEAKER, ABOUT = "Azzouzi", "sancties"
"""What the made-up archive is asked."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One archive.

    Attributes:
        articles: in the input; ``words`` of them together.
        to: the kind of output.
        workers: processes.
        seconds: from opening the input to the end of the archive; loading the model included.
        per_article: milliseconds.
        peak: megabytes of memory of the process that reads and writes, at most.
        find: seconds to find and read the first 50 statements of somebody about something.
        first_find: seconds the first time, with the index that JSON lines need.
        found: statements that were found.
    """

    articles: int
    words: int
    to: str
    workers: int
    seconds: float
    per_article: float
    peak: float
    first_find: float
    find: float
    found: int


@dataclass(frozen=True, slots=True)
class ArchiveBenchmark:
    """Archives of one or more sizes."""

    model: str
    rows: tuple[Measured, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the figures as JSON knows them."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the figures as lines of a table."""
        head = f"{'articles':>9} {'to':>8} {'-n':>3} {'seconds':>8} {'ms each':>8} {'words/s':>9}"
        head += f" {'peak MB':>8} {'find s':>7} {'first s':>8} {'found':>6}"
        lines = [f"archives, {self.model}", head]
        for row in self.rows:
            line = f"{row.articles:>9,} {row.to:>8} {row.workers:>3} {row.seconds:>8.2f}"
            line += f" {row.per_article:>8.3f} {row.words / row.seconds:>9,.0f} {row.peak:>8.0f}"
            line += f" {row.find:>7.3f} {row.first_find:>8.3f} {row.found:>6,}"
            lines.append(line)
        return lines


def benchmark_archive(
    n: int | Sequence[int] = 1000,
    *,
    to: str = "jsonl",
    workers: int = 1,
    factory: Factory | None = None,
    folder: Path | None = None,
) -> ArchiveBenchmark:
    """Make up archives of short articles, annotate them and ask them something.

    Args:
        n: number of articles, or several.
        to: jsonl, parquet or sqlite.
        workers: processes.
        factory: loads the annotator; by default rules that take next to no time.
        folder: where the archives are made, and removed again; a temporary one by default.

    Raises:
        AnnotateError: an archive could not be made.
    """
    sizes = [n] if isinstance(n, int) else list(n)
    chosen: Factory = factory or RuleAnnotator
    rows = []
    context = multiprocessing.get_context("spawn")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(
                target=_measure_into, args=(sender, size, to, workers, chosen, Path(name))
            )
            process.start()
            sender.close()
            try:
                rows.append(receiver.recv())
            except EOFError as error:
                message = f"The benchmark with {size:,} articles ended before it was done"
                raise AnnotateError(message, hint="There may be too little memory") from error
            finally:
                process.join()
    model = "rules instead of a model" if factory is None else "with the model"
    return ArchiveBenchmark(model, tuple(rows))


def _measure_into(sender: "multiprocessing.connection.Connection", *arguments: object) -> None:
    """Measure in this process, and send the figures to the one that waits for them."""
    sender.send(_measure(*arguments))  # type: ignore[arg-type]
    sender.close()


def _measure(size: int, to: str, workers: int, factory: Factory, folder: Path) -> Measured:
    source, out = folder / "in.jsonl", folder / "out"
    with source.open("w", encoding="utf-8") as stream:
        rows = make_rows(size)
        while some := list(islice(rows, 1000)):
            stream.writelines(json.dumps(row) + "\n" for row in some)
    begin = time.perf_counter()
    summary = annotate_archive([source], out, factory, options=Options(to=to), workers=workers)
    seconds = time.perf_counter() - begin
    peak = peak_memory()
    first = _ask(out)[0]
    again, found = _ask(out)
    return Measured(
        articles=size,
        words=summary.words,
        to=to,
        workers=workers,
        seconds=seconds,
        per_article=1000 * seconds / size,
        peak=peak,
        first_find=first,
        find=again,
        found=found,
    )


def _ask(out: Path) -> tuple[float, int]:
    """Return how long a question takes, opening the archive included, and what was found."""
    begin = time.perf_counter()
    with open_archive(out) as access:
        found = list(find(access, Query(speaker=SPEAKER, about=ABOUT), limit=50))
    return time.perf_counter() - begin, len(found)


def peak_memory() -> float:
    """Return the largest memory of this process so far, in megabytes; 0 where it is unknown."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024
