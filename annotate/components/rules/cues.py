"""The lemma of a cue, and its entry in the lexicon."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from annotate.lexicon import CueEntry, cue_lemmas, cues, verb_forms

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
    lemma = " ".join([*(base_lemma(t) if _finite(t) else t.lower_ for t in rest)])
    head = base_lemma(top)
    candidates = [
        " ".join([*others, lemma, head]),
        " ".join([head, *others, lemma]),
        " ".join([head, lemma]),
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
    lemma = base_lemma(verb)
    particle = particle_of(verb)
    return lemma if not particle or lemma.startswith(particle) else particle + lemma


def base_lemma(verb: Token) -> str:
    """Return the lemma of a verb, without a particle that stands apart.

    The forms of reporting verbs are known; of a form with several lemmas the pipeline's own counts.
    """
    given = verb.lemma_.lower().replace("_", "")
    known = verb_forms().get(verb.lower_, ())
    if not known or given in known:
        return given
    return next((lemma for lemma in known if given.endswith(lemma)), known[0])


def _verbal(verb: Token, others: Sequence[Token]) -> str:
    known = cue_lemmas()
    base = base_lemma(verb)
    full = verb_lemma(verb)
    if not others:
        return full if full in known or base not in known else base
    words = [t.lower_.rstrip(".") for t in others]
    joined = "".join(words)
    if base.startswith(joined) and base in known:
        return base
    candidates = [joined + base, " ".join([*words, base]), " ".join([base, *words])]
    candidates.append(" ".join([*words[:-1], words[-1] + base]))
    found = next((c for c in candidates if c in known), None)
    if found is not None:
        return found
    if full in known:
        return full
    if len(others) == 1 and others[0].dep_ == "compound:prt" and words[0] not in _LIGHT:
        return joined + base
    kept = [w for w in words if w not in _LIGHT]
    return " ".join([*kept, base])


def _nominal(tokens: Sequence[Token]) -> str:
    known = cue_lemmas()
    lemmas = [(t.lemma_ or t.text).lower() for t in tokens]
    forms = [t.lower_ for t in tokens]
    if len(tokens) == 1:
        words = (lemmas[0], *_singulars(forms[0]))
        kind = _KINDS.get(tokens[0].pos_, "")
        same = next((w for w in words if (w, kind) in cues()), None)
        return same or next((w for w in words if w in known), lemmas[0])
    candidates = (" ".join(forms), " ".join(lemmas), "".join(forms))
    return next((c for c in candidates if c in known), candidates[0])


def _singulars(form: str) -> Iterator[str]:
    """Yield what a form may be the plural or the inflected form of."""
    yield form
    for ending in ("en", "n", "s", "'s", "’s", "e"):
        if form.endswith(ending):
            yield form.removesuffix(ending)
    if form.endswith("en") and len(form) > 4 and form[-3] == form[-4]:
        yield form[:-3]


def _is_verb(token: Token) -> bool:
    """Tell whether a word of a cue is a verb.

    A form that only a reporting verb has (zei) is one whatever a tagger says or does not say; of a form
    that may be a noun or an adjective too (vragen, bekend) the tagger decides.
    """
    form = token.lower_
    other = any((w, kind) in cues() for w in _singulars(form) for kind in ("noun", "adjective"))
    if form in verb_forms() and not other:
        return True
    if token.pos_ not in VERBS:
        return not token.pos_ and form in verb_forms()
    entry = cue_lemmas().get(form)
    return entry is None or entry.kind == "verb" or form in verb_forms()


def _finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", []) or "|pv|" in f"|{token.tag_}|"
