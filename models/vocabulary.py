"""Prune the vocabulary of the base encoder to what Dutch news needs.

Kept are the special pieces, every piece of one character outside the CJK blocks, every Latin piece of up
to three characters, and all pieces that the full vocabulary uses for the words of the large Dutch and
English lists of wordfreq (Speer 2022; also capitalised and in capitals), the commoner words of the
languages whose names stand in Dutch papers, and the training texts. A word whose pieces were dropped
falls into smaller pieces; it does not become unknown.
"""

import unicodedata
from collections.abc import Iterable

from annotate.components.pieces import UNK, Pieces

DUTCH = 200_000
ENGLISH = 30_000
NEIGHBOURS = {"de": 10_000, "fr": 10_000, "es": 6_000, "it": 6_000, "tr": 6_000, "pl": 4_000}


def words() -> Iterable[str]:
    """Yield the words of the lists, each as written, capitalised and in capitals."""
    from wordfreq import top_n_list

    lists = [top_n_list("nl", DUTCH, wordlist="large"), top_n_list("en", ENGLISH)]
    lists += [top_n_list(language, count) for language, count in NEIGHBOURS.items()]
    for entries in lists:
        for word in entries:
            yield word
            yield word.capitalize()
    for word in lists[0][:40_000]:
        yield word.upper()


def prune(full: Pieces, texts: Iterable[tuple[str, bool]]) -> list[int]:
    """Return the ids to keep, ascending, the special ones first.

    Args:
        full: the vocabulary of the base encoder.
        texts: units of the training texts, each with whether white space stands before it.
    """
    keep = set(range(UNK + 1))
    for piece, i in full.ids.items():
        bare = piece.removeprefix("▁")
        if (len(bare) <= 1 and not _is_cjk(bare)) or (len(bare) <= 3 and _is_latin(bare)):
            keep.add(i)
    for word in words():
        keep.update(full.segment(word, True))
        keep.update(full.segment(word, False))
    for unit, space in set(texts):
        keep.update(full.segment(unit, space))
    return sorted(keep)


def _is_cjk(text: str) -> bool:
    return any("CJK" in (n := unicodedata.name(c, "")) or "HANGUL" in n for c in text)


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") or c.isascii() for c in text)
