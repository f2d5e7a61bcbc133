"""Contents that stop in the middle of a clause: the tree says where it ends."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import OPENERS, has_tree
from annotate.components.quotation import stretch_at
from annotate.components.rules.cues import cue_tokens
from annotate.components.rules.nesting import covers, overlap
from annotate.components.rules.pieces import Spans, named, tidy

_COMPLEMENTS = ("ccomp", "csubj", "acl", "xcomp")
"""Relations of a clause to the word that reports it."""
_ARGUMENTS = ("obj", "iobj", "obl", "obl:arg", "nsubj")
_OPENING = ("case", "det", "amod", "nummod", "advmod")
"""Relations of what stands before a noun to it."""
_NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
_AUXILIARIES = ("aux", "aux:pass", "cop")
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
        whole = one._replace(content=_without_conjunction(doc, one.content))
        whole = whole._replace(content=_whole_phrases(doc, whole))
        whole = whole._replace(content=_begun(doc, whole))
        content = _completed(doc, whole) or whole.content
        result.append(named(one, "border", content=content))
    return result


def _without_conjunction(doc: Doc, content: Spans) -> Spans:
    """Leave out a conjunction at the end of a content: what it joins is not part of it."""
    words = cue_tokens(doc, content[-1:])
    if len(words) < 2 or words[-1].dep_ != "cc" or stretch_at(doc.text, words[-1].idx):
        return content
    last = words[-2]
    return tidy(doc.text, [*content[:-1], (content[-1][0], last.idx + len(last))])


def _begun(doc: Doc, one: FoundAttribution) -> Spans:
    """Let a content begin where its infinitive clause does: zegt *bewijs* te hebben."""
    start, end = one.content[0]
    words = cue_tokens(doc, one.content)
    roles = [*one.cue, *one.source]
    verbs = {t.i for t in words if t.dep_ == "xcomp" and overlap(roles, [_span(t.head)])}
    if not verbs or words[0].lower_ in OPENERS or words[0].idx < start:
        return one.content
    at = first = words[0]
    while at.i > 0:
        at = doc[at.i - 1]
        if at.is_punct or at.is_space or at.sent != first.sent or overlap(roles, [_span(at)]):
            break
        if not _hangs_on(at, verbs):
            break
        first = at
    added = doc[first.i : words[0].i]
    behind = first.i > 0 and overlap(roles, [_span(doc[first.i - 1])])
    if not behind or not any(t.dep_ in _ARGUMENTS for t in added):
        return one.content
    return tidy(doc.text, [(first.idx, end), *one.content[1:]])


def _whole_phrases(doc: Doc, one: FoundAttribution) -> Spans:
    """Let a piece that ends in the beginning of a phrase (voor, dit) run to the noun of it."""
    roles = [*one.cue, *one.source]
    pieces = list(one.content)
    for n, (start, end) in enumerate(pieces):
        words = cue_tokens(doc, [(start, end)])
        last = words[-1] if words else None
        if last is None or last.idx + len(last) > end or last.dep_ not in _OPENING:
            continue
        head = last.head
        if head.i <= last.i or head.pos_ not in _NOMINAL or head.sent != last.sent:
            continue
        rest = [_span(token) for token in doc[last.i + 1 : head.i + 1]]
        taken = [*roles, *pieces[n + 1 :]]
        if not overlap(taken, rest) and not any(t.is_punct for t in doc[last.i + 1 : head.i]):
            pieces[n] = (start, rest[-1][1])
    return pieces if pieces == one.content else tidy(doc.text, pieces)


def _completed(doc: Doc, one: FoundAttribution) -> Spans:
    start, end = one.content[-1]
    quote = stretch_at(doc.text, end - 1)
    if _BOUNDARY.match(doc.text, end) or (quote is not None and not covers([quote], one.cue)):
        return []
    words = cue_tokens(doc, one.content)
    if not words or words[-1].idx + len(words[-1]) < end or words[-1].i + 1 >= len(doc):
        return []
    following = doc[words[-1].i + 1]
    roles = [*one.cue, *one.source]
    if overlap(roles, [_span(following)]):
        return []
    inside = {t.i for t in words}
    inside |= set(_governors(words, roles, inside))
    if not _hangs_on(following, inside):
        return []
    last = words[-1]
    for token in doc[following.i :]:
        if token.is_space or token.sent != last.sent:
            break
        if overlap(roles, [_span(token)]):
            break
        if quote is not None and stretch_at(doc.text, token.idx) != quote:
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


def _governors(words: Sequence[Token], roles: Spans, inside: set[int]) -> Iterator[int]:
    """Yield the words behind a content on which its words depend: the verb at the end of the clause."""
    last = words[-1]
    for word in words:
        at = word
        while at.head.i != at.i:
            at = at.head
            if at.i > last.i and at.sent == last.sent:
                if not overlap(roles, [_span(at)]) and (
                    at.head.i in inside or _is_reported(at, roles)
                ):
                    yield at.i
                break


def _is_reported(verb: Token, roles: Spans) -> bool:
    """Tell whether a verb is what its governor, or its own auxiliary (zou), reports."""
    if verb.dep_ in _COMPLEMENTS:
        return True
    return any(
        child.dep_ in _AUXILIARIES and overlap(roles, [_span(child)]) for child in verb.children
    )


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


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
