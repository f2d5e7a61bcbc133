"""Complements of verbs and adjectives with the preposition that belongs to them: wachten op, trots op."""

from collections.abc import Sequence
from functools import cache

from annotate.lexicon import read_table


@cache
def complements() -> frozenset[tuple[str, str]]:
    """Return pairs of a lemma and the preposition of its complement.

    Raises:
        LexiconError: the file is damaged.
    """
    rows = read_table("complements", ("preposition", "lemmas"))
    return frozenset(
        (lemma, preposition) for preposition, lemmas in rows for lemma in lemmas.split()
    )


def with_complements(
    forms: Sequence[str], lemmas: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> list[str]:
    """Return the relations of a text with ``obl:arg`` for the complements among the obliques.

    Args:
        forms, lemmas, relations: of each word; heads: the index of the head of each word.
    """
    preposition: dict[int, str] = {}
    for word, relation in enumerate(relations):
        if relation == "case":
            preposition.setdefault(int(heads[word]), forms[word].lower())
    return [
        "obl:arg"
        if relation == "obl" and (lemmas[heads[word]], preposition.get(word)) in complements()
        else relation
        for word, relation in enumerate(relations)
    ]
