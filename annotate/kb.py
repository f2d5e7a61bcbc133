"""A reader's own knowledge: names with their aliases, label and links, from a file of JSON lines."""

import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotate.errors import UsageError
from annotate.labels import ENTITY_LABELS, VALUE_LABELS

KEYS = ("name", "aliases", "label", "id", "links")
LABELS = tuple(label for label in ENTITY_LABELS if label not in VALUE_LABELS)
HINT = (
    'A line is an object such as {"name": "Anja de Wit", "aliases": ["De Wit"], "label": "PERSON", '
    '"id": "42", "links": {"wikidata": "Q42"}}; only the name must be there'
)
_PIECE = re.compile(r"\w+|[^\w\s]")
_GAP = re.compile(r"[^\S\n]*")
_GENITIVE = re.compile(r"['’]s?\b|['’]|s\b")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something that the reader knows.

    Attributes:
        aliases: other forms under which it stands in texts.
        label: one of the labels of names; None takes what the model says.
        links: what its entity carries; its id stands in it as ``kb``.
    """

    name: str
    aliases: tuple[str, ...] = ()
    label: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the reader knows, by the pieces of each form.

    Attributes:
        digest: of the file, to tell one from another.
        forms: the indices of the entries that have a form.
        sizes: for each first piece of a form, how many pieces such forms have, the most first.
    """

    entries: tuple[Known, ...]
    digest: str
    forms: Mapping[tuple[str, ...], tuple[int, ...]]
    sizes: Mapping[str, tuple[int, ...]]

    def named(self, text: str) -> tuple[int, ...]:
        """Indices of the entries with this name or alias, with or without a genitive ending."""
        ends = [len(text), *(m.start() for m in _GENITIVE.finditer(text) if m.end() == len(text))]
        forms = (_pieces(text[:end]) for end in ends)
        return next((self.forms[form] for form in forms if form in self.forms), ())

    def places(self, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Start, end and entries of each name or alias in a text, the longest at each place."""
        pieces = [(m.group(), *m.span()) for m in _PIECE.finditer(text)]
        at = 0
        while at < len(pieces):
            size, entries = self._longest(text, pieces, at)
            if size:
                start, end = pieces[at][1], pieces[at + size - 1][2]
                yield start, end, entries
            at += size or 1

    def _longest(
        self, text: str, pieces: list[tuple[str, int, int]], at: int
    ) -> tuple[int, tuple[int, ...]]:
        for size in self.sizes.get(pieces[at][0], ()):
            taken = pieces[at : at + size]
            entries = self.forms.get(tuple(piece for piece, _, _ in taken), ())
            gaps = itertools.pairwise(taken)
            if (
                entries
                and all(_GAP.fullmatch(text, left[2], right[1]) for left, right in gaps)
                and _stands_alone(text, taken[0][1], taken[-1][2])
            ):
                return size, entries
        return 0, ()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is no piece of another: not Noord in Noord-Korea, but VN in VN-sancties."""
    if re.search(r"\w[-'’.]$|[@#/]$", text[max(0, start - 2) : start]):
        return False
    return re.match(r"-[^\W\d_a-z]|['’.]\w\w|[@/]\w", text[end : end + 3]) is None


def read_kb(path: str | Path) -> Knowledge:
    """Read what a reader knows; the same file is read once.

    Raises:
        UsageError: the file cannot be read, or a line of it is wrong; the line is named.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"The knowledge in {path} cannot be read ({error.strerror})"
        raise UsageError(message, hint="Check the name of the file") from error
    return _parsed(content, str(path))


@lru_cache(maxsize=4)
def _parsed(content: bytes, name: str) -> Knowledge:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise _fault(number, name, "is not UTF-8") from error
    lines = enumerate(text.split("\n"), start=1)
    entries = tuple(_entry(line, number, name) for number, line in lines if line.strip())
    forms: dict[tuple[str, ...], tuple[int, ...]] = {}
    for number, entry in enumerate(entries):
        for form in dict.fromkeys(map(_pieces, (entry.name, *entry.aliases))):
            forms[form] = (*forms.get(form, ()), number)
    sizes: dict[str, set[int]] = {}
    for form in forms:
        sizes.setdefault(form[0], set()).add(len(form))
    longest = {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
    return Knowledge(entries, hashlib.sha256(content).hexdigest(), forms, longest)


def _pieces(form: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(form))


def _entry(line: str, number: int, file: str) -> Known:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _fault(number, file, "is no JSON") from error
    if not isinstance(row, dict):
        raise _fault(number, file, "is no object")
    for key in row:
        if key not in KEYS:
            raise _fault(number, file, f"has a key {key!r}, which is none of {', '.join(KEYS)}")
    name, aliases, links = row.get("name"), row.get("aliases") or [], row.get("links") or {}
    if not isinstance(name, str) or not _is_form(name):
        raise _fault(number, file, "has no name")
    if not isinstance(aliases, list) or not all(map(_is_form, aliases)):
        raise _fault(number, file, "has aliases that are no list of names")
    label = row.get("label")
    if label is not None and label not in LABELS:
        raise _fault(number, file, f"has the label {label!r}, which is none of {', '.join(LABELS)}")
    if not isinstance(links, dict) or not all(isinstance(v, str) and v for v in links.values()):
        raise _fault(number, file, "has links that are no object with texts")
    own = row.get("id")
    if own is not None and (isinstance(own, bool) or not isinstance(own, str | int) or own == ""):
        raise _fault(number, file, "has an id that is neither a text nor a whole number")
    if own is not None:
        links = {"kb": str(own), **links}
    return Known(name.strip(), tuple(alias.strip() for alias in aliases), label, links)


def _is_form(value: Any) -> bool:
    return isinstance(value, str) and _PIECE.search(value) is not None


def _fault(number: int, file: str, what: str) -> UsageError:
    return UsageError(f"Line {number} of {file} {what}", hint=HINT)
