"""Rules that can be read: they repair what the heads found and add what is certain."""

from annotate.components.rules.component import AttributionRules, make_rules
from annotate.components.rules.cues import cue_entry, cue_lemma
from annotate.components.rules.nesting import parents
from annotate.components.rules.sources import source_kind

__all__ = [
    "AttributionRules",
    "cue_entry",
    "cue_lemma",
    "make_rules",
    "parents",
    "source_kind",
]
