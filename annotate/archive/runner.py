"""An archive from its input to its finished output, in steps that can be stopped and taken up."""

import json
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from annotate.archive import confined
from annotate.archive.archives import (
    DUPLICATES,
    FAILED,
    JOURNAL,
    check_about,
    encoder,
    locked,
    open_store,
    prepare,
)
from annotate.archive.documents import load
from annotate.archive.duplicates import Duplicates
from annotate.archive.durable import write_file
from annotate.archive.executors import Executor, Here
from annotate.archive.files import Store
from annotate.archive.items import Columns, Item, Limits, Settings
from annotate.archive.journal import Journal
from annotate.archive.plan import BATCH, SHARD, Batch, Entry, make_batches
from annotate.archive.processes import Processes
from annotate.archive.walk import Archive
from annotate.archive.worker import Encode, Factory, Result, Task
from annotate.article import Article, Failure
from annotate.errors import UsageError


@dataclass(frozen=True, slots=True)
class Options:
    """How an archive is made; what is told in the journal and may not change on the way.

    Attributes:
        to: jsonl, parquet or sqlite.
        zst: pack JSON lines with zstd.
        dedupe: mark near-duplicates.
        batch: articles in a batch.
        shard: batches in a shard.
    """

    to: str = "jsonl"
    zst: bool = False
    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)
    dedupe: bool = False
    batch: int = BATCH
    shard: int = SHARD


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        articles: annotated or failed, those of earlier runs included.
        new: annotated or failed in this run.
        new_words: words annotated in this run.
        part: how much of the input has been gone through, 0 to 1.
        new_part: how much of it in this run.
        seconds: since the start of this run.
    """

    articles: int
    failed: int
    new: int
    new_words: int
    part: float
    new_part: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is at the end.

    Attributes:
        articles: in the input, so far as it has been read: annotated and failed.
        before: how many of these an earlier run had done.
        finished: false where it was stopped before the end.
        ignored: files of other kinds, by suffix.
    """

    articles: int
    failed: int
    words: int
    before: int
    finished: bool
    ignored: Mapping[str, int]
    seconds: float


def annotate_archive(
    inputs: Sequence[str | Path],
    out: Path,
    factory: Factory,
    *,
    options: Options | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    retry_failed: bool = False,
    restart: bool = False,
    accept_changes: bool = False,
    listener: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = bool,
) -> Summary:
    """Annotate files and folders into an archive; what is already there is not done again.

    Args:
        inputs: files and folders.
        out: the folder of the archive; nothing is written outside it.
        factory: loads the annotator; must be importable by other processes.
        options: how the archive is made.
        workers: processes; 1 is this one.
        scheduler: address of a Dask scheduler, instead of processes.
        retry_failed: do the articles again that failed in an earlier run.
        restart: throw away what is there.
        accept_changes: go on though the model or the limits are others than before.
        listener: is told how far it is.
        stop: asked now and then; once true, batches in hand are finished and no others begun.

    Raises:
        UsageError: the inputs do not exist, the folder is another's, the options or the input have
            changed, or a package is absent.
        ModelError: the model cannot be loaded.
        AnnotateError: the archive cannot be written, for example because the disk is full.
    """
    options = options or Options()
    encode = encoder(options.to, zst=options.zst)
    settings = Settings(options.columns, options.limits)
    archive = Archive(inputs, settings, exclude=out)
    with locked(out):
        prepare(out, restart=restart)
        executor = _executor(factory, encode, workers, scheduler)
        try:
            about = {**asdict(options), "model": asdict(executor.model())}
            check_about(out, about, accept=accept_changes)
            store = open_store(out, options.to, zst=options.zst)
            with ExitStack() as stack:
                stack.enter_context(closing(store))
                duplicates = None
                if options.dedupe:
                    duplicates = stack.enter_context(closing(Duplicates(out / DUPLICATES)))
                run = _Run(archive, out, store, executor, options, duplicates, listener, stop)
                return run.all(retry_failed=retry_failed)
        except BaseException:
            executor.close(now=True)
            raise
        finally:
            executor.close()
            confined.close()


