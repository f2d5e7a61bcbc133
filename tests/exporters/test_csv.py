"""csv and tsv as the csv module reads them hold every cell, whatever stands in the text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.rows import COLUMNS, TABLES
from annotate.serialize import to_dict
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few


def read(name, items, table="attributions"):
    data = "".join(get_exporter(name).export(items, ExportOptions(table=table))).encode()
    dialect = {"csv": "excel", "tsv": "excel-tab"}[name]
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    return list(csv.DictReader(stream, dialect=dialect, strict=True))


def spans(cell):
    return [[int(part) for part in pair.split("-")] for pair in cell.split()]


def kept(name, text):
    text = (text or "").replace("\0", "\ufffd")
    return text if name == "csv" else "".join(" " if c.isspace() else c for c in text)


@few
@given(st.lists(annotations(), max_size=2), st.sampled_from(["csv", "tsv"]))
def test_statements_come_back(items, name):
    rows = read(name, items)
    facts = [(to_dict(item), part) for item in items for part in to_dict(item)["attributions"]]
    assert len(rows) == len(facts)
    for row, (article, fact) in zip(rows, facts, strict=True):
        assert row["article"] == kept(name, article["id"])
        assert row["content"] == kept(name, fact["content"]["text"])
        assert row["speaker"] == kept(name, fact["source"]["name"])
        for part in ("source", "cue", "content"):
            assert spans(row[f"{part}_spans"]) == fact[part]["spans"]
        for key in ("id", "type", "act", "polarity", "rule"):
            assert row[key] == fact[key]
        assert float(row["confidence"]) == fact["confidence"]
        assert (row["parent"] or None) == fact["parent"]


@few
@given(annotations(), st.sampled_from(["csv", "tsv"]))
def test_mentions_claims_and_entities_come_back(item, name):
    facts = to_dict(item)
    for row, fact in zip(read(name, [item], "mentions"), facts["mentions"], strict=True):
        assert (int(row["start"]), int(row["end"])) == (fact["start"], fact["end"])
        assert row["text"] == kept(name, fact["text"])
        assert (row["label"] or None, row["entity"] or None) == (fact["label"], fact["entity"])
    for row, fact in zip(read(name, [item], "claims"), facts["claims"], strict=True):
        assert spans(row["spans"]) == fact["spans"]
        assert row["entities"].split() == fact["about"]
    for row, fact in zip(read(name, [item], "entities"), facts["entities"], strict=True):
        assert row["name"] == kept(name, fact["name"])
        assert row["mentions"].split() == fact["mentions"]
        assert int(row["count"]) == len(fact["mentions"])


@few
@given(annotations())
def test_a_row_of_tsv_is_one_line(item):
    pieces = get_exporter("tsv").export([item], ExportOptions(table="mentions"))
    assert len("".join(pieces).splitlines()) == 1 + len(item.mentions)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_columns(table):
    rows = list(TABLES[table](KREMLIN))
    assert rows
    for row in rows:
        assert list(row) == COLUMNS[table].split()


@pytest.mark.parametrize("items", [[], [EMPTY]])
def test_no_statements_still_give_the_head(items):
    text = "".join(get_exporter("csv").export(items, ExportOptions()))
    assert text == ",".join(COLUMNS["attributions"].split()) + "\n"


def test_a_denial_reads_well():
    row = next(row for row in read("csv", [KREMLIN]) if row["act"] == "deny")
    assert row["speaker"] == "Het Kremlin"
    assert row["cue"] == "ontkent"
    assert row["content"] == "dat er wapens zijn geleverd"
    assert (row["polarity"], row["certainty"]) == ("-", "denied")


def test_values_have_their_unit():
    rows = read("csv", [KREMLIN], "mentions")
    amount = next(row for row in rows if row["label"] == "MONEY")
    assert (amount["value"], amount["unit"]) == ("3500000", "EUR")
