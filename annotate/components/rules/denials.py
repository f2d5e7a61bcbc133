"""What a denial points back to: "heeft de beschuldigingen ontkend" and the accusation before it."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.rules.cues import cue_tokens
from annotate.components.rules.sources import head_of

REACH = 6
"""Sentences before a denial in which the accusation is sought."""
_NOUNS = {
    "aanklacht": ("accuse",),
    "aantijging": ("accuse",),
    "beschuldiging": ("accuse",),
    "bewering": ("say", "accuse"),
    "claim": ("say", "accuse"),
    "gerucht": ("say", "accuse"),
    "verdachtmaking": ("accuse",),
    "verdenking": ("accuse",),
    "verwijt": ("accuse",),
}
"""Nouns that stand for a proposition told before, and the acts by which it was told."""
_PRONOUNS = frozenset({"dat", "dit", "het"})
_DEFINITE = frozenset({"de", "het", "die", "deze", "dit", "dat", "alle", "zulke", "dergelijke"})


def refers_to(doc: Doc, attributions: Sequence[FoundAttribution], number: int) -> int | None:
    """Return the index of the attribution that a denial points back to, None where it is not certain.

    The content must be a definite noun phrase of accusation without a clause of its own, or a bare pronoun;
    an attribution of a fitting act must stand in the sentences before; and the denier must be the accused
    in it, or it must be the only one.
    """
    denial = attributions[number]
    if denial.act != "deny" or not denial.content:
        return None
    words = cue_tokens(doc, denial.content)
    if not words or len(words) > 4 or not doc.has_annotation("SENT_START"):
        return None
    acts = _acts(words)
    if not acts:
        return None
    start = denial.content[0][0]
    here = _sentence(doc, start)
    before = []
    for i, a in enumerate(attributions):
        if i == number or a.act not in acts or not a.content or a.content[0][0] >= start:
            continue
        if a.content[-1][1] > start or a.polarity == "-":
            continue
        if 0 <= here - _sentence(doc, a.content[0][0]) <= REACH:
            before.append(i)
    if not before:
        return None
    names = _names(doc, denial.source)
    about = [i for i in before if names & _names_around(doc, attributions[i])]
    if about:
        return about[-1]
    return before[-1] if len(before) == 1 and attributions[before[0]].act == "accuse" else None


def _acts(words: Sequence[Token]) -> tuple[str, ...]:
    if len(words) == 1 and words[0].lower_.rstrip(".") in _PRONOUNS:
        return ("accuse",)
    head = head_of(words)
    if words[0].lower_ not in _DEFINITE or words[-1].i != head.i:
        return ()
    return _NOUNS.get(head.lemma_.lower(), ())


def _names(doc: Doc, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    return frozenset(t.text for t in cue_tokens(doc, spans) if t.text[:1].isupper() and len(t) > 2)


def _names_around(doc: Doc, attribution: FoundAttribution) -> frozenset[str]:
    """Return the names in the sentence of an attribution but those of its source: one is the accused."""
    start = min(s for s, _e in (*attribution.cue, *attribution.content))
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None:
        return frozenset()
    sent = span[0].sent
    names = _names(doc, [(sent.start_char, sent.end_char), *attribution.content])
    return (
        names - _names(doc, attribution.source) - {sent[0].text if sent[0].pos_ != "PROPN" else ""}
    )


def _sentence(doc: Doc, offset: int) -> int:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None:
        return 0
    return sum(1 for t in doc[: span[0].i + 1] if t.is_sent_start)
