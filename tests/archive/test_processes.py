"""Several processes: the same output, processes that die, and Ctrl-C."""

import sys
import time
from functools import partial
from pathlib import Path

import pytest

from annotate.errors import ModelError
from tests.archive.annotators import Fragile, Slow, no_model
from tests.archive.runs import contents, failed, lines, run, start, write_input


@pytest.fixture
def source(tmp_path):
    return write_input(tmp_path / "in.jsonl", 60)


def test_two_processes_make_the_same_bytes_as_one(tmp_path, source):
    run(source, tmp_path / "one")
    summary = run(source, tmp_path / "two", workers=2)
    assert (summary.articles, summary.failed, summary.finished) == (60, 0, True)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_an_article_that_kills_its_process_is_one_failure(tmp_path):
    deadly = [{"id": "dood", "text": "Dit is DOOD."}, {"id": "daarna", "text": "Dit is goed."}]
    source = write_input(tmp_path / "in.jsonl", 10, extra=deadly)
    summary = run(source, tmp_path / "out", partial(Fragile, tmp_path), workers=2)
    assert (summary.articles, summary.failed, summary.finished) == (12, 1, True)
    assert failed(tmp_path / "out") == {"dood": "the process that annotated it died"}
    assert [line["id"] for line in lines(tmp_path / "out")][-2:] == ["artikel-0000009", "daarna"]


def test_a_model_that_cannot_be_loaded_is_said_once(tmp_path, source):
    with pytest.raises(ModelError, match="The model is broken") as caught:
        run(source, tmp_path / "out", no_model, workers=2)
    assert caught.value.hint == "Install it again"


def children(process):
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(number) for number in path.read_text().split()] if path.exists() else []


def is_running(pid):
    """Whether a process does anything; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, seconds=300):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killing_the_parent_ends_its_processes_and_the_run_goes_on(tmp_path, source):
    run(source, tmp_path / "whole")
    out = tmp_path / "out"
    process = start(source, out, partial(Slow, 0.02), workers=2)
    wait_until(lambda: (out / "journal.jsonl").exists() and (out / "journal.jsonl").stat().st_size)
    workers = children(process)
    process.kill()
    process.join()
    assert len(workers) >= 2
    wait_until(lambda: not any(map(is_running, workers)))
    summary = run(source, out, workers=2)
    assert summary.finished
    assert contents(out) == contents(tmp_path / "whole")
