"""Which words are pronouns that can refer to somebody, and to whom by person, number and gender."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from annotate.components.coreference.words import Word
from annotate.lexicon import read_table


class Pronoun(NamedTuple):
    """A form of the table.

    Attributes:
        person: 1 or 3.
        number: s, p, or sp where the verb decides (ze, zij).
        gender: any of f, m, n.
        use: subject, object, possessive or demonstrative.
    """

    person: int
    number: str
    gender: frozenset[str]
    use: str


@cache
def _table() -> Mapping[str, Pronoun]:
    rows = read_table("coref_pronouns", ("form", "person", "number", "gender", "use"))
    return MappingProxyType(
        {
            form: Pronoun(int(person), number, frozenset(gender), use)
            for form, person, number, gender, use in rows
        }
    )


_NOMINAL = frozenset({"NOUN", "ADJ", "NUM", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


def pronoun_at(words: Sequence[Word], i: int) -> Pronoun | None:
    """Return the pronoun that a word is; None for other words and for pronouns that refer to no one.

    Not taken: zijn as a verb, het as an article or empty subject, relative die and dat,
    demonstratives before a noun, and me where it is reflexive.
    """
    word = words[i]
    form = word.lower.replace("’", "'").replace("í", "i").replace("ó", "o").replace("é", "e")
    found = _table().get(form)
    if found is None or word.pos in _VERBS or word.value:
        return None
    following = words[i + 1] if i + 1 < len(words) else None
    before = words[i - 1] if i else None
    nominal = following is not None and following.pos in _NOMINAL and following.pos != "NUM"
    if form == "zijn":
        possessive = word.tag.startswith("VNW|bez") or word.dep == "nmod:poss"
        return found if possessive or word.pos in {"PRON", "DET"} else None
    if form == "haar":
        return found._replace(use="possessive" if nominal else "object")
    if form in {"me", "mij", "ons", "mezelf", "mijzelf", "onszelf"} and _reflexive(words, i):
        return None
    if form in {"hun", "ons", "wier", "diens"}:
        return found._replace(use="possessive") if nominal else found
    if form == "het":
        article = nominal or word.tag.startswith("LID") or word.pos == "DET"
        return None if article or word.dep.startswith("expl") else found
    if found.use == "demonstrative":
        return found if _stands_alone(word, before, following) else None
    if form in {"ze", "zij"}:
        return found._replace(number=_number_by_verb(words, i))
    return found


def _reflexive(words: Sequence[Word], i: int) -> bool:
    """Whether me or ons goes back to the ik or wij beside it (ik herinner me), as zich does."""
    subjects = {"ik", "'k"} if words[i].lower.startswith("m") else {"we", "wij"}
    near = range(max(0, i - 3), min(len(words), i + 2))
    return any(words[j].lower in subjects and words[j].sent == words[i].sent for j in near)


def _stands_alone(word: Word, before: Word | None, following: Word | None) -> bool:
    """Whether a demonstrative opens a main clause: a finite verb follows and no noun stands before."""
    if following is None or following.pos not in _VERBS:
        return False
    if before is None or before.pos == "SPACE" or before.sent != word.sent:
        return True
    return (
        before.lower in {"want", "maar", "dus", ":", ";"}
        or before.text in "„“\"'‘,,"
        or (before.lower == "en" and word.tag.startswith("VNW|aanw"))
    )


def _number_by_verb(words: Sequence[Word], i: int) -> str:
    """Return s or p by the finite verb of the clause, sp where none is near or its form says nothing."""
    word = words[i]
    if 0 <= word.head < len(words) and word.dep.startswith("nsubj"):
        governor = words[word.head]
        finite = [governor] + [
            w
            for w in _near(words, i)
            if w.head == governor.i and w.pos == "AUX" and w.i != governor.i
        ]
        for verb in finite:
            if number := verb_number(verb):
                return number
    for offset in (-1, 1):
        at = i + offset
        if 0 <= at < len(words) and words[at].sent == word.sent and (n := verb_number(words[at])):
            return n
    for at in range(i + 1, min(i + 14, len(words))):
        if words[at].sent != word.sent or words[at].text in ";:":
            break
        if number := verb_number(words[at]):
            return number
    return "sp"


def _near(words: Sequence[Word], i: int) -> Sequence[Word]:
    return words[max(0, i - 12) : i + 20]


def verb_number(word: Word) -> str:
    """Return s or p for a finite verb, nothing for other words."""
    if word.pos not in _VERBS or not word.tag.startswith("WW|pv"):
        return ""
    if word.lower.endswith("n"):
        return "p" if word.lower not in {"ben", "kon", "begon", "won", "gun", "verzon"} else "s"
    return "s"
