"""Every cue of the lexicon, in a sentence: its lemma and what the lexicon says of it."""

import re
from functools import cache

import pytest
from spacy.tokens import Doc

from annotate.components.rules import cue_entry, cue_lemma
from annotate.lexicon import cues
from tests.components.marked import CASES, doc_of, nlp

_CUE = re.compile(r"\{([^|}]+)\|([^}]+)\}")


@cache
def cases():
    """(text, spans of a cue, its lemma) of each marked cue."""
    found = []
    for line in (CASES / "cues.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        text, at, marked = "", 0, []
        for match in _CUE.finditer(line):
            text += line[at : match.start()]
            span = (len(text), len(text) + len(match[1]))
            text += match[1]
            at = match.end()
            if match[2] == "+":
                marked[-1][0].append(span)
            else:
                marked.append(([span], match[2]))
        text += line[at:]
        found.extend((text, spans, lemma) for spans, lemma in marked)
    return found


def texts():
    """The sentences that need a tree."""
    return [text for text, _, _ in cases()]


@pytest.mark.parametrize(("text", "spans", "lemma"), cases())
def test_cue_has_the_lemma_under_which_the_lexicon_knows_it(text, spans, lemma):
    doc = doc_of(text)
    assert cue_lemma(doc, spans) == lemma
    assert cue_entry(doc, spans) is not None


def test_every_cue_of_the_lexicon_stands_in_a_sentence():
    assert {lemma for _, _, lemma in cases()} == {entry.lemma for entry in cues().values()}


@pytest.mark.parametrize("pos", ["", "PROPN", "VERB"])
def test_forms_of_reporting_verbs_are_known_whatever_the_tagger_says(pos):
    words = ["‘", "Nooit", "’", ",", "zei", "hij", "."]
    doc = Doc(nlp().vocab, words=words, pos=[pos] * len(words))
    start = doc[4].idx
    assert cue_lemma(doc, [(start, start + 3)]) == "zeggen"
    assert cue_entry(doc, [(start, start + 3)]).act == "say"


def test_a_quote_without_a_cue_has_no_lemma():
    assert cue_lemma(doc_of(cases()[0][0]), []) is None
