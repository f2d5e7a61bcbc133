"""Where batches are annotated: what this process, others and a cluster have in common."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from annotate.annotation import ModelInfo
from annotate.archive.worker import Encode, Factory, Result, Task, load_once, work
from annotate.article import Failure
from annotate.errors import AnnotateError

Stop = Callable[[], bool]
AHEAD = 2
"""Tasks for each process: the one in hand, and one waiting."""
POLL = 0.5
"""Seconds after which a request to stop is noticed."""


class Executor(Protocol):
    """Annotates tasks."""

    def model(self) -> ModelInfo:
        """Return the model that the workers load."""
        ...

    def run(self, tasks: Iterator[Task], stop: Stop) -> Iterator[Result]:
        """Yield results as they come, in any order; at most a few tasks are taken ahead.

        Once ``stop`` says so, no task is begun; those in hand are finished.
        """
        ...

    def close(self, *, now: bool = False) -> None:
        """Let go of the workers, ``now`` without waiting for what they do."""
        ...


class Here:
    """Annotates in this process."""

    def __init__(self, factory: Factory, encode: Encode) -> None:
        self._factory, self._encode = factory, encode

    def model(self) -> ModelInfo:
        """Return the model."""
        return load_once(self._factory).model

    def run(self, tasks: Iterator[Task], stop: Stop) -> Iterator[Result]:
        """Yield the result of one task after the other."""
        annotator = load_once(self._factory)
        while not stop():
            task = next(tasks, None)
            if task is None:
                return
            yield work(task, annotator, self._encode)

    def close(self, *, now: bool = False) -> None:
        """Do nothing."""


def isolate(task: Task, attempt: Callable[[Task], Result | None]) -> Result:
    """Do a task over which a process died; the articles that make processes die become failures.

    Args:
        task: the task.
        attempt: does a task in a process of its own; None when that dies.

    Raises:
        AnnotateError: processes die over nothing.
    """
    result = attempt(task)
    if result is None:
        deadly = _deadly(task, attempt)
        result = attempt(_without(task, deadly)) or attempt(_without(task, set(task.places)))
    if result is None:
        raise AnnotateError(
            "The processes that annotate keep dying",
            hint="They may run out of memory: use fewer with -n; the same command goes on",
        )
    return result


def _deadly(task: Task, attempt: Callable[[Task], Result | None]) -> set[int]:
    """Return the places of the articles over which a process dies, found by halving."""
    if len(task.places) == 1:
        return set(task.places)
    middle = len(task.places) // 2
    halves = (
        replace(task, places=task.places[part], entries=task.entries[part])
        for part in (slice(None, middle), slice(middle, None))
    )
    return {place for half in halves if attempt(half) is None for place in _deadly(half, attempt)}


def _without(task: Task, places: set[int]) -> Task:
    """Return a task in which some articles are failures."""
    entries = (
        Failure(entry.id, "the process that annotated it died", "It may need too much memory")
        if place in places and not isinstance(entry, Failure)
        else entry
        for place, entry in zip(task.places, task.entries, strict=True)
    )
    return replace(task, entries=tuple(entries))
