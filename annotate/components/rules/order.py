"""Order and doubles."""

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution


def in_text_order(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Sort by the start of the content or cue, whichever is first."""
    return sorted(found, key=_place)


def without_doubles(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Keep one of several attributions with the same cue and content: the surest."""
    best: dict[tuple[object, ...], FoundAttribution] = {}
    for one in found:
        key = (tuple(one.cue), tuple(one.content))
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    return [one for one in found if best[tuple(one.cue), tuple(one.content)] is one]


def _place(found: FoundAttribution) -> tuple[int, int]:
    starts = [s for s, _e in (*found.source, *found.cue, *found.content)]
    return min(starts), found.cue[0][0] if found.cue else min(starts)
