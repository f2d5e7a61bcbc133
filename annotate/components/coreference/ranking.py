"""Ranking of antecedents of a pronoun: grammar says which are possible, weights which is likeliest.

A log-linear model over features that can be read (Denis and Baldridge 2008, Specialized models and ranking
for coreference resolution). Its weights stand in ``coref_weights.tsv``; "none" competes with the
antecedents, so that a pronoun that refers to nobody stays alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.relations import has_counterpart
from annotate.components.coreference.utterances import Speech
from annotate.lexicon import read_table

REACH = 5
"""Sentences back in which an antecedent is looked for."""
NONE = "none"
SPEAKERS = frozenset({"person", "org", "group", "place"})
"""Sorts of those who can say something."""


class Candidate(NamedTuple):
    """A possible antecedent, None for nobody, the features of the pair, and the rule that proposes it."""

    mention: Mention | None
    features: list[str]
    rule: str = "pronoun"


@cache
def weights() -> Mapping[str, float]:
    """Return the weights by feature."""
    rows = read_table("coref_weights", ("feature", "weight"))
    return MappingProxyType({feature: float(weight) for feature, weight in rows})


def best(found: Sequence[Candidate]) -> Candidate:
    """Return the likeliest candidate, the first of equals."""
    table = weights()
    return max(found, key=lambda c: sum(table.get(f, 0.0) for f in c.features))


def pronoun_candidates(
    mention: Mention, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> list[Candidate]:
    """Return nobody and all possible antecedents of a pronoun, nearest first."""
    speaker = speech.speaker_at(mention) if mention.quote >= 0 else None
    reporter = speech.reporter_at(mention)
    last = speech.source_before(mention)
    speaks = "source" if speech.is_source(mention) else "other"
    kind = family(mention)
    possessed = _possessed(mention, mentions)
    nobody = [f"{NONE}:{mention.form}", f"{NONE}:{kind}"]
    if speaks == "source":
        nobody.append(f"{NONE}:source")
    found = [Candidate(None, nobody)]
    rank = 0
    seen: set[int] = set()
    for other in reversed(mentions[: mention.index]):
        if mention.sent - other.sent > REACH:
            break
        if not possible(mention, other, clusters, speaker):
            continue
        if speaks == "source" and not _can_speak(kind, clusters.sorts(other)):
            continue
        root = clusters.root(other)
        fresh = root not in seen
        seen.add(root)
        rank += fresh
        names = list(pair_features(mention, other, clusters))
        names.append(f"{kind}:rank={min(rank, 4)}" if fresh else f"{kind}:older")
        if possessed is not None and has_counterpart(possessed, other, clusters):
            names.append("possessive:counterpart")
        if reporter is not None and clusters.same(reporter, other):
            names.append(f"{kind}:reporter")
        if last is not None and clusters.same(last, other):
            names.append(f"{speaks}:last_source")
        if speech.is_source(other):
            names.append(f"{speaks}:source")
        if speaks == "source" and not clusters.sorts(other) & SPEAKERS:
            names.append("source:mute" if clusters.sorts(other) else "source:unknown")
        found.append(Candidate(other, names))
    return found


def _can_speak(kind: str, sorts: frozenset[str]) -> bool:
    """Whether one of these sorts can be who a pronoun that is a source means: hij and ze are somebody."""
    if kind == "hij":
        return "person" in sorts
    return kind not in {"ze-s", "ze-p", "ze-sp"} or bool(sorts & SPEAKERS)


def _possessed(mention: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the description or title that a possessive pronoun opens: zijn cliënt."""
    if mention.pronoun is None or mention.pronoun.use != "possessive":
        return None
    near = mentions[max(0, mention.index - 2) : mention.index + 3]
    return next((m for m in near if m.owner is mention), None)


