"""Prune the vocabulary of the base encoder to what Dutch news needs.

Kept are the special pieces, every piece of one character outside the CJK blocks, every Latin piece of up
to three characters, and all pieces that the full vocabulary uses for the words of the large Dutch and
English lists of wordfreq (Speer 2022; also capitalised and in capitals), the commoner words of the
languages whose names stand in Dutch papers, and the training texts. A word whose pieces were dropped
falls into smaller pieces; it does not become unknown.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from annotate.components.pieces import UNK, Pieces

CAPITALS = 40_000
"""Dutch words that are also kept in capitals."""


def words(counts: Mapping[str, int]) -> Iterable[str]:
    """Yield the commonest words of some languages, as written, capitalised, and Dutch in capitals.

    Args:
        counts: how many words of each language, by its ISO 639-1 code.
    """
    from wordfreq import top_n_list

    for language, count in counts.items():
        wordlist = "large" if language in {"nl", "en", "de", "fr", "es", "it", "pl"} else "best"
        for place, word in enumerate(top_n_list(language, count, wordlist=wordlist)):
            yield word
            yield word.capitalize()
            if language == "nl" and place < CAPITALS:
                yield word.upper()


def prune(full: Pieces, texts: Iterable[tuple[str, bool]], counts: Mapping[str, int]) -> list[int]:
    """Return the ids to keep, ascending, the special ones first.

    Args:
        full: the vocabulary of the base encoder.
        texts: units of the training texts, each with whether white space stands before it.
        counts: how many common words of each language are covered.
    """
    keep = set(range(UNK + 1))
    for piece, i in full.ids.items():
        bare = piece.removeprefix("▁")
        if (len(bare) <= 1 and not _is_cjk(bare)) or (len(bare) <= 3 and _is_latin(bare)):
            keep.add(i)
    for word in words(counts):
        keep.update(full.segment(word, True))
        keep.update(full.segment(word, False))
    for unit, space in set(texts):
        keep.update(full.segment(unit, space))
    return sorted(keep)


def _is_cjk(text: str) -> bool:
    return any("CJK" in (n := unicodedata.name(c, "")) or "HANGUL" in n for c in text)


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") or c.isascii() for c in text)
