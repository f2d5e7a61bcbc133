"""Relations between persons that work both ways: her lawyer's client is she, his wife's husband is he."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.lexicon import read_table


@cache
def _inverses() -> Mapping[str, frozenset[str]]:
    rows = read_table("coref_inverse", ("set", "inverse"))
    return MappingProxyType({some: frozenset(inverse.split()) for some, inverse in rows})


def has_counterpart(mention: Mention, owner: Mention, clusters: Clusters) -> bool:
    """Whether somebody is called the inverse of a possessed noun: zijn cliënt, of who is an advocaat."""
    wanted = _wanted(mention)
    return bool(wanted) and any(
        other.owner is not None and any(found.sets & wanted for _, found in other.nouns())
        for other in clusters.of(owner)
    )


def _wanted(mention: Mention) -> frozenset[str]:
    table = _inverses()
    said = mention.nouns()
    return frozenset[str]().union(
        *(table.get(some, frozenset()) for _, n in said for some in n.sets)
    )


def inverse(mention: Mention, clusters: Clusters) -> Mention | None:
    """Return who a possessed person is by the inverse relation, None where the text does not say.

    haar advocaat Eline Vosmaer … haar cliënte: haar client is whoever haar lawyer belongs to.
    """
    if mention.owner is None or mention.definite not in {"poss", "gen"}:
        return None
    wanted = _wanted(mention)
    if not wanted:
        return None
    for other in clusters.of(mention.owner):
        if other.owner is None or other.index > mention.index:
            continue
        if any(found.sets & wanted for _, found in other.nouns()):
            return other.owner
    return None
