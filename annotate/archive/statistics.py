"""Figures about an archive: who is quoted, how much, by which kinds of sources, per month."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotate.archive.access import Access
from annotate.archive.finding import date_conditions
from annotate.archive.names import merged_names

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Tables of figures; a share is between 0 and 1.

    Attributes:
        overview: one row about all of it.
        speakers: who is quoted most; "words" are words of what is said.
        sources: the kinds of sources.
        acts: what the statements do: say, deny, promise, …
        months: one row for each month that has articles with a date.
    """

    overview: list[Row]
    speakers: list[Row]
    sources: list[Row]
    acts: list[Row]
    months: list[Row]


TABLES = ("overview", "speakers", "sources", "acts", "months")


def statistics(
    access: Access,
    *,
    since: str | None = None,
    until: str | None = None,
    unique: bool = False,
    top: int = 20,
) -> Statistics:
    """Count what is in an archive.

    Args:
        access: the archive.
        since: first date: a year, a month or a day.
        until: last date, itself included.
        unique: leave out articles that are duplicates of others.
        top: how many speakers are listed.

    Raises:
        UsageError: a date is none.
    """
    counter = _Counter(access, since, until, unique)
    words = counter.attributed_words()
    return Statistics(
        overview=[counter.overview(words)],
        speakers=counter.speakers(words)[:top],
        sources=counter.grouped("source_kind", words),
        acts=counter.grouped("act", words),
        months=counter.months(),
    )


