"""The component `annotate_rules`."""

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from annotate.components.attributions import (
    FoundAttribution,
    store_attributions,
    stored_attributions,
)
from annotate.components.rules.adding import add_allegedly, add_passive, add_reportative
from annotate.components.rules.borders import complete_clauses
from annotate.components.rules.confidence import calibrated
from annotate.components.rules.cuewords import no_pointer, whole_cue
from annotate.components.rules.followups import add_quotes, split_followups
from annotate.components.rules.interviews import answers
from annotate.components.rules.labels import act_by_lexicon, polarity_by_negation, type_by_marks
from annotate.components.rules.lookalikes import drop_lookalikes
from annotate.components.rules.order import in_text_order, without_doubles
from annotate.components.rules.overlaps import part_roles
from annotate.components.rules.pieces import tidy_pieces
from annotate.components.rules.quotes import snap_to_quotes
from annotate.components.rules.sourcing import (
    passive_source,
    resolve_relative,
    share_source,
    speaker_of_quote,
    whole_source,
)

Rule = Callable[[Doc, list[FoundAttribution]], list[FoundAttribution]]
MINIMUM = 0.33
"""Confidence from which on an attribution is kept: about half of the F-score that can be reached."""
RULES: tuple[tuple[str, Rule], ...] = (
    ("cue", whole_cue),
    ("pieces", tidy_pieces),
    ("overlap", part_roles),
    ("pointer", no_pointer),
    ("quote", snap_to_quotes),
    ("border", complete_clauses),
    ("split", split_followups),
    ("source", whole_source),
    ("antecedent", resolve_relative),
    ("shared-source", share_source),
    ("agent", passive_source),
    ("zou", add_reportative),
    ("verluidt", add_allegedly),
    ("passive", add_passive),
    ("bare-quote", add_quotes),
    ("speaker", speaker_of_quote),
    ("interview", answers),
    ("double", without_doubles),
    ("act", act_by_lexicon),
    ("polarity", polarity_by_negation),
    ("type", type_by_marks),
    ("look-alike", drop_lookalikes),
    ("order", in_text_order),
)
"""The rules by name, in the order in which they run; each takes and returns all attributions."""


class AttributionRules(Pipe):
    """Repair the attributions of a Doc and add those that are certain and were missed.

    What a rule changes or adds carries its name: "cue-head+border".

    Args:
        without: names of rules that shall not run.
        minimum: confidence below which an attribution is left out.
    """

    def __init__(self, name: str, *, without: Sequence[str] = (), minimum: float = MINIMUM) -> None:
        self.name = name
        self.without = frozenset(without)
        self.minimum = minimum

    def find(self, doc: Doc) -> list[FoundAttribution]:
        """Return the attributions after all rules; does not touch the Doc."""
        found = stored_attributions(doc)
        for name, rule in RULES:
            if name not in self.without:
                found = rule(doc, found)
        return [one for one in calibrated(doc, found) if one.confidence >= self.minimum]

    def __call__(self, doc: Doc) -> Doc:
        """Replace the stored attributions."""
        store_attributions(doc, self.find(doc))
        return doc


@Language.factory(
    "annotate_rules",
    assigns=["doc.spans"],
    default_config={"without": [], "minimum": MINIMUM},
)
def make_rules(nlp: Language, name: str, without: list[str], minimum: float) -> AttributionRules:
    """Create the component."""
    return AttributionRules(name, without=without, minimum=minimum)
