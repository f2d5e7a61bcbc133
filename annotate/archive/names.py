"""Who is meant by a name: every form by which the same person or body goes in an archive.

In one article all names and descriptions of an entity lead to it. Between articles a short name is
followed where the archive itself shows that it belongs: "Vladimir Poetin" also finds articles that
only say "Poetin", because others call him both.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotate.archive.access import Access, Condition, words_of

MIN_SHARE = 0.05
"""Share of the articles with another name in which it goes together with the name asked for."""
MIN_ARTICLES = 2
"""In how many articles a name without a word in common has to go together with it."""


class Name(NamedTuple):
    """A name to look for.

    Attributes:
        key: its words.
        others: keys of other main names that mean the same.
    """

    key: str
    others: tuple[str, ...]


def find_name(access: Access, name: str) -> Name:
    """Return a name with the other names that mean the same in this archive.

    Raises:
        UsageError: it holds no words.
    """
    key = words_of(name)
    condition, parameters = access.has_name("n", key)
    together = access.rows(
        "SELECT o.key, count(DISTINCT o.article) FROM names n"
        " JOIN names o ON o.article = n.article AND o.entity = n.entity"
        f" WHERE {condition} AND o.kind IN ('main', 'name') GROUP BY o.key ORDER BY o.key",
        parameters,
    )
    others = []
    for other, articles in together:
        if f" {key} " in other:
            continue
        ((alone,),) = access.rows(
            "SELECT count(*) FROM names WHERE key = ? AND kind = 'main'", [other]
        )
        has_common = set(other.split()) <= set(key.split())
        if (has_common or articles >= MIN_ARTICLES) and articles >= MIN_SHARE * alone:
            others.append(other)
    return Name(key, tuple(others))


def entities_of(access: Access, name: Name, *, columns: str) -> Condition:
    """Return a subquery of ``names`` for a name: "IN (…)" goes in front of it."""
    condition, parameters = access.has_name("n", name.key)
    if name.others:
        marks = ", ".join("?" * len(name.others))
        condition = f"({condition} OR (n.key IN ({marks}) AND n.kind = 'main'))"
    query = f"SELECT {columns} FROM names n WHERE {condition}"
    return query, [*parameters, *name.others]


def merged_names(access: Access) -> dict[str, str]:
    """Return for short names of speakers the longer one that they stand for in this archive.

    "Poetin" stands for "Vladimir Poetin" where at least 60 % of the entities that are also called
    Poetin have that longer name.
    """
    rows = access.rows(
        "SELECT n.key, m.key, count(*) FROM names n"
        " JOIN names m ON m.article = n.article AND m.entity = n.entity AND m.kind = 'main'"
        " WHERE n.kind = 'name' GROUP BY n.key, m.key ORDER BY n.key, count(*) DESC, m.key"
    )
    return dict(_merged(rows))


def _merged(rows: list[tuple[str, str, int]]) -> Iterator[tuple[str, str]]:
    """Yield the next short name and its longer one."""
    by_short: dict[str, list[tuple[str, int]]] = {}
    for short, long, articles in rows:
        if set(short.split()) < set(long.split()):
            by_short.setdefault(short, []).append((long, articles))
    for short, longer in by_short.items():
        long, articles = longer[0]
        if articles >= 0.6 * sum(count for _, count in longer):
            yield short, long
