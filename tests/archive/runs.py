"""Archives annotated in processes that the tests can kill."""

import hashlib
import json
import multiprocessing
import os
import signal
from pathlib import Path

from annotate.archive import durable, journal
from annotate.archive.made_up import make_rows
from annotate.archive.runner import Options, annotate_archive
from tests.archive.annotators import rules

SHARD = 3
BATCH = 4
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.archive.preload"])


def write_input(path, count=30, *, extra=()):
    rows = [*make_rows(count), *extra]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def run(inputs, out, factory=rules, *, to="jsonl", zst=False, batch=BATCH, dedupe=False, **options):
    """Annotate here, in small batches and shards."""
    chosen = Options(to=to, zst=zst, batch=batch, shard=SHARD, dedupe=dedupe)
    return annotate_archive([inputs], Path(out), factory, options=chosen, **options)


def _die_at(number):
    """Let this process be killed at its n-th step towards the disk, before or after the step."""
    steps = 0

    def counted(step):
        def wrapped(*args, **kwargs):
            nonlocal steps
            steps += 1
            if steps == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **kwargs)

        return wrapped

    os.fsync = counted(os.fsync)
    Path.replace = counted(Path.replace)
    Path.unlink = counted(Path.unlink)
    assert durable.os is journal.os is os


def _child(number, arguments, options):
    if number is not None:
        _die_at(number)
    summary = run(*arguments, **options)
    if not summary.finished:
        os._exit(3)


def start(*arguments, die_at=None, **options):
    """Start a process that annotates, and dies at its n-th step towards the disk."""
    process = CONTEXT.Process(target=_child, args=(die_at, arguments, options))
    process.start()
    return process


def killed_run(*arguments, die_at, **options):
    """Whether a run was killed; it is finished otherwise."""
    process = start(*arguments, die_at=die_at, **options)
    process.join(300)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def contents(out):
    """Every file of an archive that a user looks at, with a digest of its bytes."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(out).rglob("*"))
        if path.is_file() and path.name not in (".lock", "journal.jsonl")
    }


def lines(out):
    """The annotations of an archive of JSON lines, in order."""
    return [
        json.loads(line)
        for path in sorted((Path(out) / "articles").iterdir())
        for line in path.read_text().splitlines()
    ]


def failed(out):
    path = Path(out) / "failed.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return {row["id"]: row["message"] for row in rows}
