"""The component `annotate_values`: dates, times and numbers made whole before they are used."""

from spacy.language import Language
from spacy.tokens import Doc

from annotate.components.entities import FoundEntity, store_entities, stored_entities
from annotate.values.repairing import ValueMention, repaired

SURE = 0.97
"""Confidence of a word that is a date by itself: of those in the training texts, so many are marked."""


def repair(text: str, found: list[FoundEntity]) -> list[FoundEntity]:
    """Return the entities of a text with its dates, times and numbers mended.

    What is changed carries the name of the rule: "head+join".
    """
    mended = repaired(text, [(e.start, e.end, e.label) for e in found])
    return [_entity(mention, [found[i] for i in mention.parts]) for mention in mended]


def _entity(mention: ValueMention, parts: list[FoundEntity]) -> FoundEntity:
    if not mention.rule:
        return parts[0]
    confidence = min((part.confidence for part in parts), default=SURE)
    makers = [*dict.fromkeys(part.rule for part in parts), mention.rule]
    return FoundEntity(mention.start, mention.end, mention.label, confidence, "+".join(makers))


@Language.component("annotate_values", assigns=["doc.ents", "doc.spans"])
def annotate_values(doc: Doc) -> Doc:
    """Mend the stored entities of a Doc."""
    found = stored_entities(doc)
    mended = repair(doc.text, found)
    if mended != found:
        store_entities(doc, mended)
    return doc
