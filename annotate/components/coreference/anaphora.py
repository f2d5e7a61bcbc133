"""Sieves for pronouns: ik and we in quotes, then hij, zij, ze, hun, zijn."""

import re
from collections.abc import Sequence

from annotate.components.coreference import ranking
from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.descriptions import is_anaphor
from annotate.components.coreference.features import description_candidates
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.relations import inverse
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View

SPEAKS_FOR = frozenset({"spokesperson", "chair", "boss", "coach"})
"""Sets of nouns for persons who say we of their organisation."""
_BELONGS = re.compile(r",? (?:van|bij|namens) (?:de |het )?|,? \(? ?")
"""Between a spokesman and the organisation that he speaks for."""
REACH = 3
"""Sentences back in which that organisation is looked for."""


def first_person(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """Ik, mij and mijn in a quote are its speaker; outside quotes, the author."""
    author: Mention | None = None
    for mention in mentions:
        found = mention.pronoun
        if found is None or found.person != 1 or found.number != "s":
            continue
        speaker = speech.speaker_at(mention)
        if speaker is not None:
            clusters.join(mention, speaker, "speaker", force=True)
        elif mention.quote < 0:
            if author is not None:
                clusters.join(mention, author, "author")
            author = mention


def we(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """We and ons in the quotes of one speaker are one group; of a body or its spokesman, that body."""
    groups: dict[int, Mention] = {}
    for mention in mentions:
        found = mention.pronoun
        if found is None or found.person != 1 or found.number != "p":
            continue
        speaker = speech.speaker_at(mention)
        if speaker is None:
            continue
        sorts = clusters.sorts(speaker)
        if sorts & {"org", "group"} and "person" not in sorts:
            clusters.join(mention, speaker, "we")
            continue
        root = clusters.root(speaker)
        if root in groups:
            clusters.join(mention, groups[root], "we")
            continue
        groups[root] = mention
        clusters.part(mention, speaker)
        body = _body(view, mention, speaker, mentions, clusters)
        if body is not None:
            clusters.join(mention, body, "we_body")


def _body(
    view: View,
    mention: Mention,
    speaker: Mention,
    mentions: Sequence[Mention],
    clusters: Clusters,
) -> Mention | None:
    """Return the organisation that a spokesman, chairman or director speaks for."""
    said = clusters.of(speaker)
    if not any(found.sets & SPEAKS_FOR for m in said for _, found in m.nouns()):
        return None
    for m in said:
        if m.owner is not None and "org" in m.owner.sorts and m.owner.pronoun is None:
            return m.owner
    for m in said:
        after = mentions[m.index + 1] if m.index + 1 < len(mentions) else None
        if after is None or "org" not in after.sorts:
            continue
        if _BELONGS.fullmatch(view.text[m.end : after.start]):
            return after
    for other in reversed(mentions[: mention.index]):
        if mention.sent - other.sent > REACH:
            break
        free = other.quote < 0 and not other.nested and other.kind != "pronoun"
        if free and other.sorts == {"org"} and other.role == "subject":
            return other
    return None


def anaphors(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """Descriptions and pronouns: the likeliest of what they can take up, or nobody."""
    for mention in in_order(mentions):
        counterpart = inverse(mention, clusters)
        if counterpart is not None and clusters.join(mention, counterpart, "inverse"):
            continue
        found = candidates(mention, mentions, clusters, speech)
        if len(found) > 1:
            chosen = ranking.best(found)
            if chosen.mention is not None:
                clusters.join(mention, chosen.mention, chosen.rule)


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions paragraph by paragraph, those outside quotes first: they say who speaks."""
    return sorted(mentions, key=_turn)


def _turn(mention: Mention) -> tuple[int, bool, int, int]:
    """Order by place; a possessive before the phrase that it opens, whose owner it tells."""
    return mention.para, mention.quote >= 0, mention.start, mention.end


def candidates(
    mention: Mention, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> list[ranking.Candidate]:
    """Return what a mention can take up; nothing for names, first persons and what is linked already."""
    if mention.pronoun is not None and mention.pronoun.person == 3:
        return ranking.pronoun_candidates(mention, mentions, clusters, speech)
    if is_anaphor(mention) and clusters.rules[mention.index] == "found":
        return description_candidates(mention, mentions, clusters, speech)
    return []
