"""Contents that stop in the middle of a clause: the tree says where it ends."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import has_tree
from annotate.components.quotation import stretch_at
from annotate.components.rules.cues import cue_tokens
from annotate.components.rules.nesting import overlap
from annotate.components.rules.pieces import Spans, named, tidy

_COMPLEMENTS = ("ccomp", "csubj", "acl")
"""Relations of a clause to the word that reports it."""
_STOPS = frozenset(".!?;:…")
_REPORTERS = frozenset({"zo", "aldus", "volgens", "zegt", "zei", "meldt", "schrijft", "blijkt"})
_BOUNDARY = re.compile(r"\s*(?:$|[.,;:!?…)\]\"'”’»“‘„«–—-]|\n)")


def complete_clauses(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Let a content that ends before the end of its clause run to that end.

    It must end where nothing can end: before a word that is no cue and no source, and depends on the content.
    """
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        content = _completed(doc, one)
        result.append(named(one, "border", content=content) if content else one)
    return result


def _completed(doc: Doc, one: FoundAttribution) -> Spans:
    start, end = one.content[-1]
    if _BOUNDARY.match(doc.text, end) or stretch_at(doc.text, end - 1):
        return []
    words = cue_tokens(doc, one.content)
    if not words or words[-1].idx + len(words[-1]) < end or words[-1].i + 1 >= len(doc):
        return []
    following = doc[words[-1].i + 1]
    roles = [*one.cue, *one.source]
    if overlap(roles, [(following.idx, following.idx + len(following))]):
        return []
    inside = {t.i for t in words} | set(_governors(words, roles))
    if not _hangs_on(following, inside):
        return []
    last = words[-1]
    for token in doc[following.i :]:
        if token.is_space or token.sent != last.sent:
            break
        if overlap(roles, [(token.idx, token.idx + len(token))]):
            break
        if token.text in _STOPS or (token.text == "," and _goes_apart(doc, token.i + 1)):
            break
        if token.is_punct:
            continue
        if not _hangs_on(token, inside):
            break
        inside.add(token.i)
        last = token
    longer = last.idx + len(last)
    return tidy(doc.text, [*one.content[:-1], (start, longer)]) if longer > end else []


def _governors(words: Sequence[Token], roles: Spans) -> Iterator[int]:
    """Yield the words behind a content on which its words depend: the verb at the end of the clause."""
    last = words[-1]
    for word in words:
        at = word
        while at.head.i != at.i:
            at = at.head
            if at.i > last.i and at.sent == last.sent:
                if at.dep_ in _COMPLEMENTS and not overlap(roles, [(at.idx, at.idx + len(at))]):
                    yield at.i
                break


def _goes_apart(doc: Doc, following: int) -> bool:
    """Tell whether what follows a comma is a report about what stands before it: , zo blijkt uit."""
    return following < len(doc) and doc[following].lower_ in _REPORTERS


def _hangs_on(token: Token, inside: set[int]) -> bool:
    """Tell whether a word depends, over others that come later, on a word of the content."""
    at = token
    for _step in range(len(token.sent)):
        if at.i in inside:
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False
