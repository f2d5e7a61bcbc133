"""How fast archives are read, written and asked, and how much memory that takes."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from annotate.archive.archives import OUTPUTS
from annotate.archive.measuring import Made, Modelled, apart, measure_made, measure_model
from annotate.archive.worker import Factory
from annotate.errors import UsageError

SMALLEST = 1000
"""Articles of the smallest archive, and at most of those that a model annotates."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class ArchiveBenchmark:
    """Archives of several sizes and kinds, and two that a model has annotated."""

    made: tuple[Made, ...]
    modelled: tuple[Modelled, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the figures as JSON knows them."""
        return {**asdict(self), "ratios": self.ratios()}

    def ratios(self) -> dict[str, float]:
        """Return what is to be compared between computers, and the largest memory and time.

        ``flat`` is the processor time for an article of the largest archive over that of the
        smallest one; ``parallel`` is the speed of two processes over that of one.
        """
        smallest, largest = self.made[0].articles, self.made[-1].articles
        cost = {(row.to, row.articles): row.cpu for row in self.made}
        kinds = dict.fromkeys(row.to for row in self.made)
        found = {f"flat {to}": cost[to, largest] / cost[to, smallest] for to in kinds}
        without_model = [row.peak for row in self.modelled if row.workers > 1]
        found["parent MB"] = max([*(row.peak for row in self.made), *without_model])
        found["find s"] = max(max(row.finds) for row in self.made)
        if self.modelled:
            one, two = self.modelled
            found["parallel"] = two.rate / one.rate
            found["reading and writing"] = one.share or 0.0
        return found

    def lines(self) -> list[str]:
        """Return the figures as lines to read."""
        head = f"{'articles':>9} {'to':>8} {'ms each':>8} {'cpu ms':>7} {'words/s':>9}"
        head += f" {'peak MB':>8} {'find s':>21} {'first s':>8}  found"
        lines = ["archives of made-up articles, annotated by rules instead of a model", head]
        for row in self.made:
            rate = 1000 * row.words / row.articles / row.milliseconds
            line = f"{row.articles:>9,} {row.to:>8} {row.milliseconds:>8.3f} {row.cpu:>7.3f}"
            line += f" {rate:>9,.0f} {row.peak:>8.0f}"
            line += f" {' / '.join(f'{seconds:.3f}' for seconds in row.finds):>21}"
            line += f" {row.first:>8.3f}  {' / '.join(f'{number:,}' for number in row.found)}"
            lines.append(line)
        if self.modelled:
            one = self.modelled[0]
            lines += ["", f"{one.articles:,} articles of {one.words:,} words with {one.model}"]
            lines += [
                f"  -n {row.workers}  {row.rate:>8.1f} articles/s"
                f" {row.rate * row.words / row.articles:>8,.0f} words/s {row.peak:>6.0f} MB"
                for row in self.modelled
            ]
        return [*lines, "", *self._ratio_lines()]

    def _ratio_lines(self) -> list[str]:
        """Return what the figures come to."""
        ratios = self.ratios()
        smallest, largest = self.made[0].articles, self.made[-1].articles
        flat = ", ".join(
            f"{name.removeprefix('flat ')} {value:.2f}"
            for name, value in ratios.items()
            if name.startswith("flat ")
        )
        rows = [
            (f"cpu for an article, {largest:,} over {smallest:,}", flat),
            (
                "memory of the process that reads and writes, without a model",
                f"{ratios['parent MB']:.0f} MB",
            ),
            ("slowest find", f"{ratios['find s']:.2f} s"),
        ]
        if self.modelled:
            rows.append((f"-n {WORKERS} over -n 1 with the model", f"{ratios['parallel']:.2f}"))
            share = f"{ratios['reading and writing']:.1%}".replace("%", " %")
            rows.append(("reading and writing with the model", share))
        width = max(len(name) for name, _ in rows)
        return [f"{name:<{width}}  {value}" for name, value in rows]


def benchmark_archive(
    largest: int = SMALLEST,
    *,
    to: Sequence[str] = OUTPUTS,
    factory: Factory | None = None,
    folder: Path | None = None,
    told: Callable[[str], object] | None = None,
) -> ArchiveBenchmark:
    """Make up archives of short articles, annotate them and ask them something.

    Args:
        largest: number of articles; archives of 1000, 10,000 and so on up to it are made too.
        to: kinds of output.
        factory: loads the annotator of the last two archives, of ``largest`` articles and at most
            1000; None leaves them out.
        folder: where the archives are made, and removed again; a temporary one by default.
        told: is called with what is measured next; large archives take long.

    Raises:
        UsageError: there are too few articles to measure anything.
        AnnotateError: an archive could not be made.
    """
    if largest < 10:
        raise UsageError(f"{largest} articles are too few to time", hint="Give 1000 or more")
    tell = told or (lambda _line: None)
    made: list[Made] = []
    modelled: list[Modelled] = []
    with tempfile.TemporaryDirectory(dir=folder) as name:
        new = partial(tempfile.mkdtemp, dir=name)
        for size in sizes(largest):
            for kind in to:
                tell(f"{size:,} articles with rules, to {kind}")
                made.append(apart(measure_made, size, kind, Path(new())))
        for workers in (1, WORKERS) if factory else ():
            size = min(largest, SMALLEST)
            tell(f"{size:,} articles with the model, -n {workers}")
            modelled.append(apart(measure_model, size, workers, factory, Path(new())))
    return ArchiveBenchmark(tuple(made), tuple(modelled))


def sizes(largest: int) -> list[int]:
    """Return 1000, 10,000 and so on below a number, and the number itself.

    >>> sizes(20_000)
    [1000, 10000, 20000]
    """
    found = []
    size = SMALLEST
    while size < largest:
        found.append(size)
        size *= 10
    return [*found, largest]
