"""Put the tokens of a number together: drie en een half miljoen, 12 1/2, tussen 10 en 15."""

import re
from collections.abc import Sequence

from annotate.values.numerals import Number, digit_number, plain
from annotate.values.tokens import Token

_JOINTS = frozenset({"TOT", "A", "OF", "EN", "DASH", "SLASH"})
_NUMBERS = frozenset({"NUM", "ONE", "YEAR", "YEAR2"})
_DATED = frozenset({"UNIT", "UNITS", "SCALE", "TAL"})
_SPACED = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?: [0-9]{3})+)(?![0-9])")


def join_groups(text: str) -> str:
    """Drop the spaces in "1 250 000"."""
    return _SPACED.sub(
        lambda match: match[0].replace(" ", ""), text.replace("\N{NO-BREAK SPACE}", " ")
    )


def merge_numbers(
    tokens: Sequence[Token], *, amounts: bool, decimal_comma: bool = True
) -> list[Token]:
    """Tokens with each number as one: NUM, ONE, YEAR, ORD, RANGE or VAGUE.

    A RANGE has the value (low, high, tag of the joint, tag of low, tag of high).

    Args:
        tokens: what ``tokenise`` gives.
        amounts: money, quantities and counts, where "half" is always a number and "20.15" is no
            clock time; dates and times else.
        decimal_comma: see ``numerals.digit_number``.
    """
    reader = _Reader(tokens, amounts=amounts, decimal_comma=decimal_comma)
    merged: list[Token] = []
    i = 0
    while i < len(tokens):
        token, i = reader.read(i) or (tokens[i], i + 1)
        merged.append(token)
    return _merge_ranges(merged)


