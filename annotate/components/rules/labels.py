"""Act, polarity and type: the lexicon, the negation of the cue, the quotation marks."""

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import attribution_type
from annotate.components.rules.cues import cue_entry, cue_tokens
from annotate.components.rules.pieces import named

_NEGATIONS = frozenset(
    {"niet", "nooit", "geen", "nimmer", "niemand", "evenmin", "noch", "nauwelijks"}
)


def type_by_marks(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Set the type by the quotation marks around the content; a report inside a quote is not direct."""
    return [
        named(one, "type", type=attribution_type(doc.text, one.content, one.cue)) for one in found
    ]


def negation_of(cue: Token) -> Token | None:
    """Return the negation of a cue, None where it has none."""
    above = [cue]
    for child in (t for a in above for t in a.children):
        if child.lower_ in _NEGATIONS:
            return child
    return None


def cue_head(doc: Doc, attribution: FoundAttribution) -> Token | None:
    """Return the word of a cue that governs the others, None for a quote without one."""
    tokens = cue_tokens(doc, attribution.cue)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def act_by_lexicon(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Set act and polarity where the lexicon leaves no choice: denials and accusations."""
    result = []
    for one in found:
        entry = cue_entry(doc, one.cue)
        if entry is not None and entry.act in ("accuse",) and entry.kind == "verb":
            one = named(one, "act", act=entry.act)
        result.append(one)
    return result
