"""The component `annotate_coreference`."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.components.attributions import stored_attributions
from annotate.components.coreference.chains import Chain, Extent, store_chains
from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.mentions import find_mentions
from annotate.components.coreference.naming import label_of, name_of
from annotate.components.coreference.sieves import SIEVES
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View


class CoreferenceFinder:
    """Find who is who: chains of mentions of one person, group, organisation, place or thing.

    They stand in ``doc.spans["annotate_coreference"].attrs["chains"]``.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Store the chains of a Doc."""
        chains, extents = analyse(doc)
        store_chains(doc, chains, extents)
        return doc


def find(doc: Doc) -> list[Chain]:
    """Return the chains of a Doc, names that stand alone included; does not touch the Doc."""
    return analyse(doc)[0]


def analyse(doc: Doc) -> tuple[list[Chain], list[Extent]]:
    """Return the chains of a Doc and the extents of its noun phrases."""
    if not len(doc):
        return [], []
    view = View(doc)
    mentions = find_mentions(view)
    clusters = Clusters(mentions)
    speech = Speech(view, mentions, stored_attributions(doc))
    for sieve in SIEVES:
        sieve(view, mentions, clusters, speech)
    return chains_of(view, clusters, speech), extents_of(view, mentions)


def extents_of(view: View, mentions: Sequence[Mention]) -> list[Extent]:
    """Return phrase and mention of each mention, in text order."""
    return [
        Extent(m.lead, max(m.end, view.words[m.phrase[1] - 1].end), m.start, m.end)
        for m in mentions
    ]


def chains_of(view: View, clusters: Clusters, speech: Speech) -> list[Chain]:
    """Return the clusters as chains: those of two mentions or more, lone names, and lone sources."""
    kept: list[list[Mention]] = []
    numbers: dict[int, int] = {}
    for cluster in clusters.all():
        first = cluster[0]
        lone = first.kind == "name" or (first.kind == "description" and speech.is_source(first))
        if len(cluster) > 1 or lone or first.members:
            numbers[clusters.root(first)] = len(kept)
            kept.append(cluster)
    chains = []
    for cluster in kept:
        parts = next((m.members for m in cluster if m.members), [])
        members = [numbers[clusters.root(m)] for m in parts if clusters.root(m) in numbers]
        if len(cluster) == 1 and cluster[0].definite == "names":
            continue
        chains.append(
            Chain(
                label_of(cluster),
                name_of(view, cluster, clusters),
                [(m.start, m.end, m.kind) for m in cluster],
                [clusters.rules[m.index] for m in cluster],
                members,
            )
        )
    return chains


@Language.factory("annotate_coreference", assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> CoreferenceFinder:
    """Create the component."""
    return CoreferenceFinder(name)
