"""Claims: what the article reports or hedges rather than states itself."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from annotate.components.attributions import FoundAttribution, stored_attributions
from annotate.components.clauses import clause_span, has_tree, predicate_of, trimmed_span
from annotate.components.quotation import quoted_stretches
from annotate.components.rules.cues import cue_entry
from annotate.components.rules.denials import refers_to
from annotate.labels import Certainty, ClaimKind
from annotate.lexicon import HedgeEntry, hedges

KEY = "annotate_claims"
"""Span group whose ``attrs["claims"]`` holds the claims."""
WEAKEST: tuple[Certainty, ...] = ("possible", "probable")
"""Certainties that a hedge inside a content lends to its claim, the weakest first."""
_OPEN_ACTS = frozenset({"say", "ask"})
"""Acts whose negation leaves the content open (wilde niet bevestigen dat) and does not deny it."""


class FoundClaim(NamedTuple):
    """One claim in character offsets.

    Attributes:
        spans: the proposition, in text order.
        attribution: index of the attribution whose content it is; None for a hedge of the author.
        refers_to: index of the earlier attribution whose content a denial points back to, else None.
        rule: what found it.
    """

    spans: list[tuple[int, int]]
    attribution: int | None
    kind: ClaimKind
    certainty: Certainty
    rule: str
    refers_to: int | None = None


def find_claims(doc: Doc, attributions: Sequence[FoundAttribution]) -> Iterator[FoundClaim]:
    """Yield one claim for each attribution, then the hedges of the author in text order."""
    marks = list(_hedge_marks(doc)) if has_tree(doc) else []
    for number, attribution in enumerate(attributions):
        kind: ClaimKind = "attributed" if attribution.source else "unsourced"
        target = refers_to(doc, attributions, number)
        spans = list(attribution.content if target is None else attributions[target].content)
        certainty = _certainty(doc, attribution, marks)
        rule = "content" if target is None else "points-back"
        yield FoundClaim(spans, number, kind, certainty, rule, target)
    reported = [span for a in attributions for span in a.content]
    cue_spans = [span for a in attributions for span in a.cue]
    quoted = quoted_stretches(doc.text)
    seen: set[tuple[int, int]] = set()
    for token, entry in marks or _plain_marks(doc):
        at = (token.idx, token.idx + len(token))
        if any(s <= at[0] and at[1] <= e for s, e in (*reported, *quoted, *cue_spans)):
            continue
        span = _clause(doc, token, entry)
        if span[0] >= span[1] or span in seen:
            continue
        seen.add(span)
        yield FoundClaim([span], None, "hedged", entry.certainty, f"hedge:{entry.kind}")


def _certainty(
    doc: Doc, attribution: FoundAttribution, marks: Sequence[tuple[Token, HedgeEntry]]
) -> Certainty:
    entry = cue_entry(doc, attribution.cue)
    if attribution.polarity == "-":
        return "possible" if attribution.act in _OPEN_ACTS else "denied"
    if attribution.act == "deny":
        return "possible"
    own = entry.certainty if entry is not None else "reported"
    if own == "denied":
        own = "possible"
    if attribution.act == "predict" and own == "reported":
        own = "probable"
    if attribution.act == "ask":
        own = "possible"
    inside = {
        hedge.certainty
        for token, hedge in marks
        if _heads(attribution.content, token) and hedge.certainty in WEAKEST
    }
    return next((c for c in WEAKEST if c in inside or c == own), own)


def _heads(content: Sequence[tuple[int, int]], token: Token) -> bool:
    """Tell whether a hedge stands in the main clause of a content."""
    if not any(s <= token.idx < e for s, e in content):
        return False
    above = predicate_of(token)
    outer = above.head
    return above.head.i == above.i or not any(s <= outer.idx < e for s, e in content)


def _hedge_marks(doc: Doc) -> Iterator[tuple[Token, HedgeEntry]]:
    """Yield hedges by form and tree: the word on which the hedge hangs or that is the hedge."""
    table = hedges()
    firsts = _phrase_firsts()
    for token in doc:
        lower = token.lower_
        entry = table.get(lower)
        if entry is not None and entry.kind == "adverb" and _modifies_clause(token):
            yield token, entry
        elif lower in firsts:
            for form in firsts[lower]:
                words = form.split()
                if [t.lower_ for t in doc[token.i : token.i + len(words)]] == words:
                    yield token, table[form]
                    break
        if token.pos_ in ("VERB", "AUX"):
            lemma = table.get(token.lemma_.lower())
            if lemma is not None and lemma.kind == "verb" and _with_infinitive(token):
                yield token, lemma
            elif lower in ("zou", "zouden") and _could(token):
                yield token, HedgeEntry("zou kunnen", "verb", "possible")


def _plain_marks(doc: Doc) -> Iterator[tuple[Token, HedgeEntry]]:
    """Yield hedges without a tree: adverbs that are never adjectives."""
    table = hedges()
    for token in doc:
        entry = table.get(token.lower_)
        if entry is not None and entry.kind == "adverb" and token.lower_ not in _ADJECTIVES:
            yield token, entry


_ADJECTIVES = frozenset({"mogelijk", "waarschijnlijk", "kennelijk", "vermoedelijk"})


def _phrase_firsts() -> dict[str, list[str]]:
    firsts: dict[str, list[str]] = {}
    for form, entry in hedges().items():
        if entry.kind in ("phrase", "clause"):
            firsts.setdefault(form.split()[0], []).append(form)
    return {first: sorted(forms, key=len, reverse=True) for first, forms in firsts.items()}


def _modifies_clause(token: Token) -> bool:
    """Tell whether an adverb modifies a predicate: no attribute (mogelijke), no predicate (is mogelijk)."""
    if token.lower_ not in _ADJECTIVES:
        return token.pos_ in ("ADV", "ADJ", "INTJ")
    return token.dep_ == "advmod" and token.head.lemma_.lower() not in ("maken", "zo")


def _with_infinitive(verb: Token) -> bool:
    """Tell whether lijken or schijnen governs an infinitive with te."""
    return any(
        t.lower_ == "te" and t.head.pos_ in ("VERB", "AUX") and verb.i in (t.head.head.i, t.head.i)
        for t in verb.doc[verb.sent.start : verb.sent.end]
        if t.dep_ == "mark" and t.head.i != verb.i
    )


def _could(modal: Token) -> bool:
    """Tell whether zou stands with kunnen under one verb, and no condition hangs on it."""
    top = modal.head if modal.dep_ == "aux" else modal
    words = {t.lower_ for t in top.children} | {top.lower_}
    condition = any(
        t.dep_ == "advcl"
        and any(c.lower_ in ("als", "indien", "mits", "wanneer") for c in t.children)
        for t in top.children
    )
    return "kunnen" in words and not condition


def _clause(doc: Doc, token: Token, entry: HedgeEntry) -> tuple[int, int]:
    if not has_tree(doc):
        sent = token.sent if doc.has_annotation("SENT_START") else doc[:]
        return trimmed_span(doc.text, sent.start_char, sent.end_char)
    predicate = predicate_of(token)
    if entry.kind == "clause":
        below = [t for t in predicate.children if t.dep_ in ("ccomp", "csubj", "acl", "advcl")]
        after = [t for t in below if t.i > token.i]
        if after:
            return clause_span(after[0], coordinated=True)
    return clause_span(predicate)


def store_claims(doc: Doc, found: Sequence[FoundClaim]) -> None:
    """Write claims to the span group."""
    marked: list[Span] = []
    records: list[dict[str, Any]] = []
    for number, claim in enumerate(found):
        for start, end in claim.spans:
            span = doc.char_span(start, end, "CLAIM", alignment_mode="expand")
            if span is not None:
                span.id_ = str(number)
                marked.append(span)
        records.append(claim._asdict())
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=marked, attrs={"claims": records})


def stored_claims(doc: Doc) -> list[FoundClaim]:
    """Return the claims of a Doc, none where the component did not run."""
    if KEY not in doc.spans:
        return []
    return [
        FoundClaim(**{**record, "spans": [(int(s), int(e)) for s, e in record["spans"]]})
        for record in doc.spans[KEY].attrs["claims"]
    ]


@Language.component("annotate_claims", assigns=["doc.spans"])
def annotate_claims(doc: Doc) -> Doc:
    """Set ``doc.spans["annotate_claims"]``: the claims of a Doc whose attributions are found."""
    store_claims(doc, list(find_claims(doc, stored_attributions(doc))))
    return doc
