"""json and jsonl hold everything; an annotation comes back equal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.exporters import ExportOptions, get_exporter
from annotate.serialize import from_dict, from_json_line
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few


def output(name, items, **options):
    return "".join(get_exporter(name).export(iter(items), ExportOptions(**options)))


@few
@given(st.lists(annotations(), max_size=3))
def test_lines_come_back(items):
    text = output("jsonl", items)
    assert [from_json_line(line) for line in text.encode().splitlines()] == items


@few
@given(st.lists(annotations(), max_size=3))
def test_indented_json_comes_back(items):
    found = json.loads(output("json", items).encode())
    found = [found] if len(items) == 1 else found
    assert [from_dict(item) for item in found] == items


@pytest.mark.parametrize(("items", "kind"), [([], list), ([EMPTY], dict), ([EMPTY] * 2, list)])
def test_one_article_is_an_object_and_several_an_array(items, kind):
    assert type(json.loads(output("json", items))) is kind


def test_articles_are_written_as_they_come():
    def stream():
        yield KREMLIN
        yield EMPTY
        yield KREMLIN
        raise AssertionError("read too far")

    pieces = get_exporter("jsonl").export(stream(), ExportOptions())
    assert next(pieces).startswith('{"schema":"annotate/1","id":"kremlin.txt"')
    pieces = get_exporter("json").export(stream(), ExportOptions())
    assert "kremlin.txt" in next(pieces)
    assert "leeg.txt" in next(pieces)
