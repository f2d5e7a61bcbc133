"""Tokens of a value expression, and the small pattern language that the rules are written in.

A token has a tag (WEEKDAY, MONTH, NUM, UNIT …, see ``lexicons/value_time.tsv``) and a value. A rule is
a pattern over tags, such as ``"DET? PREV UNIT"``, in the syntax of regular expressions: every tag
stands for one character, so that matching is one call of ``re``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from annotate.values.numerals import FRACTIONS, fold, ordinal_number, roman_number, word_number
from annotate.values.tables import read_table, spaced

LONGEST = 160
"""Characters that a mention of a value can have; what is longer is no single value."""

_TOKEN = re.compile(
    r"""
      (?P<clock>[0-9]{1,2}[.:][0-9]{2}(?![0-9]|[.,:][0-9]))
    | (?P<digits>[0-9]+(?:[.,:][0-9]+)*)
    | (?P<year2>'[0-9]{2}(?![0-9]))
    | (?P<fraction>[½¼¾⅓⅔⅛])
    | (?P<word>t/m|'?[^\W\d_]+(?:'[^\W\d_]+)*(?:\.[^\W\d_]+)*\.?)
    | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)
_DAY_PART = re.compile(
    r"(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|eergisteren|eergister|gisteren"
    r"|gister|overmorgen|morgen|van|heden)"
    r"(ochtend|morgen|voormiddag|namiddag|middag|vooravond|avond|nacht)"
)
_SUFFIXED = re.compile(
    r"(.{3,})(jarige?n?|daagse?|weekse?|maandse?|urige?|jaarlijkse?|maandelijkse?|wekelijkse?|tal|maal)"
)
_ROMAN_ENDS = ("ste", "de", "e")
_SET_UNITS = {"jaarlijks": "Y", "maandelijks": "M", "wekelijks": "W"}
_MARKS = {"-": "DASH", "–": "DASH", "—": "DASH", "−": "DASH", "/": "SLASH", ",": "COMMA"}
_MADE = spaced(
    "NUM ONE ORD RANGE YEAR YEAR2 DIGITS CLOCK FRACTION DASH SLASH COMMA MARK WORD DAYPART AGE TALLY "
    "SETN LETTERS VAGUE DOZEN SCALE"
)
"""Tags of tokens that do not come from the list of words."""


class Token(NamedTuple):
    """A piece of an expression.

    Attributes:
        tag: kind of token.
        value: number, code or word, as the tag has it.
        text: the folded text; for a number of several tokens that of the first one.
        start: offset into the folded mention.
        end: end of it, exclusive.
        glued: no white space stands before it.
        scale: the scale that a number ends in ("3 miljoen": 1000000), else 1.
    """

    tag: str
    value: Any
    text: str
    start: int = 0
    end: int = 0
    glued: bool = False
    scale: int = 1


@cache
def words() -> dict[str, tuple[str, Any]]:
    """The words of the value lexicons with their tags and values."""
    found: dict[str, tuple[str, Any]] = {}
    for word, kind, value in read_table("value_numerals"):
        if kind == "vague":
            found[word] = ("VAGUE", None)
        elif kind == "dozen":
            found[word] = ("DOZEN", int(value))
        elif kind == "scale" and int(value) > 100:
            found[word] = ("SCALE", int(value))
    for word, tag, value in read_table("value_time"):
        found[word] = (tag, _typed(value))
    return found


def _typed(value: str) -> Any:
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def tokenise(text: str) -> list[Token]:
    """The tokens of a mention, before numbers are put together; none where it is too long."""
    if len(text) > LONGEST:
        return []
    folded = fold(text)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        glued = bool(tokens) and tokens[-1].end == start
        for tag, value, piece in _tagged(match.lastgroup or "", match.group(), glued, tokens):
            tokens.append(Token(tag, value, piece, start, end, glued))
    return tokens


def _tagged(
    kind: str, text: str, glued: bool, before: Sequence[Token]
) -> Iterator[tuple[str, Any, str]]:
    """Tag, value and text of a piece; "halfnegen" gives two."""
    if kind == "mark":
        yield _MARKS.get(text, "MARK"), text, text
    elif kind == "year2":
        yield "YEAR2", int(text[1:]), text
    elif kind == "fraction":
        yield "FRACTION", FRACTIONS[text], text
    elif kind != "word":
        yield kind.upper(), None, text
    elif glued and before[-1].tag in ("DIGITS", "CLOCK") and text.rstrip(".") in ("e", "de", "ste"):
        yield "LETTERS", None, text
    else:
        word = text.rstrip(".")
        tag, value = words().get(word) or words().get(word.replace(".", "")) or _made(word)
        if tag == "WORD" and word.startswith("half") and (hour := word_number(word[4:])):
            yield "HALF", 0.5, "half"
            tag, value = "NUM", hour
        yield tag, value, word


def _made(word: str) -> tuple[str, Any]:
    """Tag and value of a word that stands in no list."""
    if word in ("een", "'n"):
        return "ONE", 1
    if (number := word_number(word)) is not None:
        return "NUM", number
    if (number := ordinal_number(word)) is not None:
        return "ORD", number
    if match := _DAY_PART.fullmatch(word):
        return "DAYPART", match.groups()
    for end in _ROMAN_ENDS:
        if word.endswith(end) and (number := roman_number(word[: -len(end)])):
            return "ORD", number
    if match := _SUFFIXED.fullmatch(word):
        return _suffixed(match[1], match[2]) or ("WORD", word)
    return "WORD", word


def _suffixed(stem: str, suffix: str) -> tuple[str, Any] | None:
    """Tag and value of dertienjarige, tiendaagse, zevenjaarlijkse, dertigtal, tweemaal."""
    number = 0.5 if stem == "half" else word_number(stem)
    if number is None:
        return None
    if suffix in ("tal", "maal"):
        return "TALLY", number
    for name, unit in _SET_UNITS.items():
        if suffix.startswith(name):
            return "SETN", (number, unit)
    found = words().get(suffix)
    return ("AGE", (number, found[1])) if found else None


@cache
def _codes() -> dict[str, str]:
    """One character for each tag."""
    tags = {tag for tag, _ in words().values()} | _MADE
    return {tag: chr(0x4E00 + i) for i, tag in enumerate(sorted(tags))}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression over tag characters for a pattern such as "DET? PREV UNIT"."""
    codes = _codes()
    return re.compile(re.sub(r"[A-Z][A-Z0-9]*", lambda m: codes[m[0]], pattern).replace(" ", ""))


def encode(tokens: Sequence[Token]) -> str:
    """One character for each token."""
    codes = _codes()
    return "".join([codes[token.tag] for token in tokens])


class Match:
    """The tokens that a pattern matched, by tag."""

    __slots__ = ("tokens",)

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def all(self, *tags: str) -> list[Token]:
        """The tokens that have one of the tags."""
        return [token for token in self.tokens if token.tag in tags]

    def get(self, *tags: str) -> Any:
        """Value of the first token that has one of the tags, or None."""
        return next((token.value for token in self.tokens if token.tag in tags), None)

    def has(self, *tags: str) -> bool:
        """Whether a token has one of the tags."""
        return any(token.tag in tags for token in self.tokens)
