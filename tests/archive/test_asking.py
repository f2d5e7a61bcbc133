"""Questions to an archive, the same answers from JSON lines, Parquet and SQLite."""

import csv
import json
import re
import shutil

import pytest
import typer
from typer.testing import CliRunner

from annotate.archive.access import open_archive
from annotate.archive.finding import Query, find
from annotate.archive.statistics import statistics
from annotate.commands.find import find_cli
from annotate.commands.stats import stats_cli
from annotate.errors import UsageError
from tests.archive.news import ANNOTATIONS, ByHand, rows
from tests.archive.runs import run

KINDS = ("jsonl", "jsonl.zst", "parquet", "sqlite")


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """One archive of each kind, of the same articles."""
    folder = tmp_path_factory.mktemp("archives")
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    for kind in KINDS:
        to, _, packing = kind.partition(".")
        run(source, folder / kind, ByHand, to=to, zst=bool(packing))
    return folder


@pytest.fixture(scope="module", params=KINDS)
def access(archives, request):
    with open_archive(archives / request.param) as found:
        yield found


def ids(access, **query):
    return [f"{item.article}/{item.attribution}" for item in find(access, Query(**query))]


def test_everything_comes_in_the_order_of_the_dates(access):
    assert ids(access) == ["a1/a1", "a1/a2", "a6/a1", "a2/a1", "a2/a2", "a3/a1", "a5/a1", "a4/a1"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Poetin", ["a1/a1", "a6/a1", "a2/a1", "a2/a2"]),
        ("Vladimir Poetin", ["a1/a1", "a2/a1", "a2/a2"]),
        ("VLADIMIR  poetín", ["a1/a1", "a2/a1", "a2/a2"]),
        ("Ljoedmila Poetin", ["a6/a1"]),
        ("Rutte", ["a3/a1"]),
        ("deskundigen", ["a4/a1"]),
        ("Geneve", ["a4/a1"]),
        ("Poet", []),
        ("president", []),
        ("Trump", []),
    ],
)
def test_speakers_are_found_by_any_name(access, name, found):
    assert ids(access, speaker=name) == found


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("sancties", ["a1/a1", "a2/a1"]),
        ("sanctie", ["a1/a1", "a2/a1"]),
        ("nieuwe sanct", ["a1/a1"]),
        ("sancties nieuwe", []),
        ("handelssancties", ["a4/a1"]),
        ("Vladimir Poetin", ["a1/a2", "a3/a1"]),
        ("de president", ["a3/a1"]),
        ("'OR 1=1 --", []),
        ('"*', None),
    ],
)
def test_statements_are_found_by_what_they_are_about(access, about, found):
    if found is None:
        with pytest.raises(UsageError, match="no words"):
            ids(access, about=about)
    else:
        assert ids(access, about=about) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("schande voor europa", ["a2/a1", "a2/a2"]),
        ("cafe t hof", ["a6/a1"]),
        ("sancties tegen moskou vladimir", ["a1/a1", "a1/a2"]),
        ("moskou poetin", []),
        ("100%", []),
    ],
)
def test_words_in_the_article(access, text, found):
    assert ids(access, text=text) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act": "deny"}, ["a1/a1"]),
        ({"polarity": "-"}, ["a1/a1"]),
        ({"type": "direct"}, ["a1/a2"]),
        ({"source_kind": "none"}, ["a5/a1"]),
        ({"source_kind": "group", "about": "helpen"}, ["a4/a1"]),
        ({"speaker": "Poetin", "about": "sancties", "act": "deny"}, ["a1/a1"]),
        ({"speaker": "Poetin", "about": "sancties", "act": "promise"}, []),
        ({"min_confidence": 0.99}, []),
        ({"speaker": "Poetin", "unique": True}, ["a1/a1", "a2/a1", "a2/a2"]),
    ],
)
def test_conditions_are_taken_together(access, query, found):
    assert ids(access, **query) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2024-01", "2024-06", ["a1", "a6", "a2", "a3"]),
        ("2024-01-11", "2024", ["a6", "a2", "a3"]),
        ("2024-03-15", None, ["a2", "a3", "a5"]),
        (None, "2024-01-10", ["a1"]),
        (None, "2024-03", ["a1", "a6", "a2"]),
        ("2025", "2025", ["a5"]),
    ],
)
def test_dates_that_are_less_precise_may_fit(access, since, until, found):
    articles = [name.partition("/")[0] for name in ids(access, since=since, until=until)]
    assert list(dict.fromkeys(articles)) == found


