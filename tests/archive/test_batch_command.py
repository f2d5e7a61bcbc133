"""``annotate batch`` as a command: messages, exit codes, progress, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from annotate.archive.runner import Progress
from annotate.commands.batch import batch_cli
from annotate.commands.batch_progress import described, duration
from tests.archive.annotators import fragile_model, rules_model
from tests.archive.runs import write_input
from tests.archive.texts import TRAIN


@pytest.fixture
def command(monkeypatch):
    """Runs the command with an annotator without a model."""
    monkeypatch.setattr("annotate.pipeline.load", rules_model)
    app = typer.Typer()
    app.command()(batch_cli)

    def invoke(*arguments):
        return CliRunner().invoke(app, [*map(str, arguments), "-n", "1"])

    return invoke


def test_an_archive_is_made_and_counted(tmp_path, command):
    source = write_input(tmp_path / "in.jsonl", 5)
    result = command(source, "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"5 articles: 5 annotated into {tmp_path / 'out'}.\n"
    again = command(source, "-o", tmp_path / "out", "-q")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "5 articles (5 of them before)" in command(source, "-o", tmp_path / "out").stderr


def test_failing_articles_are_named_and_the_exit_code_says_so(tmp_path, command, monkeypatch):
    monkeypatch.setattr("annotate.pipeline.load", fragile_model)
    monkeypatch.setenv("FRAGILE", str(tmp_path))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Dit is STUK.")
    (folder / "b.txt").write_text(TRAIN)
    (folder / "c.txt").write_text("")
    (folder / "foto.jpg").write_text("")
    result = command(folder, "-o", tmp_path / "out")
    assert result.exit_code == 1
    failed = tmp_path / "out" / "failed.jsonl"
    assert result.stderr.splitlines() == [
        "a.txt: it is broken. Mend it.",
        "c.txt: it is empty.",
        "Left out 1 files of other kinds: .jpg 1",
        f"3 articles: 1 annotated into {tmp_path / 'out'}. 2 failed, listed in {failed}.",
    ]
    (tmp_path / "all-is-well").touch()
    again = command(folder, "-o", tmp_path / "out", "--retry-failed")
    assert again.exit_code == 1
    assert [json.loads(line)["id"] for line in failed.read_text().splitlines()] == ["c.txt"]


def test_many_failures_are_cut_off_on_the_screen_but_not_in_the_list(tmp_path, command):
    source = write_input(tmp_path / "in.jsonl", 1, extra=[{"text": ""}] * 30)
    result = command(source, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "… and 10 more, in" in result.stderr
    assert (tmp_path / "out" / "failed.jsonl").read_text().count("\n") == 30


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["weg.jsonl", "-o", "out"], "annotate: there is no file or folder 'weg.jsonl'"),
        (["in.jsonl", "-o", "out", "--text-column", "x"], "has no column 'x'"),
        (["in.jsonl", "-o", "."], "not empty"),
        (["in.jsonl", "-o", "out", "--scheduler", "tcp://127.0.0.1:9"], "no Dask scheduler at"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(tmp_path, command, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("annotate.archive.cluster.CONNECT", 1)
    write_input(tmp_path / "in.jsonl", 2)
    result = command(*arguments)
    assert result.exit_code == (1 if "column" in message else 2)
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_columns_and_outputs_can_be_chosen(tmp_path, command):
    path = tmp_path / "in.csv"
    path.write_text('nr;kop;stuk;dag\n1;Kop;"Janna Prins zegt dat het klopt.";3 mei 2024\n')
    columns = ["--text-column", "stuk", "--id-column", "nr", "--date-column", "dag"]
    result = command(path, "-o", tmp_path / "out", *columns, "--to", "jsonl", "--zst", "--dedupe")
    assert result.exit_code == 0
    from backports.zstd import ZstdFile

    with ZstdFile(tmp_path / "out" / "articles" / "articles-00000.jsonl.zst") as stream:
        article = json.loads(stream.read())
    assert (article["id"], article["date"], article["title"]) == ("1", "2024-05-03", "Kop")
    assert command(path, "-o", tmp_path / "x", "--to", "xml").exit_code == 2


PROGRAM = textwrap.dedent(
    """
    import sys
    import typer
    import annotate.pipeline
    from annotate.commands.batch import batch_cli
    from tests.archive.annotators import slow_model

    annotate.pipeline.load = slow_model
    if __name__ == "__main__":
        app = typer.Typer()
        app.command()(batch_cli)
        app()
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_finishes_the_batch_in_hand_and_says_how_to_go_on(tmp_path, command, workers):
    import pty

    source = write_input(tmp_path / "in.jsonl", 2000)
    (tmp_path / "program.py").write_text(PROGRAM)
    out = tmp_path / "out"
    arguments = [str(source), "-o", str(out), "-n", str(workers)]
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), *arguments],
        stderr=end,
        stdout=end,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "COLUMNS": "150", "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(end)
    journal = out / "journal.jsonl"
    deadline = time.monotonic() + 300
    while not (journal.exists() and journal.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    shown = b""
    try:
        while data := os.read(terminal, 65536):
            shown += data
    except OSError:  # what Linux says at the end of a terminal
        pass
    os.close(terminal)
    assert process.wait() == 130
    text = shown.decode()
    assert "Finishing the batches in hand" in text
    assert "Give the same command again to go on." in text
    assert "words a second" in text
    assert "Traceback" not in text
    result = command(source, "-o", out)
    assert result.exit_code == 0
    assert "2,000 articles (" in result.stderr


def test_progress_in_words():
    progress = Progress(1500, 3, new=500, new_words=100_000, part=0.75, new_part=0.25, seconds=50)
    assert described(progress) == (
        "1,500 articles, 10.0 a second, 2,000 words a second, 3 failed, 50 s left"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (61, "1 min 01 s"), (7500, "2 h 05 min"), (90_000, "1 d 01 h")],
)
def test_durations(seconds, text):
    assert duration(seconds) == text
