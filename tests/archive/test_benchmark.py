"""The benchmark of archives: small ones here, figures that can be compared."""

import json

import pytest
import typer
from typer.testing import CliRunner

from annotate.archive.benchmark import ArchiveBenchmark, benchmark_archive, sizes
from annotate.archive.measuring import Made, Modelled, apart
from annotate.commands.benchmark import benchmark_cli
from annotate.errors import AnnotateError, ModelError, UsageError
from tests.archive.annotators import no_model, slow


def test_sizes_grow_tenfold_up_to_the_one_asked_for():
    assert sizes(100_000) == [1000, 10_000, 100_000]
    assert sizes(2500) == [1000, 2500]
    assert sizes(500) == [500]


def test_an_archive_is_measured_in_processes_of_their_own(tmp_path):
    told: list[str] = []
    found = benchmark_archive(40, to=["jsonl"], factory=slow, folder=tmp_path, told=told.append)
    assert len(told) == 3  # one archive with rules, two with a model
    (made,) = found.made
    assert (made.articles, made.to) == (40, "jsonl")
    assert made.words > 1000
    assert 0 < made.cpu <= made.milliseconds * 1.5
    assert made.found[0] <= made.found[1] > 0
    one, two = found.modelled
    assert (one.workers, two.workers, one.articles) == (1, 2, 40)
    assert one.model == "rules-for-benchmarks 1"
    assert one.rate < 100  # ten milliseconds of sleep for each article
    assert 0 < one.share < 0.9
    assert found.ratios()["parallel"] == two.rate / one.rate > 1
    assert list(tmp_path.iterdir()) == []
    lines = "\n".join(found.lines())
    assert "-n 2 over -n 1 with the model" in lines
    assert "slowest find" in lines
    assert json.loads(json.dumps(found.as_dict()))["ratios"] == found.ratios()


def test_ratios_compare_the_largest_archive_with_the_smallest():
    rows = [
        Made(size, to, 100 * size, cpu, cpu, peak, 1.0, (0.1, find), (1, 2))
        for size, to, cpu, peak, find in (
            (1000, "jsonl", 2.0, 100.0, 0.2),
            (1000, "sqlite", 4.0, 120.0, 0.3),
            (10_000, "jsonl", 2.1, 110.0, 0.9),
            (10_000, "sqlite", 3.0, 130.0, 0.4),
        )
    ]
    modelled = [
        Modelled("m 1", 1000, 9, workers, rate, share, peak)
        for workers, rate, share, peak in ((1, 10.0, 0.05, 900.0), (2, 19.0, None, 90.0))
    ]
    found = ArchiveBenchmark(tuple(rows), tuple(modelled))
    assert found.ratios() == {
        "flat jsonl": 1.05,
        "flat sqlite": 0.75,
        "parent MB": 130.0,
        "find s": 0.9,
        "parallel": 1.9,
        "reading and writing": 0.05,
    }
    assert any(line.endswith("jsonl 1.05, sqlite 0.75") for line in found.lines())


def test_what_goes_wrong_in_the_other_process_is_said(tmp_path):
    with pytest.raises(ModelError, match="The model is broken"):
        apart(no_model)
    with pytest.raises(AnnotateError, match="ended before it was done"):
        apart(sum, [1, "twee"])
    with pytest.raises(UsageError, match="too few"):
        benchmark_archive(5, folder=tmp_path)


@pytest.fixture
def command():
    app = typer.Typer()
    app.command()(benchmark_cli)
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_files_and_made_up_archives_do_not_go_together(command):
    result = command("--archive", "1000", "a.txt")
    assert result.exit_code == 2
    assert result.stderr == (
        "annotate: --archive makes up its articles, it takes no files. Leave one of the two out.\n"
    )
    assert command("--archive", "3").exit_code == 2
