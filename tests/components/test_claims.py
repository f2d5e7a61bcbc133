"""Claims: attributed and unsourced ones, the author's hedges, and what denials point back to."""

import re
from functools import cache

import pytest
from spacy.tokens import Doc, DocBin

from annotate.components.attributions import store_attributions
from annotate.components.claims import annotate_claims, find_claims, stored_claims
from annotate.lexicon import hedges
from tests.components.marked import CASES, doc_of, nlp, unmark

_HEDGE = re.compile(r"</?h>")


@cache
def hedge_cases():
    """(text, span of the claim or None, certainty, kind) of each sentence with or without a hedge."""
    found = []
    for line in (CASES / "hedges.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        marked, _, facts = (part.strip() for part in line.partition("||"))
        span = (marked.index("<h>"), marked.index("</h>") - len("<h>")) if facts else None
        found.append((_HEDGE.sub("", marked), span, *(facts.split() or ["", ""])))
    return found


DENIED = " || 1.act=accuse 2.act=deny 2.pol=-"
POINTING = [
    # (marked, index of what the second one, a denial, points back to)
    (
        "<q1>De fabriek loost gif</q1>, <c1>beschuldigt</c1> <s1>de bond</s1> de fabriek. "
        "<s2>De fabriek</s2> <c2>ontkent</c2> <q2>de beschuldiging</q2>." + DENIED,
        0,
    ),
    (
        "Noordland wordt ervan <c1>beschuldigd</c1> <q1>wapens te leveren</q1>. "
        "<s2>Noordland</s2> heeft <q2>de beschuldigingen</q2> altijd <c2>ontkend</c2>." + DENIED,
        0,
    ),
    (
        "<s1>De krant</s1> <c1>verwijt</c1> Janssen <q1>dat hij loog</q1>. "
        "<s2>Janssen</s2> <c2>bestrijdt</c2> <q2>dat</q2>." + DENIED,
        0,
    ),
    # a clause of its own: nothing is pointed back to
    (
        "<s1>De krant</s1> <c1>verwijt</c1> Janssen <q1>dat hij loog</q1>. "
        "<s2>Janssen</s2> <c2>ontkent</c2> <q2>dat hij de krant belde</q2>." + DENIED,
        None,
    ),
    # no accusation before it
    (
        "<s1>De krant</s1> <c1>zegt</c1> <q1>dat de brug dicht is</q1>. "
        "<s2>Janssen</s2> <c2>ontkent</c2> <q2>de aantijgingen</q2>. || 2.act=deny 2.pol=-",
        None,
    ),
]

CERTAINTIES = [
    ("<s>De kok</s> <c>zegt</c> <q>dat de soep koud is</q>.", "attributed", "reported"),
    ("<s>De kok</s> <c>bevestigt</c> <q>dat de soep koud is</q>.", "attributed", "certain"),
    ("<s>De kok</s> <c>zegt</c> <q>dat de soep misschien koud is</q>.", "attributed", "possible"),
    (
        "<s>De kok</s> <c>verwacht</c> <q>dat de soep koud is</q>. || act=predict",
        "attributed",
        "probable",
    ),
    ("<s>De kok</s> <c>vraagt</c> <q>of de soep koud is</q>. || act=ask", "attributed", "possible"),
    (
        "<s>De kok</s> <c>ontkent</c> <q>dat de soep koud is</q>. || act=deny pol=-",
        "attributed",
        "denied",
    ),
    (
        "<s>De kok</s> <c>gelooft</c> niet <q>dat de soep koud is</q>. || act=opinion pol=-",
        "attributed",
        "denied",
    ),
    (
        "<s>De kok</s> wil niet <c>bevestigen</c> <q>dat de soep koud is</q>. || pol=-",
        "attributed",
        "possible",
    ),
    ("<q>De soep</q> <c>zou</c> <q>koud zijn geweest</q>.", "unsourced", "reported"),
    (
        "Er wordt <c>verwacht</c> <q>dat de soep koud is</q>. || act=predict",
        "unsourced",
        "probable",
    ),
]


def texts():
    """The texts that need a tree."""
    yield from (text for text, *_ in hedge_cases())
    yield from (unmark(marked)[0] for marked, _ in POINTING)
    yield from (unmark(marked)[0] for marked, *_ in CERTAINTIES)


@pytest.mark.parametrize(("text", "span", "certainty", "kind"), hedge_cases())
def test_hedge_of_the_author(text, span, certainty, kind):
    found = list(find_claims(doc_of(text), []))
    if span is None:
        assert found == []
        return
    (claim,) = found
    assert [text[s:e] for s, e in claim.spans] == [text[slice(*span)]]
    assert (claim.kind, claim.attribution) == ("hedged", None)
    assert (claim.certainty, claim.rule) == (certainty, f"hedge:{kind}")


def test_there_is_a_sentence_for_each_kind_of_hedge():
    kinds = {kind for _, span, _, kind in hedge_cases() if span}
    assert kinds == {entry.kind for entry in hedges().values()}


@pytest.mark.parametrize(("marked", "kind", "certainty"), CERTAINTIES)
def test_claim_of_an_attribution(marked, kind, certainty):
    text, attributions = unmark(marked)
    (claim,) = find_claims(doc_of(text), attributions)
    assert (claim.kind, claim.certainty, claim.attribution) == (kind, certainty, 0)
    assert claim.spans == attributions[0].content


def test_a_hedge_inside_a_report_is_no_claim_of_the_author():
    text, attributions = unmark(CERTAINTIES[2][0])
    assert [claim.kind for claim in find_claims(doc_of(text), attributions)] == ["attributed"]
    assert [claim.kind for claim in find_claims(doc_of(text), [])] == ["hedged"]


@pytest.mark.parametrize(("marked", "target"), POINTING)
def test_denial_points_back(marked, target):
    text, attributions = unmark(marked)
    _, claim = find_claims(doc_of(text), attributions)
    assert claim.refers_to == target
    assert claim.certainty == "denied"
    assert claim.spans == attributions[1 if target is None else target].content


def test_without_a_tree_the_sentence_is_the_claim():
    doc = Doc(nlp().vocab, words=["Misschien", "komt", "de", "boot", "."])
    (claim,) = find_claims(doc, [])
    assert doc.text[slice(*claim.spans[0])] == "Misschien komt de boot"


def test_claims_survive_with_the_doc():
    text, attributions = unmark(POINTING[1][0])
    doc = doc_of(text)
    store_attributions(doc, attributions)
    claims = stored_claims(annotate_claims(doc))
    assert len(claims) == 2
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(data).get_docs(nlp().vocab)
    assert stored_claims(again) == claims


def test_a_doc_without_the_component_has_no_claims():
    assert stored_claims(Doc(nlp().vocab, words=["Hallo"])) == []
