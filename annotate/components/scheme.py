"""What the heads of the model say: their tags, in the order of their outputs. Defined here, once."""

from annotate.labels import ACTS, ENTITY_LABELS

ENTITY_TAGS: tuple[str, ...] = ("O", *(f"{p}-{label}" for label in ENTITY_LABELS for p in "BI"))
"""BIO over the 18 labels."""
CUE_TAGS: tuple[str, ...] = ("O", "CUE", "QUOTE")
"""CUE: first unit of a reporting word; QUOTE: first unit of a content that has no cue."""
ACT_TAGS: tuple[str, ...] = ACTS
POLARITY_TAGS: tuple[str, ...] = ("+", "-")
ROLE_TAGS: tuple[str, ...] = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT", "CUE")
"""Around one anchor: its source, its content in pieces, and the other words of its cue."""

LEFT, RIGHT = 64, 88
"""Units of context on either side of an anchor in which its source and content are sought."""
REACH = 40
"""Distances from the anchor, in units, are told apart up to this."""
