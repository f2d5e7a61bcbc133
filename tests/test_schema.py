"""The JSON Schema in the repository is the one that the code makes, and all output fits it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from annotate.schema import json_schema
from annotate.serialize import to_json_line
from tests.examples import KREMLIN
from tests.strategies import annotations, few
from tests.test_serialize import FAULTS, changed

FILE = Path(__file__).parent.parent / "schema" / "annotate-1.schema.json"
VALIDATOR = Draft202012Validator(json_schema())

BEYOND_TYPES = (
    "not 1.0",
    "confidence 1.5",
    "another text",
    "does not exist",
    "two ",
    "empty",
    "nested",
)
"""What only the program checks: spans inside this text, ids that refer to something."""


def test_the_file_is_up_to_date():
    assert json.loads(FILE.read_text("utf-8")) == json_schema(), (
        "write the file again: annotate schema > schema/annotate-1.schema.json"
    )


def test_it_is_a_schema():
    Draft202012Validator.check_schema(json_schema())


@few
@given(annotations())
def test_every_annotation_fits(annotation):
    VALIDATOR.validate(json.loads(to_json_line(annotation)))


def test_every_object_is_closed_and_complete():
    schema = json_schema()
    for name, definition in {"": schema, **schema["$defs"]}.items():
        if name != "Span":
            assert definition["additionalProperties"] is False
            assert definition["required"] == list(definition["properties"])


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [fault for fault in FAULTS if not any(words in fault[2] for words in BEYOND_TYPES)],
)
def test_what_the_reader_refuses_does_not_fit(path, value, message):
    mapping = changed(path, value)
    assert not VALIDATOR.is_valid(mapping)


def test_the_meaning_of_fields_is_told_in_words_of_json():
    descriptions = str(json_schema())
    assert "ISO date, as precise as known" in descriptions
    assert "None" not in json_schema()["$defs"]["Mention"]["properties"]["value"]["description"]


def test_it_accepts_the_example():
    VALIDATOR.validate(json.loads(to_json_line(KREMLIN)))
