"""Workers of a Dask cluster."""

import contextlib
import time
from collections.abc import Collection, Iterator
from typing import Any

from annotate.annotation import ModelInfo
from annotate.archive.executors import AHEAD, POLL, Stop, isolate
from annotate.archive.optional import need
from annotate.archive.worker import Encode, Factory, Result, Task, remote_model, remote_work
from annotate.errors import AnnotateError, UsageError

CONNECT = 10
"""Seconds to wait for the scheduler."""
WORKERS = 60
"""Seconds to wait for a worker, at the beginning and when all have gone."""


class Cluster:
    """Annotates on the workers of a Dask scheduler; results come back here and are written here.

    A batch whose worker dies is given to another one by the scheduler. Workers may come and go.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises:
        UsageError: there is no scheduler or no worker, or distributed is not installed.
    """

    def __init__(self, factory: Factory, encode: Encode, address: str) -> None:
        self._distributed = need("distributed", "A Dask cluster", extra="cluster", error=UsageError)
        self._factory, self._encode, self._address = factory, encode, address
        self._seen = time.monotonic()
        try:
            self._client = self._distributed.Client(
                address, timeout=CONNECT, set_as_default=False, name="annotate"
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"There is no Dask scheduler at {address}",
                hint="Start one with `dask scheduler`, and workers with `dask worker ADDRESS`",
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError as error:
            self._client.close()
            raise UsageError(
                f"The Dask scheduler at {address} has no workers",
                hint=f"Start them with `dask worker {address} --nthreads 1`",
            ) from error

    def model(self) -> ModelInfo:
        """Return the model that the workers load.

        Raises:
            ModelError: it cannot be loaded there.
        """
        future = self._client.submit(remote_model, self._factory, pure=False)
        while not future.done():
            self._wait([future])
        model: ModelInfo = self._result(future)
        return model

    def run(self, tasks: Iterator[Task], stop: Stop) -> Iterator[Result]:
        """Yield results as they come."""
        pending: dict[Any, Task] = {}
        more = True
        while pending or more:
            width = AHEAD * max(1, self._threads())
            while more and not stop() and len(pending) < width:
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    pending[self._submit(task)] = task
            more = more and not stop()
            if not pending:
                continue
            self._wait(pending)
            for future in [future for future in pending if future.done()]:
                task = pending.pop(future)
                result = self._outcome(future)
                yield isolate(task, self._attempt) if result is None else result

    def _submit(self, task: Task) -> Any:
        return self._client.submit(remote_work, task, self._factory, self._encode, pure=False)

    def _attempt(self, task: Task) -> Result | None:
        """Do a task; None where workers die over it."""
        future = self._submit(task)
        while not future.done():
            self._wait([future])
        return self._outcome(future)

    def _threads(self) -> int:
        """Return how many threads the workers have together, 0 where there are no workers.

        Raises:
            AnnotateError: the scheduler is gone.
        """
        try:
            return sum(self._client.nthreads().values())
        except OSError as error:
            raise self._gone() from error

    def _wait(self, futures: Collection[Any]) -> None:
        """Wait a little for one of some futures.

        Raises:
            AnnotateError: there have been no workers for a while, or the scheduler is gone.
        """
        with contextlib.suppress(TimeoutError), self._client.as_current():
            self._distributed.wait(futures, timeout=POLL, return_when="FIRST_COMPLETED")
        if self._threads():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > WORKERS:
            raise AnnotateError(
                f"The Dask scheduler at {self._address} has had no workers for {WORKERS} seconds",
                hint="Start workers, then give the same command again: it goes on where it stopped",
            )

    def _outcome(self, future: Any) -> Result | None:
        """Return the result of a task; None where workers died over it."""
        try:
            result: Result = self._result(future)
        except self._distributed.scheduler.KilledWorker:
            return None
        return result

    def _result(self, future: Any) -> Any:
        """Return what a worker returned or raise what it raised.

        Raises:
            AnnotateError: the scheduler is gone.
        """
        lost = (self._distributed.CancelledError, self._distributed.comm.CommClosedError)
        try:
            return future.result()
        except lost as error:
            raise self._gone() from error
        finally:
            future.release()

    def _gone(self) -> AnnotateError:
        """Return the error for a scheduler that does not answer any more."""
        return AnnotateError(
            f"The Dask scheduler at {self._address} is gone",
            hint="Start it again, then give the same command again: it goes on where it stopped",
        )

    def close(self, *, now: bool = False) -> None:
        """Leave the cluster; tasks that nobody waits for are dropped there."""
        self._client.close()
