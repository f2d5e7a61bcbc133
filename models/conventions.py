"""Trees of older releases of the Dutch treebanks, brought to the conventions of the present one.

The training trees were converted years apart: the present release (UD 2.16) has one relation for names of
several words, X for foreign words, and a relation of its own for the complement of a preposition that a
verb asks for. What the older trees leave out is added by rule, from the forms, the tags and a list.
"""

from annotate.components.complements import with_complements
from models.corpus import Sentence

RELATIONS = {"flat:name": "flat"}
"""Relations of older releases, by what they are called since."""
FOREIGN = ("SPEC|vreemd", "SPEC|afgebr", "SPEC|enof")
"""Tags of words that were SYM and are X since: foreign, cut off (in- en uitvoer), ambiguous."""


def present(sentence: Sentence) -> Sentence:
    """Return the sentence as the present release would have it."""
    columns = dict(sentence.columns)
    relations = [RELATIONS.get(name, name) for name in columns["relation"]]
    pairs = zip(columns["upos"], columns["tag"], strict=True)
    columns["upos"] = ["X" if u == "SYM" and t in FOREIGN else u for u, t in pairs]
    for words in _fixed(sentence, relations):
        if _is_name(sentence, words):
            for word in words[1:]:
                relations[word] = "flat"
    columns["relation"] = with_complements(
        sentence.forms, columns["lemma"], sentence.heads, relations
    )
    return sentence._replace(columns=columns)


def _fixed(sentence: Sentence, relations: list[str]) -> list[list[int]]:
    """Return the words of each fixed expression in order."""
    found: dict[int, list[int]] = {}
    for word, relation in enumerate(relations):
        if relation == "fixed":
            found.setdefault(sentence.heads[word], []).append(word)
    return [sorted([head, *words]) for head, words in found.items()]


def _is_name(sentence: Sentence, words: list[int]) -> bool:
    """Tell whether an expression in Dutch is capitalised as a name: De Rode Ridder, not Ten slotte."""
    forms, tags = sentence.forms, sentence.columns["tag"]
    if any(tags[word] == "SPEC|vreemd" for word in words):
        return False
    if not forms[words[0]][:1].isupper():
        return False
    inside = any(not tag.startswith("LET") for tag in tags[: words[0]])
    return inside or forms[words[-1]][:1].isupper()
