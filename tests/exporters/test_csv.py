"""csv and tsv as the csv module reads them hold every cell, whatever stands in the text."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.rows import COLUMNS, TABLES, safe
from annotate.serialize import to_dict
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

DIALECTS = {"csv": "excel", "tsv": "excel-tab"}


def read(name, items, table="attributions"):
    data = "".join(get_exporter(name).export(items, ExportOptions(table=table))).encode()
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    return list(csv.DictReader(stream, dialect=DIALECTS[name], strict=True))


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


FORMULAS = ["=1+2", "+31 6 1234", "-cmd|x", "@SUM(A1)", "\t=1", "  =1+2", "\uff1d1+2"]
HARMLESS = ["-", "+", "", "zei =1", "'t Hart", "“=", "\u2013 zegt hij"]


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS])
def test_texts_stay_as_they_are_unless_they_are_for_a_spreadsheet(text):
    item = replace(KREMLIN, id=text)
    for name in ("csv", "tsv"):
        assert {row["article"] for row in read(name, [item])} == {kept(name, text)}
        exact = kept(name, text)
        shown = f"'{exact}" if text in FORMULAS else exact
        written = "".join(get_exporter(name).export([item], ExportOptions(spreadsheet=True)))
        assert written.startswith("\ufeffarticle")
        rows = csv.DictReader(io.StringIO(written[1:], newline=""), dialect=DIALECTS[name])
        found = list(rows)
        # Without the sign of a tab at its edge, a cell of tsv may still be a formula or be none.
        assert {row["article"] for row in found} == {shown if name == "csv" else safe(exact)}
        assert {row["polarity"] for row in found} == {"+", "-"}


@few
@given(annotations())
def test_no_cell_for_a_spreadsheet_begins_as_a_formula(item):
    for table in TABLES:
        options = ExportOptions(table=table, spreadsheet=True)
        written = "".join(get_exporter("csv").export([item], options))
        for row in csv.DictReader(io.StringIO(written[1:], newline="")):
            for key, cell in row.items():
                number = key in ("value", "start", "end", "confidence")
                assert number or len(cell) < 2 or not cell.strip(" ").startswith(tuple("=+-@\t\r"))
