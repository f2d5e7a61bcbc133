"""Small closed lists of words: determiners, titles, particles."""

from functools import cache

from annotate.lexicon import read_table


@cache
def wordlist(name: str) -> frozenset[str]:
    """Return a list of ``coref_words.tsv``.

    Raises:
        KeyError: there is no list of that name.
    """
    found = frozenset(
        word for group, word in read_table("coref_words", ("list", "word")) if group == name
    )
    if not found:
        raise KeyError(name)
    return found