def _executor(factory: Factory, encode: Encode, workers: int, scheduler: str | None) -> Executor:
    if scheduler is not None:
        from annotate.archive.cluster import Cluster

        return Cluster(factory, encode, scheduler)
    return Here(factory, encode) if workers == 1 else Processes(factory, encode, workers)


class _Run:
    """One run over one archive."""

    def __init__(
        self,
        archive: Archive,
        out: Path,
        store: Store,
        executor: Executor,
        options: Options,
        duplicates: Duplicates | None,
        listener: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
    ) -> None:
        self.archive, self.out, self.store, self.executor = archive, out, store, executor
        self.options, self.listener, self.stop = options, listener, stop
        self.duplicates = duplicates
        self.journal = Journal(out / JOURNAL)
        self.start = time.monotonic()
        self.before, _, self.words_before = self.journal.totals()
        self.total = self.archive.total() if listener else 1
        self.position = self.skipped = 0
        self.exhausted = False
        self.waiting: dict[int, Batch] = {}
        self.in_shard = Counter(batch // options.shard for batch in self.journal.done)

    def all(self, *, retry_failed: bool) -> Summary:
        """Do what is left, and what had failed if asked for."""
        retried = (
            [n for n, done in self.journal.done.items() if done.failed] if retry_failed else []
        )
        self._finish_shards(self.options.shard)
        with closing(self._tasks()) as tasks:
            for result in self.executor.run(tasks, self.stop):
                self._commit(result)
        finished = self.exhausted and not self.waiting
        if finished:
            self._finish_shards(1)
            self.journal.finish()
            if retried:
                self._retry(set(retried))
                finished = not self.stop()
        self._write_failures()
        articles, failed, words = self.journal.totals()
        seconds = time.monotonic() - self.start
        ignored = dict(self.archive.settings.ignored)
        return Summary(articles, failed, words, self.before, finished, ignored, seconds)

    def _batches(self) -> Iterator[Batch]:
        """Yield the next batch of the input.

        Raises:
            UsageError: it is not the one that was done in an earlier run.
        """
        number = -1
        for batch in make_batches(
            self.archive, self.archive.position, self.out, size=self.options.batch
        ):
            number = batch.number
            done = self.journal.done.get(number)
            if (done and done.digest != batch.digest) or (not done and self.journal.finished):
                raise self._changed(f"from article {batch.first} on it is not what it was")
            yield batch
        if any(done > number for done in self.journal.done):
            raise self._changed("there is less of it than there was")

    def _changed(self, how: str) -> UsageError:
        """Return the error for another input than before."""
        return UsageError(
            f"The input has changed since the archive in {self.out} was begun: {how}",
            hint="Name another folder with -o, or begin again with --restart",
        )

    def _tasks(self) -> Generator[Task, None, None]:
        """Yield the next batch that has not been done."""
        for batch in self._batches():
            if self.stop():
                return
            entries: Sequence[Entry] = batch.entries
            if self.duplicates and not self.duplicates.knows(batch.number):
                entries = self._look_for_duplicates(self.duplicates, batch)
            if batch.number in self.journal.done:
                self.position = self.skipped = batch.position
                continue
            self.waiting[batch.number] = batch
            yield self._task(batch, range(len(entries)), entries)
        self.exhausted = True

    def _task(self, batch: Batch, places: Sequence[int], entries: Sequence[Entry]) -> Task:
        """Return the task for some articles of a batch, their files read, duplicates marked."""
        last = batch.first + len(entries) - 1
        originals = self.duplicates.originals(batch.first, last) if self.duplicates else {}
        chosen: list[Entry] = []
        for place in places:
            entry = self._loaded(entries[place])
            original = originals.get(batch.first + place)
            if original is not None and not isinstance(entry, Failure):
                entry = replace(entry, metadata={**entry.metadata, "duplicate_of": original})
            chosen.append(entry)
        limits = self.options.limits
        return Task(batch.number, batch.first, tuple(places), tuple(chosen), limits)

    def _loaded(self, entry: Entry) -> Entry:
        return load(entry, self.options.limits) if isinstance(entry, Item) else entry

    def _look_for_duplicates(self, duplicates: Duplicates, batch: Batch) -> Sequence[Entry]:
        """Compare the articles of a batch with those of all batches before it; return them."""
        parsed = [
            confined.parse(entry, self.options.limits) if isinstance(entry, Item) else entry
            for entry in map(self._loaded, batch.entries)
        ]
        articles = [
            (number, entry.id, entry.text)
            for number, entry in enumerate(parsed, start=batch.first)
            if isinstance(entry, Article)
        ]
        duplicates.look_at(batch.number, articles)
        return parsed

    def _commit(self, result: Result) -> None:
        """Write a batch, then its line in the journal, then its shard if it is the last of it."""
        batch = self.waiting.pop(result.batch)
        self.store.write(result.batch, result.payload)
        self.journal.add_batch(
            result.batch,
            articles=len(batch.entries),
            words=result.words,
            digest=batch.digest,
            failed=result.failed,
        )
        self.in_shard[self._shard(result.batch)] += 1
        self._finish_shards(self.options.shard)
        self.position = max(self.position, batch.position)
        self._tell()

    def _shard(self, batch: int) -> int:
        """Return the number of the shard that a batch belongs to."""
        return batch // self.options.shard

    def _finish_shards(self, size: int) -> None:
        """Seal the shards that have so many batches, and are not sealed."""
        for shard, count in sorted(self.in_shard.items()):
            numbers = range(shard * self.options.shard, (shard + 1) * self.options.shard)
            batches = [n for n in numbers if n in self.journal.done]
            if shard not in self.journal.sealed:
                if count < size:
                    continue
                self.store.seal(shard, batches)
                self.journal.add_shard(shard)
            self.store.discard(batches)
            del self.in_shard[shard]

    def _retry(self, batches: set[int]) -> None:
        """Do the articles again that had failed; shard by shard, so that each is written once."""
        shards = {self._shard(number) for number in batches}
        group: list[Batch] = []
        for batch in self._batches():
            if group and self._shard(group[0].number) != self._shard(batch.number):
                self._retry_shard(group, batches)
                group = []
            if self.stop():
                return
            if self._shard(batch.number) in shards:
                group.append(batch)
        if group:
            self._retry_shard(group, batches)

    def _retry_shard(self, group: Sequence[Batch], batches: set[int]) -> None:
        """Do the failed articles of a shard again and write those that do not fail any more."""
        again = {batch.number: batch for batch in group if batch.number in batches}
        tasks = (
            self._task(batch, [f.place for f in self.journal.failures(number)], batch.entries)
            for number, batch in again.items()
        )
        results = list(self.executor.run(tasks, bool))
        numbers = {
            entry.id: batch.first + place
            for batch in group
            for place, entry in enumerate(batch.entries)
            if isinstance(entry, Item)
        }
        shard = self._shard(group[0].number)
        self.store.add(shard, [result.payload for result in results], numbers)
        for result in results:
            done = self.journal.done[result.batch]
            self.journal.add_batch(
                result.batch,
                articles=done.articles,
                words=done.words + result.words,
                digest=done.digest,
                failed=result.failed,
            )
        self._tell()

    def _write_failures(self) -> None:
        """Write the list of failing articles; none where there are none."""
        path = self.out / FAILED
        if not self.journal.totals()[1]:
            path.unlink(missing_ok=True)
            return
        write_file(path, (_failure_line(failure) for failure in self.journal.all_failures()))

    def _tell(self) -> None:
        """Tell the listener how far it is."""
        if self.listener is None:
            return
        articles, failed, words = self.journal.totals()
        total = max(self.total, 1)
        self.listener(
            Progress(
                articles,
                failed,
                articles - self.before,
                words - self.words_before,
                min(1.0, self.position / total),
                max(0.0, min(1.0, (self.position - self.skipped) / total)),
                time.monotonic() - self.start,
            )
        )


def _failure_line(failure: Failure) -> bytes:
    """Return a failing article as a line of JSON."""
    row = {"id": failure.id, "message": failure.message, "hint": failure.hint}
    return json.dumps(row, ensure_ascii=True).encode() + b"\n"
