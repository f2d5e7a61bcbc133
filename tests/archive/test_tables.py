"""CSV, TSV, JSON lines and Parquet: columns, and rows that are broken in all ways."""

import csv
import datetime
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.archive.columns import to_date
from annotate.archive.csv_rows import read_csv
from annotate.archive.items import Columns, Limits, Settings
from annotate.article import Failure
from tests.archive.texts import BUDGET, HARBOUR, TRAIN, read, texts


def write_lines(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def messages(failures):
    return {failure.id: failure.message for failure in failures.values()}


def test_json_lines_with_usual_columns(tmp_path):
    path = write_lines(
        tmp_path / "a.jsonl",
        {"id": 7, "Tekst": TRAIN, "datum": "3 mei 2024", "Kop": " Trein \n rijdt niet", "x": [1]},
        {"Tekst": BUDGET},
    )
    articles, failures, _ = read(path)
    assert not failures
    assert texts(articles) == {"7": TRAIN, "a.jsonl:2": BUDGET}
    first = articles["7"]
    assert (first.date, first.title) == ("2024-05-03", "Trein rijdt niet")
    assert first.metadata == {"file": "a.jsonl", "x": [1]}


def test_columns_can_be_named(tmp_path):
    path = write_lines(tmp_path / "a.ndjson", {"nr": "x1", "stuk": TRAIN, "text": "iets anders"})
    columns = Columns(text="stuk", id="nr")
    articles, _, _ = read(path, columns=columns)
    assert texts(articles) == {"x1": TRAIN}
    assert articles["x1"].metadata["text"] == "iets anders"


def test_a_broken_line_costs_one_line(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"text": TRAIN}).encode(),
        b'{"text": "half',
        b"[1, 2]",
        b"",
        b'{"text": "\xff\xfe"}',
        b'{"tekstje": "geen tekst"}',
        b'{"text": ""}',
        b'{"text": 12}',
        b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"text": "' + b"x" * 3000 + b'"}',
        b'{"text": "' + b"x" * 9000 + b'"}',
        json.dumps({"text": BUDGET}).encode(),
    ]
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    articles, failures, _ = read(path, limits=Limits(article_bytes=2000))
    assert texts(articles) == {"a.jsonl:1": TRAIN, "a.jsonl:12": BUDGET}
    assert [name.split(":")[1] for name in failures] == [str(n) for n in range(2, 12) if n != 4]
    assert messages(failures)["a.jsonl:3"] == "the line is JSON, but no object with columns"
    assert "larger than 2,000 bytes" in messages(failures)["a.jsonl:11"]


def test_an_annotated_article_can_be_read_again(tmp_path):
    row = {"schema": "annotate/1", "id": "a", "title": None, "date": "2024", "text": TRAIN}
    row |= {"metadata": {"author": "Bo"}, "mentions": [{"id": "m1"}]}
    article = read(write_lines(tmp_path / "a.jsonl", row))[0]["a"]
    assert article.metadata == {"file": "a.jsonl", "author": "Bo"}
    assert article.date == "2024"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows([["id", "title", "body", "krant"], ["1", "Kop, kop; kop", TRAIN, "Bode"]])
    articles, failures, _ = read(path)
    assert not failures
    assert texts(articles) == {"1": TRAIN}
    assert articles["1"].title == "Kop, kop; kop"
    assert articles["1"].metadata == {"file": "a.csv", "krant": "Bode"}


def test_tsv_takes_commas_for_text(tmp_path):
    (tmp_path / "a.tsv").write_text("id\ttext\n1\tEerst, dan, daarna, klaar.\n")
    assert texts(read(tmp_path / "a.tsv")[0]) == {"1": "Eerst, dan, daarna, klaar."}


def test_a_ragged_row_and_a_row_with_nuls_cost_one_row_each(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"id,text\n1,Een goede rij.\n2\n3,te,veel\n4,met \0 erin\n\n6,Nog een goede.,\n7,Klaar.\n"
    )
    articles, failures, _ = read(path)
    assert texts(articles) == {"1": "Een goede rij.", "6": "Nog een goede.", "7": "Klaar."}
    assert messages(failures) == {
        "a.csv:3": "the row has 1 columns, the header 2",
        "a.csv:4": "the row has 3 columns, the header 2",
        "a.csv:5": "the row holds NUL characters",
    }


@pytest.mark.parametrize("field", ["x" * 300_000, "een woord\n" * 30_000, 'zei ""ja""\n' * 30_000])
def test_a_field_larger_than_allowed_costs_one_row(tmp_path, field):
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,Vooraf.\n2,"{field}"\n3,Achteraf.\n')
    articles, failures, _ = read(path, limits=Limits(article_bytes=100_000))
    assert texts(articles) == {"1": "Vooraf.", "3": "Achteraf."}
    assert messages(failures) == {"a.csv:3": "it is larger than 100,000 bytes"}


