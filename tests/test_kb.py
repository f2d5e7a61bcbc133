"""A reader's own knowledge is read line by line, and each bad line is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.kb import KEYS, Known, read_kb
from annotate.labels import VALUE_LABELS

MAYOR = {
    "name": "Anja de Wit",
    "aliases": ["De Wit", "burgemeester De Wit"],
    "label": "PERSON",
    "id": 42,
    "links": {"wikidata": "Q42"},
}


@pytest.fixture
def read(tmp_path):
    """Reads knowledge from rows, or from bytes as they are."""

    def reading(*rows, content=None):
        file = tmp_path / "bekenden.jsonl"
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        file.write_bytes(lines.encode() if content is None else content)
        return read_kb(file)

    return reading


def test_an_entry_has_name_aliases_label_and_links(read):
    links = {"kb": "42", "wikidata": "Q42"}
    entry = Known("Anja de Wit", ("De Wit", "burgemeester De Wit"), "PERSON", links)
    assert read(MAYOR).entries == (entry,)


def test_only_the_name_must_be_there_and_empty_lines_and_a_mark_at_the_start_may(read):
    content = b'\xef\xbb\xbf\n{"name": " NOS "}\r\n\n{"name": "AD", "aliases": null, "id": null}'
    assert read(content=content).entries == (Known("NOS"), Known("AD"))


def test_two_files_differ_in_their_digest(read):
    assert read(MAYOR).digest == read(MAYOR).digest != read({**MAYOR, "id": 43}).digest


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"name": "NOS"}\n{"name": "AD"', "Line 2 of {} is no JSON"),
        (b'{"name": "NOS"}\n\n["AD"]', "Line 3 of {} is no object"),
        (b'{"aliases": ["AD"]}', "Line 1 of {} has no name"),
        (b'{"name": "  "}', "Line 1 of {} has no name"),
        (b'{"name": "AD", "alias": ["A"]}', "Line 1 of {} has a key 'alias', which is none of"),
        (b'{"name": "AD", "aliases": "A"}', "Line 1 of {} has aliases that are no list of names"),
        (b'{"name": "AD", "aliases": [""]}', "Line 1 of {} has aliases that are no list of names"),
        (b'{"name": "AD", "label": "BEDRIJF"}', "Line 1 of {} has the label 'BEDRIJF'"),
        (b'{"name": "AD", "label": "DATE"}', "Line 1 of {} has the label 'DATE'"),
        (b'{"name": "AD", "label": ["ORG"]}', "Line 1 of {} has the label ['ORG']"),
        (b'{"name": "AD", "links": ["Q1"]}', "Line 1 of {} has links that are no object"),
        (b'{"name": "AD", "links": {"wikidata": 1}}', "Line 1 of {} has links that are no object"),
        (b'{"name": "AD", "id": true}', "Line 1 of {} has an id that is neither"),
        (b'{"name": "AD", "id": ""}', "Line 1 of {} has an id that is neither"),
        (b'{"name": "AD"}\n{"name": "\xff"}', "Line 2 of {} is not UTF-8"),
        (b"[" * 100_000, "Line 1 of {} is no JSON"),
    ],
)
def test_a_bad_line_is_one_sentence_with_its_number(tmp_path, content, message):
    file = tmp_path / "kb.jsonl"
    file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_kb(file)
    assert caught.value.message.startswith(message.format(file))
    assert "\n" not in str(caught.value)
    assert all(key in caught.value.hint for key in KEYS)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"weg\.jsonl cannot be read \(No such file"):
        read_kb(tmp_path / "weg.jsonl")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Volgens Anja de Wit is het zo.", ["Anja de Wit"]),
        ("Dat zegt burgemeester De Wit nu.", ["burgemeester De Wit"]),
        ("„De Wit”, zei ze. (De Wit)", ["De Wit", "De Wit"]),
        ("De De Wit-aanhang juicht.", ["De Wit"]),
        ("Anja de\u00a0Wit", ["Anja de\u00a0Wit"]),
        ("Anja\nde Wit", []),
        ("Anja de Witte en De Wit-Bos en de wit.", []),
        ("Jan-De Wit, d'De Wit, @De Wit en De Wit's", ["De Wit"]),
    ],
)
def test_names_are_found_where_they_stand_alone(read, text, found):
    assert [text[start:end] for start, end, _ in read(MAYOR).places(text)] == found


@pytest.mark.parametrize("form", ["De Wit", "De Wits", "De Wit's", "De Wit’s", "Anja de Wit"])
def test_a_mention_is_known_with_a_genitive_ending(read, form):
    assert read(MAYOR).named(form) == (0,)


@pytest.mark.parametrize("form", ["Wit", "De Witte", "de Wit", "Anja", "De", "", "De Wit ziek"])
def test_another_mention_is_not_known(read, form):
    assert read(MAYOR).named(form) == ()


def test_a_form_of_two_entries_gives_both(read):
    other = {"name": "Kees de Wit", "aliases": ["De Wit"]}
    assert read(MAYOR, other).named("De Wit") == (0, 1)


ROWS = st.fixed_dictionaries(
    {"name": st.text(min_size=1, max_size=20)},
    optional={
        "aliases": st.lists(st.text(max_size=12), max_size=3),
        "label": st.sampled_from(["PERSON", "ORG", "DATE", "x"]),
        "id": st.one_of(st.integers(), st.text(max_size=5), st.booleans()),
    },
)


@given(st.lists(ROWS, max_size=4), st.text(max_size=60))
def test_any_file_is_read_or_refused_and_places_lie_in_the_text(tmp_path_factory, rows, text):
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    try:
        knowledge = read_kb(file)
    except UsageError as error:
        assert error.message.startswith("Line ")  # noqa: PT017
        return
    last = 0
    for entry in knowledge.entries:
        assert entry.label not in VALUE_LABELS
        assert knowledge.named(entry.name)
    for start, end, numbers in knowledge.places(text):
        assert last <= start < end <= len(text)
        assert numbers
        last = end
