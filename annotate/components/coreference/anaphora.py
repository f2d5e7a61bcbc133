"""Sieves for pronouns: ik and we in quotes, then hij, zij, ze, hun, zijn by rank of what they can take up."""

from collections.abc import Sequence

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mentions import Mention
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View

REACH = 4
"""Sentences back in which a pronoun's antecedent is looked for."""


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
    """We and ons in the quotes of one speaker are one group; of an organisation, that organisation."""
    groups: dict[int, Mention] = {}
    for mention in mentions:
        found = mention.pronoun
        if found is None or found.person != 1 or found.number != "p":
            continue
        speaker = speech.speaker_at(mention)
        if speaker is None:
            continue
        if speaker.sorts & {"org", "group"} and "person" not in speaker.sorts:
            clusters.join(mention, speaker, "we")
            continue
        root = clusters.root(speaker)
        if root in groups:
            clusters.join(mention, groups[root], "we")
        else:
            groups[root] = mention
            for m in clusters.of(speaker):
                clusters.part(mention, m)


def third_person(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """Hij, zij, ze, haar, hem, zijn, hun: the best antecedent by number, gender, sort, distance and role."""
    for mention in mentions:
        found = mention.pronoun
        if found is None or found.person != 3:
            continue
        if mention.form in {"het", "dit", "dat", "die", "deze"}:
            continue
        best = None
        score = -99.0
        speaker = speech.speaker_at(mention) if mention.quote >= 0 else None
        for other in reversed(mentions[: mention.index]):
            if mention.sent - other.sent > REACH:
                break
            if not possible(mention, other, clusters, speaker):
                continue
            s = -1.0 * (mention.sent - other.sent) + 0.7 * (other.role == "subject")
            s += 0.5 * (other.kind != "description") + 0.3 * len(clusters.of(other)) ** 0.5
            s -= 0.01 * (mention.index - other.index)
            if s > score:
                best, score = other, s
        if best is not None:
            clusters.join(mention, best, "pronoun")


def possible(mention: Mention, other: Mention, clusters: Clusters, speaker: Mention | None) -> bool:
    """Whether a pronoun can take up another mention by grammar."""
    found = mention.pronoun
    if found is None or other.end > mention.start or clusters.apart(mention, other):
        return False
    if other.definite == "quant":
        return False
    if speaker is not None and clusters.same(other, speaker):
        return False
    if other.pronoun is not None and other.pronoun.person == 1:
        return False
    sorts = clusters.sorts(other)
    if mention.number == "s" and clusters.number(other) == "p":
        return False
    if mention.number == "p" and clusters.number(other) == "s":
        return False
    gender = clusters.gender(other)
    if mention.number == "s" and not gender & mention.gender:
        return False
    if mention.number == "p" and not sorts & {"group", "org", "person", "place"}:
        return False
    of_person = mention.form in {"hij", "hem", "ze", "zij", "haar"} and mention.number == "s"
    if of_person and sorts and "person" not in sorts:
        return False
    return not same_clause(mention, other)


def same_clause(mention: Mention, other: Mention) -> bool:
    """Whether two mentions are arguments of one verb, as hij and hem in "hij zag hem" are."""
    if mention.pronoun is not None and mention.pronoun.use == "possessive":
        return False
    arguments = {"subject", "object", "oblique"}
    return (
        mention.verb >= 0
        and mention.verb == other.verb
        and mention.role in arguments
        and other.role in arguments
    )
