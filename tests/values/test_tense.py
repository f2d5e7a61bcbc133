"""Which way the clause around a date looks."""

import pytest

from annotate.values import resolve_values
from annotate.values.tense import AHEAD, BACK, Verb, VerbKind, direction, sentence_bounds

BACKWARDS = [
    "De raad stemde [zondag] tegen.",
    "De raad heeft [zondag] tegengestemd.",
    "De man is [zondag] in het ziekenhuis overleden.",
    "Ze werden [zondag] uitgezet.",
    "Dat zei hij [zondag].",
    "Dat zegt de minister [zondag] in een interview.",
    "De [zondag] gekozen voorzitter is ziek.",
    "De man die [zondag] werd opgepakt, zwijgt.",
    "Hij zou [zondag] zijn weggelopen.",
    "De staking duurt al sinds [zondag].",
    "[Zondag] kwam de trein niet.",
    "Het paleis sprak dat [zondag] tegen.",
    "Ze belooft beterschap, nadat ze [zondag] was uitgevallen.",
    "De nota dateert van [zondag].",
]
FORWARDS = [
    "De raad stemt [zondag] over het plan.",
    "De raad zal [zondag] stemmen.",
    "De wedstrijd wordt [zondag] gespeeld.",
    "[Zondag] komt de trein niet.",
    "De minister zegt dat de brug [zondag] opengaat.",
    "Hij zou [zondag] komen.",
    "Het werk moet tegen [zondag] klaar zijn.",
    "De brug blijft tot [zondag] dicht.",
    "Wie [zondag] wil stemmen, heeft een pas nodig.",
    "Een omgevallen boom ligt er [zondag] nog.",
]


def place(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize("marked", BACKWARDS)
def test_clause_looks_back(marked):
    assert direction(*place(marked)) == BACK


@pytest.mark.parametrize("marked", FORWARDS)
def test_clause_looks_ahead(marked):
    assert direction(*place(marked)) == AHEAD


def test_heading_looks_back_unless_it_speaks_of_what_is_to_come():
    assert direction(*place("Trein ontspoord [zondag]"), heading=True) == BACK
    assert direction(*place("Trein rijdt [zondag] langzamer"), heading=True) == BACK
    assert direction(*place("Trein gaat [zondag] langzamer rijden"), heading=True) == AHEAD


def verb(marked: str, form: str, kind: VerbKind) -> Verb:
    start = place(marked)[0].index(form)
    return Verb(start, start + len(form), kind)


TAGGED = [
    ("De club die in mei zakte, hengelt [zondag] naar winst.", "hengelt", "present", AHEAD),
    ("De man wil slapen; het dorp kijvte [zondag].", "kijvte", "past", BACK),
    ("Het feest is [zondag] opgeluisterd, zegt de molenaar.", "opgeluisterd", "participle", BACK),
]


@pytest.mark.parametrize(("marked", "form", "kind", "wanted"), TAGGED)
def test_a_tagger_tells_which_words_are_verbs(marked, form, kind, wanted):
    assert direction(*place(marked), verbs=[verb(marked, form, kind)]) == wanted


def test_a_verb_that_only_a_tagger_knows_turns_the_date():
    marked, form, kind, _ = TAGGED[0]
    text, start, end = place(marked)
    assert direction(text, start, end) == BACK
    verbs = [verb(marked, form, kind)]
    mention = [(start, end, "DATE")]
    assert resolve_values(text, mention, "2024-02-20", verbs=verbs)[0].value == "2024-02-25"


@pytest.mark.parametrize(
    ("marked", "form", "kind", "wanted"),
    [
        ("De raad stemde [zondag] tegen.", "stemde", "infinitive", BACK),
        ("De straten waren [zondag] leeg.", "waren", "present", BACK),
        ("De ploeg heeft [zondag] verdiend gewonnen.", "gewonnen", "infinitive", BACK),
        ("De ploeg wokt [zondag] op het plein.", "wokt", "past", AHEAD),
    ],
)
def test_a_mistake_of_a_tagger_does_not_beat_the_form(marked, form, kind, wanted):
    assert direction(*place(marked), verbs=[verb(marked, form, kind)]) == wanted


def test_headings_may_be_given():
    text = "Trein rijdt zondag langzamer"
    mention = [(12, 18, "DATE")]
    ahead = resolve_values(text, mention, "2024-02-20", headings=[])[0]
    back = resolve_values(text, mention, "2024-02-20", headings=[(0, len(text))])[0]
    assert ahead is not None
    assert back is not None
    assert (back.value, ahead.value) == ("2024-02-18", "2024-02-25")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hij kwam. Prof. De Wit ging zondag weg. Klaar.", "Prof. De Wit ging zondag weg."),
        ("Hij kwam.\nZij ging zondag weg", "Zij ging zondag weg"),
        ("Op 3. mei ging zondag A. Bakker weg! ‘Ja’", "Op 3. mei ging zondag A. Bakker weg!"),
    ],
)
def test_sentence_ends_where_no_abbreviation_does(text, sentence):
    start = text.index("zondag")
    begin, end = sentence_bounds(text, start, start + 6)
    assert text[begin:end].strip() == sentence
