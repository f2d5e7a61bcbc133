"""The rules, each for itself: what they repair and add, and what they leave alone."""

import re
from functools import cache

import pytest

from annotate.components.attributions import store_attributions, stored_attributions
from annotate.components.rules import parents
from annotate.components.rules.component import RULES, AttributionRules
from tests.components.marked import CASES, doc_of, mark, unmark


@cache
def cases():
    """(rule, given, expected) of each case; expected is the given one for negative cases."""
    found, rule, given = [], "", ""
    for line in (CASES / "rules.txt").read_text("utf-8").splitlines():
        if header := re.fullmatch(r"\[([\w-]+)\]", line):
            rule = header[1]
        elif line.startswith("- "):
            given = line[2:]
        elif line.startswith("+ "):
            found.append((rule, given, line[2:]))
        elif line.startswith("= "):
            found.append((rule, line[2:], line[2:]))
    return found


def texts():
    """The texts that need a tree."""
    return [unmark(given)[0] for _, given, _ in cases()]


def facts(attributions):
    return [(one.type, one.act, one.polarity) for one in attributions]


@pytest.mark.parametrize(("rule", "given", "expected"), cases())
def test_rule(rule, given, expected):
    text, attributions = unmark(given)
    other, wanted = unmark(expected)
    assert other == text
    made = dict(RULES)[rule](doc_of(text), attributions)
    assert mark(text, made) == mark(text, wanted)
    assert facts(made) == facts(wanted)
    if given == expected:
        assert made == attributions


def test_every_rule_has_positive_and_negative_cases():
    for name, _rule in RULES:
        mine = [(given, expected) for rule, given, expected in cases() if rule == name]
        assert sum(given != expected for given, expected in mine) >= 3, name
        assert sum(given == expected for given, expected in mine) >= 2, name
    assert {rule for rule, _, _ in cases()} == {name for name, _rule in RULES}


@pytest.mark.parametrize(("rule", "given", "expected"), cases())
def test_rule_names_itself_in_what_it_changes(rule, given, expected):
    text, attributions = unmark(given)
    for one in dict(RULES)[rule](doc_of(text), attributions):
        if one not in attributions:
            assert rule in one.rule.split("+")


CUT = "<s>De</s> minister <c>zegt</c> <q>dat de brug dicht gaat</q>."


def stored(marked):
    text, attributions = unmark(marked)
    doc = doc_of(text)
    store_attributions(doc, attributions)
    return doc


def test_component_replaces_the_attributions_of_the_doc():
    doc = AttributionRules("annotate_rules")(stored(CUT))
    (one,) = stored_attributions(doc)
    assert mark(doc.text, [one]) == "<s>De minister</s> <c>zegt</c> <q>dat de brug dicht gaat</q>."
    assert one.rule == "cue-head+source"


def test_rules_can_be_left_out():
    (one,) = AttributionRules("annotate_rules", without=["source"]).find(stored(CUT))
    assert mark(unmark(CUT)[0], [one]) == CUT


def test_what_is_too_unsure_is_left_out():
    doc = stored(CUT + " || conf=0.01")
    assert AttributionRules("annotate_rules", minimum=0.3).find(doc) == []
    assert len(AttributionRules("annotate_rules", minimum=0.0).find(doc)) == 1


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<c1>a</c1> <q1>b</q1>. <c2>c</c2> <q2>d</q2>.", [None, None]),
        ("<c1>a</c1> <q1>b <c2>c</c2> <q2>d</q2></q1>.", [None, 0]),
        ("<c2>a</c2> <q2>b <c1>c</c1> <q1>d</q1></q2>.", [1, None]),
        ("<c1>a</c1> <q1>b <c2>c</c2> <q2>d <c3>e</c3> <q3>f</q3></q2></q1>.", [None, 0, 1]),
        ("<c1>a</c1> <q1>b <q2>‘c d’</q2></q1>.", [None, 0]),
        # each cue in the other's content: one of them is outer
        ("<q1><c2>a</c2></q1> <q2><c1>b</c1></q2>", [1, None]),
    ],
)
def test_parents(marked, expected):
    _text, attributions = unmark(marked)
    assert parents(attributions) == expected
