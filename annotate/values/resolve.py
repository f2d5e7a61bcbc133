"""Values of the mentions of an article: one at a time, or all in order with what the text fixes."""

import re
from collections.abc import Callable, Iterator, Sequence

from annotate.annotation import Value
from annotate.values.amounts import (
    count_expression,
    money_expression,
    names_currency,
    names_percentage,
    percent_expression,
    quantity_expression,
    rank_expression,
)
from annotate.values.calendar import Anchor
from annotate.values.context import Context, Meaning, Reference, Scene
from annotate.values.expressions import date_expression
from annotate.values.numerals import fold
from annotate.values.tense import Verb
from annotate.values.times import time_expression
from annotate.values.tokens import LONGEST

Reader = Callable[[str], Meaning | None]

_EXPLICIT_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]{3}|20[0-9]{2}|'[0-9]{2})(?![0-9])")
_TELLS_WHEN = re.compile(
    r"(?:^|[.,;:!?\"'“”‘(]|\b(?:in|op|begin|eind|einde|medio|half|halverwege|na|vanaf|sinds|tot|rond|om"
    r"|en|was|waren|werd|werden|al|pas|toen)(?: de| het)?)\s*$"
)
_ATTRIBUTIVE = re.compile(
    r"(?:\w*ge\w{2,}|be\w{3,}|ver\w{3,}|ont\w{3,}|over\w{3,})(?:de|te|en) [^\W\d_]"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*\s*$")
_LONGEST_HEADING = 120


def _percent_named(text: str) -> Meaning | None:
    return percent_expression(text) if names_percentage(text) else None


def _money_named(text: str) -> Meaning | None:
    return money_expression(text) if names_currency(text) else None


_READERS: dict[str, tuple[Reader, ...]] = {
    "DATE": (date_expression, time_expression),
    "TIME": (time_expression, date_expression),
    "MONEY": (_percent_named, money_expression),
    "PERCENT": (percent_expression,),
    "QUANTITY": (quantity_expression, _percent_named, _money_named, time_expression),
    "CARDINAL": (
        count_expression,
        _percent_named,
        _money_named,
        quantity_expression,
        time_expression,
    ),
    "ORDINAL": (rank_expression, count_expression),
}
"""For each label how its mentions are read; the later readers mend a label that does not fit."""


def normalise(
    text: str, label: str, *, date: str | None = None, context: Context | None = None
) -> Value | None:
    """The value of a mention; None where it cannot be known or the label carries no values.

    Args:
        text: the mention as written.
        label: DATE, TIME, MONEY, PERCENT, QUANTITY, CARDINAL or ORDINAL.
        date: ISO date of the article, as precise as known.
        context: where the mention stands; without it weekdays and months look back.
    """
    return _value(text, label, Scene(Anchor.parse(date), context))


def _value(text: str, label: str, scene: Scene) -> Value | None:
    if len(text) > LONGEST:
        return None
    text = text.strip()
    for read in _READERS.get(label, ()):
        if meaning := read(text):
            return meaning(scene)
    return None


def resolve_values(
    text: str,
    mentions: Sequence[tuple[int, int, str]],
    date: str | None,
    *,
    headings: Sequence[tuple[int, int]] | None = None,
    verbs: Sequence[Verb] = (),
) -> list[Value | None]:
    """The values of the mentions of an article, each in the light of those before it.

    Args:
        text: the article.
        mentions: start, end and label of each.
        date: ISO date of the article, as precise as known.
        headings: start and end of titles and crossheads; found by their shape where not given.
        verbs: verb forms that a tagger found, for the tense around a date; without them word lists
            decide.

    Returns:
        One value or None for each mention, in the order in which they are given.
    """
    anchor = Anchor.parse(date)
    titles = list(guess_headings(text) if headings is None else headings)
    references: list[Reference] = []
    values: list[Value | None] = [None] * len(mentions)
    for i in sorted(range(len(mentions)), key=lambda k: mentions[k][:2]):
        start, end, label = mentions[i]
        heading = any(begin <= start < close for begin, close in titles)
        scene = Scene(anchor, Context(text, start, end, heading, references, verbs))
        value = values[i] = _value(text[start:end], label, scene)
        if reference := _reference(text[start:end], value, scene, start, end):
            references.append(reference)
    return values


def _reference(
    text: str, value: Value | None, scene: Scene, start: int, end: int
) -> Reference | None:
    """What later mentions may lean on."""
    if value is None or value.type not in ("date", "time"):
        return None
    said = value.value[0] if isinstance(value.value, tuple) else value.value
    if not str(said)[:4].isdecimal():
        return None
    told = scene.context.references[-1] if scene.context and scene.context.references else None
    explicit = bool(
        _EXPLICIT_YEAR.search(fold(text))
        and _TELLS_WHEN.search(scene.before)
        and not _ATTRIBUTIVE.match(scene.after)
    )
    fixes = explicit or bool(scene.leaned and told and told.fixes)
    return Reference(str(said), start, end, fixes)


def guess_headings(text: str) -> Iterator[tuple[int, int]]:
    """Titles and crossheads by their shape: short lines without a full stop that others follow."""
    lines = [match for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]
    for line in lines[:-1]:
        if len(line[0]) <= _LONGEST_HEADING and not _SENTENCE_END.search(line[0]):
            yield line.span()
