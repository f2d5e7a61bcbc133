"""Quotation marks of every kind, closed or not, and the type of a content."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.components.quotation import (
    attribution_type,
    inner_stretches,
    quoted_stretches,
    stretch_at,
)


def unmarked(marked):
    """Text, spans of <q>, spans of <c>."""
    spans = {"q": [], "c": []}
    text, at = "", 0
    for match in re.finditer(r"<(/?)([qc])>", marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[1]:
            spans[match[2]][-1] = (spans[match[2]][-1][0], len(text))
        else:
            spans[match[2]].append((len(text), len(text)))
    return text + marked[at:], spans["q"], spans["c"]


@pytest.mark.parametrize(
    "marked",
    [
        '<q>"Ik kom niet"</q>, zei hij.',
        "<q>“Ik kom niet”</q>, zei hij.",
        "<q>„Ik kom niet”</q>, zei hij.",
        "<q>„Ik kom niet“</q>, zei hij.",
        "<q>‘Ik kom niet’</q>, zei hij.",
        "<q>‚Ik kom niet‘</q>, zei hij.",
        "<q>'Ik kom niet'</q>, zei hij.",
        "<q>«Ik kom niet»</q>, zei hij.",
        "<q>»Ik kom niet«</q>, zei hij.",
        "<q>”Ik kom niet”</q>, zei hij.",
        "<q>’Ik kom niet’</q>, zei hij.",
        "<q>,,Ik kom niet''</q>, zei hij.",
        "<q>``Ik kom niet''</q>, zei hij.",
        "<q>,, Ik kom niet ''</q>, zei hij.",
        'Hij zei: <q>" Ik kom niet "</q>. Daarna ging hij.',
        "Hij noemde het <q>‘een ramp’</q> en <q>‘een schande’</q>.",
        "<q>‘Ik kom’</q>, zei hij, <q>‘maar later.’</q>",
        # an apostrophe is no mark
        "Kom 's avonds, 's morgens niet.",
        "De foto's van de auto's zijn zo'n succes.",
        "<q>'Ik kom 's avonds'</q>, zei hij.",
        "<q>‘De foto’s zijn zo’n succes’</q>, zei hij.",
        "Het is <q>‘’t Gouden Hoofd’</q> geworden.",
        # over paragraphs
        "<q>‘Ik kom niet.\n\nNiet vandaag.\n\nNooit.’</q>\n\nDat zei hij.",
        "<q>“Ik kom niet.</q>\n\n<q>“Niet vandaag.”</q>\n\nDat zei hij.",
        "<q>‘Ik kom niet.</q>\n\nDat zei hij.\n\n<q>‘Nooit.’</q>",
        'De voorzitter: <q>"Wij gaan.</q>\n\nHet park bleef leeg.',
        # another quote inside
        "<q>“Hij riep: ‘Ik kom niet’ en ging.”</q>",
        "<q>‘Hij riep: “Ik kom niet” en ging.’</q>",
        '<q>" Wij denken aan een "kale" kerk "</q>, zei hij.',
        # given up: an odd mark in the middle of a sentence
        'De plank is 5" breed en dat is te smal.',
        "Hij zei ‘ja en ging weg.\n\nHet park bleef leeg.",
    ],
)
def test_quoted_stretches(marked):
    text, spans, _ = unmarked(marked)
    assert [text[s:e] for s, e in quoted_stretches(text)] == [text[s:e] for s, e in spans]


def test_quotes_inside_quotes():
    text = "“Hij riep: ‘Ik kom niet’ en zij zei ‘goed’.” Later zei hij ‘nee’."
    assert [text[s:e] for s, e in inner_stretches(text)] == ["‘Ik kom niet’", "‘goed’"]


def test_stretch_at_an_offset():
    text = "Hij zei ‘ja’ en ging."
    assert stretch_at(text, text.index("ja")) == (8, 12)
    assert stretch_at(text, text.index("ging")) is None
    assert stretch_at(text, 0) is None


@pytest.mark.parametrize(
    ("kind", "marked"),
    [
        ("direct", "<q>‘Ik kom niet’</q>, <c>zei</c> hij."),
        ("direct", "<q>“Ik kom”</q>, <c>zei</c> hij, <q>“maar later.”</q>"),
        ("direct", "Hij <c>schreef</c>: <q>'Ik kom niet.'</q>"),
        ("direct", '<q>" Ik kom niet.</q>\n\n<q>Nooit</q>.'),
        ("direct", "<q>Ik kom niet. ”</q>"),
        ("indirect", "Hij <c>zei</c> <q>dat hij niet kwam</q>."),
        ("indirect", "Hij <c>zei</c> <q>dat hij 's avonds kwam</q>."),
        ("mixed", "Hij <c>noemde</c> <q>het plan ‘een ramp’</q>."),
        ("mixed", "Hij <c>zei</c> <q>dat hij “nooit” zou komen</q>."),
        # nested in somebody else's quote
        ("indirect", "‘Zij <c>zegt</c> <q>dat ik kom</q>’, zei hij."),
        ("direct", "“Zij <c>zegt</c>: <q>‘Ik kom’</q>”, zei hij."),
        ("mixed", "“Zij <c>noemt</c> <q>mij ‘een ramp’</q>”, zei hij."),
    ],
)
def test_type_of_a_content(kind, marked):
    text, content, cue = unmarked(marked)
    assert attribution_type(text, content, cue) == kind


MARKED_TEXT = st.text(alphabet="ab \n.,:\"'“”„«»‘’‚`s", max_size=60)


@given(MARKED_TEXT)
def test_no_text_breaks_the_search(text):
    stretches = quoted_stretches(text)
    assert all(0 <= s < e <= len(text) for s, e in stretches)
    assert all(a[1] <= b[0] for a, b in pairwise(stretches))
    for start, end in inner_stretches(text):
        assert any(s < start and end <= e for s, e in stretches)


@given(MARKED_TEXT, st.data())
def test_every_content_has_a_type(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert attribution_type(text, [(start, end)]) in {"direct", "indirect", "mixed"}
