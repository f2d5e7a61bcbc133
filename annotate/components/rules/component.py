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
from annotate.components.rules.order import in_text_order, without_doubles

Rule = Callable[[Doc, list[FoundAttribution]], list[FoundAttribution]]
RULES: tuple[tuple[str, Rule], ...] = (("double", without_doubles), ("order", in_text_order))
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