def family(mention: Mention) -> str:
    """Return the group of pronouns that share weights: hij, ze-s, ze-p, ze-sp, zijn, haar, hun, het, die."""
    form, number = mention.form, mention.number
    if form in {"ze", "zij"}:
        return {"s": "ze-s", "p": "ze-p"}.get(number, "ze-sp")
    if form in {"hij", "hem", "ie", "'m", "hemzelf", "hijzelf"}:
        return "hij"
    if form in {"zijn", "z'n", "zijne", "diens"}:
        return "zijn"
    if form in {"haar", "d'r", "hare", "haarzelf"}:
        return "haar"
    if form in {"hun", "hen", "hunne", "henzelf", "wier"}:
        return "hun"
    return "het" if form == "het" else "die"


def pair_features(mention: Mention, other: Mention, clusters: Clusters) -> Iterator[str]:
    """Yield the features of a pronoun and a possible antecedent."""
    kind = family(mention)
    apart = mention.sent - other.sent
    yield f"sentences={min(apart, 4)}"
    yield f"{kind}:sentences={min(apart, 3)}"
    if mention.para != other.para:
        yield "paragraphs"
    size = len(clusters.of(other))
    yield f"size={1 if size == 1 else 2 if size < 4 else 4 if size < 8 else 8}"
    what = other.kind if other.kind != "description" else other.definite
    yield f"kind={what}"
    yield f"role={other.role}"
    if apart == 0:
        yield f"same:role={other.role}"
        if mention.pronoun is not None and mention.pronoun.use == "possessive":
            yield f"possessive:role={other.role}"
            if mention.verb == other.verb:
                yield "possessive:clause"
    elif apart == 1:
        yield f"previous:role={other.role}"
    if mention.role and mention.role == other.role:
        yield f"parallel={mention.role}"
    if other.kind == "pronoun" and family(other) == kind:
        yield f"{kind}:again"
    yield from _sort_features(mention, other, clusters, kind)
    if mention.quote >= 0 or other.quote >= 0:
        if mention.quote == other.quote:
            yield "quote=same"
        elif mention.quote < 0:
            yield "quote=antecedent"
        else:
            yield "quote=pronoun"
    if other.nested:
        yield "nested"


def _sort_features(
    mention: Mention, other: Mention, clusters: Clusters, kind: str
) -> Iterator[str]:
    sorts = clusters.sorts(other)
    if not sorts:
        yield f"{kind}:unknown"
    for sort in sorts:
        yield f"{kind}:{sort}"
    gender = clusters.gender(other)
    if "person" in sorts and mention.number == "s":
        certain = len(gender & {"f", "m"}) == 1
        yield f"gender={'certain' if certain else 'open'}"
    yield f"{kind}:number={clusters.number(other)}"


def possible(mention: Mention, other: Mention, clusters: Clusters, speaker: Mention | None) -> bool:
    """Whether a pronoun can take up another mention by grammar: gender, number, speaker, clause."""
    if other.definite == "quant" or clusters.apart(mention, other):
        return False
    if other.end > mention.start and not _inside(mention, other):
        return False
    if speaker is not None and clusters.same(other, speaker):
        return False
    if other.pronoun is not None and other.pronoun.person == 1:
        return False
    number = clusters.number(other)
    if {mention.number, number} == {"s", "p"}:
        return False
    sorts = clusters.sorts(other)
    if mention.number == "s":
        if not clusters.gender(other) & mention.gender:
            return False
        if "n" in mention.gender and "m" not in mention.gender and sorts == {"person"}:
            return False
    elif mention.number == "p" and not sorts & {"group", "org", "person", "place"}:
        return False
    return not same_clause(mention, other)


def _inside(mention: Mention, other: Mention) -> bool:
    """Whether a possessive stands behind the head of the phrase it can take up: een man in zijn tuin."""
    possessive = mention.pronoun is not None and mention.pronoun.use == "possessive"
    return possessive and other.kind == "description" and other.head < mention.first


def same_clause(mention: Mention, other: Mention) -> bool:
    """Whether two mentions are arguments of one verb, as hij and hem in "hij zag hem" are."""
    if mention.pronoun is not None and mention.pronoun.use == "possessive":
        return False
    arguments = {"subject", "object", "oblique"}
    together = mention.verb >= 0 and mention.verb == other.verb
    return together and mention.role in arguments and other.role in arguments
