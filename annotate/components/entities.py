"""Entities: the 18 labels, found by the model's head and decoded so that no impossible span comes out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from annotate.components import scheme
from annotate.components.curves import confidence
from annotate.components.decoding import best_tags, log_softmax, spans
from annotate.components.encoder import LOAD_HINT, encoding_of
from annotate.components.storage import Floats, read_arrays, write_arrays
from annotate.errors import ModelError
from annotate.labels import ENTITY_LABELS

KEY = "annotate_entities"
"""Span group whose ``attrs["mentions"]`` holds the exact character spans."""


MAKER = "entity-head"
"""Whose curve turns the raw score of an entity into a confidence."""


class FoundEntity(NamedTuple):
    """A name, date, time or number: character offsets, one of the 18 labels, 0 to 1, what found it."""

    start: int
    end: int
    label: str
    confidence: float
    rule: str


class EntityFinder(Pipe):
    """Mark names, dates, times and numbers.

    ``doc.ents`` holds them as whole tokens, as spaCy wants it. The exact character spans, which may be
    part of a token (VN in VN-sancties), stand in ``doc.spans["annotate_entities"].attrs["mentions"]`` as
    ``[start, end, label, confidence, rule]``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.arrays: dict[str, Floats] = {}

    def find(self, doc: Doc) -> Iterator[FoundEntity]:
        """Yield the entities of a Doc in text order with their raw scores; does not touch the Doc.

        Raises:
            ModelError: the component has no weights, or no encoder ran before it.
        """
        encoding = encoding_of(doc)
        if not self.arrays or encoding is None:
            raise ModelError(f"The component {self.name} has no weights or encoder", hint=LOAD_HINT)
        units = encoding.units
        logs = log_softmax(
            encoding.last @ self.arrays["entity.weight"].T + self.arrays["entity.bias"]
        )
        breaks = [i for i, unit in enumerate(units) if unit.line_break]
        best = best_tags(logs, scheme.ENTITY_TAGS, breaks)
        found = [
            FoundEntity(units[start].start, units[end - 1].end, label, confidence, "head")
            for start, end, label, confidence in spans(best.tolist(), logs, scheme.ENTITY_TAGS)
        ]
        yield from whole_names(doc.text, found)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents and the span group."""
        found = self.find(doc)
        store_entities(doc, [e._replace(confidence=confidence(MAKER, e.confidence)) for e in found])
        return doc

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the weights."""
        Path(path).mkdir(parents=True, exist_ok=True)
        write_arrays(Path(path) / "heads.npz", self.arrays)

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "EntityFinder":
        """Read the weights."""
        self.arrays = read_arrays(Path(path) / "heads.npz")
        return self


def whole_names(text: str, found: Sequence[FoundEntity]) -> Iterator[FoundEntity]:
    """Yield entities in text order, those that were broken off behind a hyphen made whole: Kim Jong-un.

    A name that ends in a hyphen goes on to the end of the word; what was found of that word is part of it.
    """
    done = 0
    for entity in found:
        start, end = entity.start, entity.end
        if start < done:
            continue
        if text[start:end].endswith("-"):
            while end < len(text) and (text[end].isalnum() or text[end] == "-"):
                end += 1
            within = [other.end for other in found if start <= other.start < end]
            end = max(end, *within)
            if text[end - 1] == "-":
                end -= 1
        done = end
        if end > start:
            yield entity._replace(end=end)


def store_entities(doc: Doc, found: list[FoundEntity]) -> None:
    """Write entities to doc.ents (as whole tokens) and, exactly, to the span group."""
    whole = [
        span
        for entity in found
        if (span := doc.char_span(entity.start, entity.end, entity.label, alignment_mode="expand"))
    ]
    doc.ents = tuple(filter_spans(whole))
    mentions: list[list[Any]] = [
        [e.start, e.end, e.label, round(e.confidence, 4), e.rule] for e in found
    ]
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=list(doc.ents), attrs={"mentions": mentions})


def stored_entities(doc: Doc) -> list[FoundEntity]:
    """Return the exact entities of a Doc; in a pipeline without our finder, those of doc.ents.

    There a hyphenated token whose last part is a common noun (VN-sancties) is cut to the name, and a
    leading article or title is left as the pipeline has it.
    """
    if KEY in doc.spans:
        return [FoundEntity(*mention) for mention in doc.spans[KEY].attrs["mentions"]]
    return [_cut(entity) for entity in doc.ents if entity.label_ in ENTITY_LABELS]


def _cut(entity: Span) -> FoundEntity:
    end = entity.end_char
    name, hyphen, noun = entity[-1].text.rpartition("-")
    if hyphen and name[:1].isupper() and noun.islower() and noun.isalpha() and len(noun) > 2:
        end -= len(noun) + 1
    return FoundEntity(entity.start_char, end, entity.label_, 1.0, "doc.ents")


@Language.factory("annotate_entities", assigns=["doc.ents", "doc.spans"], retokenizes=False)
def make_entities(nlp: Language, name: str) -> EntityFinder:
    """Create the component without weights; `from_disk` brings them."""
    return EntityFinder(name)
