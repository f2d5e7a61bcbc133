"""The lemma of a cue, and its entry in the lexicon."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from annotate.lexicon import CueEntry, cue_lemmas, cues

Spans = Sequence[tuple[int, int]]
VERBS = frozenset({"VERB", "AUX"})
_LIGHT = frozenset({"het", "er", "te", "ervan", "erop", "ertoe", "zich", "daarvan", "zelf", "dat"})
"""Words in a cue that its lemma leaves out, unless the lexicon has them."""
_KINDS = {"NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "VERB": "verb", "AUX": "verb"}


def cue_tokens(doc: Doc, spans: Spans) -> list[Token]:
    """Return the words of a cue in text order."""
    found: dict[int, Token] = {}
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        found.update((t.i, t) for t in span or () if not (t.is_space or t.is_punct))
    return [found[i] for i in sorted(found)]


def cue_lemma(doc: Doc, cue_spans: Spans) -> str | None:
    """Return the lemma of a cue, None for a quote without one.

    A separable verb carries its particle (stelt … vast: vaststellen), a fixed phrase stands as in the
    infinitive (wees van de hand: van de hand wijzen), a preposition or adverbial phrase as it is.
    """
    tokens = cue_tokens(doc, cue_spans)
    if not tokens:
        return None
    known = cue_lemmas()
    phrase = " ".join(t.lower_ for t in tokens)
    entry = known.get(phrase)
    if entry is not None and entry.kind in ("phrase", "preposition"):
        return phrase
    verbs = [t for t in tokens if _is_verb(t)]
    if not verbs:
        return _nominal(tokens)
    if len(verbs) == 1:
        return _verbal(verbs[0], [t for t in tokens if t is not verbs[0]])
    top = next((t for t in verbs if _finite(t)), None) or next(
        (t for t in verbs if all(t.head.i != v.i for v in verbs if v is not t)), verbs[0]
    )
    rest = [t for t in verbs if t is not top]
    others = [t.lower_ for t in tokens if t not in verbs]
    lemma = " ".join([*(t.lemma_.lower() if _finite(t) else t.lower_ for t in rest)])
    candidates = [
        " ".join([*others, lemma, top.lemma_.lower()]),
        " ".join([top.lemma_.lower(), *others, lemma]),
        " ".join([top.lemma_.lower(), lemma]),
    ]
    return next((c for c in candidates if c in known), candidates[-1])


def cue_entry(doc: Doc, cue_spans: Spans) -> CueEntry | None:
    """Return what the lexicon says of a cue, None where it does not know it."""
    lemma = cue_lemma(doc, cue_spans)
    if lemma is None:
        return None
    tokens = cue_tokens(doc, cue_spans)
    kind = "verb" if any(_is_verb(t) for t in tokens) else _KINDS.get(tokens[0].pos_, "")
    return cues().get((lemma, kind)) or cue_lemmas().get(lemma)


def particle_of(verb: Token) -> str:
    """Return the separable particle that stands apart from a verb, in lower case, else ""."""
    return next((t.lower_ for t in verb.children if t.dep_ == "compound:prt"), "")


def verb_lemma(verb: Token) -> str:
    """Return the lemma of a verb with its separable particle, as the lexicon has it."""
    lemma = verb.lemma_.lower().replace("_", "")
    particle = particle_of(verb)
    return lemma if not particle or lemma.startswith(particle) else particle + lemma


def _verbal(verb: Token, others: Sequence[Token]) -> str:
    known = cue_lemmas()
    lemma = verb.lemma_.lower().replace("_", "")
    full = verb_lemma(verb)
    if not others:
        return full
    words = [t.lower_ for t in others]
    joined = "".join(words)
    if lemma.startswith(joined):
        return lemma
    base = lemma[len(particle_of(verb)) :] if lemma == full else lemma
    candidates = [joined + base, " ".join([*words, base]), " ".join([*words, lemma])]
    found = next((c for c in candidates if c in known), None)
    if found is not None:
        return found
    if len(others) == 1 and others[0].dep_ == "compound:prt":
        return joined + base
    kept = [w for w in words if w not in _LIGHT]
    return " ".join([*kept, full]) if "".join(kept) != particle_of(verb) else full


def _nominal(tokens: Sequence[Token]) -> str:
    known = cue_lemmas()
    lemmas = [(t.lemma_ or t.text).lower() for t in tokens]
    forms = [t.lower_ for t in tokens]
    whole = next((" ".join(x) for x in (forms, lemmas) if " ".join(x) in known), None)
    if whole is not None:
        return whole
    if len(tokens) == 1:
        return forms[0] if forms[0] in known and lemmas[0] not in known else lemmas[0]
    if "".join(forms) in known:
        return "".join(forms)
    return " ".join(forms)


def _is_verb(token: Token) -> bool:
    return token.pos_ in VERBS


def _finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", []) or "|pv|" in f"|{token.tag_}|"
