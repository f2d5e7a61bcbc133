"""The components `annotate_known_names` and `annotate_known_entities`: a reader's own knowledge.

The first marks names before rules and coreference see them; the second joins and names the chains of
coreference by it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from annotate.components.coreference.chains import (
    Chain,
    store_chains,
    stored_chains,
    stored_extents,
)
from annotate.components.entities import FoundEntity, store_entities, stored_entities
from annotate.kb import Knowledge, Known, read_kb
from annotate.labels import VALUE_LABELS

KEY = "annotate_knowledge"
"""Span group whose ``attrs["links"]`` holds the links of chains by their index, as text."""
RULE = "kb"


class KnownNames:
    """Mark the names of a file of knowledge, and give those that are marked its label.

    A name that the model cut short is made whole; one inside a longer name stays part of it.

    Args:
        file: JSON lines, see `annotate.kb.read_kb`.
    """

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.knowledge = read_kb(file)

    def __call__(self, doc: Doc) -> Doc:
        """Change the stored entities of a Doc."""
        found = stored_entities(doc)
        marked = known_names(doc.text, found, self.knowledge)
        if marked != found:
            store_entities(doc, marked)
        return doc


class KnownEntities:
    """Join the chains of one known entity, call them by its name, and note its links."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.knowledge = read_kb(file)

    def __call__(self, doc: Doc) -> Doc:
        """Change the stored chains of a Doc."""
        chains, links = known_chains(
            doc.text, stored_chains(doc), stored_entities(doc), self.knowledge
        )
        if links:
            store_chains(doc, chains, stored_extents(doc))
        attrs = {"links": {str(number): dict(found) for number, found in links.items()}}
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[], attrs=attrs)
        return doc


def known_names(text: str, found: Sequence[FoundEntity], knowledge: Knowledge) -> list[FoundEntity]:
    """Return the entities of a text together with the names that the reader knows."""
    kept = [_relabelled(text, entity, knowledge) for entity in found]
    for start, end, numbers in knowledge.places(text):
        label = _one_label([knowledge.entries[n] for n in numbers])
        touched = [e for e in kept if e.start < end and start < e.end]
        if label is None or any(not (start <= e.start and e.end <= end) for e in touched):
            continue
        if any((e.start, e.end) == (start, end) for e in touched):
            continue
        kept = [e for e in kept if e not in touched]
        kept.append(FoundEntity(start, end, label, 1.0, RULE))
    return sorted(kept)


def _relabelled(text: str, entity: FoundEntity, knowledge: Knowledge) -> FoundEntity:
    if entity.label in VALUE_LABELS:
        return entity
    numbers = knowledge.named(text[entity.start : entity.end])
    label = _one_label([knowledge.entries[n] for n in numbers])
    if label is None or label == entity.label:
        return entity
    return entity._replace(label=label, confidence=1.0, rule=f"{entity.rule}+{RULE}")


def _one_label(entries: Sequence[Known]) -> str | None:
    """Return the label that all entries of a form have, None where they differ or have none."""
    labels = {entry.label for entry in entries}
    return labels.pop() if len(labels) == 1 else None


def known_chains(
    text: str, chains: Sequence[Chain], entities: Sequence[FoundEntity], knowledge: Knowledge
) -> tuple[list[Chain], dict[int, Mapping[str, str]]]:
    """Return the chains with those of one entry joined, and the links of each known one by index.

    A known name that stands in no chain becomes one.
    """
    entry_of = [_entry_of(text, chain, knowledge) for chain in chains]
    first: dict[int, int] = {}
    moved: list[int] = []
    kept: list[list[int]] = []
    for number, entry in enumerate(entry_of):
        if entry is not None and entry in first:
            moved.append(first[entry])
            kept[first[entry]].append(number)
            continue
        if entry is not None:
            first[entry] = len(kept)
        moved.append(len(kept))
        kept.append([number])
    result = [_joined([chains[n] for n in numbers], moved) for numbers in kept]
    for entry, number in first.items():
        known = knowledge.entries[entry]
        label = known.label or result[number].label
        result[number] = result[number]._replace(name=known.name, label=label)
    _add_lone(text, result, first, entities, knowledge)
    return result, {number: knowledge.entries[entry].links for entry, number in first.items()}


def _entry_of(text: str, chain: Chain, knowledge: Knowledge) -> int | None:
    """Return the one entry that the names of a chain speak of, None for none or several."""
    named = [
        set(numbers)
        for start, end, kind in chain.mentions
        if kind == "name" and (numbers := knowledge.named(text[start:end]))
    ]
    named = named or [
        set(numbers)
        for start, end, kind in chain.mentions
        if kind == "description" and (numbers := knowledge.named(text[start:end]))
    ]
    common = set.intersection(*named) if named else set[int]()
    if len(common) > 1:
        fitting = {n for n in common if knowledge.entries[n].label == chain.label}
        common = fitting or common
    return common.pop() if len(common) == 1 else None


def _joined(parts: Sequence[Chain], moved: Sequence[int]) -> Chain:
    mentions = sorted(
        (mention, rule)
        for chain in parts
        for mention, rule in zip(chain.mentions, chain.rules, strict=True)
    )
    members = dict.fromkeys(moved[member] for chain in parts for member in chain.members)
    return parts[0]._replace(
        mentions=[mention for mention, _ in mentions],
        rules=[rule for _, rule in mentions],
        members=list(members),
    )


def _add_lone(
    text: str,
    chains: list[Chain],
    first: dict[int, int],
    entities: Sequence[FoundEntity],
    knowledge: Knowledge,
) -> None:
    """Put known names that stand in no chain into that of their entry, or a new one."""
    held = {(start, end) for chain in chains for start, end, _ in chain.mentions}
    for entity in entities:
        at = (entity.start, entity.end)
        numbers = knowledge.named(text[entity.start : entity.end])
        if at in held or entity.label in VALUE_LABELS or len(numbers) != 1:
            continue
        known = knowledge.entries[numbers[0]]
        if numbers[0] not in first:
            first[numbers[0]] = len(chains)
            chains.append(Chain(known.label or entity.label, known.name, [], [], []))
        chain = chains[first[numbers[0]]]
        chain.mentions.append((*at, "name"))
        chain.mentions.sort()
        chain.rules.insert(chain.mentions.index((*at, "name")), RULE)


def stored_links(doc: Doc) -> dict[int, Mapping[str, str]]:
    """Return the links of chains by their index, none where the component did not run."""
    if KEY not in doc.spans:
        return {}
    links: Mapping[str, Any] = doc.spans[KEY].attrs["links"]
    return {int(number): found for number, found in links.items()}


@Language.factory("annotate_known_names", assigns=["doc.ents", "doc.spans"])
def make_known_names(nlp: Language, name: str, file: str) -> KnownNames:
    """Create the component."""
    return KnownNames(name, file)


@Language.factory("annotate_known_entities", assigns=["doc.spans"])
def make_known_entities(nlp: Language, name: str, file: str) -> KnownEntities:
    """Create the component."""
    return KnownEntities(name, file)