@pytest.mark.parametrize(("since", "until"), [("gisteren", None), ("2024-05", "2024-04-30")])
def test_dates_that_make_no_sense_are_refused(access, since, until):
    with pytest.raises(UsageError):
        ids(access, since=since, until=until)


def test_what_is_found_has_its_words_in_context(access):
    denial, lie, *_ = find(access, Query())
    assert (denial.title, denial.date) == ("Sancties tegen Moskou", "2024-01-10")
    assert denial.speaker == "Vladimir Poetin"
    assert denial.words == "Vladimir Poetin ontkent dat de nieuwe sancties werken"
    assert (denial.before, denial.after) == ("", ".")
    assert lie.words == "Poetin liegt”, zegt Emmanuel Macron"
    assert lie.before == "„"
    for item in find(access, Query()):
        text = ANNOTATIONS[item.article].text
        assert " ".join(text[start:end] for start, end in item.content_spans) == item.content
        assert text[item.start : item.end] == item.words
        assert text[: item.start].rstrip().endswith(item.before.rstrip())
        assert text[item.end :].lstrip().startswith(item.after.lstrip())


def test_a_limit_takes_the_first(access):
    assert len(list(find(access, Query(), limit=3))) == 3


def test_figures(access):
    found = statistics(access)
    overview = found.overview[0]
    assert overview["articles"] == 6
    assert overview["duplicates"] == 1
    assert (overview["first_date"], overview["last_date"]) == ("2024-01-10", "2025-01-20")
    assert (overview["attributions"], overview["denials"]) == (8, 1)
    assert (overview["claims"], overview["unsourced_claims"], overview["hedged_claims"]) == (
        9,
        1,
        1,
    )
    assert overview["attributed_words"] == sum(
        len(a.content.text.split()) for made in ANNOTATIONS.values() for a in made.attributions
    )
    speakers = {row["speaker"]: row["quotes"] for row in found.speakers}
    assert speakers == {
        "Vladimir Poetin": 3,
        "Emmanuel Macron": 1,
        "Ljoedmila Poetin": 1,
        "Mark Rutte": 1,
    }
    assert found.speakers[0]["denials"] == 1
    assert {row["source_kind"]: row["quotes"] for row in found.sources} == {
        "named": 5,
        "pronoun": 1,
        "group": 1,
        "none": 1,
    }
    assert sum(row["share"] for row in found.acts) == pytest.approx(1, abs=0.001)
    months = {row["month"]: (row["articles"], row["quotes"]) for row in found.months}
    assert months == {"2024-01": (2, 3), "2024-03": (1, 2), "2024-05": (1, 1), "2025-01": (1, 1)}
    assert found.months[-1]["unsourced_share"] == 0.5


def test_figures_of_a_part(access):
    found = statistics(access, since="2024", until="2024", unique=True, top=1)
    assert found.overview[0]["articles"] == 3
    assert [row["speaker"] for row in found.speakers] == ["Vladimir Poetin"]
    empty = statistics(access, since="1999", until="1999")
    assert empty.overview[0]["articles"] == 0
    assert empty.overview[0]["unsourced_share"] is None
    assert (empty.speakers, empty.months) == ([], [])


def test_the_index_of_json_lines_grows_with_the_archive(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    out, parts = tmp_path / "out", []
    run(source, out, ByHand, batch=1, listener=(seen := []).append, stop=lambda: len(seen) >= 4)
    with open_archive(out, parts.append) as access:
        assert not access.finished
        assert len(ids(access)) == 6
    assert parts[-1] == 1
    run(source, out, ByHand, batch=1)
    with open_archive(out) as access:
        assert access.finished
        assert len(ids(access)) == 8
    parts.clear()
    with open_archive(out, parts.append) as access:
        assert len(ids(access)) == 8
    assert parts == []


@pytest.mark.parametrize("to", ["parquet", "sqlite"])
def test_an_unfinished_archive_can_be_asked(tmp_path, to):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    seen = []
    run(
        source,
        tmp_path / "out",
        ByHand,
        to=to,
        batch=1,
        listener=seen.append,
        stop=lambda: len(seen) >= 4,
    )
    with open_archive(tmp_path / "out") as access:
        assert not access.finished
        assert len(ids(access)) == 6


def test_an_archive_without_articles_has_no_answers(tmp_path):
    (tmp_path / "in.jsonl").write_text("")
    for to in ("jsonl", "parquet", "sqlite"):
        run(tmp_path / "in.jsonl", tmp_path / to, ByHand, to=to)
        with open_archive(tmp_path / to) as access:
            assert ids(access) == []
            assert statistics(access).overview[0]["articles"] == 0


def test_a_file_of_json_lines_is_an_archive_too(archives, tmp_path):
    path = tmp_path / "los.jsonl"
    with path.open("wb") as stream:
        for part in sorted((archives / "jsonl" / "articles").iterdir()):
            stream.write(part.read_bytes())
    with open_archive(path) as access:
        assert len(ids(access)) == 8
    path.write_text('{"text": "geen annotatie"}\n')
    with pytest.raises(UsageError, match="something else"), open_archive(path):
        pass


def test_what_is_no_archive_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "weg"):
        with pytest.raises(UsageError, match="no archive"), open_archive(path):
            pass
    (tmp_path / "run.json").write_text("[]")
    with pytest.raises(UsageError, match="damaged"), open_archive(tmp_path):
        pass


