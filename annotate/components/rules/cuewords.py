"""Whole cues: the particle of a separable verb, the words of a fixed phrase."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import has_tree
from annotate.components.rules.cues import base_lemma, cue_tokens, particle_of, verb_lemma
from annotate.components.rules.labels import cue_head
from annotate.components.rules.pieces import Spans, named, tidy, without
from annotate.lexicon import cues

_POINTERS = frozenset(
    {"ervan", "erop", "eraan", "ertoe", "erover", "erbij", "ermee", "ertegen", "ervoor"}
)
"""Words that announce a clause; neither cue nor content."""
_MARKS = frozenset(".,;:!?")
NEAR = 12
"""Words behind a verb within which the rest of its fixed phrase is sought."""


def whole_cue(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Add the particle and the words of a fixed phrase to the cue, and take them out of the content."""
    result = []
    for one in found:
        if any(doc.text[end - 1] in _MARKS for _start, end in one.cue):
            one = named(one, "cue", cue=_spans({t.i: t for t in cue_tokens(doc, one.cue)}))
        head = cue_head(doc, one)
        if head is not None and head.pos_ in ("VERB", "AUX"):
            words = {t.i: t for t in cue_tokens(doc, one.cue)}
            words.update((t.i, t) for t in _missing(head, words))
            cue = _spans(words)
            if cue != one.cue:
                content = tidy(doc.text, without(one.content, cue)) or one.content
                one = named(one, "cue", cue=cue, content=content)
        result.append(one)
    return result


def no_pointer(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Leave out a first word that only announces the clause: beschuldigt hem *ervan* dat."""
    result = []
    for one in found:
        first = cue_tokens(doc, one.content[:1])[:2]
        if len(first) == 2 and first[0].lower_ in _POINTERS and first[0].head.i != first[1].i:
            rest = [(first[1].idx, one.content[0][1]), *one.content[1:]]
            one = named(one, "pointer", content=tidy(doc.text, rest) or one.content)
        result.append(one)
    return result


def _missing(head: Token, have: dict[int, Token]) -> Iterator[Token]:
    if has_tree(head.doc) and particle_of(head) and (verb_lemma(head), "verb") in cues():
        particle = next(t for t in head.children if t.dep_ == "compound:prt")
        if particle.i not in have and particle.i > head.i and particle.sent == head.sent:
            yield particle
    for phrase in _phrases().get(base_lemma(head), ()):
        after = head.doc[head.i + 1 : head.i + 1 + NEAR]
        before = head.doc[max(0, head.i - len(phrase)) : head.i]
        for window in (before, after):
            at = _find([t.lower_.rstrip(".") for t in window], phrase)
            if at is not None:
                yield from window[at : at + len(phrase)]
                return


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """Return the other words of each fixed phrase by the lemma of its verb, longest first.

    Phrases of two words are left to the heads: "moeite hebben" may be anything.
    """
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in cues().values():
        words = entry.lemma.split()
        if entry.kind == "verb" and len(words) > 2:
            table.setdefault(words[-1], []).append(tuple(words[:-1]))
    return {verb: sorted(found, key=len, reverse=True) for verb, found in table.items()}


def _find(words: list[str], phrase: tuple[str, ...]) -> int | None:
    size = len(phrase)
    return next(
        (i for i in range(len(words) - size + 1) if tuple(words[i : i + size]) == phrase), None
    )


def _spans(words: dict[int, Token]) -> Spans:
    spans: Spans = []
    last = -2
    for i in sorted(words):
        token = words[i]
        end = token.idx + len(token.text.rstrip("."))
        if i == last + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((token.idx, end))
        last = i
    return spans
