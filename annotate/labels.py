"""Names that several parts share: labels, kinds, acts, keys in a spaCy Doc. Defined here, once."""

from typing import Literal, get_args

EntityLabel = Literal[
    "CARDINAL",
    "DATE",
    "EVENT",
    "FAC",
    "GPE",
    "LANGUAGE",
    "LAW",
    "LOC",
    "MONEY",
    "NORP",
    "ORDINAL",
    "ORG",
    "PERCENT",
    "PERSON",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
]
"""The 18 labels of OntoNotes, as nl_core_news_* has them."""

SectionKind = Literal["heading", "paragraph"]
MentionKind = Literal["name", "description", "pronoun", "value"]
SourceKind = Literal["named", "described", "pronoun", "group", "document", "none"]
AttributionType = Literal["direct", "indirect", "mixed"]
Act = Literal["say", "deny", "accuse", "promise", "demand", "ask", "predict", "opinion"]
Polarity = Literal["+", "-"]
ClaimKind = Literal["attributed", "unsourced", "hedged"]
Certainty = Literal["certain", "probable", "possible", "reported", "denied"]

ENTITY_LABELS: tuple[str, ...] = get_args(EntityLabel)
ACTS: tuple[str, ...] = get_args(Act)
VALUE_LABELS: frozenset[str] = frozenset(
    {"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"}
)
"""Labels whose mentions carry a normalised value and name no entity."""

SCHEMA = "annotate/1"
"""Name and version of the JSON contract."""
