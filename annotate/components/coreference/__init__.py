"""Coreference: which mentions of an article are the same person, organisation, place or thing."""

from annotate.components.coreference.chains import Chain, store_chains, stored_chains
from annotate.components.coreference.component import find, make_coreference
from annotate.components.coreference.sources import resolve_source

__all__ = [
    "Chain",
    "find",
    "make_coreference",
    "resolve_source",
    "store_chains",
    "stored_chains",
]
