"""Runs over archives: what comes out, being stopped, going on, failures, and what is refused."""

import random
import shutil
import signal
import time
from functools import partial

import pytest

from annotate.archive.archives import locked
from annotate.archive.items import Columns, Limits
from annotate.archive.made_up import make_rows
from annotate.archive.runner import Options, annotate_archive
from annotate.errors import AnnotateError, ModelError, UsageError
from annotate.serialize import from_dict
from tests.archive.annotators import Fragile, Other, Slow, Wrong, no_model, rules, slow
from tests.archive.runs import contents, failed, killed_run, lines, run, start, write_input


@pytest.fixture
def source(tmp_path):
    return write_input(tmp_path / "in.jsonl")


@pytest.fixture(scope="module")
def whole_archive(tmp_path_factory):
    """The archive that an uninterrupted run over the same articles makes."""
    folder = tmp_path_factory.mktemp("whole")
    run(write_input(folder / "in.jsonl"), folder / "out")
    return folder / "out"


@pytest.fixture
def whole(whole_archive):
    """What an uninterrupted run makes."""
    return contents(whole_archive)


def test_all_articles_come_out_once_in_order_in_shards(tmp_path, source):
    summary = run(source, tmp_path / "out")
    assert (summary.articles, summary.failed, summary.before, summary.finished) == (30, 0, 0, True)
    found = lines(tmp_path / "out")
    assert [line["id"] for line in found] == [row["id"] for row in make_rows(30)]
    assert sum(len(line["text"].split()) for line in found) == summary.words
    for line in found:
        assert from_dict(line).model.name == "rules-for-benchmarks"
    names = [f"articles/articles-{shard:05}.jsonl" for shard in range(3)]
    assert sorted(contents(tmp_path / "out")) == [*names, "run.json"]


def test_shards_packed_with_zstd_hold_the_same(tmp_path, source, whole_archive):
    import backports.zstd as zstd

    run(source, tmp_path / "out", zst=True)
    for path in sorted((tmp_path / "out" / "articles").iterdir()):
        plain = (whole_archive / "articles" / path.stem).read_bytes()
        assert zstd.decompress(path.read_bytes()) == plain


def test_the_same_command_again_does_nothing(tmp_path, source, whole):
    run(source, tmp_path / "whole")
    again = run(source, tmp_path / "whole", factory=partial(Fragile, tmp_path))
    assert (again.articles, again.before, again.finished) == (30, 30, True)
    assert not (tmp_path / "log").exists()
    assert contents(tmp_path / "whole") == whole


@pytest.mark.parametrize("die_at", range(1, 90, 4))
def test_killed_at_any_step_the_same_command_goes_on_to_the_same_bytes(
    tmp_path, source, whole, die_at
):
    out = tmp_path / "out"
    was_killed = killed_run(source, out, die_at=die_at)
    assert was_killed == (die_at < 70) or 60 <= die_at <= 89
    run(source, out)
    assert contents(out) == whole


def test_killed_again_and_again_it_still_comes_to_the_same_bytes(tmp_path, source, whole):
    out = tmp_path / "out"
    steps = random.Random(7)
    kills = 0
    while killed_run(source, out, die_at=steps.randint(6, 16)):
        kills += 1
        assert kills < 40
    assert kills >= 3
    assert contents(out) == whole


def test_killed_at_a_random_moment_nothing_is_done_twice(tmp_path, source, whole):
    out, moments = tmp_path / "out", random.Random(3)
    for _ in range(4):
        process = start(source, out, slow)
        time.sleep(moments.uniform(0.02, 0.25))
        process.kill()
        process.join()
    journal = out / "journal.jsonl"
    done = journal.read_bytes().count(b"\n") if journal.exists() else 0
    log = partial(Fragile, tmp_path)
    summary = run(source, out, log)
    assert contents(out) == whole
    assert summary.before <= 4 * done
    annotated = (tmp_path / "log").read_text().split() if (tmp_path / "log").exists() else []
    assert len(annotated) == 30 - summary.before


def test_stopping_finishes_the_batch_in_hand(tmp_path, source, whole):
    out, seen = tmp_path / "out", []
    summary = run(source, out, listener=seen.append, stop=lambda: len(seen) >= 2)
    assert (summary.articles, summary.finished) == (8, False)
    assert [progress.articles for progress in seen] == [4, 8]
    summary = run(source, out)
    assert (summary.before, summary.articles, summary.finished) == (8, 30, True)
    assert contents(out) == whole


