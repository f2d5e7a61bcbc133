"""Units: tokens cut where a name may end inside them."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotate.components.units import SECTIONS, split_units

NLP = spacy.blank("nl")


def units_of(text: str) -> list[str]:
    return [text[u.start : u.end] for u in split_units(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VN-sancties", ["VN", "-", "sancties"]),
        ("GENÈVE/MADRID", ["GENÈVE", "/", "MADRID"]),
        ("in de VS.", ["in", "de", "VS", "."]),
        ("1.89 meter", ["1.89", "meter"]),
        ("3,5 miljoen", ["3,5", "miljoen"]),
        ("z'n auto", ["z'n", "auto"]),
        ("Nederland-Engeland 2-1", ["Nederland", "-", "Engeland", "2", "-", "1"]),
        ("o.a. hier", ["o.a", ".", "hier"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_tokens_are_cut_where_a_name_may_end(text: str, expected: list[str]) -> None:
    assert units_of(text) == expected


@given(st.text(max_size=200))
def test_units_cover_everything_but_white_space_once(text: str) -> None:
    doc = NLP.make_doc(text)
    units = split_units(doc)
    covered = [i for unit in units for i in range(unit.start, unit.end)]
    assert covered == sorted(set(covered))
    left = set(range(len(text))) - set(covered)
    assert all(text[i].isspace() for i in left)
    for unit in units:
        token = doc[unit.token]
        assert token.idx <= unit.start < unit.end <= token.idx + len(token)


def breaks(text: str) -> list[str]:
    return [text[u.start : u.end] for u in split_units(NLP.make_doc(text)) if u.line_break]


def test_blank_lines_and_ends_of_sentences_break_wrapped_lines_do_not() -> None:
    assert breaks("Een kop\n\nEerste zin\nloopt door. En nog een.\nTweede alinea.") == [
        "Eerste",
        "Tweede",
    ]


def test_given_sections_decide() -> None:
    text = "Kop zonder punt\nnog steeds de kop\nAlinea."
    doc = NLP.make_doc(text)
    doc.user_data[SECTIONS] = [0, text.index("Alinea")]
    assert [text[u.start : u.end] for u in split_units(doc) if u.line_break] == ["Alinea"]
