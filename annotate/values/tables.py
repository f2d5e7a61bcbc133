"""Word lists for values, and sets of words written as text."""

from annotate.lexicon import read_table

__all__ = ["read_table", "spaced"]


def spaced(words: str) -> frozenset[str]:
    """The set of words in a text with spaces between them."""
    return frozenset(words.split())
