"""Weights of coreference are learned from chains, and from who the corpus says speaks."""

import pytest
from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution, store_attributions
from annotate.components.coreference.ranking import Candidate
from annotate.components.entities import FoundEntity, store_entities
from models.coreference import Instance, fit, instances, table
from tests.components.marked import nlp

WORDS = ["Mark", "Bos", "zag", "Jan", "Smit", ".", "Hij", "zei", "dat", "het", "regent", "."]
POS = [
    "PROPN",
    "PROPN",
    "VERB",
    "PROPN",
    "PROPN",
    "PUNCT",
    "PRON",
    "VERB",
    "SCONJ",
    "PRON",
    "VERB",
    "PUNCT",
]
STARTS = [i in (0, 6) for i in range(len(WORDS))]


def article(**known):
    """Return a Doc with two men, one of whom says something, and its row in the corpus."""
    doc = Doc(nlp().vocab, words=WORDS, pos=POS, sent_starts=STARTS)
    text = doc.text
    names = [FoundEntity(text.index(n), text.index(n) + len(n), "PERSON", 1.0, "x")
             for n in ("Mark Bos", "Jan Smit")]  # fmt: skip
    store_entities(doc, names)
    source = [(text.index("Hij"), text.index("Hij") + 3)]
    content = [(text.index("dat"), len(text) - 2)]
    store_attributions(
        doc, [FoundAttribution(source, [], content, "indirect", "say", "+", 1.0, "x")]
    )
    row = {
        "text": text,
        "attributions": [{"source": source, "speaker": known.pop("speaker", None)}],
    }
    return doc, {**row, **known}


def right_of(found):
    return [
        [
            c.mention.text
            for c, ok in zip(one.candidates, one.right, strict=True)
            if ok and c.mention
        ]
        for one in found
    ]


@pytest.mark.parametrize("speaker", ["Mark Bos", "Jan Smit"])
def test_a_speaker_tells_who_a_pronoun_is(speaker):
    assert right_of(instances(*article(speaker=speaker))) == [[speaker]]


def test_a_chain_tells_who_a_pronoun_is():
    doc, row = article()
    places = [[doc.text.index(w), doc.text.index(w) + len(w)] for w in ("Jan Smit", "Hij")]
    found = list(instances(doc, {**row, "chains": [{"mentions": places}]}))
    assert right_of(found) == [["Jan Smit"]]
    assert found[0].weight == 1.0


def test_nothing_is_learned_where_nobody_tells():
    assert list(instances(*article())) == []
    assert list(instances(*article(speaker="de burgemeester"))) == []


def test_what_is_right_gets_weight():
    names = ["good", "bad"]
    found = [
        Instance([Candidate(None, [f]) for f in names], [f == "good" for f in names], 1.0)
        for _ in range(20)
    ]
    weights = fit(found, prior=0.1)
    assert weights["good"] > 1 > -1 > weights["bad"]


def test_the_table_keeps_its_head_and_leaves_out_small_weights():
    lines = table({"a": 0.5, "b": 0.001}).splitlines()
    assert lines[0].startswith("# source")
    assert lines[-1] == "a\t0.5"
    assert not any(line.startswith("b\t") for line in lines)
