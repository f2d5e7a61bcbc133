"""Noun phrases and subjects by the tree, as the scheme wants sources."""

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_LEFT_OUT = frozenset(
    {"acl:relcl", "parataxis", "discourse", "advcl", "cop", "aux", "aux:pass", "mark", *SUBJECTS}
)
_COMMAS = frozenset({",", ";", ":", "–", "—", "-"})


def phrase_words(head: Token) -> list[Token]:
    """Return the words of a noun phrase in text order.

    Determiner, modifiers, apposition and conjuncts belong to it; a relative clause behind a comma does
    not, and nothing behind it.
    """
    inside = {head.i}
    pending = [head]
    while pending:
        at = pending.pop()
        for child in at.children:
            if child.dep_ == "acl:relcl" and not _after_comma(child):
                inside.update(t.i for t in child.subtree)
                continue
            if child.dep_ in _LEFT_OUT:
                continue
            inside.add(child.i)
            pending.append(child)
    low = high = head.i
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside:
        high += 1
    words = list(head.doc[low : high + 1])
    while words and (words[0].is_punct or words[0].is_space or words[0].dep_ == "cc"):
        words = words[1:]
    while words and (words[-1].is_punct or words[-1].is_space or words[-1].dep_ == "cc"):
        if words[-1].text == ")" and any(t.text == "(" for t in words):
            break
        words = words[:-1]
    return words or [head]


def phrase_span(head: Token) -> tuple[int, int]:
    """Return the character span of a noun phrase."""
    words = phrase_words(head)
    return words[0].idx, words[-1].idx + len(words[-1])


def without_case(head: Token) -> tuple[int, int]:
    """Return the span of a noun phrase without the preposition in front: door *de politie*."""
    words = phrase_words(head)
    while len(words) > 1 and words[0].dep_ == "case":
        words = words[1:]
    return words[0].idx, words[-1].idx + len(words[-1])


def subject_of(verb: Token) -> Token | None:
    """Return the head of the subject of a verb, of its auxiliary or of the verb it is coordinated with."""
    at = verb
    for _step in range(4):
        found = next((t for t in at.children if t.dep_ in SUBJECTS), None)
        if found is not None:
            return found
        if at.dep_ in ("conj", "xcomp", "aux", "aux:pass") and at.head.i != at.i:
            at = at.head
            continue
        break
    return None


def is_passive(verb: Token) -> bool:
    """Tell whether a participle stands in the passive: with worden, or with zijn if the tree says so."""
    return any(
        t.dep_ == "aux:pass" or (t.dep_ == "aux" and t.lemma_.lower() == "worden")
        for t in verb.children
    )


def agent_of(verb: Token) -> Token | None:
    """Return who does what a passive verb says: the noun behind door."""
    for child in verb.children:
        by = any(t.dep_ == "case" and t.lower_ == "door" for t in child.children)
        if child.dep_ == "obl:agent" or (child.dep_ in ("obl", "obl:arg", "nmod") and by):
            return child
    return None


def _after_comma(clause: Token) -> bool:
    first = min(t.i for t in clause.subtree)
    return (first > 0 and clause.doc[first - 1].text in _COMMAS) or clause.doc[
        first
    ].text in _COMMAS
