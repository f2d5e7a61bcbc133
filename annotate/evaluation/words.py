"""Spans as sets of words, so that punctuation and white space at their edges do not count."""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
COMPLEMENTISERS = frozenset({"dat", "of", "om"})
_PARTICLES = frozenset({"de", "het", "een", "van", "der", "den", "s"})

Word = tuple[int, int, str]
Spans = Sequence[Sequence[int]]


def words_of(text: str) -> list[Word]:
    """Return start, end and lower-case form of each word."""
    return [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]


def word_set(words: Sequence[Word], spans: Spans, *, bare: bool = False) -> frozenset[int]:
    """Return the positions of the words that the spans touch.

    Args:
        bare: leave out dat, of and om at the beginning.
    """
    found = [
        i for i, (start, end, _) in enumerate(words) if any(start < b and end > a for a, b in spans)
    ]
    while bare and found and words[found[0]][2] in COMPLEMENTISERS:
        found.pop(0)
    return frozenset(found)


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names are one: the same words, one within the other, or one long last word."""
    a, b = _name_words(one), _name_words(other)
    if not a or not b:
        return a == b
    within = set(a) <= set(b) or set(b) <= set(a)
    return a == b or within or (a[-1] == b[-1] and len(a[-1]) > 3)


def _name_words(name: str | None) -> list[str]:
    ascii_only = (
        unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    )
    return [w for w in re.sub(r"[^\w ]+", " ", ascii_only).split() if w not in _PARTICLES]
