"""Cases of values: sentences with marked mentions, the date of their article and the values by hand.

A line of ``cases.jsonl`` has ``date`` (or null), ``text`` with every mention as ``[zondag](DATE)``,
``values`` in the order of the mentions, and ``unsolved`` with the number of each value that is known to
come out wrong and the reason.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from annotate.annotation import Value

FILE = Path(__file__).parent / "cases.jsonl"
MENTION = re.compile(r"\[([^\]]+)\]\(([A-Z]+)\)")


class Case(NamedTuple):
    date: str | None
    text: str
    mentions: list[tuple[int, int, str]]
    values: list[dict[str, Any] | None]
    unsolved: dict[str, str]


def read_markup(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and the mentions in it."""
    text, mentions, last = "", [], 0
    for match in MENTION.finditer(marked):
        text += marked[last : match.start()]
        mentions.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return text + marked[last:], mentions


def read_cases() -> list[Case]:
    cases = []
    for line in FILE.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, mentions = read_markup(row["text"])
        cases.append(Case(row["date"], text, mentions, row["values"], row.get("unsolved", {})))
    return cases


def as_dict(value: Value | None) -> dict[str, Any] | None:
    """A value as the cases write it: only the keys that say something, ranges as lists."""
    if value is None:
        return None
    said = list(value.value) if isinstance(value.value, tuple) else value.value
    found = {"type": value.type, "value": said, "unit": value.unit, "mod": value.mod}
    return {key: content for key, content in found.items() if content is not None}
