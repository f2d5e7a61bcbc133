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
from annotate.components.rules.followups import add_quotes, split_followups
from annotate.components.rules.labels import type_by_marks
from annotate.components.rules.order import in_text_order, without_doubles
from annotate.components.rules.overlaps import part_roles
from annotate.components.rules.pieces import tidy_pieces
from annotate.components.rules.quotes import snap_to_quotes
from annotate.components.rules.sourcing import resolve_relative, share_source, whole_source

Rule = Callable[[Doc, list[FoundAttribution]], list[FoundAttribution]]
RULES: tuple[tuple[str, Rule], ...] = (
    ("pieces", tidy_pieces),
    ("overlap", part_roles),
    ("quote", snap_to_quotes),
    ("border", complete_clauses),
    ("split", split_followups),
    ("source", whole_source),
    ("antecedent", resolve_relative),
    ("shared-source", share_source),
    ("zou", add_reportative),
    ("verluidt", add_allegedly),
    ("passive", add_passive),
    ("bare-quote", add_quotes),
    ("double", without_doubles),
    ("type", type_by_marks),
    ("order", in_text_order),
)
"""The rules by name, in the order in which they run; each takes and returns all attributions."""


class AttributionRules(Pipe):
    """Repair the attributions of a Doc and add those that are certain and were missed.

    What a rule changes or adds carries its name: "cue-head+border".

    Args:
        without: names of rules that shall not run.
    """

    def __init__(self, name: str, *, without: Sequence[str] = ()) -> None:
        self.name = name
        self.without = frozenset(without)

    def find(self, doc: Doc) -> list[FoundAttribution]:
        """Return the attributions after all rules; does not touch the Doc."""
        found = stored_attributions(doc)
        for name, rule in RULES:
            if name not in self.without:
                found = rule(doc, found)
        return found

    def __call__(self, doc: Doc) -> Doc:
        """Replace the stored attributions."""
        store_attributions(doc, self.find(doc))
        return doc


@Language.factory("annotate_rules", assigns=["doc.spans"], default_config={"without": []})
def make_rules(nlp: Language, name: str, without: list[str]) -> AttributionRules:
    """Create the component."""
    return AttributionRules(name, without=without)
