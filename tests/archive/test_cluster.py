"""A Dask cluster on this machine: the same output, also when a worker is killed in the middle."""

import os
import signal
from functools import partial

import pytest

from annotate.archive import cluster as cluster_module
from annotate.errors import AnnotateError, UsageError
from tests.archive.annotators import Fragile, Slow
from tests.archive.runs import contents, failed, lines, run, write_input

distributed = pytest.importorskip("distributed", reason="distributed is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes, restarted when they die."""
    config = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.worker.use-file-locking": False,
    }
    import dask

    with (
        dask.config.set(config),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=50,
        ) as found,
    ):
        yield found


def worker_processes(cluster):
    return [worker.pid for worker in cluster.workers.values()]


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(tmp_path, cluster):
    source = write_input(tmp_path / "in.jsonl", 80)
    run(source, tmp_path / "whole")
    killed = []

    def kill_one(progress):
        if progress.articles >= 12 and not killed:
            (pid, *_) = worker_processes(cluster)
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    address = cluster.scheduler_address
    summary = run(
        source, tmp_path / "out", partial(Slow, 0.01), scheduler=address, listener=kill_one
    )
    assert killed
    assert (summary.articles, summary.failed, summary.finished) == (80, 0, True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_run_on_the_cluster_is_taken_up_in_another_way(tmp_path, cluster):
    source = write_input(tmp_path / "in.jsonl", 40)
    run(source, tmp_path / "whole")
    seen = []
    stopped = run(
        source,
        tmp_path / "out",
        scheduler=cluster.scheduler_address,
        listener=seen.append,
        stop=lambda: len(seen) >= 2,
    )
    assert not stopped.finished
    assert 8 <= stopped.articles < 40
    assert run(source, tmp_path / "out").before == stopped.articles
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_an_article_that_kills_workers_is_one_failure(tmp_path, cluster):
    deadly = [{"id": "dood", "text": "Dit is DOOD."}]
    source = write_input(tmp_path / "in.jsonl", 3, extra=deadly)
    summary = run(
        source, tmp_path / "out", partial(Fragile, tmp_path), scheduler=cluster.scheduler_address
    )
    assert (summary.articles, summary.failed) == (4, 1)
    assert failed(tmp_path / "out") == {"dood": "the process that annotated it died"}
    assert len(lines(tmp_path / "out")) == 3


def test_workers_that_go_away_for_good_end_the_run_and_it_can_go_on(tmp_path, monkeypatch):
    source = write_input(tmp_path / "in.jsonl", 40)
    run(source, tmp_path / "whole")
    monkeypatch.setattr(cluster_module, "WORKERS", 5)
    with distributed.LocalCluster(
        n_workers=1, dashboard_address=":0", processes=False, silence_logs=50
    ) as small:

        def take_away(progress):
            small.scale(0)

        with pytest.raises(AnnotateError, match="no workers for 5 seconds"):
            run(
                source,
                tmp_path / "out",
                partial(Slow, 0.05),
                scheduler=small.scheduler_address,
                listener=take_away,
            )
    assert 0 < run(source, tmp_path / "out").before < 40
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_no_scheduler_and_no_workers_are_said(tmp_path, monkeypatch):
    source = write_input(tmp_path / "in.jsonl", 3)
    monkeypatch.setattr(cluster_module, "CONNECT", 1)
    monkeypatch.setattr(cluster_module, "WORKERS", 0.2)
    with pytest.raises(UsageError, match="no Dask scheduler"):
        run(source, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="no Dask scheduler"):
        run(source, tmp_path / "out", scheduler="onzin://")
    with (
        distributed.LocalCluster(
            n_workers=0, dashboard_address=":0", processes=False, silence_logs=50
        ) as empty,
        pytest.raises(UsageError, match="has no workers"),
    ):
        run(source, tmp_path / "out", scheduler=empty.scheduler_address)
