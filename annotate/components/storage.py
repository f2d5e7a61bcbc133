"""How components keep their arrays, tables and graphs on disk, and run the graphs."""

import gzip
import json
import multiprocessing
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
import numpy.typing as npt

from annotate.errors import ModelError

Floats = npt.NDArray[np.float32]
REINSTALL = "Install the model again, or name another with --model"


class Graph:
    """An ONNX graph that runs in this process.

    A session does not survive a fork, and its threads may hold locks that the child waits for in vain. So
    sessions are closed before a fork, and each process opens its own when it first runs the graph, with
    `threads` of them.

    Args:
        content: the serialised graph.
        name: what it is called in messages.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.content = content
        self.name = name
        self.watch: Callable[[dict[str, npt.NDArray[Any]]], object] | None = None
        self._session: Any = None
        self._process = -1

    def __getstate__(self) -> dict[str, Any]:
        return {
            "content": self.content,
            "name": self.name,
            "watch": None,
            "_session": None,
            "_process": -1,
        }

    def open(self) -> Any:
        """Return the session of this process.

        Raises:
            ModelError: onnxruntime is missing or cannot read the graph.
        """
        if self._process == os.getpid():
            return self._session
        try:
            import onnxruntime
        except ImportError as error:
            hint = "Install it with: pip install onnxruntime"
            raise ModelError("The package onnxruntime is missing", hint=hint) from error
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads()
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(
                self.content, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            message = f"The model file {self.name} is damaged"
            raise ModelError(message, hint=REINSTALL) from error
        self._process = os.getpid()
        _open.add(self)
        return self._session

    def close(self) -> None:
        """End the session and its threads; the next run opens another."""
        self._session, self._process = None, -1

    def run(self, **inputs: npt.NDArray[Any]) -> list[Floats]:
        """Return the outputs of the graph, in its order; ``watch`` is shown the inputs first."""
        if self.watch is not None:
            self.watch(inputs)
        return list(self.open().run(None, inputs))


THREADS = "ANNOTATE_THREADS"
"""Environment variable with the threads of a graph."""


def threads() -> int:
    """Return on how many threads a graph runs: one in a worker process, all cores in a main process.

    The environment variable ANNOTATE_THREADS says otherwise.
    """
    told = os.environ.get(THREADS, "")
    if told.isdecimal() and int(told):
        return int(told)
    return 1 if multiprocessing.parent_process() is not None else cores()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_open: WeakSet[Graph] = WeakSet()


def _close_all() -> None:
    for graph in list(_open):
        graph.close()
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_close_all)


def read_bytes(path: Path) -> bytes:
    """Return the content of a model file.

    Raises:
        ModelError: it is not there.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read", hint=REINSTALL) from error


def read_arrays(path: Path) -> dict[str, Floats]:
    """Return the arrays of an .npz file as f32."""
    try:
        with np.load(path) as archive:
            return {name: archive[name].astype(np.float32) for name in archive.files}
    except (OSError, ValueError, EOFError) as error:
        raise ModelError(f"The model file {path} is damaged", hint=REINSTALL) from error


def write_arrays(path: Path, arrays: Mapping[str, Floats]) -> None:
    """Write arrays as f16 into an .npz file."""
    np.savez(path, **{name: array.astype(np.float16) for name, array in arrays.items()})  # type: ignore[arg-type]


def read_table(path: Path) -> Any:
    """Return the content of a JSON file, packed with gzip where its name ends in ``.gz``.

    Raises:
        ModelError: it is missing or no JSON.
    """
    content = read_bytes(path)
    try:
        return json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)
    except (ValueError, EOFError, OSError, zlib.error) as error:
        raise ModelError(f"The model file {path} is damaged", hint=REINSTALL) from error


def write_table(path: Path, table: Any) -> None:
    """Write a JSON file."""
    write_text(path, json.dumps(table, ensure_ascii=False, indent=0) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file, packed with gzip where its name ends in ``.gz``; the same text, the same bytes."""
    content = text.encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