class _Counter:
    """Counts articles ``a``, attributions ``r`` and claims ``c`` under the same conditions."""

    def __init__(self, access: Access, since: str | None, until: str | None, unique: bool) -> None:
        self._access = access
        found = list(date_conditions(since, until))
        if unique:
            found.append(("a.duplicate_of IS NULL", []))
        self._where = " AND ".join(part for part, _ in found) or "1 = 1"
        self._parameters = [value for _, own in found for value in own]
        self._of_attributions = (
            "FROM attributions r JOIN articles a ON a.number = r.article WHERE " + self._where
        )
        self._of_claims = (
            "FROM claims c JOIN articles a ON a.number = c.article WHERE " + self._where
        )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._access.rows(query, self._parameters)

    def attributed_words(self) -> int:
        """Return the number of words of all that is said."""
        ((words,),) = self._rows(f"SELECT coalesce(sum(r.words), 0) {self._of_attributions}")
        return int(words)

    def overview(self, attributed_words: int) -> Row:
        """Return one row about all of it."""
        ((articles, words, first, last, duplicates),) = self._rows(
            "SELECT count(*), coalesce(sum(a.words), 0), min(a.date), max(a.date),"
            f" count(a.duplicate_of) FROM articles a WHERE {self._where}"
        )
        ((attributions, denials),) = self._rows(
            f"SELECT count(*), {_DENIALS} {self._of_attributions}"
        )
        ((claims, unsourced, hedged),) = self._rows(
            f"SELECT count(*), {_sum('c.kind', 'unsourced')}, {_sum('c.kind', 'hedged')}"
            f" {self._of_claims}"
        )
        return {
            "articles": articles,
            "duplicates": duplicates,
            "first_date": first,
            "last_date": last,
            "words": int(words),
            "attributions": attributions,
            "attributed_words": attributed_words,
            "attributed_share": _share(attributed_words, words),
            "denials": int(denials),
            "claims": claims,
            "unsourced_claims": int(unsourced),
            "hedged_claims": int(hedged),
            "unsourced_share": _share(unsourced, claims),
        }

    def speakers(self, attributed_words: int) -> list[Row]:
        """Return a row for each speaker, the most quoted first; short names count with long ones."""
        longer = merged_names(self._access)
        rows = self._rows(
            "SELECT m.key, m.name, count(*), count(DISTINCT r.article), sum(r.words),"
            f" {_DENIALS} FROM attributions r"
            " JOIN articles a ON a.number = r.article"
            " JOIN names m ON m.article = r.article AND m.entity = r.speaker AND m.kind = 'main'"
            f" WHERE {self._where} GROUP BY m.key, m.name ORDER BY m.key, m.name"
        )
        found: dict[str, Row] = {}
        shown: dict[str, tuple[bool, int, str]] = {}
        for key, name, quotes, articles, words, denials in rows:
            longest = _longest(key, longer)
            row = found.setdefault(
                longest, {"speaker": name, "quotes": 0, "articles": 0, "words": 0, "denials": 0}
            )
            row["quotes"] += quotes
            row["articles"] += articles
            row["words"] += int(words)
            row["denials"] += int(denials)
            form = (key == longest, quotes, name)
            shown[longest] = max(form, shown.get(longest, form))
            row["speaker"] = shown[longest][-1]
        ordered = sorted(found.values(), key=lambda row: (-row["quotes"], row["speaker"]))
        return [{**row, "words_share": _share(row["words"], attributed_words)} for row in ordered]

    def grouped(self, column: str, attributed_words: int) -> list[Row]:
        """Return a row for each value of a column, the most frequent first."""
        rows = self._rows(
            f"SELECT r.{column}, count(*), sum(r.words) {self._of_attributions}"
            f" GROUP BY r.{column} ORDER BY count(*) DESC, r.{column}"
        )
        total = sum(quotes for _, quotes, _ in rows)
        return [
            {
                column: value,
                "quotes": quotes,
                "share": _share(quotes, total),
                "words": int(words),
                "words_share": _share(words, attributed_words),
            }
            for value, quotes, words in rows
        ]

    def months(self) -> list[Row]:
        """Return a row for each month."""
        month = "substr(a.date, 1, 7)"
        dated = "length(a.date) >= 7"
        rows: dict[str, Row] = {}
        for name, articles, words in self._rows(
            f"SELECT {month}, count(*), sum(a.words) FROM articles a WHERE {self._where}"
            f" AND {dated} GROUP BY {month} ORDER BY {month}"
        ):
            rows[name] = {"month": name, "articles": articles, "words": int(words)}
            rows[name] |= dict.fromkeys(("quotes", "attributed_words", "denials"), 0)
            rows[name] |= {"claims": 0, "unsourced_claims": 0}
        for name, quotes, words, denials in self._rows(
            f"SELECT {month}, count(*), sum(r.words), {_DENIALS}"
            f" {self._of_attributions} AND {dated} GROUP BY {month}"
        ):
            rows[name] |= {
                "quotes": quotes,
                "attributed_words": int(words),
                "denials": int(denials),
            }
        for name, claims, unsourced in self._rows(
            f"SELECT {month}, count(*), {_sum('c.kind', 'unsourced')}"
            f" {self._of_claims} AND {dated} GROUP BY {month}"
        ):
            rows[name] |= {"claims": claims, "unsourced_claims": int(unsourced)}
        return [
            {**row, "unsourced_share": _share(row["unsourced_claims"], row["claims"])}
            for row in rows.values()
        ]


_DENIALS = "coalesce(sum(CASE WHEN r.act = 'deny' OR r.polarity = '-' THEN 1 ELSE 0 END), 0)"


def _longest(key: str, longer: dict[str, str]) -> str:
    """Return the longest name that a short one stands for."""
    seen = {key}
    while (key := longer.get(key, key)) not in seen:
        seen.add(key)
    return key


def _sum(column: str, value: str) -> str:
    """Return the SQL that counts the rows with a value."""
    return f"coalesce(sum(CASE WHEN {column} = '{value}' THEN 1 ELSE 0 END), 0)"


def _share(part: float, whole: float) -> float | None:
    """Return a share, None of nothing."""
    return round(part / whole, 4) if whole else None


def long_rows(statistics: Statistics) -> Iterator[Row]:
    """Yield every figure as a row of its own: table, name, measure, value."""
    for table in TABLES:
        for row in getattr(statistics, table):
            first, *rest = row
            name = row[first] if table != "overview" else ""
            measures = rest if table != "overview" else list(row)
            for measure in measures:
                yield {"table": table, "name": name, "measure": measure, "value": row[measure]}
