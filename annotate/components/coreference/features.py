"""Features of a description and what it might take up, for the ranking."""

from collections.abc import Iterator, Sequence

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.descriptions import related
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.ranking import Candidate
from annotate.components.coreference.utterances import Speech

MOST = 12
"""Candidates of one description that are compared; farther ones are as good as lost."""


def description_candidates(
    mention: Mention, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> list[Candidate]:
    """Return nobody and all mentions that a description can take up, nearest first."""
    found: list[Candidate] = []
    seen: dict[int, int] = {}
    reasons: list[str] = []
    for other, reason in related(mention, mentions, clusters):
        root = clusters.root(other)
        fresh = root not in seen
        rank = seen.setdefault(root, len(seen))
        names = [f"d:{f}" for f in _pair(mention, other, reason, clusters)]
        names.append(f"d:{reason}:rank={min(rank, 3)}" if fresh else "d:older")
        found.append(Candidate(other, names, reason))
        reasons.append(reason)
        if len(seen) > MOST:
            break
    nobody = [f"d:none:{f}" for f in _nobody(mention, reasons)]
    if speech.is_source(mention):
        nobody.append("d:none:source")
    return [Candidate(None, nobody, ""), *found]


def _nobody(mention: Mention, reasons: Sequence[str]) -> Iterator[str]:
    sort = _sort(mention)
    best = next(
        (
            r
            for r in ("same", "part", "set", "kind", "called", "man", "native", "person", "org")
            if r in reasons
        ),
        "",
    )
    yield ""
    yield mention.definite
    yield sort
    yield f"{sort}:{best}"
    yield f"{mention.definite}:{best}"
    yield "modified" if mention.modifiers else "plain"
    yield f"number={mention.number}"
    if not mention.noun.form:
        yield "unknown"
    if mention.nested:
        yield "nested"
    yield f"role={mention.role}"
    for some in mention.noun.sets:
        yield f"set={some}"


def _sort(mention: Mention) -> str:
    sorts = mention.noun.sorts
    if mention.number == "p" and sorts[:1] == ("person",):
        return "people"
    return sorts[0] if sorts else "unknown"


def _pair(mention: Mention, other: Mention, reason: str, clusters: Clusters) -> Iterator[str]:
    back = mention.sent - other.sent
    near = 0 if back == 0 else 1 if back == 1 else 2 if back < 4 else 4 if back < 9 else 9
    what = other.kind if other.kind != "description" else other.definite
    yield reason
    yield f"{reason}:{_sort(mention)}"
    yield f"{reason}:{mention.definite}"
    yield f"{reason}:back={near}"
    yield f"{reason}:{what}"
    yield f"{reason}:{_modifiers(mention, other)}"
    yield f"{reason}:{_owners(mention, other, clusters)}"
    cluster = clusters.of(other)
    size = len(cluster)
    yield f"size={1 if size == 1 else 2 if size < 4 else 4 if size < 8 else 8}"
    if reason in {"person", "man", "native", "org", "kind", "called"}:
        yield f"{reason}:role={other.role}"
        yield f"{reason}:size={1 if size == 1 else 2 if size < 4 else 4}"
        if any(m.kind == "description" or m.titles for m in cluster):
            yield f"{reason}:described"
    if any(m.kind == "pronoun" for m in cluster):
        yield "pronouns"
    if any(m.kind == "name" for m in cluster):
        yield "named"
    if other.para == 0:
        yield "headline"
    if mention.sent == other.sent and mention.verb == other.verb and mention.verb >= 0:
        yield "clause"


def _modifiers(mention: Mention, other: Mention) -> str:
    first, second = other.modifiers, mention.modifiers
    if other.kind == "name":
        return "modified" if second else "plain"
    if not first and not second:
        return "plain"
    if first == second:
        return "equal"
    if not second:
        return "dropped"
    if not first:
        return "added"
    return "shared" if first & second else "other"


def _owners(mention: Mention, other: Mention, clusters: Clusters) -> str:
    if mention.owner is None and other.owner is None:
        return "free"
    if mention.owner is not None and other.owner is not None:
        return "owner" if clusters.same(mention.owner, other.owner) else "owners"
    return "owned" if mention.owner is not None else "unowned"