def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,Vooraf.\n2,"Open\n3,Weg.\n4,Ook weg.\n')
    articles, failures, _ = read(path)
    assert texts(articles) == {"1": "Vooraf."}
    assert messages(failures) == {"a.csv:3": "the row goes on to the end of the file"}
    assert "quotation mark" in failures["a.csv:3"].hint


def test_a_csv_that_is_not_utf_8_is_decoded_row_by_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,text,bron\n1,Het café is één dag dicht.,Cité\n".encode("cp1252"))
    article = read(path)[0]["1"]
    assert article.text == "Het café is één dag dicht."
    assert article.metadata["bron"] == "Cité"
    assert any("cp1252" in warning for warning in article.warnings)


def test_a_csv_in_utf_16_is_read_with_its_mark_and_refused_without(tmp_path):
    (tmp_path / "a.csv").write_bytes("id,text\n1,Eén regel.\n".encode("utf-16"))
    (tmp_path / "b.csv").write_bytes("id,text\n1,Eén regel.\n".encode("utf-16-le"))
    articles, failures, _ = read(tmp_path)
    assert texts(articles) == {"1": "Eén regel."}
    assert messages(failures) == {"b.csv": "it holds NUL characters, so it is no CSV"}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "\n\n"])
def test_a_csv_without_a_text_column_is_one_failure(tmp_path, content):
    (tmp_path / "a.csv").write_text(content)
    _, failures, _ = read(tmp_path)
    assert list(failures) == ["a.csv"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=60, deadline=None)
def test_whatever_csv_writes_is_read_back(rows, delimiter):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["text", "rest"], *rows])
    stream = io.BufferedReader(io.BytesIO(buffer.getvalue().encode()))
    entries = list(read_csv("a.csv", stream, Settings(), delimiter=delimiter))
    found = [
        None if isinstance(entry, Failure) else (entry.data, entry.metadata["rest"])
        for entry in entries
    ]
    assert found == [(text, rest) if text.strip() else None for text, rest in rows]


def test_parquet_by_row_group_keeps_other_columns(tmp_path):
    count = 300
    table = pa.table(
        {
            "id": pa.array(range(count), pa.int32()),
            "text": [f"{BUDGET} Rij {n}." for n in range(count)],
            "date": [datetime.date(2024, 2, 1)] * count,
            "woorden": pa.array([12] * count),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=70)
    articles, failures, _ = read(tmp_path / "a.parquet")
    assert not failures
    assert list(articles) == [str(n) for n in range(count)]
    last = articles["299"]
    assert last.text == f"{BUDGET} Rij 299."
    assert (last.date, last.metadata["woorden"]) == ("2024-02-01", 12)


def test_a_parquet_row_that_is_too_large_or_empty_costs_one_row(tmp_path):
    pq.write_table(
        pa.table({"text": ["Goed zo.", "x" * 5000, None, "Klaar."]}), tmp_path / "a.parquet"
    )
    articles, failures, _ = read(tmp_path, limits=Limits(article_bytes=1000))
    assert list(articles) == ["a.parquet:1", "a.parquet:4"]
    assert messages(failures) == {
        "a.parquet:2": "it is larger than 1,000 bytes",
        "a.parquet:3": "column 'text' is empty",
    }


def test_parquet_that_is_cut_off_or_has_no_text_is_one_failure_each(tmp_path):
    pq.write_table(pa.table({"text": [TRAIN]}), tmp_path / "heel.parquet")
    whole = (tmp_path / "heel.parquet").read_bytes()
    (tmp_path / "half.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "leeg.parquet").write_bytes(b"")
    pq.write_table(pa.table({"getal": [1]}), tmp_path / "zonder.parquet")
    pq.write_table(pa.table({"text": [1]}), tmp_path / "cijfers.parquet")
    articles, failures, _ = read(tmp_path)
    assert list(articles) == ["heel.parquet:1"]
    names = ["cijfers.parquet:1", "half.parquet", "leeg.parquet", "zonder.parquet"]
    assert list(failures) == names


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-02-20T10:30:00Z", "2024-02-20"),
        ("20 februari 2024", "2024-02-20"),
        (20240220, "2024-02-20"),
        (2024, "2024"),
        (1708387200, "2024-02-20"),
        (1708387200000, "2024-02-20"),
        (datetime.datetime(2024, 2, 20, 23, 59), "2024-02-20"),
        ("gisteren", None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (7, None),
    ],
)
def test_dates_in_columns(value, date):
    assert to_date(value) == date


def test_a_date_that_is_not_understood_is_kept_and_said(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", {"id": "1", "text": HARBOUR, "datum": "gisteren"})
    article = read(path)[0]["1"]
    assert article.date is None
    assert article.metadata["datum"] == "gisteren"
    assert article.warnings == ("the date 'gisteren' is not understood",)
