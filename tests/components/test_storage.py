"""On how many threads graphs run."""

import multiprocessing

import pytest

from annotate.components.storage import THREADS, cores, threads


def test_a_main_process_uses_all_cores_and_a_worker_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREADS, raising=False)
    assert threads() == cores() >= 1
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: object())
    assert threads() == 1


@pytest.mark.parametrize(("told", "wanted"), [("3", 3), ("0", None), ("many", None), ("", None)])
def test_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, told: str, wanted: int | None
) -> None:
    monkeypatch.setenv(THREADS, told)
    assert threads() == (wanted or cores())
