"""Parquet and SQLite: the same rows as the JSON, after any interruption, and usable by others."""

import json
import sqlite3
from contextlib import closing
from functools import partial

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.archive.sqlite_store import FILE
from annotate.archive.tables import COLUMNS, name_key, to_rows
from annotate.serialize import from_dict
from tests.archive.annotators import Fragile
from tests.archive.runs import killed_run, lines, run, write_input
from tests.archive.test_runs import BAD

KINDS = ("parquet", "sqlite")


@pytest.fixture
def source(tmp_path):
    return write_input(tmp_path / "in.jsonl")


def rows(out):
    """All rows of all tables, in the order of their keys."""
    if (out / FILE).exists():
        with closing(sqlite3.connect(out / FILE)) as database:
            found = {table: list(database.execute(f"SELECT * FROM {table}")) for table in COLUMNS}
    else:
        found = {
            table: [
                tuple(row.values())
                for path in sorted((out / table).iterdir())
                for row in pq.read_table(path).to_pylist()
            ]
            for table in COLUMNS
        }
    return {table: sorted(found[table], key=repr) for table in COLUMNS}


def expected(annotations):
    tables = to_rows(enumerate(annotations, start=1))
    return {table: sorted(tables[table], key=repr) for table in COLUMNS}


@pytest.mark.parametrize("to", KINDS)
def test_the_tables_hold_what_the_json_holds(tmp_path, source, to):
    run(source, tmp_path / "json")
    run(source, tmp_path / "out", to=to)
    annotations = [from_dict(line) for line in lines(tmp_path / "json")]
    found = rows(tmp_path / "out")
    assert found == expected(annotations)
    assert all(found[table] for table in COLUMNS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The rows that uninterrupted runs over the same articles make, by kind of output."""
    folder = tmp_path_factory.mktemp("whole")
    source = write_input(folder / "in.jsonl")
    for to in KINDS:
        run(source, folder / to, to=to)
    return {to: rows(folder / to) for to in KINDS}


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("die_at", [2, 9, 17, 33, 60, 95])
def test_killed_at_any_step_the_rows_are_the_same(tmp_path, source, whole, to, die_at):
    killed_run(source, tmp_path / "out", to=to, die_at=die_at)
    summary = run(source, tmp_path / "out", to=to)
    assert summary.articles == 30
    assert rows(tmp_path / "out") == whole[to]


@pytest.mark.parametrize("to", KINDS)
def test_articles_that_are_retried_get_all_their_rows(tmp_path, to):
    source = write_input(tmp_path / "in.jsonl", 10, extra=BAD)
    fragile = partial(Fragile, tmp_path)
    run(source, tmp_path / "out", fragile, to=to)
    (tmp_path / "all-is-well").touch()
    run(source, tmp_path / "out", fragile, to=to, retry_failed=True)
    run(source, tmp_path / "whole", fragile, to=to)
    assert rows(tmp_path / "out") == rows(tmp_path / "whole")
    numbers = [row[0] for row in rows(tmp_path / "out")["articles"]]
    assert sorted(numbers) == [*range(1, 12), 13, 15]


@pytest.fixture
def database(tmp_path, source):
    run(source, tmp_path / "out", to="sqlite")
    with closing(sqlite3.connect(f"file:{tmp_path}/out/{FILE}?mode=ro", uri=True)) as found:
        yield found


def test_the_file_is_sound_and_its_keys_lead_somewhere(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("mentions", "entities", "attributions", "claims"):
        keys = {row[2] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
        assert "articles" in keys


def test_it_is_one_file_without_a_log_beside_it(tmp_path, database):
    assert [path.name for path in (tmp_path / "out").glob(f"{FILE}*")] == [FILE]
    assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_full_text_search_ignores_case_and_accents(database):
    found = database.execute(
        "SELECT articles.id FROM articles_fts JOIN articles ON number = articles_fts.rowid"
        " WHERE articles_fts MATCH 'begrotïng OR \"SPOOR naar zwolle\"'"
    ).fetchall()
    texts = database.execute("SELECT id, text FROM articles").fetchall()
    assert {name for (name,) in found} == {
        name for name, text in texts if "begroting" in text or "spoor naar Zwolle" in text
    }
    (count,) = database.execute(
        "SELECT count(*) FROM attributions_fts WHERE attributions_fts MATCH 'haven'"
    ).fetchone()
    contents = database.execute("SELECT content FROM attributions").fetchall()
    assert count == sum("haven" in content for (content,) in contents)


def test_offsets_cut_the_content_out_of_the_text(database):
    query = "SELECT text, content, content_spans FROM attributions JOIN articles ON article = articles.number"
    for text, content, spans in database.execute(query):
        assert " ".join(text[start:end] for start, end in json.loads(spans)) == content


def test_datasette_finds_the_tables_and_the_search(tmp_path, database):
    """What Datasette asks of a file: tables, primary keys, foreign keys, and search tables."""
    sqlite_utils = pytest.importorskip("datasette.utils", reason="datasette is not installed")
    assert sqlite_utils.detect_fts(database, "articles") == "articles_fts"
    assert sqlite_utils.detect_fts(database, "attributions") == "attributions_fts"
    assert sqlite_utils.detect_primary_keys(database, "mentions") == ["article", "id"]
    keys = sqlite_utils.get_outbound_foreign_keys(database, "claims")
    assert {"column": "article", "other_table": "articles", "other_column": "number"} in keys


@given(st.text(max_size=40))
def test_a_key_of_a_name_is_its_words_without_case_and_accents(name):
    key = name_key(name)
    assert key.startswith(" ")
    assert key.endswith(" ")
    assert name_key(key) == key
    assert name_key(f"  {name.swapcase()}") in (key, name_key(name.swapcase()))


@pytest.mark.parametrize(
    ("name", "key"),
    [("CAFÉ ’t Hof", " cafe t hof "), ("VN-gezant", " vn gezant "), ("", "  "), ("Ø", " ø ")],
)
def test_keys_of_names(name, key):
    assert name_key(name) == key
