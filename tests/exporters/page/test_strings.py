"""Texts of the page: complete in every language, and no key asked for that is not there."""

import json
import re
from importlib.resources import files
from typing import get_args

from annotate.exporters.page.palette import LINE_STYLES
from annotate.exporters.page.statements import StatementKind
from annotate.labels import ACTS, Certainty, SourceKind

FOLDER = files("annotate.exporters.page")
STRINGS = json.loads(FOLDER.joinpath("assets", "strings.json").read_text("utf-8"))
SCRIPTS = "\n".join(
    path.read_text("utf-8")
    for path in FOLDER.joinpath("assets").iterdir()
    if path.name.endswith(".js")
)
TEMPLATES = "\n".join(path.read_text("utf-8") for path in FOLDER.joinpath("templates").iterdir())


def flat(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def test_languages_have_the_same_keys_and_the_same_blanks():
    english, dutch = (dict(flat(STRINGS[code])) for code in ("en", "nl"))
    assert english.keys() == dutch.keys()
    for key, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", dutch[key])), key
        assert text.strip()
        assert dutch[key].strip()


def test_every_label_has_a_word():
    for strings in STRINGS.values():
        assert set(strings["acts"]) == set(ACTS)
        assert set(strings["types"]) == set(get_args(StatementKind))
        assert set(strings["sources"]) == set(get_args(SourceKind))
        assert set(strings["certainties"]) == set(get_args(Certainty))
        assert set(strings["kinds"]) == set(strings["kind"]) == set(LINE_STYLES)


def test_every_key_that_is_asked_for_is_there_and_every_key_is_asked_for():
    asked = set(re.findall(r'\bt\("([\w.]+)"', SCRIPTS))
    asked |= set(re.findall(r'data-t(?:-label|-hint)?="(\w+)"', TEMPLATES))
    asked |= set(re.findall(r"\bt\.(\w+)", TEMPLATES))
    asked = {key for key in asked if not key.endswith(".")} - {"n", "one"} | pairs()
    assert asked <= STRINGS["en"].keys()
    for key in STRINGS["en"]:
        assert key in asked or re.search(rf"\b{key}\b", SCRIPTS), key


def pairs():
    """Keys that the script puts together: "one" or "n" and a name in the plural."""
    names = re.findall(r'counted\("(\w+)"', SCRIPTS)
    return {f"n{name}" for name in names} | {f"one{name[:-1]}" for name in names}
