"""Who a report is from: shared sources, antecedents of relative pronouns, whole phrases."""

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import has_tree
from annotate.components.rules.cues import cue_tokens
from annotate.components.rules.labels import cue_head
from annotate.components.rules.nesting import overlap
from annotate.components.rules.phrases import NOMINAL, SUBJECTS, phrase_span
from annotate.components.rules.pieces import named
from annotate.components.rules.sources import head_of

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
        if other is None or not result[other].source or _passive(head) != _passive(first):
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
                one = named(one, "antecedent", source=[phrase_span(antecedent)])
        result.append(one)
    return result


def whole_source(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Let a source that lacks its noun, or words of its noun phrase, be the whole phrase."""
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        words = cue_tokens(doc, one.source)
        if words:
            head = head_of(words)
            while head.pos_ not in NOMINAL and head.head.i != head.i and head.dep_ in _INNER:
                head = head.head
            start, end = phrase_span(head)
            wider = [(min(start, one.source[0][0]), max(end, one.source[-1][1]))]
            held = [*one.cue, *one.content]
            if head.pos_ in NOMINAL and wider != one.source and not overlap(wider, held):
                one = named(one, "source", source=wider)
        result.append(one)
    return result


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


def _passive(verb: Token) -> bool:
    return any(t.dep_ == "aux:pass" for t in verb.children)
