"""Formats are found by name, ours and those of other packages, and loaded only when asked for."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

import annotate.exporters as exporters
from annotate.errors import UsageError
from annotate.exporters import ExportOptions, available, get_exporter
from annotate.exporters.base import Format
from tests.examples import KREMLIN


def test_our_formats_are_available():
    assert {"json", "jsonl", "rich", "html"} <= set(available())
    assert list(available()) == sorted(available())


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        get_exporter("docx")
    assert "'docx'" in str(caught.value)
    for name in available():
        assert name in caught.value.hint


shout = Format(
    lambda annotations, options: (f"{item.id.upper()}\n" for item in annotations), (".shout",)
)


def install(monkeypatch, value):
    """Pretend that another package brings the format shout."""
    point = EntryPoint("shout", value, exporters.GROUP)
    monkeypatch.setattr(exporters, "entry_points", lambda group: [point])


def test_another_package_adds_a_format(monkeypatch):
    install(monkeypatch, "tests.exporters.test_registry:shout")
    assert "shout" in available()
    assert list(get_exporter("shout").export([KREMLIN], ExportOptions())) == ["KREMLIN.TXT\n"]


@pytest.mark.parametrize("value", ["no_such_module:x", "tests.exporters.test_registry:no_name"])
def test_a_broken_format_of_another_package_is_one_sentence(monkeypatch, value):
    install(monkeypatch, value)
    with pytest.raises(UsageError, match="'shout' cannot be loaded") as caught:
        get_exporter("shout")
    assert "package that brings it" in caught.value.hint


def test_a_missing_library_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "annotate.exporters.jsonl", None)
    with pytest.raises(UsageError, match="'jsonl' cannot be loaded") as caught:
        get_exporter("jsonl")
    assert "install annotate-nl again" in caught.value.hint


def test_listing_the_formats_loads_none_of_their_libraries():
    code = (
        "import sys, annotate.exporters as e; e.available(); e.get_exporter('jsonl');"
        "print([name for name in ('spacy', 'rich', 'jinja2', 'xml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
