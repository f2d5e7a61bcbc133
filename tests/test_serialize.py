"""Annotations survive JSON, and what is not in the contract is refused in one sentence."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from annotate.annotation import Annotation, ModelInfo
from annotate.errors import AnnotateError
from annotate.serialize import from_dict, from_json_line, to_dict, to_json_line, to_json_pretty
from tests.examples import KREMLIN
from tests.strategies import annotations, few


@few
@given(annotations())
def test_a_line_gives_the_annotation_back(annotation):
    line = to_json_line(annotation)
    assert "\n" not in line
    assert line.splitlines() == [line]
    assert from_json_line(line) == annotation


@few
@given(annotations())
def test_all_ways_to_write_agree(annotation):
    assert from_dict(to_dict(annotation)) == annotation
    assert json.loads(to_json_pretty(annotation)) == json.loads(to_json_line(annotation))
    assert to_json_line(from_json_line(to_json_line(annotation))) == to_json_line(annotation)


def test_keys_follow_the_dataclass_with_the_schema_first():
    mapping = to_dict(KREMLIN)
    fields = list(Annotation.__dataclass_fields__)
    assert list(mapping) == ["schema", *(name for name in fields if name != "schema")]
    assert mapping["schema"] == "annotate/1"


def test_unknown_values_are_null_and_not_left_out():
    mapping = to_dict(replace(KREMLIN, title=None))
    assert mapping["title"] is None
    assert mapping["attributions"][0]["parent"] is None


def test_confidences_have_four_digits_and_values_no_noise():
    mention = replace(KREMLIN.mentions[0], confidence=0.123456789)
    assert to_dict(replace(KREMLIN, mentions=(mention,)))["mentions"][0]["confidence"] == 0.1235
    amount = next(item for item in KREMLIN.mentions if item.label == "MONEY")
    for number, text in [(0.1 + 0.2, "0.3"), (3500000.0, "3500000"), (-2, "-2")]:
        noisy = replace(amount, value=replace(amount.value, value=number))
        line = to_json_line(replace(KREMLIN, mentions=(noisy,), entities=(), attributions=()))
        assert f'"value":{{"type":"money","value":{text},' in line


def test_the_text_is_written_as_it_is():
    assert "Oekra\u00efne" in to_json_line(KREMLIN)


def test_a_lone_surrogate_is_replaced_and_keeps_all_offsets():
    odd = Annotation("x", None, None, {}, None, "a\ud83d\ude00b \udc80", ModelInfo("m", "1"))
    line = to_json_line(odd)
    assert json.loads(line.encode())["text"] == "a\ufffd\ufffdb \ufffd"


def test_metadata_of_any_kind_becomes_json():
    metadata = {"d": date(2024, 2, 20), "n": float("nan"), 3: {"s": {1}}, "l": (1, None)}
    mapping = to_dict(replace(KREMLIN, metadata=metadata))
    assert mapping["metadata"] == {
        "d": "2024-02-20",
        "n": None,
        "3": {"s": "{1}"},
        "l": [1, None],
    }


def changed(path, value):
    """The example as a dictionary with one value changed; ... removes the key."""
    mapping = deepcopy(to_dict(KREMLIN))
    place = mapping
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return mapping


FAULTS = [
    (["schema"], "annotate/2", "schema 'annotate/2'"),
    (["schema"], ..., "no key 'schema'"),
    (["title"], ..., "no key 'title'"),
    (["colour"], 1, "a key 'colour'"),
    (["text"], 5, "text must be text, not 5"),
    (["metadata"], [], "metadata must be an object, not a list"),
    (["title"], {}, "title must be text, not an object"),
    (["mentions"], {}, "mentions must be a list, not an object"),
    (["mentions", 0], "x", "mentions[0] must be an object, not the text 'x'"),
    (["mentions", 0, "start"], True, "mentions[0].start must be a whole number, not true"),
    (["mentions", 0, "start"], 1.0, "mentions[0].start must be a whole number, not 1.0"),
    (["mentions", 0, "label"], "PER", "mentions[0].label must be one of 'CARDINAL', "),
    (["mentions", 0, "value"], 3, "mentions[0].value must be an object, not 3"),
    (["mentions", 0, "confidence"], "high", "mentions[0].confidence must be a number"),
    (["mentions", 0, "confidence"], 1.5, "confidence 1.5, not between 0 and 1"),
    (["mentions", 0, "text"], "Iets", "mention 'm1' has another text than its span"),
    (["mentions", 0, "entity"], "e99", "the entity 'e99', which does not exist"),
    (["mentions", 1, "id"], "m1", "two things have the id 'm1'"),
    (["claims", 0, "id"], "m1", "two things have the id 'm1'"),
    (["claims", 0, "id"], "1 a", "the id '1 a' is not a letter followed by"),
    (["entities", 0, "links"], {"x": 1}, "entities[0].links.x must be text, not 1"),
    (["attributions", 0, "cue", "lemma"], ..., "attributions[0].cue has no key 'lemma'"),
    (["attributions", 0, "cue", "spans", 0], [1], "attributions[0].cue.spans[0] must be a pair"),
    (["attributions", 0, "content", "spans", 0], [3, 99999], "[3, 99999], empty or outside"),
    (["attributions", 0, "content", "spans", 0], [3, 3], "[3, 3], empty or outside the text"),
    (["attributions", 0, "content", "spans", 0], [-3, 3], "[-3, 3], empty or outside the text"),
    (["attributions", 0, "parent"], "a1", "attribution 'a1' is nested in itself"),
    (["claims", 0, "about"], ["m1"], "the entity 'm1', which does not exist"),
    (["claims", 0, "attribution"], "a77", "the attribution 'a77', which does not exist"),
]


@pytest.mark.parametrize(("path", "value", "message"), FAULTS)
def test_what_is_not_in_the_contract_is_refused(path, value, message):
    with pytest.raises(AnnotateError) as caught:
        from_dict(changed(path, value))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_unchanged_example_is_read():
    assert from_dict(changed(["title"], KREMLIN.title)) == KREMLIN


@pytest.mark.parametrize(
    "line",
    ["", "{", to_json_line(KREMLIN)[:200], "[]", "3", "null", '"x"', "{}", "[" * 100_000,
     '{"schema": "annotate/1", "id": ' + "9" * 5000, '{"x": NaN}'],
)  # fmt: skip
def test_a_line_that_is_no_annotation_is_one_sentence(line):
    with pytest.raises(AnnotateError) as caught:
        from_json_line(line)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1
