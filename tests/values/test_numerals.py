"""Numbers in words and digits: what is spelled is read back, whatever the spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.values.merging import merge_numbers
from annotate.values.numerals import (
    digit_number,
    fold,
    ordinal_number,
    roman_number,
    word_number,
)
from annotate.values.tokens import tokenise

TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"
ONES = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    *TEENS.split(),
]
TENS = [
    "",
    "",
    "twintig",
    "dertig",
    "veertig",
    "vijftig",
    "zestig",
    "zeventig",
    "tachtig",
    "negentig",
]


def spelled(number: int) -> str:
    """The number in Dutch, by the rules of the Woordenlijst; an own speller, apart from the reader."""
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        if one == 0:
            return TENS[ten]
        return ONES[one] + ("ën" if one in (2, 3) else "en") + TENS[ten]
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return ("" if hundred == 1 else ONES[hundred]) + "honderd" + (spelled(rest) if rest else "")
    thousand, rest = divmod(number, 1000)
    head = ("" if thousand == 1 else spelled(thousand)) + "duizend"
    return f"{head} {spelled(rest)}" if rest else head


def read(text: str) -> object:
    """The one number of a text, or what else it is."""
    tokens = merge_numbers(tokenise(text), amounts=True)
    return tokens[0].value if len(tokens) == 1 else tokens


def test_all_numbers_to_ten_thousand_are_read_back():
    assert [n for n in range(10_000) if read(spelled(n)) != n] == []


@given(st.integers(0, 999_999))
def test_spelled_number_is_read_back(number):
    text = spelled(number)
    assert read(text) == number
    assert read(text.upper()) == number
    assert read(text.replace("ë", "e")) == number
    assert word_number(fold(text).replace(" ", "")) == number


@given(st.integers(1, 999_999))
def test_rank_is_read_back(number):
    word = fold(spelled(number)).replace(" ", "")
    special = {"een": "eerste", "drie": "derde"}
    for end, rank in special.items():
        if word.endswith(end):
            word = word.removesuffix(end) + rank
            break
    else:
        last = word[-5:]
        soft = any(last.endswith(e) for e in ("twee", "vier", "vijf", "zes", "zeven", "negen"))
        soft = soft or any(last.endswith(e) for e in ("tien", "elf", "aalf"))
        word += "de" if soft else "ste"
    assert ordinal_number(word) == number


@given(st.integers(0, 10**15))
def test_digits_with_dutch_points_are_read_back(number):
    assert digit_number(f"{number:,}".replace(",", ".")) == number


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_decimals_are_read_dutch_and_english(whole, cents):
    value = round(whole + cents / 100, 9)
    english = f"{whole:,}.{cents:02}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    assert digit_number(english) == digit_number(dutch) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("drie en een half miljoen", 3_500_000),
        ("een kwart miljoen", 250_000),
        ("een miljoen tweehonderdduizend", 1_200_000),
        ("twaalfhonderd", 1200),
        ("vijf en twintig", 25),
        ("honderd en tien", 110),
        ("drie dozijn", 36),
        ("4½", 4.5),
        ("12 1/2", 12.5),
        ("0,05", 0.05),
        ("-3", -3),
        ("min 3", -3),
        ("867 duizend", 867_000),
        ("5-tal", 5),
        ("zessen", 6),
        ("tweemaal", 2),
    ],
)
def test_number_of_several_parts(text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("xiv", 14), ("mcmxciv", 1994), ("iiii", None), ("", None)]
)
def test_roman_number(text, value):
    assert roman_number(text) == value


@pytest.mark.parametrize(
    "word",
    ["en", "duizendduizend", "nulhonderd", "achterduizend", "verdienste", "honderd" * 400, ""],
)
def test_other_words_are_no_numbers(word):
    assert word_number(word) is None


@pytest.mark.parametrize("word", ["de", "ste", "aarde", "orde", "beste", "laatste", "zoveelste"])
def test_other_words_are_no_ranks(word):
    assert ordinal_number(word) is None
