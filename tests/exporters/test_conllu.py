"""CoNLL-U as the package conllu reads it gives all spans and facts back."""

import json
import re

import conllu
from hypothesis import given

from annotate.exporters import ExportOptions, get_exporter
from annotate.serialize import to_dict
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

PARTS = {"Source": "source", "Cue": "cue", "Content": "content"}


def written(*items):
    return "".join(get_exporter("conllu").export(items, ExportOptions())).encode().decode()


def words(sentences):
    """Rows that are words, not multiword tokens."""
    return [row for sentence in sentences for row in sentence if isinstance(row["id"], int)]


def spans(rows, key, name):
    """Spans that B- and I- tags of an id give, as offsets."""
    found, open_ = [], False
    for row in rows:
        tags = (row["misc"].get(key) or "").split(",")
        if f"B-{name}" in tags:
            found.append([int(row["misc"]["start_char"]), int(row["misc"]["end_char"])])
            open_ = True
        elif f"I-{name}" in tags:
            assert open_, "I- without B-"
            found[-1][1] = int(row["misc"]["end_char"])
        else:
            open_ = False
    return found


@few
@given(annotations())
def test_all_comes_back(annotation):
    sentences = conllu.parse(written(annotation))
    rows = words(sentences)
    facts = to_dict(annotation)
    comments = sentences[0].metadata if sentences else {}
    for row in rows:
        start, end = int(row["misc"]["start_char"]), int(row["misc"]["end_char"])
        assert row["form"] == annotation.text[start:end]
    for mention in facts["mentions"]:
        assert json.loads(comments[f"mentions {mention['id']}"]) == mention
        assert spans(rows, "Mention", mention["id"]) == [[mention["start"], mention["end"]]]
    for item in facts["attributions"]:
        assert json.loads(comments[f"attributions {item['id']}"]) == item
        for key, part in PARTS.items():
            assert spans(rows, key, item["id"]) == item[part]["spans"]
    for claim in facts["claims"]:
        assert spans(rows, "Claim", claim["id"]) == claim["spans"]
    assert len([key for key in comments if key.startswith("entities ")]) == len(facts["entities"])


@few
@given(annotations())
def test_tokens_and_spaces_make_the_sentence_again(annotation):
    for sentence in conllu.parse(written(annotation)):
        text, covered = "", 0
        for row in sentence:
            number = row["id"]
            if isinstance(number, int) and number <= covered:
                continue
            covered = number if isinstance(number, int) else number[2]
            after = row["misc"].get("SpacesAfter") or ""
            gap = "" if row["misc"].get("SpaceAfter") == "No" else " "
            gap = json.loads(f'"{after.replace(chr(92) + "s", " ")}"') if after else gap
            text += row["form"] + " " * len(gap)
        assert text.rstrip() == sentence.metadata["text"] if sentence else True


def test_a_cut_word_is_a_multiword_token():
    text = written(KREMLIN)
    assert re.search(r"^\d+-\d+\tVN-sancties\t", text, re.MULTILINE)
    sentence = next(item for item in conllu.parse(text) if "VN-sancties" in item.metadata["text"])
    forms = {row["id"] if isinstance(row["id"], int) else "-": row["form"] for row in sentence}
    assert forms["-"] == "VN-sancties"
    vn = next(row for row in sentence if row["form"] == "VN")
    assert vn["misc"]["ner"] == "B-ORG"
    assert [vn[name] for name in ("lemma", "xpos", "feats", "head", "deps")] == ["_"] + [None] * 4


def test_several_articles_follow_each_other():
    sentences = conllu.parse(written(KREMLIN, EMPTY, KREMLIN))
    ids = [item.metadata["newdoc id"] for item in sentences if "newdoc id" in item.metadata]
    assert ids.count("kremlin.txt") == 2


def test_paragraphs_and_headings_are_told_apart():
    kinds = [item.metadata.get("section") for item in conllu.parse(written(KREMLIN))]
    assert kinds[0] == "heading"
    assert kinds.count("heading") == 2
    assert kinds.count("paragraph") == 3