def test_a_journal_that_was_cut_off_loses_its_last_line_only(tmp_path, source, whole):
    out = tmp_path / "out"
    run(source, out, listener=(seen := []).append, stop=lambda: len(seen) >= 5)
    journal = out / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    summary = run(source, out)
    assert summary.before == 16
    assert contents(out) == whole


def test_a_damaged_journal_is_refused(tmp_path, source):
    run(source, tmp_path / "out")
    journal = tmp_path / "out" / "journal.jsonl"
    journal.write_text("{}\n" + journal.read_text())
    with pytest.raises(UsageError, match="damaged in line 1"):
        run(source, tmp_path / "out")


BAD = [
    {"id": "stuk", "text": "Dit is STUK."},
    {"id": "leeg", "text": " "},
    {"id": "fout", "text": "Dit is FOUT."},
    {"id": "artikel-0000001", "text": "Dezelfde naam."},
    {"id": "goed", "text": "Dit is goed."},
]


def test_failing_articles_are_named_and_the_others_done(tmp_path):
    source = write_input(tmp_path / "in.jsonl", 10, extra=BAD)
    summary = run(source, tmp_path / "out", partial(Fragile, tmp_path))
    assert (summary.articles, summary.failed, summary.finished) == (15, 4, True)
    assert failed(tmp_path / "out") == {
        "stuk": "it is broken",
        "leeg": "column 'text' is empty",
        "fout": "it cannot be annotated (ValueError: an article that nobody expected)",
        "artikel-0000001": "an earlier article has the same id",
    }
    ids = [line["id"] for line in lines(tmp_path / "out")]
    assert ids == [*(row["id"] for row in make_rows(10)), "goed"]


@pytest.mark.parametrize("to", ["jsonl", "parquet", "sqlite"])
def test_retrying_does_failed_articles_only_and_puts_them_in_their_places(tmp_path, to):
    source = write_input(tmp_path / "in.jsonl", 10, extra=[*BAD, *make_rows(20, seed=2)][:8])
    fragile = partial(Fragile, tmp_path)
    run(source, tmp_path / "out", fragile, to=to)
    assert run(source, tmp_path / "out", fragile, to=to).failed == 7
    (tmp_path / "all-is-well").touch()
    (tmp_path / "log").unlink()
    assert run(source, tmp_path / "out", fragile, to=to, retry_failed=True).failed == 5
    assert sorted((tmp_path / "log").read_text().split()) == ["fout", "stuk"]
    run(source, tmp_path / "whole", fragile, to=to)
    if to == "jsonl":
        assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert failed(tmp_path / "out") == failed(tmp_path / "whole")


@pytest.mark.parametrize("die_at", range(1, 12))
def test_killed_while_retrying_the_same_command_goes_on(tmp_path, die_at):
    source = write_input(tmp_path / "in.jsonl", 6, extra=BAD)
    fragile = partial(Fragile, tmp_path)
    run(source, tmp_path / "out", fragile)
    (tmp_path / "all-is-well").touch()
    killed_run(source, tmp_path / "out", fragile, die_at=die_at, retry_failed=True)
    run(source, tmp_path / "out", fragile, retry_failed=True)
    run(source, tmp_path / "whole", fragile)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_annotations_that_contradict_themselves_are_failures(tmp_path):
    bad = [{"id": "a", "text": "Dit is SCHEEF."}, {"id": "b", "text": "Hier komt NIETS uit."}]
    source = write_input(tmp_path / "in.jsonl", 5, extra=bad)
    assert run(source, tmp_path / "out", Wrong).failed == 2
    assert "contradicts itself" in failed(tmp_path / "out")["a"]
    assert len(lines(tmp_path / "out")) == 5


def test_another_model_is_refused_unless_told(tmp_path, source):
    out = tmp_path / "out"
    run(source, out, listener=(seen := []).append, stop=lambda: len(seen) >= 2)
    with pytest.raises(UsageError, match=r"model was rules-for-benchmarks 1 and is now .* 2"):
        run(source, out, Other)
    summary = run(source, out, Other, accept_changes=True)
    assert (summary.before, summary.articles) == (8, 30)
    assert [line["model"]["version"] for line in lines(out)] == ["1"] * 8 + ["2"] * 22


@pytest.mark.parametrize("change", [{"to": "sqlite"}, {"zst": True}, {"batch": 5}])
def test_options_that_cannot_change_are_refused(tmp_path, source, change):
    run(source, tmp_path / "out")
    with pytest.raises(UsageError, match="begun with other options"):
        run(source, tmp_path / "out", accept_changes=True, **change)


