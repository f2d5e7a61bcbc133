"""Noun phrases by their words: where they begin, which determiner they have, what stands for a noun.

Word classes decide, not trees, since a tree that errs takes the whole phrase with it.
"""

from collections.abc import Sequence

from annotate.components.coreference.wordlists import wordlist
from annotate.components.coreference.words import Word

ARTICLES = wordlist("article")
DEMONSTRATIVES = wordlist("demonstrative")
POSSESSIVES = wordlist("possessive")
QUANTIFIERS = wordlist("quantifier")
QUOTES = frozenset("'\"‘’“”„«»")
_DETERMINERS = ARTICLES | DEMONSTRATIVES | POSSESSIVES | QUANTIFIERS | wordlist("both")
_NO_NOMINAL = wordlist("no_nominal")
_AMBIGUOUS = frozenset({"zijn", "haar", "je", "ons", "die", "dat"})
_ATTRIBUTIVE = ("WW|vd|prenom", "WW|od|prenom", "ADJ|prenom", "TW|")
LONGEST = 9
"""Words that may stand before the head noun."""


def left_edge(words: Sequence[Word], head: int) -> tuple[int, int]:
    """Return the first word of the noun phrase around a head noun, and its determiner or -1."""
    first = head
    for j in range(head - 1, max(head - LONGEST, 0) - 1, -1):
        word = words[j]
        if word.sent != words[head].sent or word.pos == "SPACE":
            break
        if is_determiner(words, j):
            return j, j
        if word.value and word.pos not in {"NUM", "ADJ"}:
            break
        attributive = word.pos in {"ADJ", "NUM"} or word.lower.endswith("isch")
        if attributive or word.tag.startswith(_ATTRIBUTIVE):
            if first == j + 1:
                first = j
            continue
        loose = word.pos in {"ADV", "CCONJ"} or word.text in QUOTES or word.text == ","
        if not loose or not any(w.pos == "ADJ" for w in words[j + 1 : head]):
            break
    return first, -1


def is_determiner(words: Sequence[Word], i: int) -> bool:
    """Whether a word is an article, demonstrative, possessive or quantifier before a noun."""
    word = words[i]
    if word.lower in _AMBIGUOUS:
        if word.pos in {"VERB", "AUX", "SCONJ"}:
            return False
        possessive = word.pos == "PRON" and word.lower in POSSESSIVES
        return (
            word.pos == "DET" or possessive or word.tag.startswith(("VNW|bez", "VNW|aanw", "LID"))
        )
    return word.lower in _DETERMINERS or word.pos == "DET"


def is_nominalised(words: Sequence[Word], i: int) -> bool:
    """Whether an adjective, participle or numeral stands for a noun (de vermiste, de twee)."""
    word = words[i]
    nominal = "|nom" in word.tag
    if not nominal and word.pos not in {"ADJ", "NUM"}:
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    if following is not None and following.pos in {"NOUN", "ADJ", "NUM", "PROPN"}:
        return False
    if i == 0 or words[i - 1].lower not in {"de", "deze", "die", "een"}:
        return False
    if words[i - 1].sent != word.sent or not is_determiner(words, i - 1):
        return False
    return word.lower not in _NO_NOMINAL and (word.lower.endswith(("e", "en")) or word.pos == "NUM")


def definiteness(words: Sequence[Word], determiner: int) -> str:
    """Return def, dem, poss, quant, indef, or bare for a phrase by its determiner."""
    if determiner < 0:
        return "bare"
    form = words[determiner].lower
    if form in {"een", "'n"}:
        return "indef"
    if form in DEMONSTRATIVES:
        return "dem"
    if form in POSSESSIVES:
        return "poss"
    return "quant" if form in QUANTIFIERS else "def"
