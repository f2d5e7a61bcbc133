"""Mentions of dates, times and numbers that a model cut in two, labelled wrongly or passed over.

What is certain from the words alone: the full names of weekdays, gisteren and its kind, and zaterdagavond
are dates and times wherever they stand; "zaterdag 8 juni" and "half negen" with "om" between them are one
time; what names a currency is money.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from annotate.annotation import Value
from annotate.labels import VALUE_LABELS
from annotate.lexicon import read_table
from annotate.values.amounts import money_expression, names_currency
from annotate.values.calendar import feasts
from annotate.values.expressions import date_expression
from annotate.values.resolve import normalise
from annotate.values.times import time_expression

ANY_DAY = "2024-02-20"
"""A date of an article, to see what an expression is; its value is not used."""
_JOINTS = re.compile(r" | (?:om|omstreeks) ")
_AMOUNTS = frozenset({"MONEY", "QUANTITY", "PERCENT"})
_WHEN = frozenset({"DATE", "TIME"})
_PART_OF_YEAR = re.compile(
    r" (?:jaarhelft|kwartaal|trimester|semester)\b(?: van (?:dit|vorig|volgend) jaar| van [12]\d{3})?"
)
_DETERMINER = re.compile(r"\b(?:[Dd]e|[Hh]et|[Dd]it|[Dd]at) $")
_DAY_PARTS = "ochtend|morgen|voormiddag|namiddag|middag|avond|nacht"
_PEOPLE = frozenset({"sinterklaas", "valentijn", "driekoningen"})
"""Feasts that bear the name of who is feasted."""
_LENGTH = re.compile(r"P(?P<days>[^T]+)?(?:T.+)?")


class ValueMention(NamedTuple):
    """A mention that carries a value.

    Attributes:
        rule: what made or changed it; "" for one that stays as it was.
        parts: indices of the mentions it was made of, none for a new one.
    """

    start: int
    end: int
    label: str
    rule: str
    parts: tuple[int, ...]


def repaired(text: str, mentions: Sequence[tuple[int, int, str]]) -> list[ValueMention]:
    """The mentions of an article, its names among them, with what is certain mended.

    Args:
        mentions: start, end and label of each, in text order and without overlap.
    """
    found = [ValueMention(*mention, "", (i,)) for i, mention in enumerate(mentions)]
    found = sorted([*found, *_missed(text, found)])
    return _joined(text, [_relabelled(text, _extended(text, found, i)) for i in range(len(found))])


def _joined(text: str, found: Sequence[ValueMention]) -> list[ValueMention]:
    kept: list[ValueMention] = []
    for mention in found:
        whole = _whole(text, kept[-1], mention) if kept else None
        if whole is None:
            kept.append(mention)
        else:
            kept[-1] = whole
    return kept


def _whole(text: str, left: ValueMention, right: ValueMention) -> ValueMention | None:
    """The one mention that two are together, if they are."""
    between = text[left.end : right.start]
    if _JOINTS.fullmatch(between) is None:
        return None
    words = text[left.start : right.end]
    if between == " " and left.label == right.label and left.label in _AMOUNTS:
        value = normalise(words, left.label)
        whole = value is not None and not isinstance(value.value, tuple)
        label = left.label
    elif {left.label, right.label} <= _WHEN:
        value = _when(words)
        label = "TIME" if value and value.type == "time" else "DATE"
        whole = value is not None and (value.type == "time" or between == " ")
    else:
        return None
    if not whole:
        return None
    return ValueMention(left.start, right.end, label, "join", (*left.parts, *right.parts))


def _when(words: str) -> Value | None:
    """The day or time that the words name together, None for a length of time or two of them."""
    for label in ("TIME", "DATE"):
        value = normalise(words, label, date=ANY_DAY)
        if value and value.type in ("date", "time") and not isinstance(value.value, tuple):
            return value
    return None


def _relabelled(text: str, mention: ValueMention) -> ValueMention:
    """A mention whose words say what it is: vijf centiem is money, drie kwartier a time, Pasen a date."""
    words = text[mention.start : mention.end]
    label = mention.label
    if label in ("QUANTITY", "CARDINAL"):
        if names_currency(words) and money_expression(words):
            label = "MONEY"
        elif (lasting := normalise(words, "QUANTITY")) and lasting.type == "duration":
            length = _LENGTH.fullmatch(str(lasting.value))
            label = "DATE" if length and length["days"] else "TIME"
    elif label not in (*VALUE_LABELS, "WORK_OF_ART", "PRODUCT") and words in _capital_feasts():
        label = "DATE"
    if label == mention.label:
        return mention
    return mention._replace(label=label, rule=mention.rule or "relabel")


def _extended(text: str, found: Sequence[ValueMention], i: int) -> ValueMention:
    """An ordinal that counts a part of a year, with it: het [derde] kwartaal."""
    mention = found[i]
    if mention.label != "ORDINAL":
        return mention
    match = _PART_OF_YEAR.match(text, mention.end)
    stop = found[i + 1].start if i + 1 < len(found) else len(text)
    if match is None or match.end() > stop:
        return mention
    before = _DETERMINER.search(text, max(0, mention.start - 4), mention.start)
    start = before.start() if before else mention.start
    if (i and found[i - 1].end > start) or not date_expression(text[start : match.end()]):
        return mention
    return ValueMention(start, match.end(), "DATE", "extend", mention.parts)


def _missed(text: str, found: Sequence[ValueMention]) -> Iterator[ValueMention]:
    """Days, days with a part, feasts and coins that no mention covers."""
    at = 0
    for match in _certain().finditer(text):
        while at < len(found) and found[at].end <= match.start():
            at += 1
        if at < len(found) and found[at].start < match.end():
            continue
        label = "DATE" if match.lastgroup == "FEAST" else match.lastgroup or "DATE"
        read = money_expression if label == "MONEY" else time_expression
        if label == "DATE" or read(match[0]):
            yield ValueMention(*match.span(), label, "word", ())


@cache
def _capital_feasts() -> frozenset[str]:
    """Feasts of one word, as they are written in a sentence."""
    return frozenset(
        name.capitalize() for name in feasts() if name.isalpha() and name not in _PEOPLE
    )


@cache
def _certain() -> re.Pattern[str]:
    """Words that always name a day, a day with its part, a feast, or a sum of money.

    A feast is written with a capital and stands behind a word in lower case, so that the capital is its own.
    """
    words = {word: tag for word, tag, _ in read_table("value_time")}
    weekdays = [word for word, tag in words.items() if tag == "WEEKDAY" and len(word) > 2]
    deictic = [word for word, tag in words.items() if tag == "DEIX" and word != "morgen"]
    coins = [row[0] for row in read_table("value_currencies") if row[3:4] == ("coin",)]
    coins = [coin for coin in coins if coin.endswith(("tje", "daalder", "stuiver"))]
    days = "|".join([*weekdays, "eergister(?:en)?", "gister(?:en)?", "overmorgen", "morgen", "van"])
    feast = "|".join(sorted(_capital_feasts(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w@#/.'’-])(?i:(?P<TIME>(?:{days})(?:{_DAY_PARTS}))|(?P<DATE>{'|'.join(weekdays + deictic)})"
        rf"|(?P<MONEY>een (?:{'|'.join(coins)})))(?![\w@/-]|['’.]\w)"
        rf"|(?<=[a-z] )(?P<FEAST>{feast})(?![\w@/-]|['’.]\w| [A-Z])"
    )
