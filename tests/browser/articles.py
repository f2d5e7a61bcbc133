"""Annotations to look at: the samples with their gold answers, and many articles made of them."""

import json
from dataclasses import replace
from pathlib import Path

from annotate.annotation import (
    Annotation,
    Attribution,
    Claim,
    Content,
    Cue,
    Entity,
    Mention,
    ModelInfo,
    Section,
    Source,
    Value,
)
from annotate.labels import ENTITY_LABELS, VALUE_LABELS

SAMPLES = Path(__file__).parents[2] / "samples"
GOLD = sorted((SAMPLES / "gold").glob("*.gold.jsonl"))
MODEL = ModelInfo("gold", "1.0.0")
PRONOUNS = frozenset(
    ("hij", "zij", "ze", "hem", "haar", "zijn", "ik", "wij", "we", "hun", "hen", "die", "dat")
)


def sample(path):
    """The annotation that a gold answer describes."""
    gold = json.loads(path.read_text("utf-8"))
    text = gold["text"]
    mentions, entities = mentions_of(gold)
    ids = {item.name.casefold(): item.id for item in entities}
    attributions = [
        attribution_of(place, item, text, ids) for place, item in enumerate(gold["attributions"])
    ]
    attributions = [replace(item, parent=parent_of(item, attributions)) for item in attributions]
    return Annotation(
        id=f"{gold['id']}.txt",
        title=gold["title"],
        date=gold["date"],
        metadata={"section": "Voorbeelden", "url": f"https://example.org/{gold['id']}"},
        language="nl",
        text=text,
        model=MODEL,
        sections=sections_of(text),
        mentions=mentions,
        entities=entities,
        attributions=tuple(attributions),
        claims=tuple(claim_of(item) for item in attributions),
    )


def sections_of(text):
    sections, place = [], 0
    for paragraph in text.split("\n\n"):
        heading = not sections or (len(paragraph) < 40 and paragraph[-1] not in ".?!\"'’”»")
        kind = "heading" if heading else "paragraph"
        sections.append(Section(place, place + len(paragraph), kind))
        place += len(paragraph) + 2
    return tuple(sections)


def mentions_of(gold):
    """Mentions in text order, and the entities that the chains and the other names make."""
    text = gold["text"]
    labels = {(start, end): label for start, end, label in gold["entities"]}
    values = {(start, end): value for start, end, _, value in gold["values"]}
    owners, names = {}, {}
    for chain in gold["chains"]:
        key = f"e{len(names) + 1}"
        names[key] = (chain["label"], chain["name"])
        owners.update({tuple(span): key for span in chain["mentions"]})
    for (start, end), label in sorted(labels.items()):
        if label not in VALUE_LABELS and (start, end) not in owners:
            same = [key for key, (_, name) in names.items() if name == text[start:end]]
            key = same[0] if same else f"e{len(names) + 1}"
            names.setdefault(key, (label, text[start:end]))
            owners[start, end] = key
    spans = sorted({*labels, *owners}, key=lambda span: (span[0], -span[1]))
    mentions = tuple(
        Mention(
            id=f"m{place}",
            start=start,
            end=end,
            text=text[start:end],
            label=labels.get((start, end)),
            kind=kind_of(labels.get((start, end)), text[start:end]),
            entity=owners.get((start, end)),
            value=value_of(values.get((start, end))),
            confidence=None,
            rule="gold",
        )
        for place, (start, end) in enumerate(spans)
    )
    entities = tuple(
        Entity(
            id=key,
            label=label if label in ENTITY_LABELS else None,
            name=name,
            aliases=(),
            mentions=tuple(item.id for item in mentions if item.entity == key),
            links={"wikidata": "Q423", "iso3166": "KP"} if name == "Noord-Korea" else {},
        )
        for key, (label, name) in names.items()
    )
    return mentions, entities


def kind_of(label, text):
    if label in VALUE_LABELS:
        return "value"
    if label:
        return "name"
    return "pronoun" if text.casefold() in PRONOUNS else "description"


def value_of(value):
    if not value:
        return None
    meaning = value["value"]
    meaning = tuple(meaning) if isinstance(meaning, list) else meaning
    return Value(value["type"], meaning, value.get("unit"), value.get("mod"))


def attribution_of(place, item, text, ids):
    source, cue, content = (
        tuple(tuple(span) for span in item[name]) for name in ("source", "cue", "content")
    )
    words = " ".join(text[start:end] for start, end in source)
    kind = "none"
    if item["speaker"]:
        kind = "named" if item["speaker"][0].isupper() else "described"
        kind = "pronoun" if words.casefold() in PRONOUNS else kind
    return Attribution(
        id=f"a{place}",
        source=Source(
            source, words, kind, None, ids.get(item["speaker"].casefold()), item["speaker"] or None
        ),
        cue=Cue(cue, " ".join(text[start:end] for start, end in cue), None),
        content=Content(content, " ".join(text[start:end] for start, end in content)),
        type=item["type"],
        act=item["act"],
        polarity=item["polarity"],
        parent=None,
        confidence=0.5 + place % 50 / 100,
        rule="gold",
    )


def parent_of(item, others):
    """The shortest other attribution with a piece of content that holds this content."""
    start, end = item.content.spans[0][0], item.content.spans[-1][1]
    around = [
        (right - left, other.id)
        for other in others
        for left, right in other.content.spans
        if left <= start and end <= right and right - left > end - start
    ]
    return min(around)[1] if around else None


def claim_of(item):
    return Claim(
        id=f"c{item.id}",
        spans=item.content.spans,
        text=item.content.text,
        attribution=item.id,
        kind="attributed" if item.source.spans else "unsourced",
        certainty="denied" if item.polarity == "-" else "reported",
        about=(),
        rule="gold",
    )


def samples():
    return [sample(path) for path in GOLD]


def many(count):
    """Articles over some years, made by repeating the samples."""
    found = samples()
    return [
        replace(
            found[number % len(found)],
            id=f"{number}.txt",
            title=None,
            date=f"{2019 + number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        for number in range(count)
    ]
