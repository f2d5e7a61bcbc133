"""Clauses by the tree: the predicate of a word, and the words that belong to its clause."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "csubj", "parataxis"})
"""Relations by which the head of a clause hangs on another word."""
OPENERS = frozenset({"dat", "of", "om", "wat", "wie", "waar", "hoe", "waarom", "wanneer", "welke"})
"""Words with which a clause that is reported begins."""
_EDGE = " \t\n\N{NO-BREAK SPACE},;:.!?…-–—"


def has_tree(doc: Doc) -> bool:
    """Tell whether a parser ran over the Doc."""
    return doc.has_annotation("DEP") and doc.has_annotation("HEAD")


def predicate_of(token: Token) -> Token:
    """Return the head of the smallest clause that a word stands in."""
    at = token
    for _step in range(len(token.doc)):
        if at.head.i == at.i or at.dep_ in CLAUSES or is_clausal_conjunct(at):
            return at
        at = at.head
    return at


def is_clausal_conjunct(token: Token) -> bool:
    """Tell whether a conjunct is a clause of its own: a verb or predicate with a subject or an auxiliary."""
    if token.dep_ != "conj":
        return False
    if token.pos_ in ("VERB", "AUX") and token.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        return True
    return any(t.dep_ in ("nsubj", "nsubj:pass", "cop", "csubj", "expl") for t in token.children)


def clause_span(predicate: Token, *, coordinated: bool = False) -> tuple[int, int]:
    """Return the character span of a clause, without punctuation and conjunctions at its edges.

    Clauses in parataxis and, unless ``coordinated``, clauses joined by a conjunction are left out.
    """
    words = sorted(_words(predicate, coordinated), key=lambda t: t.i)
    while words and (words[0].is_punct or words[0].dep_ in ("cc", "mark") or words[0].is_space):
        words = words[1:]
    while words and (words[-1].is_punct or words[-1].dep_ == "cc" or words[-1].is_space):
        words = words[:-1]
    if not words:
        return predicate.idx, predicate.idx + len(predicate)
    return words[0].idx, words[-1].idx + len(words[-1])


def _words(predicate: Token, coordinated: bool) -> Iterator[Token]:
    yield predicate
    for child in predicate.children:
        if child.dep_ == "parataxis":
            continue
        if not coordinated and is_clausal_conjunct(child):
            continue
        yield from child.subtree


def trimmed_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without white space and punctuation at its edges."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
