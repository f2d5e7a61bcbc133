"""Whatever the text, values come out well-formed, the same every time, and nothing is raised."""

import re

from hypothesis import given
from hypothesis import strategies as st

from annotate.annotation import Value
from annotate.labels import VALUE_LABELS
from annotate.lexicon import read_table
from annotate.values import Context, normalise, resolve_values

YEAR = r"(?:[0-9]{4}|XXXX)"
DATE = re.compile(
    rf"{YEAR}(?:-(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?)?"
    rf"|{YEAR}-W(?:[0-4][0-9]|5[0-3]|XX)(?:-WE|-[1-7])?"
    rf"|{YEAR}-(?:Q[1-4]|H[12]|SP|SU|FA|WI)|[0-9]{{2,3}}|BC[0-9]{{2,4}}"
    r"|PRESENT_REF|PAST_REF|FUTURE_REF"
)
TIME = re.compile(
    rf"(?:{YEAR}-(?:[01][0-9]|XX)-(?:[0-3][0-9]|XX)|XXXX-WXX-[1-7])"
    r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00|MO|AF|EV|NI|DT)"
)
NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|X)"
DURATION = re.compile(
    rf"P(?=[0-9XT])(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}W)?(?:{NUMBER}WE)?(?:{NUMBER}D)?"
    rf"(?:T(?=[0-9X])(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?"
)
SET = re.compile(
    rf"{DURATION.pattern}|XXXX-WXX-(?:[1-7]|WE)(?:T\S+)?"
    r"|XXXX-(?:SP|SU|FA|WI)|XXXX-[01][0-9]|XXXX-XX-XXT\S+"
)
PATTERNS = {"date": DATE, "time": TIME, "duration": DURATION, "set": SET}
NUMERIC = {"money", "percent", "quantity", "number", "ordinal"}

WORDS = [
    row[0]
    for name in ("value_time", "value_numerals", "value_feasts", "value_phrases", "value_units")
    for row in read_table(name)
]
PIECES = [
    *[
        "12",
        "3,5",
        "10.000",
        "1998",
        "'98",
        "20.15",
        "8:30",
        "19",
        "e",
        "31",
        "2024",
        "0",
        "99",
        "€",
    ],
    *[
        "-",
        "–",
        "/",
        ",",
        ".",
        "½",
        "%",
        "jarige",
        "uur",
        "zaterdagavond",
        "vannacht",
        "half",
        "kwart",
    ],
]
EXPRESSIONS = st.lists(st.sampled_from(WORDS + PIECES), min_size=1, max_size=7).map(" ".join)
GLUED = st.lists(st.sampled_from(WORDS + PIECES), min_size=1, max_size=4).map("".join)
TEXTS = st.one_of(EXPRESSIONS, EXPRESSIONS, GLUED, st.text(max_size=60))
DATES = st.one_of(
    st.none(),
    st.dates().map(str),
    st.sampled_from(
        ["2024", "2024-02", "0001-01-01", "9999-12-31", "2024-02-29", "x", "", "12-2024"]
    ),
)
LABELS = st.sampled_from(sorted(VALUE_LABELS))


def check(value: Value | None) -> None:
    if value is None:
        return
    parts = value.value if isinstance(value.value, tuple) else (value.value,)
    assert len(parts) in (1, 2)
    assert value.mod in (None, "START", "MID", "END")
    if value.type in PATTERNS:
        assert all(PATTERNS[value.type].fullmatch(str(part)) for part in parts), value
        assert value.unit is None
        return
    assert value.type in NUMERIC
    assert value.mod is None
    score = value.type == "number" and isinstance(value.value, str)
    assert score or all(isinstance(part, int | float) for part in parts), value


@given(TEXTS, LABELS, DATES)
def test_value_is_well_formed_and_the_same_again(text, label, date):
    value = normalise(text, label, date=date)
    check(value)
    assert normalise(text, label, date=date) == value


@given(
    st.lists(st.tuples(TEXTS, LABELS), min_size=1, max_size=6),
    DATES,
    st.sampled_from(
        [
            "De raad stemde ",
            "De raad stemt ",
            "over ",
            "zijn ",
            "tussen ",
            "sinds ",
            "Kop\n\n",
            "dat ",
        ]
    ),
)
def test_any_article_resolves(pieces, date, between):
    text, mentions = "", []
    for piece, label in pieces:
        text += between
        mentions.append((len(text), len(text) + len(piece), label))
        text += f"{piece} later. "
    values = resolve_values(text, mentions, date)
    assert len(values) == len(mentions)
    for value in values:
        check(value)


@given(TEXTS, DATES, st.text(max_size=40), st.text(max_size=40))
def test_surroundings_never_break_a_value(text, date, before, after):
    whole = before + text + after
    context = Context(whole, len(before), len(before) + len(text))
    for label in VALUE_LABELS:
        check(normalise(text, label, date=date, context=context))


@given(TEXTS, st.sampled_from(["PERSON", "ORG", "GPE", ""]))
def test_other_labels_have_no_values(text, label):
    assert normalise(text, label, date="2024-02-20") is None


def test_a_very_long_mention_has_no_value():
    for label in VALUE_LABELS:
        assert normalise("duizend" * 5000, label) is None
        assert normalise("9" * 5000, label) is None