@pytest.fixture
def command():
    app = typer.Typer()
    app.command("find")(find_cli)
    app.command("stats")(stats_cli)

    def invoke(*arguments):
        return CliRunner(env={"COLUMNS": "120"}).invoke(app, [*map(str, arguments)])

    return invoke


def test_find_prints_json_lines_in_a_pipe(archives, command):
    arguments = ["--speaker", "Poetin", "--about", "sancties", "--act", "deny"]
    result = command("find", archives / "parquet", *arguments)
    assert result.exit_code == 0
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row["article"] == "a1"
    assert row["content_spans"] == [[row["start"] + 28, row["end"]]]


def test_find_prints_csv(archives, command):
    result = command("find", archives / "sqlite", "--source-kind", "none", "-f", "csv")
    (row,) = csv.DictReader(result.stdout.splitlines())
    assert (row["article"], row["speaker"], row["date"]) == ("a5", "", "2025-01-20")
    nothing = command("find", archives / "sqlite", "--speaker", "Niemand", "-f", "csv")
    assert nothing.stdout.count("\n") == 1


def test_find_prints_a_table_with_the_words(archives, command):
    result = command("find", archives / "jsonl", "--speaker", "Macron", "-f", "table")
    assert "Poetin liegt" in " ".join(result.stdout.split())
    assert "2024-01-10" in result.stdout
    assert result.stderr == "1 statements\n"
    result = command("find", archives / "jsonl", "-f", "table", "--limit", "2")
    assert result.stderr == "8 statements, the first 2 shown; --limit shows more\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--from", "gisteren"], 2), (["--act", "zingen"], 2), (["--speaker", "?"], 2)],
)
def test_questions_that_make_no_sense(archives, command, arguments, code):
    result = command("find", archives / "sqlite", *arguments)
    assert result.exit_code == code
    assert "Traceback" not in result.stderr


def test_stats_as_table_csv_and_json(archives, command):
    table = command("stats", archives / "sqlite", "-f", "table").stdout
    assert "Who is quoted most" in table
    assert "Vladimir Poetin" in table
    rows = list(csv.DictReader(command("stats", archives / "sqlite", "--csv").stdout.splitlines()))
    assert {"table": "overview", "name": "", "measure": "articles", "value": "6"} in rows
    months = command("stats", archives / "sqlite", "--by", "months", "-f", "csv").stdout
    assert months.splitlines()[0].startswith("month,articles,words,quotes")
    lines = command("stats", archives / "sqlite", "--by", "acts").stdout.splitlines()
    assert json.loads(lines[0])["act"] == "say"


def test_the_page_of_figures_stands_alone(archives, tmp_path, command):
    shutil.copytree(archives / "sqlite", tmp_path / "<b>archief")
    page = tmp_path / "figures.html"
    result = command("stats", tmp_path / "<b>archief", "--html", page)
    assert (result.exit_code, result.stdout) == (0, "")
    html = page.read_text()
    assert "Vladimir Poetin" in html
    assert "&lt;b&gt;archief" in html
    assert "<svg" in html
    assert not re.search(r"https?://|<script|@import", html)


def test_one_says_when_an_archive_is_not_finished(tmp_path, command):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    seen = []
    run(
        source, tmp_path / "out", ByHand, batch=1, listener=seen.append, stop=lambda: len(seen) >= 2
    )
    result = command("find", tmp_path / "out", "--speaker", "Macron")
    assert result.stderr.splitlines() == [
        "making an index, once: 50%",
        "making an index, once: 100%",
        "This archive is not finished: annotate batch has not been through all of it.",
    ]
