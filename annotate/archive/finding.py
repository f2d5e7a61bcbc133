"""Finding in an archive: who said what about whom, when, with the words in their context."""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.archive.access import Access, Condition
from annotate.archive.names import entities_of, find_name
from annotate.errors import UsageError
from annotate.sources.dates import check_date

CONTEXT = 80
"""Characters of context on each side."""
SOME = 1000
"""Attributions whose articles are read at a time."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to find; None is anything.

    Attributes:
        speaker: a name or another form by which the speaker goes.
        about: a name that the statement is about, or words in it.
        text: words in the article.
        since: first date: a year, a month or a day.
        until: last date, itself included.
        source_kind: named, described, pronoun, group, document or none.
        unique: leave out articles that are duplicates of others.
    """

    speaker: str | None = None
    about: str | None = None
    text: str | None = None
    act: str | None = None
    polarity: str | None = None
    type: str | None = None
    source_kind: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in its context.

    Attributes:
        article: id of the article.
        speaker: resolved name; None where nobody is named.
        content_spans: offsets of what is said, in the text of the article.
        start: where source, cue and content together begin.
        before: words in front of that.
        words: the text from start to end.
        after: words behind it.
    """

    article: str
    title: str | None
    date: str | None
    attribution: str
    speaker: str | None
    source: str
    source_kind: str
    cue: str
    content: str
    content_spans: tuple[tuple[int, int], ...]
    type: str
    act: str
    polarity: str
    confidence: float
    start: int
    end: int
    before: str
    words: str
    after: str


_COLUMNS = (
    "a.id, a.title, a.date, r.id, r.speaker_name, r.source, r.source_kind, r.cue,"
    ' r.content, r.content_spans, r.type, r.act, r.polarity, r.confidence, r."start", r."end"'
)


_FIELDS = (
    *("article", "title", "date", "attribution", "speaker", "source", "source_kind", "cue"),
    *("content", "content_spans", "type", "act", "polarity", "confidence", "start", "end"),
)
"""What the columns are called in ``Found``, without the first."""


class Statements:
    """The attributions that a query finds, looked for once, however they are then asked for.

    Raises:
        UsageError: a date is none, or a name or words are empty.
    """

    def __init__(self, access: Access, query: Query) -> None:
        self._access, self._table = access, f"found_{next(_numbers)}"
        where, parameters = conditions(access, query)
        access.rows(
            f"CREATE TEMP TABLE {self._table} AS SELECT r.number, r.article, a.date"
            f" FROM attributions r JOIN articles a ON a.number = r.article WHERE {where}",
            parameters,
        )

    def count(self) -> int:
        """Return how many there are."""
        ((number,),) = self._access.rows(f"SELECT count(*) FROM {self._table}")
        return int(number)

    def read(self, limit: int | None = None) -> Iterator[Found]:
        """Yield the next one, in the order of the dates; those without a date come last."""
        for pairs in self._in_order(limit):
            yield from self._with_words(pairs)

    def _in_order(self, limit: int | None) -> Iterator[Sequence[tuple[int, int]]]:
        """Yield the numbers of some attributions and of their articles."""
        ordered = f"SELECT number, article FROM {self._table} ORDER BY date IS NULL, date, number"
        if limit is not None:
            pairs = self._access.rows(f"{ordered} LIMIT {int(limit)}")
            yield from (pairs[first : first + SOME] for first in range(0, len(pairs), SOME))
            return
        table = f"{self._table}_in_order"
        self._access.rows(f"CREATE TEMP TABLE {table} AS {ordered}")
        ((first, last),) = self._access.rows(f"SELECT min(rowid), max(rowid) FROM {table}")
        for start in range(first, last + 1, SOME) if first is not None else ():
            yield self._access.rows(
                f"SELECT number, article FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                [start, min(start + SOME - 1, last)],
            )

    def _with_words(self, pairs: Sequence[tuple[int, int]]) -> Iterator[Found]:
        """Yield attributions with their words in context, in the order of their numbers given."""
        numbers = ", ".join(str(number) for number, _ in pairs)
        articles = ", ".join(dict.fromkeys(str(article) for _, article in pairs))
        rows = self._access.rows(
            f"SELECT r.number, a.text, {_COLUMNS} FROM attributions r"
            " JOIN articles a ON a.number = r.article"
            f" WHERE r.number IN ({numbers}) AND a.number IN ({articles})"
        )
        found = {number: (text, row) for number, text, *row in rows}
        for number, _ in pairs:
            text, row = found[number]
            yield _found(row, text)


_numbers = itertools.count(1)


def find(access: Access, query: Query, *, limit: int | None = None) -> Iterator[Found]:
    """Yield the next attribution, in the order of the dates; those without a date come last.

    Raises:
        UsageError: a date is none, or a name or words are empty.
    """
    return Statements(access, query).read(limit)


def conditions(access: Access, query: Query) -> Condition:
    """Return the conditions on attributions ``r`` and articles ``a`` as one.

    Raises:
        UsageError: a date is none, or a name or words are empty.
    """
    parts = list(_conditions(access, query))
    if not parts:
        return "true", []
    return " AND ".join(part for part, _ in parts), [p for _, own in parts for p in own]


def _conditions(access: Access, query: Query) -> Iterator[Condition]:
    yield from date_conditions(query.since, query.until)
    for column in ("act", "polarity", "type", "source_kind"):
        value = getattr(query, column)
        if value is not None:
            yield f"r.{column} = ?", [value]
    if query.min_confidence > 0:
        yield "r.confidence >= ?", [query.min_confidence]
    if query.unique:
        yield "a.duplicate_of IS NULL", []
    if query.speaker is not None:
        name = find_name(access, query.speaker)
        entity, first = entities_of(access, name, columns="n.article, n.entity")
        other, second = entities_of(access, name, columns="n.article, n.attribution")
        yield (
            f"((r.article, r.speaker) IN ({entity} AND n.entity IS NOT NULL)"
            f" OR (r.article, r.id) IN ({other} AND n.attribution IS NOT NULL))",
            [*first, *second],
        )
    if query.about is not None:
        yield _about(access, query.about)
    if query.text is not None:
        yield access.has_words("articles", "a", ("title", "text"), query.text)


def _about(access: Access, about: str) -> Condition:
    """Return the condition that a statement has some words, or is about somebody of that name."""
    words, first = access.has_words("attributions", "r", ("content",), about)
    name, second = entities_of(access, find_name(access, about), columns="n.article, n.entity")
    return (
        f"({words} OR (r.article, r.id) IN (SELECT c.article, c.attribution FROM claims c"
        " JOIN claim_entities e ON e.article = c.article AND e.claim = c.id"
        f" WHERE c.attribution IS NOT NULL AND (e.article, e.entity) IN ({name}"
        " AND n.entity IS NOT NULL)))",
        [*first, *second],
    )


def date_conditions(since: str | None, until: str | None) -> Iterator[Condition]:
    """Yield conditions on the date of articles ``a``; one that is less precise may fit.

    Raises:
        UsageError: a date is none, or the first is after the last.
    """
    for date in (since, until):
        if date is not None:
            check_date(date)
    if since is not None and until is not None and since[: len(until)] > until[: len(since)]:
        raise UsageError(f"{since} is after {until}", hint="Swap --from and --to")
    if since is not None:
        yield "(a.date >= ? OR substr(?, 1, length(a.date)) = a.date)", [since, since]
    if until is not None:
        yield "substr(a.date, 1, ?) <= ?", [len(until), until]


def _found(row: Sequence[Any], text: str) -> Found:
    """Return an attribution with its context."""
    facts: dict[str, Any] = dict(zip(_FIELDS, row, strict=True))
    if facts["start"] is None:
        facts["start"] = facts["end"] = 0
    start, end = facts["start"], facts["end"]
    facts["content_spans"] = tuple((a, b) for a, b in json.loads(facts["content_spans"]))
    return Found(**facts, before=_left(text, start), words=text[start:end], after=_right(text, end))


def _left(text: str, start: int) -> str:
    """Return the words in front of a place, whole ones, from the same paragraph."""
    piece = text[max(0, start - CONTEXT) : start]
    if start > CONTEXT and not text[start - CONTEXT - 1].isspace():
        piece = piece.partition(" ")[2]
    return piece.rpartition("\n")[2].lstrip()


def _right(text: str, end: int) -> str:
    """Return the words behind a place, whole ones, from the same paragraph."""
    piece = text[end : end + CONTEXT]
    if end + CONTEXT < len(text) and not text[end + CONTEXT].isspace():
        piece = piece.rpartition(" ")[0]
    return piece.partition("\n")[0].rstrip()
