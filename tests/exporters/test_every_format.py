"""What holds for every format: pure, streaming, safe to write, and light until it is asked for."""

import copy
import json
import subprocess
import sys
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given

from annotate.annotation import (
    Annotation,
    Attribution,
    Content,
    Cue,
    Mention,
    ModelInfo,
    Section,
    Sentence,
    Source,
)
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


NASTY = "<script>alert(1)</script> ]]> &amp; <!-- \x00\x07\x0b\x1b[31m\x7f\x85 \ud83d \u202eom\u202c مرحبا"


@every
def test_markup_controls_and_right_to_left_text_stay_inside_the_format(name):
    start = NASTY.index("alert")
    mentions = (Mention("m1", start, start + 5, "alert", "ORG", "name", None, None, 0.5, "ner"),)
    item = Annotation(
        NASTY, NASTY, None, {NASTY: NASTY}, "nl", NASTY, ModelInfo("m", "1"), mentions=mentions,
        warnings=(NASTY,),
    )  # fmt: skip
    for pieces in outputs(name, item):
        if get_exporter(name).binary:
            assert b"".join(pieces)
            continue
        text = "".join(pieces)
        text.encode()
        if name in ("folia", "naf", "xmi"):
            tree = ElementTree.fromstring(text)
            assert "script" not in {element.tag.rpartition("}")[2] for element in tree.iter()}
            held = "".join((*tree.itertext(), *(v for e in tree.iter() for v in e.attrib.values())))
            assert "مرحبا" in held
        elif name in ("json", "jsonl", "webannotation"):
            assert "\x1b" not in text
            json.loads(text)
        elif name in ("html", "markdown"):
            assert "<script>alert" not in text
        elif name == "rich":
            assert not set(text) & set("\x00\x07\x0b\x1b\x7f\x85\u202e\ud83d")


@every
def test_ten_thousand_statements_take_seconds(name):
    count = 10_000
    text = "Jan zegt ja. " * count
    many = tuple(
        Attribution(
            f"a{n}",
            Source(((13 * n, 13 * n + 3),), "Jan", "named", None, None, "Jan"),
            Cue(((13 * n + 4, 13 * n + 8),), "zegt", "zeggen"),
            Content(((13 * n + 9, 13 * n + 11),), "ja"),
            "indirect",
            "say",
            "+",
            None,
            0.5,
            "tagger",
        )
        for n in range(count)
    )
    item = Annotation(
        "veel", None, None, {}, "nl", text, ModelInfo("m", "1"), attributions=many,
        sections=tuple(Section(s, s + 1299, "paragraph") for s in range(0, len(text), 1300)),
        sentences=tuple(Sentence(13 * n, 13 * n + 12) for n in range(count)),
    )  # fmt: skip
    exporter = get_exporter(name)
    start = time.process_time()
    size = sum(map(len, exporter.export([item], ExportOptions())))
    assert time.process_time() - start < 30
    assert size > 100 * count / 10


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
