"""The command line as its users meet it: real processes, real files, exit codes, clean streams."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from annotate.cli import VERBS, app, with_verb
from annotate.schema import json_schema
from annotate.version import __version__
from tests.conftest import ROOT, SAMPLES, Run

KIM = ROOT / "samples" / "kim-aurus.txt"
SHORT = "Volgens burgemeester Els Maas is de brug veilig. ‘Er is niets aan de hand’, zei ze."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "kort.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


def rows(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize(
    ("given", "piped", "expected"),
    [
        (["a.txt"], False, ["run", "a.txt"]),
        (["-f", "json", "a.txt"], False, ["run", "-f", "json", "a.txt"]),
        (["schema"], False, ["schema"]),
        (["./schema"], False, ["run", "./schema"]),
        (["--version"], False, ["--version"]),
        ([], False, []),
        ([], True, ["run"]),
        (["-"], True, ["run", "-"]),
    ],
)
def test_the_verb_run_may_be_left_out(given: list[str], piped: bool, expected: list[str]) -> None:
    assert with_verb(given, piped=piped) == expected


def test_every_verb_is_known_to_the_short_form() -> None:
    names = {command.name for command in app.registered_commands}
    assert names | {group.name for group in app.registered_groups} == VERBS


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.strip() == f"annotate {__version__}"
    shown = run("--help")
    assert shown.returncode == 0
    assert all(verb in shown.stdout for verb in VERBS)


def test_schema_is_the_one_in_the_repository(run: Run) -> None:
    printed = json.loads(run("schema").stdout)
    assert printed == json_schema()
    assert printed == json.loads((ROOT / "schema" / "annotate-1.schema.json").read_text("utf-8"))


@pytest.mark.model
def test_all_samples_at_once_give_valid_rows_in_order(run: Run) -> None:
    done = run(ROOT / "samples")
    found = rows(done.stdout)
    assert done.returncode == 0
    assert [row["id"] for row in found] == [path.name for path in SAMPLES]
    validator = jsonschema.Draft202012Validator(json_schema())
    for row in found:
        validator.validate(row)
        assert row["attributions"]
        assert row["entities"]


@pytest.mark.model
def test_piped_text_gives_one_row_and_the_same_bytes_each_time(run: Run) -> None:
    first = run(stdin=SHORT.encode())
    again = run("-", stdin=SHORT.encode())
    assert first.returncode == 0
    assert first.stdout == again.stdout
    (row,) = rows(first.stdout)
    assert row["id"] == "stdin"
    assert row["attributions"][0]["source"]["text"] == "burgemeester Els Maas"


@pytest.mark.model
def test_jq_reads_what_comes_out_of_a_pipe(tmp_path: Path) -> None:
    script = f"cat {KIM} | {sys.executable} -m annotate | jq -r '.attributions[].cue.text'"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True)
    if "jq: command not found" in done.stderr:
        pytest.skip("jq is not installed")
    assert done.returncode == 0
    assert "Volgens" in done.stdout or "volgens" in done.stdout


@pytest.mark.model
def test_bad_articles_are_named_and_the_others_are_done(
    run: Run, tmp_path: Path, article: Path
) -> None:
    bad = {
        "leeg.txt": b"",
        "wit.txt": b" \n\t\n ",
        "beeld.txt": bytes(range(256)) * 40,
        "nul.txt": b"Volgens de minister\x00 is het klaar.",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    done = run(article, *(tmp_path / name for name in bad), tmp_path / "weg.txt")
    assert done.returncode == 1
    assert [row["id"] for row in rows(done.stdout)] == ["kort.txt"]
    assert "Traceback" not in done.stderr
    for name in (*bad, "weg.txt"):
        assert sum(name in line for line in done.stderr.splitlines()) == 1, name
    assert "5 of 6 articles failed" in done.stderr


@pytest.mark.model
@pytest.mark.parametrize("quotes", ['""', "''", "‘’", "“”", "„”", "«»", "‘'", '"”', '"', "’", ",,"])
def test_any_quotation_mark_closed_or_not(annotator, quotes: str) -> None:
    opening, closing = (quotes[0], quotes[1]) if len(quotes) == 2 else (quotes, "")
    text = (
        f"{opening}We gaan door met de bouw van de school{closing}, zegt wethouder Jan Smit. 👩‍🚀 é"
    )
    row = annotator(text)
    assert row.text == text
    for attribution in row.attributions:
        for start, end in attribution.content.spans:
            assert 0 <= start < end <= len(text)


@pytest.mark.model
def test_english_gets_a_warning_and_is_annotated(run: Run) -> None:
    text = (
        "The prime minister said on Monday that the government would resign. "
        "“We have lost the trust of the people,” she told reporters in London. "
        "The opposition has been calling for elections since the beginning of the year."
    )
    done = run(stdin=text.encode())
    (row,) = rows(done.stdout)
    assert any("English" in warning for warning in row["warnings"])
    assert row["mentions"]


@pytest.mark.model
def test_output_file_is_whole_or_absent(run: Run, tmp_path: Path, article: Path) -> None:
    target = tmp_path / "uit.json"
    done = run(article, "-f", "json", "-o", target)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(target.read_text("utf-8"))["text"] == SHORT
    assert not list(tmp_path.glob(".*.part"))
    missing = run(article, "-o", tmp_path / "geen" / "map.json")
    assert missing.returncode == 2
    assert "cannot be written" in missing.stderr


@pytest.mark.model
def test_output_folder_has_a_file_for_each_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    for name in ("een.txt", "a/een.txt"):
        (tmp_path / "in" / name).write_text(SHORT, encoding="utf-8")
    done = run(tmp_path / "in", "--output-dir", tmp_path / "uit", "-f", "json")
    assert done.returncode == 0
    names = {p.relative_to(tmp_path / "uit").as_posix() for p in (tmp_path / "uit").rglob("*.json")}
    assert names == {"een.json", "a/een.json"}


@pytest.mark.model
def test_a_reader_who_has_seen_enough_may_leave() -> None:
    script = f"{sys.executable} -m annotate {ROOT / 'samples'} | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=300)
    assert done.stdout == "{0\n"
    assert done.stderr == ""


@pytest.mark.model
def test_limit_dry_run_and_date(run: Run) -> None:
    dry = run(ROOT / "samples", "--dry-run")
    assert dry.stdout.splitlines() == [path.name for path in SAMPLES]
    done = run(ROOT / "samples", "--limit", "1", "--date", "2020-01-02")
    (row,) = rows(done.stdout)
    assert row["date"] == "2020-01-02"


def in_terminal(*arguments: str, **env: str) -> str:
    """Run the command line on a pseudo-terminal and return what it shows."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "annotate", *arguments],
        stdin=other,
        stdout=other,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **env},
    )
    os.close(other)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=300)
    os.close(main)
    return shown.decode("utf-8")


