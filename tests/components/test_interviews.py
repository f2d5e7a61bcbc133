"""Interviews: answers in quotation marks belong to whom the lead names; other articles are left alone."""

import pytest
import spacy

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import quoted_stretches
from annotate.components.rules.interviews import answers

NLP = spacy.blank("nl")
LEAD = "Imker Ria van Dam telt haar bijen. „Het zijn er veel.”"
QUESTIONS = ["Slaapt u nog?", "Hoeveel kost dat?", "Wat zegt uw man?", "En nu?"]
ANSWERS = ["„Ja, best goed.”", "„Te veel, vrees ik.”", "„Mijn man is dood.”", "„Nu ga ik eten.”"]
INTERVIEW = [LEAD, *(p for pair in zip(QUESTIONS, ANSWERS, strict=True) for p in pair)]


def sources(paragraphs, names=("Ria van Dam", "Van Dam"), cue=""):
    """Return the source of each quote, or None, where all of them have the cue."""
    text = "\n\n".join(paragraphs)
    doc = NLP(text)
    spans = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            spans.append(doc.char_span(start, start + len(name), "PERSON"))
            start = text.find(name, start + 1)
    doc.ents = spacy.util.filter_spans([span for span in spans if span])
    at = text.find(cue)
    cues = [(at, at + len(cue))] if cue else []
    found = [
        FoundAttribution([], cues, [quote], "direct", "say", "+", 0.9, "quote-head")
        for quote in quoted_stretches(text)
    ]
    return [
        text[one.source[0][0] : one.source[-1][1]] if one.source else None
        for one in answers(doc, found)
    ]


def test_answers_are_those_of_the_guest():
    assert sources(INTERVIEW) == [None, *["Ria van Dam"] * 4]  # the lead is a matter of other rules


def test_the_last_place_that_names_the_guest_counts():
    later = [*INTERVIEW[:5], "Van Dam zwijgt.", *INTERVIEW[5:]]
    assert sources(later)[-2:] == ["Van Dam", "Van Dam"]


def test_a_quote_above_the_lead_is_that_of_the_guest_too():
    assert sources(["„Nu ga ik eten”", *INTERVIEW])[0] == "Ria van Dam"


def test_the_reporter_is_not_the_guest():
    found = sources(["Door Piet Vos", *INTERVIEW], names=("Piet Vos", "Ria van Dam"))
    assert found[1:] == ["Ria van Dam"] * 4


@pytest.mark.parametrize(
    "paragraphs",
    [
        INTERVIEW[:5],  # two answers are no interview
        [LEAD, *ANSWERS],  # nothing is asked
        [LEAD, *(f"Zij zei: {answer}" for answer in ANSWERS)],  # a story with quotes
    ],
)
def test_other_articles_are_left_alone(paragraphs):
    assert set(sources(paragraphs)) == {None}


def test_nobody_is_named_in_full():
    assert set(sources(INTERVIEW, names=("Ria",))) == {None}


def test_a_report_with_a_cue_is_left_alone():
    assert set(sources(INTERVIEW, cue="telt")) == {None}
