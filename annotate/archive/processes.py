"""Processes on this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait as wait_for

from annotate.annotation import ModelInfo
from annotate.archive.executors import AHEAD, POLL, Stop, isolate
from annotate.archive.worker import Encode, Factory, Result, Task, remote_model, remote_work
from annotate.errors import ModelError

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that say how many threads numerical libraries start, one for each core by default."""


class Processes:
    """Annotates in processes of this machine, each with a model of its own.

    Processes are spawned, so they share nothing with this one, and end when it ends, however it
    does. One that dies (for want of memory, or in native code) costs one article: the batches that
    it may have been at are done again alone.
    """

    def __init__(self, factory: Factory, encode: Encode, workers: int) -> None:
        self._factory, self._encode, self._workers = factory, encode, workers
        self._others = set(multiprocessing.active_children())
        self._pool = _new_pool(workers)

    def model(self) -> ModelInfo:
        """Return the model.

        Raises:
            ModelError: it cannot be loaded, or the process dies over it.
        """
        try:
            with _spawning(self._workers):
                future = self._pool.submit(remote_model, self._factory)
            return future.result()
        except BrokenProcessPool as error:
            raise ModelError(
                "A process ended while it loaded the model",
                hint="It may have run out of memory: use fewer processes, for example -n 1",
            ) from error

    def run(self, tasks: Iterator[Task], stop: Stop) -> Iterator[Result]:
        """Yield results as they come."""
        pending: dict[Future[Result], Task] = {}
        more = True
        while pending or more:
            while more and not stop() and len(pending) < AHEAD * self._workers:
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    pending[self._submit(self._pool, task)] = task
            if stop():
                more = False
                pending = {future: task for future, task in pending.items() if not future.cancel()}
            finished, _ = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
            lost: list[Task] = []
            for future in finished:
                task = pending.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    lost.append(task)
                else:
                    yield result
            if lost:
                lost.extend(pending.values())
                pending.clear()
                self._pool.shutdown()
                for task in lost:
                    yield isolate(task, self._attempt)
                self._pool = _new_pool(self._workers)

    def _submit(self, pool: ProcessPoolExecutor, task: Task) -> Future[Result]:
        with _spawning(self._workers):
            return pool.submit(remote_work, task, self._factory, self._encode)

    def _attempt(self, task: Task) -> Result | None:
        """Do a task in a new process; None when it dies."""
        with _new_pool(1) as pool:
            try:
                return self._submit(pool, task).result()
            except BrokenProcessPool:
                return None

    def close(self, *, now: bool = False) -> None:
        """Stop the processes."""
        if now:
            for process in set(multiprocessing.active_children()) - self._others:
                process.kill()
        self._pool.shutdown(cancel_futures=True)


def _new_pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start)


def _start() -> None:
    """Prepare a process: Ctrl-C is for the parent, and without a parent there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the parent ends, and end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


@contextmanager
def _spawning(workers: int) -> Iterator[None]:
    """Let processes be started that do not die of Ctrl-C while they start, and share the cores.

    The signal is held back, not ignored: it reaches this process afterwards.
    """
    share = str(max(1, (os.cpu_count() or 1) // workers))
    added = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, share))
    can_block = hasattr(signal, "pthread_sigmask")
    if can_block:
        resource_tracker.ensure_running()  # starting it later would undo the mask
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for name in added:
            del os.environ[name]
