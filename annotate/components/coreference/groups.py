"""Groups of two: beide landen, de twee, het duo are the two of their sort that were named last."""

from collections.abc import Sequence

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View
from annotate.links import country_code

REACH = 4
"""Sentences back in which the members are looked for."""
_TWO = frozenset({"beide", "twee", "tweetal"})
_PAIRS = frozenset({"couple"})


def pairs(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """Beide landen, beide leiders, de twee, het duo: the two entities of that sort that came last.

    Where these were joined before (Rusland en Noord-Korea) it is the same group.
    """
    known: dict[frozenset[int], Mention] = {}
    for mention in mentions:
        if mention.kind != "description":
            continue
        members = mention.members or _members(view, mention, mentions, clusters)
        if len(members) < 2:
            continue
        key = frozenset(clusters.root(m) for m in members)
        if len(key) < 2:
            continue
        mention.members = list(members)
        for member in members:
            clusters.part(mention, member)
        if key in known:
            clusters.join(mention, known[key], "pair")
        known.setdefault(key, mention)


def _members(
    view: View, mention: Mention, mentions: Sequence[Mention], clusters: Clusters
) -> list[Mention]:
    first = view.words[mention.first].lower
    second = view.words[min(mention.first + 1, mention.head)].lower
    two = first in {"beide", "allebei"} or (
        mention.definite in {"def", "dem"} and (second in _TWO or mention.form in _TWO)
    )
    pair = mention.definite in {"def", "dem"} and bool(mention.noun.sets & _PAIRS)
    if not two and not pair:
        return []
    found: list[Mention] = []
    for other in reversed(mentions[: mention.index]):
        if mention.sent - other.sent > REACH:
            break
        if other.end > mention.start or not _fits(mention, other, clusters):
            continue
        if all(not clusters.same(other, m) for m in found):
            found.append(other)
        if len(found) == 2:
            return found[::-1]
    return []


def _fits(mention: Mention, other: Mention, clusters: Clusters) -> bool:
    if other.kind != "name":
        return False
    sets = mention.noun.sets
    if "country" in sets:
        return other.label == "GPE" and country_code(other.text, "GPE") is not None
    if "place" in mention.sorts:
        return other.label == "GPE" and country_code(other.text, "GPE") is None
    if "org" in mention.sorts and "group" not in mention.sorts:
        return other.label == "ORG"
    return other.label == "PERSON"
