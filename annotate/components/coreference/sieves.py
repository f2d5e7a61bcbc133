"""The sieves in the order in which they run, surest first; each may read what those before it joined.

After Lee et al. 2013, Deterministic coreference resolution based on entity-centric, precision-ranked rules.
"""

from collections.abc import Callable, Sequence

from annotate.components.coreference import anaphora, descriptions, groups, names
from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View

Sieve = Callable[[View, Sequence[Mention], Clusters, Speech], None]

SIEVES: tuple[Sieve, ...] = (
    names.exact_names,
    names.aliases,
    names.acronyms,
    names.short_names,
    descriptions.appositions,
    descriptions.introductions,
    groups.pairs,
    anaphora.first_person,
    anaphora.anaphors,
    anaphora.we,
)