def test_another_column_or_limit_is_refused_unless_told(tmp_path, source):
    out = tmp_path / "out"
    annotate_archive([source], out, rules)
    options = Options(columns=Columns(title="date"), limits=Limits(article_bytes=5000))
    with pytest.raises(UsageError, match="columns"):
        annotate_archive([source], out, rules, options=options)
    assert annotate_archive([source], out, rules, options=options, accept_changes=True).before == 30


@pytest.mark.parametrize("change", ["more", "less", "other"])
def test_another_input_is_refused(tmp_path, source, change):
    run(source, tmp_path / "out")
    text = source.read_text()
    first, *rest = text.splitlines(keepends=True)
    new = {"more": text + first.replace("artikel-", "x"), "less": "".join([first, *rest[:8]])}
    source.write_text(new.get(change, text.replace("artikel-0000007", "zeven")))
    with pytest.raises(UsageError, match="input has changed"):
        run(source, tmp_path / "out")


def test_restart_begins_again(tmp_path, source):
    run(source, tmp_path / "out", to="sqlite")
    run(source, tmp_path / "out", Other, restart=True)
    assert {line["model"]["version"] for line in lines(tmp_path / "out")} == {"2"}
    assert not (tmp_path / "out" / "archive.sqlite").exists()


def test_a_folder_with_other_things_is_not_touched(tmp_path, source):
    out = tmp_path / "out"
    out.mkdir()
    (out / "scriptie.docx").write_text("belangrijk")
    for restart in (False, True):
        with pytest.raises(UsageError, match="not empty"):
            run(source, out, restart=restart)
    assert contents(out).keys() == {"scriptie.docx"}
    with pytest.raises(UsageError, match="is a file"):
        run(source, source)
    with pytest.raises(UsageError, match="cannot be written"):
        run(source, source / "out")


def test_restart_leaves_what_is_not_its_own(tmp_path, source):
    run(source, tmp_path / "out")
    (tmp_path / "out" / "aantekeningen.txt").write_text("belangrijk")
    run(source, tmp_path / "out", restart=True)
    assert (tmp_path / "out" / "aantekeningen.txt").read_text() == "belangrijk"


def test_two_processes_do_not_write_to_one_archive(tmp_path, source):
    with locked(tmp_path / "out"), pytest.raises(UsageError, match="Another process"):
        run(source, tmp_path / "out")


def test_a_model_that_cannot_be_loaded_stops_before_anything_is_written(tmp_path, source):
    with pytest.raises(ModelError):
        run(source, tmp_path / "out", no_model)
    assert list(contents(tmp_path / "out")) == []
    assert run(source, tmp_path / "out").finished


def test_the_archive_may_lie_in_the_folder_that_is_read(tmp_path, source):
    run(tmp_path, tmp_path / "out")
    assert run(tmp_path, tmp_path / "out").before == 30


def test_nothing_outside_the_archive_is_written(tmp_path, source):
    before = set(tmp_path.rglob("*"))
    run(source, tmp_path / "out")
    assert {
        path for path in tmp_path.rglob("*") if tmp_path / "out" not in (path, *path.parents)
    } == (before - {tmp_path / "out"})


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk with 4 MB of room; only root can make one."""
    import os
    import subprocess

    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("to", ["jsonl", "parquet", "sqlite"])
def test_a_full_disk_stops_the_run_and_it_goes_on_when_there_is_room(tmp_path, small_disk, to):
    source = write_input(tmp_path / "in.jsonl", 60)
    filler = small_disk / "ballast"
    free = {"jsonl": 150_000, "parquet": 260_000, "sqlite": 400_000}[to]
    filler.write_bytes(bytes(4_190_000 - free))
    out = small_disk / "out"
    with pytest.raises(AnnotateError, match="disk is full") as caught:
        run(source, out, to=to)
    assert "same command" in caught.value.hint
    filler.unlink()
    summary = run(source, out, to=to)
    assert (summary.articles, summary.failed, summary.finished) == (60, 0, True)
    assert summary.before > 0
    if to == "jsonl":
        run(source, tmp_path / "whole")
        assert contents(out) == contents(tmp_path / "whole")


def test_slow_articles_do_not_change_what_comes_out(tmp_path, source, whole):
    run(source, tmp_path / "out", partial(Slow, 0.001))
    assert contents(tmp_path / "out") == whole


def test_signals_are_what_they_were(tmp_path, source):
    before = signal.getsignal(signal.SIGINT)
    run(source, tmp_path / "out")
    assert signal.getsignal(signal.SIGINT) is before
