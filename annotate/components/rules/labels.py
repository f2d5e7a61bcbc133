"""Act, polarity and type: the lexicon, the negation of the cue, the quotation marks."""

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import OPENERS, has_tree
from annotate.components.quotation import attribution_type
from annotate.components.rules.cues import cue_entry, cue_tokens
from annotate.components.rules.nesting import overlap
from annotate.components.rules.pieces import named

_ENDS = frozenset({".", "!", "?", "…"})
_NEGATIONS = frozenset({"niet", "nooit", "nimmer", "evenmin"})


def type_by_marks(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Set the type by the quotation marks around the content; a report inside a quote is not direct."""
    return [
        named(one, "type", type=attribution_type(doc.text, one.content, one.cue)) for one in found
    ]


def negation_of(cue: Token) -> Token | None:
    """Return the negation of a cue, None where it has none.

    A tree may run over the end of a sentence: a negation behind a full stop or inside a quote that opens
    between it and the cue (Hij ontkent dat. "Daar is nooit sprake van") is not that of the cue.
    """
    return next(
        (
            t
            for t in cue.children
            if t.lower_ in _NEGATIONS and t.dep_ == "advmod" and not _parted(cue, t)
        ),
        None,
    )


def _parted(cue: Token, negation: Token) -> bool:
    first, last = sorted((cue.i, negation.i))
    return any(t.text in _ENDS or t.is_quote for t in cue.doc[first + 1 : last])


def cue_head(doc: Doc, attribution: FoundAttribution) -> Token | None:
    """Return the word of a cue that governs the others, None for a quote without one."""
    tokens = cue_tokens(doc, attribution.cue)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def act_by_lexicon(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Set the act where the lexicon leaves no choice; "sluit uit" denies, "sluit niet uit" predicts."""
    result = []
    for one in found:
        entry = cue_entry(doc, one.cue)
        if entry is not None and entry.lemma == "uitsluiten" and has_tree(doc):
            head = cue_head(doc, one)
            negated = head is not None and negation_of(head) is not None
            changes = ("predict", "+") if negated else ("deny", "-")
            one = named(one, "act", act=changes[0], polarity=changes[1])
        elif entry is not None and "fixed" in entry.frames:
            one = named(one, "act", act=entry.act)
        result.append(one)
    return result


def polarity_by_negation(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Turn the polarity of a cue that is negated; a denial without negation is negative."""
    if not has_tree(doc):
        return found
    result = []
    for one in found:
        entry = cue_entry(doc, one.cue)
        head = cue_head(doc, one)
        if entry is not None and head is not None and entry.kind == "verb":
            negation = negation_of(head)
            if negation is not None and not _belongs_to(doc, one, negation):
                one = named(one, "polarity", polarity="+" if entry.polarity == "-" else "-")
            elif entry.polarity == "-" and "fixed" in entry.frames:
                one = named(one, "polarity", polarity="-" if negation is None else "+")
        result.append(one)
    return result


def _belongs_to(doc: Doc, one: FoundAttribution, negation: Token) -> bool:
    """Tell whether a negation is part of the content: zegt *niet* te komen."""
    if overlap(one.content, [(negation.idx, negation.idx + len(negation))]):
        return True
    first = next(iter(cue_tokens(doc, one.content)), None)
    if first is None or one.act not in ("say", "promise"):
        return False
    return first.i == negation.i + 1 and first.lower_ not in OPENERS
