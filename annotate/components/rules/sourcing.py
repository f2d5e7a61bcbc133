"""Who a report is from: shared sources, antecedents of relative pronouns, whole phrases."""

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import has_tree
from annotate.components.rules.cues import cue_tokens
from annotate.components.rules.labels import cue_head
from annotate.components.rules.nesting import covers, overlap
from annotate.components.rules.phrases import (
    NOMINAL,
    SUBJECTS,
    agent_of,
    is_passive,
    phrase_span,
    phrase_words,
    without_case,
)
from annotate.components.rules.pieces import named
from annotate.components.rules.sources import head_of
from annotate.components.rules.speakers import nearest_speaker

_PATIENTS = ("nsubj:pass", "nsubj", "iobj", "obj")
_RELATIVE = frozenset({"die", "dat", "wie"})


def share_source(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Give a cue that is coordinated with another and has no subject of its own the source of the other."""
    if not has_tree(doc):
        return found
    heads = [cue_head(doc, one) for one in found]
    at = {head.i: number for number, head in enumerate(heads) if head is not None}
    result = list(found)
    for number, head in enumerate(heads):
        if head is None or result[number].source or head.dep_ != "conj" or not _verbal(head):
            continue
        if any(t.dep_ in (*SUBJECTS, "expl") for t in head.children):
            continue
        first = head.head
        while first.i not in at and first.dep_ == "conj" and first.head.i != first.i:
            first = first.head
        other = at.get(first.i)
        if other is None or not result[other].source or is_passive(head) != is_passive(first):
            continue
        result[number] = named(result[number], "shared-source", source=result[other].source)
    return result


def resolve_relative(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Replace a relative pronoun as source by its antecedent: Ivanov, die zei dat."""
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        words = cue_tokens(doc, one.source)
        if len(words) == 1 and words[0].lower_ in _RELATIVE:
            antecedent = _antecedent(words[0])
            if antecedent is not None:
                start, end = phrase_span(antecedent)
                end = start + len(doc.text[start : min(end, words[0].idx)].rstrip(" ,"))
                one = named(one, "antecedent", source=[(start, end)])
        result.append(one)
    return result


def whole_source(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Let a source be a whole noun phrase: its noun, its article, its name to the end; no preposition."""
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        words = cue_tokens(doc, one.source)
        if words:
            source = _whole(words)
            if doc.text[one.source[-1][1] - 1] in _CLOSERS:
                source = (source[0], max(source[1], one.source[-1][1]))
            start, end = source
            changed = start != one.source[0][0] or end != one.source[-1][1]
            if changed and not overlap([source], [*one.cue, *one.content]):
                one = named(one, "source", source=[source])
        result.append(one)
    return result


def _whole(words: list[Token]) -> tuple[int, int]:
    head = head_of(words)
    while head.pos_ not in NOMINAL and head.head.i != head.i and head.dep_ in _INNER:
        head = head.head
    phrase = phrase_words(head) if head.pos_ in NOMINAL else words
    doc, first, last = head.doc, words[0].i, words[-1].i
    while len(words) > 1 and first < head.i and doc[first].pos_ == "ADP":
        first += 1
    while first - 1 >= phrase[0].i and doc[first - 1].dep_ in _BEFORE:
        if doc[first - 1].pos_ == "ADV":
            break
        first -= 1
    final = phrase[-1].i
    relative = any(t.dep_ == "acl:relcl" for t in phrase)
    while final > last and doc[final].pos_ in _LOOSE and not relative:
        final -= 1
    last = max(last, final)
    return doc[first].idx, doc[last].idx + len(doc[last])


def passive_source(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Let a passive report be from its agent with door, and else from nobody, not from its subject."""
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        head = cue_head(doc, one)
        if head is not None and head.pos_ == "VERB" and is_passive(head):
            agent = agent_of(head)
            words = cue_tokens(doc, one.source)
            if agent is not None:
                if agent.pos_ in NOMINAL and not overlap(one.source, [(agent.idx, agent.idx + 1)]):
                    one = named(one, "agent", source=[without_case(agent)])
            elif words and head_of(words).dep_ in _PATIENTS and head_of(words).head.i == head.i:
                one = named(one, "agent", source=[])
        result.append(one)
    return result


def speaker_of_quote(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Give a quote that has no cue and no source, or one inside itself, the speaker who stands nearest."""
    result = list(found)
    for number, one in enumerate(found):
        if one.cue or one.type == "indirect":
            continue
        if one.source and not covers(one.content, one.source):
            continue
        others = [other for i, other in enumerate(result) if i != number]
        source = nearest_speaker(doc, others, one.content[0][0])
        if source or one.source:
            result[number] = named(one, "speaker", source=source)
    return result


_BEFORE = frozenset({"det", "amod", "nummod", "nmod:poss", "flat"})
_CLOSERS = frozenset(")\"'”’».]")
_LOOSE = frozenset({"ADV", "ADP", "VERB", "ADJ", "PUNCT", "SPACE", "AUX"})
_INNER = frozenset({"det", "amod", "nummod", "case", "flat", "nmod", "nmod:poss", "appos"})


def _antecedent(pronoun: Token) -> Token | None:
    at = pronoun.head
    for _step in range(3):
        if at.dep_ == "acl:relcl":
            return at.head if at.head.pos_ in NOMINAL and at.head.i < pronoun.i else None
        if at.dep_ not in ("conj", "xcomp", "aux") or at.head.i == at.i:
            return None
        at = at.head
    return None


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")