@pytest.mark.model
def test_on_a_terminal_it_shows_the_article_in_colours_or_without(article: Path) -> None:
    coloured = in_terminal(str(article))
    assert "\x1b[" in coloured
    assert "Els Maas" in coloured
    plain = in_terminal(str(article), NO_COLOR="1")
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]", plain)
    assert "PERSON" in plain


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["--format", "bestaat-niet", str(KIM)], 2, "bestaat-niet"),
        (["--date", "gisteren", str(KIM)], 2, "gisteren"),
        (["--model", "bestaat_niet", str(KIM)], 3, "bestaat_niet"),
        (["--model", "nl_core_news_lg", str(KIM)], 3, "spacy download nl_core_news_lg"),
        (["--only", "alles", str(KIM)], 2, "alles"),
        (["-o", "a", "--output-dir", "b", str(KIM)], 2, "exclude"),
        (["--bestaat-niet"], 2, "bestaat-niet"),
        (["evaluate", "bestaat-niet.jsonl"], 2, "bestaat-niet.jsonl"),
        (["models", "show", "bestaat_niet"], 3, "bestaat_niet"),
    ],
)
def test_wrong_usage_is_one_clear_message(
    run: Run, arguments: list[str], code: int, expected: str
) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.model
def test_models_are_listed_and_found(run: Run) -> None:
    assert "nl_news" in run("models", "list").stdout
    folder = Path(run("models", "path").stdout.strip())
    assert (folder / "config.cfg").exists()
    assert json.loads(run("models", "show").stdout)["lang"] == "nl"


@pytest.mark.model
def test_samples_can_be_evaluated(run: Run, tmp_path: Path) -> None:
    gold = ROOT / "samples" / "gold" / "kim-aurus.gold.jsonl"
    report = json.loads(run("evaluate", gold, "--json", "--errors").stdout)
    figures = report["genres"][""]
    assert figures["attributions"]["gold"] == 20
    assert figures["entities"]["all"]["f"] > 0.6
    assert all(set(error) == {"id", "kind", "gold", "predicted"} for error in report["errors"])
    assert "plain mean" not in run("evaluate", gold).stdout


@pytest.mark.model
@pytest.mark.slow
def test_the_benchmark_measures_both_sides_in_one_run(run: Run) -> None:
    report = json.loads(run("benchmark", KIM, "--repeat", "1", "--json").stdout)
    assert report["words"] > 100
    assert 0 < report["ratio"] <= 1.5
    assert sum(report["shares"].values()) == pytest.approx(1, abs=0.01)
    assert 0 < report["shares"]["annotate_rules"] <= 0.15
    assert report["peak_mb"] > 50


def test_stored_annotations_are_converted_and_bad_lines_named(run: Run, tmp_path: Path) -> None:
    from annotate.serialize import to_json_line
    from tests.examples import kremlin

    example = kremlin()
    line = to_json_line(example).rstrip("\n")
    stored = tmp_path / "opgeslagen.jsonl"
    other = line.replace('"annotate/1"', '"annotate/99"')
    stored.write_text(f"{line}\n\n{other}\n{line[: len(line) // 2]}\n{line}\n", encoding="utf-8")
    done = run("convert", stored)
    assert done.stdout == f"{line}\n{line}\n"
    assert done.returncode == 1
    named = [text for text in done.stderr.splitlines() if "opgeslagen.jsonl:" in text]
    assert [text.split(":")[1] for text in named] == ["3", "4"]
    assert "annotate/99" in named[0]
    table = run("convert", "-f", "csv", stdin=f"{line}\n".encode())
    assert table.returncode == 0
    assert len(table.stdout.splitlines()) == 1 + len(example.attributions)


def test_a_file_that_cannot_be_read_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    done = run("convert", tmp_path / "weg.jsonl")
    assert done.returncode == 2
    assert "weg.jsonl" in done.stderr
