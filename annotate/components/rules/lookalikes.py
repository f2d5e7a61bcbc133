"""Words that look like a report and are none."""

from functools import cache

from spacy.tokens import Doc, Token

from annotate.components.attributions import FoundAttribution
from annotate.components.rules.cues import base_lemma, cue_tokens
from annotate.lexicon import pseudo_cues

Pattern = tuple[tuple[str, ...], ...]


def drop_lookalikes(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Leave out what a pattern of the lexicon says is no report: volgens plan, besloot te, zou graag."""
    return [one for one in found if not is_lookalike(doc, one)]


def is_lookalike(doc: Doc, one: FoundAttribution) -> bool:
    """Tell whether a cue is used in a way that reports nothing."""
    tokens = cue_tokens(doc, one.cue)
    if len(tokens) != 1:
        return False
    return any(
        one.type == "indirect" if pattern == (("_",),) else _fits(tokens[0], pattern)
        for lemma in {tokens[0].lower_, tokens[0].lemma_.lower(), base_lemma(tokens[0])}
        for pattern in _patterns().get(lemma, ())
    )


@cache
def _patterns() -> dict[str, list[Pattern]]:
    table: dict[str, list[Pattern]] = {}
    for entry in pseudo_cues():
        table.setdefault(entry.cue, []).append(entry.pattern)
    return table


def _fits(cue: Token, pattern: Pattern) -> bool:
    start = cue.i - pattern.index(("_",))
    if start < 0 or start + len(pattern) > len(cue.doc):
        return False
    return all(_is_word(cue.doc[start + i], slot) for i, slot in enumerate(pattern))


def _is_word(token: Token, slot: tuple[str, ...]) -> bool:
    """Tell whether a word can stand in a slot: ``_`` the cue, ``*`` anything but a mark, else these words."""
    if slot == ("*",):
        return not token.is_punct
    return slot == ("_",) or token.lower_ in slot
