"""The confidence of attributions: the raw score of whoever found one, as a share of what is right."""

from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution
from annotate.components.curves import confidence
from annotate.components.rules.cues import cue_entry


def maker_of(doc: Doc, found: FoundAttribution) -> str:
    """Return whose curve counts: the head or rule that found it, or ``unknown-cue``.

    Of what the head finds with a word that the lexicon does not know, far less is right.
    """
    first = found.rule.partition("+")[0]
    if first == "cue-head" and cue_entry(doc, found.cue) is None:
        return "unknown-cue"
    return first


def calibrated(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Replace raw scores by confidences."""
    return [
        one._replace(confidence=confidence(maker_of(doc, one), one.confidence)) for one in found
    ]
