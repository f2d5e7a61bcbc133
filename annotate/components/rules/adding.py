"""Reports that are certain by their form, where the heads missed them."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.clauses import (
    clause_span,
    has_tree,
    predicate_of,
)
from annotate.components.quotation import attribution_type
from annotate.components.rules.cues import verb_lemma
from annotate.components.rules.nesting import overlap
from annotate.components.rules.phrases import NOMINAL, agent_of, is_passive, without_case
from annotate.components.rules.pieces import Spans, tidy, without
from annotate.lexicon import cues

_CONDITION = frozenset(
    {
        "als",
        "indien",
        "mits",
        "tenzij",
        "zonder",
        "anders",
        "normaal",
        "normaliter",
        "wanneer",
        "had",
    }
    | {"hadden", "graag", "liever", "eigenlijk", "misschien", "best", "dan", "ware", "zodat", "?"}
)
"""Words in a sentence that make zou conditional or a question."""
_SPEAKING = frozenset({"ik", "wij", "we", "jij", "je", "u", "jullie", "men", "mij", "ons"})
_COMPLEMENTS = ("ccomp", "csubj", "csubj:pass", "xcomp")
_HAVE = frozenset({"hebben", "zijn", "worden"})


def add_reportative(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Add "zou" and "zouden" with a perfect infinitive that pass on what others say.

    Only main clauses without a condition, not in the first or second person, outside every content.
    """
    if not has_tree(doc):
        return found
    return _with(doc, found, "zou", _reportatives(doc))


def add_allegedly(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Add "naar verluidt" and its clause."""
    if not has_tree(doc):
        return found
    return _with(doc, found, "verluidt", _allegations(doc), instead=("zou", "zouden"))


def add_passive(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Add passives that report: (er) wordt gezegd dat, X wordt ervan beschuldigd te; door X is the source."""
    if not has_tree(doc):
        return found
    return _with(doc, found, "passive", _passives(doc))


_Parts = tuple[Spans, Spans, Spans, str, str]
"""Source, cue, content, act, polarity."""


def _with(
    doc: Doc,
    found: list[FoundAttribution],
    rule: str,
    parts: Iterator[_Parts],
    instead: tuple[str, ...] = (),
) -> list[FoundAttribution]:
    """Return the attributions and, of those given in parts, what has no cue in common with them.

    Args:
        instead: cues whose reports give way to what is added in the same clause.
    """
    result = list(found)
    for source, cue, content, act, polarity in parts:
        if any(overlap(one.cue, cue) for one in result):
            continue
        result = [
            one
            for one in result
            if _words(doc, one.cue) not in instead or not overlap(one.cue, content)
        ]
        kept = tidy(doc.text, without(content, [*cue, *source]))
        if kept:
            kind = attribution_type(doc.text, kept, cue)
            result.append(FoundAttribution(source, cue, kept, kind, act, polarity, 0.5, rule))
    return result


def _reportatives(doc: Doc) -> Iterator[_Parts]:
    for token in doc:
        if token.lower_ not in ("zou", "zouden"):
            continue
        predicate = predicate_of(token)
        if predicate.dep_ not in ("ROOT", "conj", "parataxis") or not _perfect(predicate):
            continue
        words = {t.lower_ for t in token.sent}
        if words & _CONDITION or any(t.dep_ == "mark" for t in predicate.children):
            continue
        subject = next((t for t in predicate.children if t.dep_.startswith("nsubj")), None)
        if subject is None or subject.lower_ in _SPEAKING:
            continue
        cue = [(token.idx, token.idx + len(token))]
        yield [], cue, [clause_span(predicate)], "say", "+"


def _allegations(doc: Doc) -> Iterator[_Parts]:
    for token in doc[:-1]:
        if token.lower_ == "naar" and doc[token.i + 1].lower_ in ("verluidt", "verluid"):
            last = doc[token.i + 1]
            top = last if last.head.i != token.i else token
            predicate = predicate_of(top.head if top.head.i != top.i else top)
            while predicate.dep_ == "xcomp":
                predicate = predicate_of(predicate.head)
            if predicate.i in (token.i, last.i):
                continue
            cue = [(token.idx, last.idx + len(last))]
            yield [], cue, [clause_span(predicate)], "say", "+"


def _passives(doc: Doc) -> Iterator[_Parts]:
    table = cues()
    for verb in doc:
        if verb.pos_ != "VERB" or not is_passive(verb):
            continue
        entry = table.get((verb_lemma(verb), "verb"))
        if entry is None or not entry.frames:
            continue
        clause = next((t for t in verb.children if t.dep_ in _COMPLEMENTS), None)
        if clause is None:
            continue
        subject = next((t for t in verb.children if t.dep_ in ("nsubj:pass", "nsubj")), None)
        impersonal = subject is None or subject.i == clause.i or subject.lower_ in ("er", "het")
        if "accused" not in entry.frames and not impersonal:
            continue
        agent = agent_of(verb)
        source = [without_case(agent)] if agent is not None and agent.pos_ in NOMINAL else []
        cue = [(verb.idx, verb.idx + len(verb))]
        cue += [(t.idx, t.idx + len(t)) for t in verb.children if t.dep_ == "compound:prt"]
        negated = any(t.lower_ in ("niet", "nooit") for t in verb.children)
        polarity = "-" if negated else entry.polarity
        yield source, sorted(cue), [clause_with_mark(clause)], entry.act, polarity


def _words(doc: Doc, spans: Spans) -> str:
    return " ".join(doc.text[start:end] for start, end in spans).lower()


def clause_with_mark(clause: Token) -> tuple[int, int]:
    """Return the character span of a subordinate clause, dat, of or om included."""
    words = sorted(clause.subtree, key=lambda t: t.i)
    words = [t for t in words if not t.is_space]
    while words and (words[0].is_punct or words[0].dep_ == "cc"):
        words = words[1:]
    while words and words[-1].is_punct:
        words = words[:-1]
    return words[0].idx, words[-1].idx + len(words[-1])


def _perfect(predicate: Token) -> bool:
    """Tell whether a predicate is a perfect infinitive: (zou) hebben gezegd, zijn gezien."""
    helped = any(
        t.lemma_.lower() in _HAVE and t.lower_ in _HAVE
        for t in predicate.children
        if t.dep_.startswith("aux")
    )
    participle = "Part" in predicate.morph.get("VerbForm", []) or "|vd|" in f"|{predicate.tag_}|"
    return helped and participle
