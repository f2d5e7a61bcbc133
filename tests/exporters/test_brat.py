"""brat files as the package bratly reads them give all spans and relations back."""

import re
import warnings

import pytest
from hypothesis import given

from annotate.exporters import ExportOptions, get_exporter
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydantic's, about the way bratly configures its models
    from bratly import EntityAnnotation, NoteAnnotation, RelationAnnotation
    from bratly.io.file_read_src import parse_and_fix_ann_grammar, parse_ann_file

brat = get_exporter("brat")


def written(annotation, suffix=None):
    return "".join(brat.export([annotation], ExportOptions(suffix=suffix))).encode().decode()


def read(annotation):
    """Text-bound annotations with their notes, and relations, of the .ann file."""
    lines = parse_and_fix_ann_grammar(written(annotation))
    found = parse_ann_file(lines, "a.ann", no_duplicates=False, sorting=False, renumerotize=False)
    kinds = {EntityAnnotation: {}, RelationAnnotation: {}, NoteAnnotation: {}}
    for item in found.annotations:
        if type(item) in kinds:
            kinds[type(item)][item.id] = item
    return kinds[EntityAnnotation], kinds[RelationAnnotation], kinds[NoteAnnotation]


def pieces(text, spans):
    """Spans without the line ends in them."""
    return [
        (start + match.start(), start + match.end())
        for start, end in spans
        for match in re.finditer(r"[^\n\r]+", text[start:end])
    ]


def fragments(item):
    return [(piece.start, piece.end) for piece in item.fragments]


@few
@given(annotations())
def test_all_spans_come_back(annotation):
    bounds, relations, notes = read(annotation)
    text = written(annotation, ".txt")
    assert text == annotation.text
    for item in bounds.values():
        shown = " ".join(text[start:end] for start, end in fragments(item))
        assert item.content == "".join(" " if c.isspace() else c for c in shown)
    by_note = {}
    for note in notes.values():
        by_note[re.match(r"(?:hedged )?([mac]\d+)", note.value)[1]] = note.component.id
    for mention in annotation.mentions:
        item = bounds[by_note[mention.id]]
        assert fragments(item) == pieces(text, [(mention.start, mention.end)])
        assert mention.label in (item.label, None)
    linked = {(item.label, item.argument1[1].id): item.argument2[1] for item in relations.values()}
    for item in annotation.attributions:
        content = by_note[item.id]
        assert fragments(bounds[content]) == pieces(text, item.content.spans)
        for name, part in (("Said_by", item.source), ("Said_with", item.cue)):
            other = linked.get((name, content))
            assert (fragments(other) if other else []) == pieces(text, part.spans)
        parent = linked.get(("Nested_in", content))
        assert (parent.id if parent else None) == by_note.get(item.parent)
    hedged = [item for item in annotation.claims if item.attribution is None]
    found = [item for item in bounds.values() if item.label == "Claim"]
    assert [fragments(item) for item in found] == [pieces(text, item.spans) for item in hedged]


def test_a_denial_reads_well():
    text = written(KREMLIN)
    assert re.search(r"^T\d+\tContent \d+ \d+\tdat er wapens zijn geleverd$", text, re.MULTILINE)
    content = re.search(r"^(T\d+)\tContent \d+ \d+\tdat er wapens", text, re.MULTILINE)[1]
    assert re.search(rf"^A\d+\tDenied {content}$", text, re.MULTILINE)
    assert re.search(rf"^A\d+\tAct {content} deny$", text, re.MULTILINE)
    assert re.search(r"^N\d+\tReference T\d+ iso3166:KP\tNoord-Korea$", text, re.MULTILINE)
    assert "“De verhalen over granaten zijn verzonnen” “Wie zoiets beweert" in text


def test_every_type_and_attribute_is_configured():
    configuration = brat.folder_files()["annotation.conf"]
    for line in written(KREMLIN).splitlines():
        if line[0] in "TRA":
            assert re.search(rf"^{line.split(chr(9))[1].split()[0]}\b", configuration, re.MULTILINE)


@pytest.mark.parametrize("suffix", brat.suffixes)
def test_an_empty_article_has_empty_files(suffix):
    assert written(EMPTY, suffix) == ""
