"""Dutch numerals in words and digits: tweeëntwintigduizend, 10.000, 4½, XIV, achttiende."""

import re
import unicodedata
from functools import cache, lru_cache

from annotate.values.tables import read_table

Number = int | float

FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
LONGEST = 120
"""Letters or digits that a numeral can have; longer ones are no numbers that news would print."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_ORDINAL_ENDS = (("eerste", "een"), ("derde", "drie"), ("ste", ""), ("de", ""))


def fold(text: str) -> str:
    """Lower case without accents: één and Eén are een; curly apostrophes are straight."""
    text = text.replace("’", "'").replace("‘", "'").replace("\N{NO-BREAK SPACE}", " ").lower()
    if "'s" in text:
        text = text.replace("uur's", "uur 's").replace("'s-", "'s ")
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _words() -> tuple[dict[str, int], dict[str, int]]:
    """Words below a hundred, and the scales that stand inside words, with their numbers."""
    rows = read_table("value_numerals")
    base = {word: int(value) for word, kind, value in rows if kind == "base"}
    below = dict(base)
    for one, unit in base.items():
        if 1 <= unit <= 9:
            for ten, tens in base.items():
                if tens >= 20:
                    below[f"{one}en{ten}"] = tens + unit
    scales = {word: int(value) for word, kind, value in rows if kind == "scale"}
    names = ("biljard", "biljoen", "miljard", "miljoen", "duizend", "honderd")
    return below, {name: scales[name] for name in names}


@lru_cache(maxsize=4096)
def word_number(word: str) -> int | None:
    """The number that one folded word says, or None: "tweeentwintigduizend" is 22000.

    Grammar after the E-ANS, chapter 7 (hoofdtelwoorden): a factor before each scale, "en" before
    the last part is free.
    """
    below, scales = _words()
    word = word.replace("-", "")
    if word in below:
        return below[word]
    if len(word) > LONGEST:
        return None
    for name, scale in scales.items():
        left, found, right = word.partition(name)
        if not found:
            continue
        if name in right:
            return None
        factor = word_number(left) if left else 1
        rest = word_number(right) if right else 0
        if rest is None and right.startswith("en"):
            rest = word_number(right[2:])
        if factor is None or rest is None or rest >= scale or factor == 0:
            return None
        return factor * scale + rest
    return _inflected(word)


def _inflected(word: str) -> int | None:
    """The number in "drieën" or "twaalven", as in "met z'n drieën"."""
    if not word.endswith("en"):
        return None
    stem = word[:-2]
    if stem.endswith("v"):
        stem = stem[:-1] + "f"
    if stem.endswith("ss"):
        stem = stem[:-1]
    below, _ = _words()
    return below.get(stem)


@lru_cache(maxsize=4096)
def ordinal_number(word: str) -> int | None:
    """The rank that one folded word says, or None: "eenentwintigste" is 21, "tweede" 2."""
    word = word.replace("-", "").removeprefix("aller")
    for ending, number in _ORDINAL_ENDS:
        for end in (ending, f"{ending}n", f"{ending}s"):
            if word.endswith(end) and (stem := word[: -len(end)] + number):
                return None if stem == "en" else word_number(stem)
    return None


def roman_number(word: str) -> int | None:
    """The number of a folded Roman numeral, or None."""
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [ROMAN[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def digit_number(text: str, *, decimal_comma: bool = True) -> Number | None:
    """The number that digits with separators say, or None.

    Dutch writes 10.000 and 4,5; foreign copy 10,000.50 and 4.5. Groups of three after a point are
    thousands. After one comma they are decimals where ``decimal_comma`` (percentages), else
    thousands; "000" are always thousands.
    """
    if len(text) > LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = "," if text.rindex(",") > text.rindex(".") else "."
        group = "." if decimal == "," else ","
        whole, _, part = text.rpartition(decimal)
        if decimal in whole or not _GROUPED.fullmatch(whole) or not part.isdecimal():
            return None
        return _decimal(whole.replace(group, ""), part)
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        if points or commas > 1 or not decimal_comma or text.endswith(",000"):
            return int(text.replace(".", "").replace(",", ""))
    elif points > 1 or commas > 1:
        return None
    whole, _, part = text.replace(",", ".").partition(".")
    return _decimal(whole, part) if whole.isdecimal() and part.isdecimal() else None


def _decimal(whole: str, part: str) -> Number:
    return plain(float(f"{whole}.{part}"))


def plain(number: Number) -> Number:
    """The number without the noise of binary fractions; whole numbers are integers."""
    number = round(number, 9)
    return int(number) if number == int(number) else number