class _Reader:
    """Reads numbers off a list of tokens. Every method returns a token and the index after it."""

    def __init__(self, tokens: Sequence[Token], *, amounts: bool, decimal_comma: bool) -> None:
        self.tokens = tokens
        self.amounts = amounts
        self.decimal_comma = decimal_comma

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""

    def made(
        self, tag: str, value: Number | None, i: int, end: int, scale: int = 1
    ) -> tuple[Token, int]:
        """A token for the tokens from i to end."""
        first = self.tokens[i]
        text = first.text if tag != "NUM" or end == i + 1 else ""
        return Token(
            tag, value, text, first.start, self.tokens[end - 1].end, first.glued, scale
        ), end

    def read(self, i: int) -> tuple[Token, int] | None:
        """The number that begins at token i, or None."""
        if vague := self.vague(i):
            return vague
        if negative := self.negative(i):
            return negative
        simple = self.simple(i)
        if simple is None or simple[0].tag not in _NUMBERS:
            return simple
        return self.scaled(i, *simple)

    def vague(self, i: int) -> tuple[Token, int] | None:
        """As in "een paar", "enkele honderden", "vele tientallen miljoenen"."""
        end = i + 1 if self.tag(i) == "ONE" else i
        if self.tag(end) != "VAGUE":
            return None
        while self.tag(end) in ("VAGUE", "SCALE") or (
            self.tag(end) == "NUM" and self.tokens[end].value in (100, 1000)
        ):
            end += 1
        return self.made("VAGUE", None, i, end)

    def negative(self, i: int) -> tuple[Token, int] | None:
        """As in "-3", "min 3", with nothing but an article before it."""
        first = self.tokens[i]
        minus = first.tag == "DASH" or first.text == "min"
        opens = i == 0 or self.tag(i - 1) in ("DET", "TOT", "A", "OF", "EN", "IN")
        if not (minus and opens and self.tag(i + 1) in ("DIGITS", "NUM", "CLOCK")):
            return None
        read = self.read(i + 1)
        if read is None or read[0].tag not in ("NUM", "YEAR"):
            return None
        return self.made("NUM", -read[0].value, i, read[1], read[0].scale)

    def simple(self, i: int) -> tuple[Token, int] | None:
        """A number without scale: digits, words, a half, a fraction."""
        first, after = self.tokens[i], self.tag(i + 1)
        if first.tag in ("DIGITS", "CLOCK"):
            return self.digits(i)
        if first.tag in ("NUM", "TALLY"):
            return self.words(i)
        if first.tag == "ONE":
            if after == "EN" and self.tag(i + 2) == "NUM":
                more = self.tokens[i + 2].value
                if more in range(20, 100, 10):
                    return self.made("NUM", 1 + more, i, i + 3)
            if after in ("HALF", "KWART", "DOZEN", "TALLY"):
                read = self.simple(i + 1)
                if read and read[0].tag == "NUM":
                    return self.made("NUM", read[0].value, i, read[1])
            return self.made("ONE", 1, i, i + 1)
        if first.tag == "SCALE":
            return Token("NUM", 1, "", first.start, first.start, first.glued), i
        if first.tag in ("DOZEN", "ANDERHALF", "DRIEKWART", "FRACTION"):
            return self.made("NUM", first.value, i, i + 1)
        if first.tag == "HALF" and (self.amounts or after in _DATED):
            return self.made("NUM", 0.5, i, i + 1)
        if first.tag == "KWART" and after == "SCALE":
            return self.made("NUM", 0.25, i, i + 1)
        return None

    def digits(self, i: int) -> tuple[Token, int] | None:
        """10.000, 4½, "12 1/2", 19e, "5-tal", 1998."""
        first, after = self.tokens[i], self.tag(i + 1)
        if after == "LETTERS":
            short = first.text.isdecimal() and len(first.text) < 10
            return self.made("ORD", int(first.text), i, i + 2) if short else None
        number = digit_number(first.text, decimal_comma=self.decimal_comma)
        if number is None:
            return None
        if after == "FRACTION" and self.tokens[i + 1].glued:
            return self.made("NUM", number + self.tokens[i + 1].value, i, i + 2)
        if part := self.fraction(i + 1):
            return self.made("NUM", plain(number + part), i, i + 4)
        if after == "DASH" and self.tag(i + 2) == "TAL":
            return self.made("NUM", number, i, i + 3)
        if first.tag == "CLOCK" and not self.amounts and after not in ("SCALE", "UNITS"):
            return None
        year = first.text.isdecimal() and len(first.text) == 4 and 1000 <= number <= 2199
        token, end = self.made("YEAR" if year else "NUM", number, i, i + 1)
        return token, end

    def fraction(self, i: int) -> float | None:
        """The fraction 1/2 in "12 1/2"."""
        parts = self.tokens[i : i + 3]
        if [token.tag for token in parts] != ["DIGITS", "SLASH", "DIGITS"]:
            return None
        above, below = parts[0].text, parts[2].text
        if parts[0].glued or not (above.isdecimal() and below.isdecimal()) or len(below) > 3:
            return None
        return int(above) / int(below) if int(below) > int(above) else None

    def words(self, i: int) -> tuple[Token, int]:
        """Numerals in words that are written apart: "vijf en twintig", "honderd en tien"."""
        value = self.tokens[i].value
        if (
            self.tag(i + 1) == "EN"
            and self.tag(i + 2) == "NUM"
            and self.tokens[i + 2].text.isalpha()
        ):
            more = self.tokens[i + 2].value
            if (value < 10 and more in range(20, 100, 10)) or (value % 100 == 0 and 0 < more < 20):
                return self.made("NUM", value + more, i, i + 3)
        if self.tag(i + 1) in ("NUM", "ONE") and value % 100 == 0 and value:
            more = self.tokens[i + 1].value
            if 0 < more < (1000 if value % 1000 == 0 else 100):
                return self.made("NUM", value + more, i, i + 2)
        return self.made("NUM", value, i, i + 1)

    def scaled(self, start: int, token: Token, i: int) -> tuple[Token, int]:
        """Add "en een half", scales and lower parts to the number that ends before token i."""
        value: Number = token.value
        begin = i
        tags = [self.tag(i + k) for k in range(4)]
        if tags[:3] == ["EN", "ONE", "HALF"]:
            value, i = value + 0.5, i + 3
        elif tags[:2] == ["EN", "HALF"]:
            value, i = value + 0.5, i + 2
        elif tags == ["EN", "ONE", "KWART", "SCALE"]:
            value, i = value + 0.25, i + 3
        elif tags[0] == "KWART" and value == 3 and tags[1] not in ("OVER", "VOOR"):
            value, i = 0.75, i + 1
        elif tags[0] == "DOZEN" and self.tokens[i].text in ("dozijn", "gros"):
            value, i = value * self.tokens[i].value, i + 1
        scale = 1
        while self.tag(i) == "SCALE":
            scale = self.tokens[i].value
            value, i = value * scale, i + 1
            ends = self.tag(i) == "ONE" and not self.tag(i + 1)
            if ends or self.tag(i) in ("DIGITS", "NUM"):
                more = self.read(i)
                if more and more[0].tag in ("NUM", "ONE", "YEAR") and 0 < more[0].value < scale:
                    value, i = value + more[0].value, more[1]
        if i == begin:
            return token, i
        return self.made("NUM", plain(value), start, i, scale)


def _merge_ranges(tokens: list[Token]) -> list[Token]:
    """Make one token of "drie tot vier", "60 à 75", "twee of drie", "1974-1981", "12 en 14"."""
    merged: list[Token] = []
    i = 0
    while i < len(tokens):
        first, last, end = tokens[i], *_last_of_range(tokens, i)
        if last is None:
            merged.append(first)
            i += 1
            continue
        low = first.value
        if last.scale > 1 and first.scale == 1 and low < 1000:
            low = plain(low * last.scale)
        value = (low, last.value, tokens[i + 1].tag, first.tag, last.tag)
        merged.append(Token("RANGE", value, first.text, first.start, last.end, first.glued))
        i = end
    return merged


def _last_of_range(tokens: list[Token], i: int) -> tuple[Token | None, int]:
    """The upper number of a range that begins at token i, and the index after it."""
    tags = [token.tag for token in tokens[i : i + 6]]
    if len(tags) < 3 or tags[0] not in _NUMBERS or tags[1] not in _JOINTS:
        return None, i
    last = 2
    if tags[1] == "TOT" and tags[2:4] == ["EN", "MET"]:
        last = 4
    if last < len(tags) and tags[last] == "DET":
        last += 1
    if last >= len(tags) or tags[last] not in _NUMBERS:
        return None, i
    return tokens[i + last], i + last + 1
