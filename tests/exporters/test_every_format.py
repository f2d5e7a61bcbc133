"""What holds for every format: pure, streaming, safe to write, and light until it is asked for."""

import copy
import subprocess
import sys

import pytest
from hypothesis import given

from annotate.annotation import Annotation, Mention, ModelInfo
from annotate.exporters import MODULES, ExportOptions, get_exporter
from annotate.references import fault
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

ONE_FILE = [name for name in MODULES if not get_exporter(name).per_article]
every = pytest.mark.parametrize("name", MODULES)


def outputs(name, *items):
    """The text or bytes of each file of a format."""
    exporter = get_exporter(name)
    for suffix in (None, *exporter.suffixes):
        yield list(exporter.export(iter(items), ExportOptions(suffix=suffix)))


@few
@given(annotations())
def test_generated_annotations_are_valid(annotation):
    assert fault(annotation) is None


@every
@pytest.mark.parametrize("item", [KREMLIN, EMPTY], ids=["article", "empty"])
def test_output_is_text_in_utf8_or_bytes(name, item):
    kind = bytes if get_exporter(name).binary else str
    for pieces in outputs(name, item):
        for piece in pieces:
            assert type(piece) is kind
            if kind is str:
                piece.encode()


@every
def test_the_same_input_gives_the_same_bytes_and_stays_as_it_was(name):
    before = copy.deepcopy(KREMLIN)
    assert list(outputs(name, KREMLIN)) == list(outputs(name, KREMLIN))
    assert before == KREMLIN


@every
def test_lone_surrogates_and_nul_are_no_failure(name):
    text = "Jan\ud83d zei\x00 \udc80 \U0001f600 Piet"
    mentions = (
        Mention("m1", 0, 4, text[0:4], "PERSON", "name", None, None, 0.5, "ner"),
        Mention("m2", 14, 18, text[14:18], "PERSON", "name", None, None, 0.5, "ner"),
    )
    odd = Annotation(
        "\udcff.txt", "\ud800", None, {"\udc00": "\ud800"}, "nl", text, ModelInfo("m", "1"),
        mentions=mentions,
    )  # fmt: skip
    for pieces in outputs(name, odd):
        for piece in pieces:
            assert piece.encode() if isinstance(piece, str) else piece


@pytest.mark.parametrize("name", ONE_FILE)
def test_no_articles_are_no_failure(name):
    for pieces in outputs(name):
        assert "".join(map(str, pieces)) is not None


@every
def test_suffixes_are_those_of_files(name):
    exporter = get_exporter(name)
    assert exporter.suffixes
    assert all(suffix.startswith(".") for suffix in exporter.suffixes)
    assert all(text for text in exporter.folder_files().values())


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "brat", "webannotation", "markdown"])
def test_formats_without_words_do_not_load_spacy(name):
    code = (
        f"import sys; from annotate.exporters import get_exporter; get_exporter({name!r});"
        "print('spacy' in sys.modules or 'rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
