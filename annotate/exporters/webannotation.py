"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/) as JSON-LD, one page for all.

Mentions, statements and claims are annotations whose targets have a TextQuoteSelector and a
TextPositionSelector (Unicode code points) for each span. Our own words (act, polarity, speaker …)
stand in the namespace of the context's second part, so that readers of the standard pass over them.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from annotate.annotation import Annotation, Attribution, Claim, Entity, Mention, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.serialize import to_dict, to_json

STANDARD = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:annotate:1:"
CONTEXT: list[Any] = [
    STANDARD,
    {"a": NAMESPACE, "a:speaker": {"@type": "@id"}, "a:parent": {"@type": "@id"}},
]
AROUND = 32
"""Characters before and after a quote that tell it from others like it."""

Node = dict[str, Any]


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield one AnnotationPage, article by article."""
    yield f'{{"@context":{to_json(CONTEXT)},"id":"urn:annotate:page","type":"AnnotationPage","items":['
    between = "\n"
    for annotation in annotations:
        for item in Page(annotation).items():
            yield between + to_json(item)
            between = ",\n"
    yield "\n]}\n"


class Page:
    """Makes the annotations of one article.

    Args:
        annotation: the article.
    """

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.source = f"urn:annotate:article:{quote(annotation.id, safe='', errors='replace')}"

    def items(self) -> Iterator[Node]:
        """Yield an annotation for each mention, statement and claim."""
        entities = {item.id: item for item in self.annotation.entities}
        values = {item["id"]: item["value"] for item in to_dict(self.annotation)["mentions"]}
        for mention in self.annotation.mentions:
            yield self.mention(mention, entities.get(mention.entity or ""), values[mention.id])
        for item in self.annotation.attributions:
            yield self.attribution(item)
        for claim in self.annotation.claims:
            yield self.claim(claim)

    def mention(self, item: Mention, entity: Entity | None, value: Node | None) -> Node:
        """A mention: classified by its label, identified by its entity, described by its value."""
        bodies: list[Node] = []
        if item.label:
            bodies.append(tag(item.label, "classifying"))
        if entity:
            links = [f"{key}:{code}" for key, code in entity.links.items()]
            bodies.append(
                {
                    "id": self.iri(entity.id),
                    "type": "a:Entity",
                    "a:name": entity.name,
                    "a:label": entity.label,
                    "a:alias": list(entity.aliases),
                    "a:link": links,
                }
            )
        if value:
            facts = {f"a:{key}": fact for key, fact in value.items() if fact is not None}
            bodies.append({"type": "a:Value", **facts})
        return {
            "id": self.iri(item.id),
            "type": "Annotation",
            "motivation": "identifying" if entity else "classifying",
            "a:kind": item.kind,
            "a:rule": item.rule,
            "body": bodies,
            "target": self.targets({"": ((item.start, item.end),)}),
        }

    def attribution(self, item: Attribution) -> Node:
        """A statement: its parts are targets with a role."""
        facts = {
            "a:act": item.act,
            "a:quote": item.type,
            "a:polarity": item.polarity,
            "a:name": item.source.name,
            "a:speaker": self.iri(item.source.speaker),
            "a:parent": self.iri(item.parent),
            "a:sourceKind": item.source.kind,
            "a:lemma": item.cue.lemma,
            "a:confidence": round(item.confidence, 4),
            "a:rule": item.rule,
        }
        parts = {"source": item.source.spans, "cue": item.cue.spans, "content": item.content.spans}
        return {
            "id": self.iri(item.id),
            "type": "Annotation",
            "motivation": "describing",
            "body": [
                tag(item.act, "tagging"),
                {"type": "a:Statement", **{key: fact for key, fact in facts.items() if fact}},
            ],
            "target": self.targets(parts),
        }

    def claim(self, item: Claim) -> Node:
        """A claim: assessed by its certainty."""
        facts = {
            "a:kind": item.kind,
            "a:attribution": self.iri(item.attribution),
            "a:about": [self.iri(name) for name in item.about],
            "a:rule": item.rule,
        }
        return {
            "id": self.iri(item.id),
            "type": "Annotation",
            "motivation": "assessing",
            "body": [
                tag(item.certainty, "assessing"),
                {"type": "a:Claim", **{key: fact for key, fact in facts.items() if fact}},
            ],
            "target": self.targets({"": item.spans}),
        }

    def iri(self, name: str | None) -> str | None:
        """The name of a thing in the article as an IRI."""
        return f"{self.source}#{name}" if name else None

    def targets(self, parts: dict[str, tuple[Span, ...]]) -> list[Node]:
        """Targets for all spans, each with its role."""
        return [
            {
                "type": "SpecificResource",
                **({"a:role": role} if role else {}),
                "source": self.source,
                "selector": [self.quote(*span), self.position(*span)],
            }
            for role, spans in parts.items()
            for span in spans
        ]

    def quote(self, start: int, end: int) -> Node:
        """A selector with the words and what stands around them."""
        text = self.annotation.text
        return {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(start - AROUND, 0) : start],
            "suffix": text[end : end + AROUND],
        }

    @staticmethod
    def position(start: int, end: int) -> Node:
        """A selector with code points."""
        return {"type": "TextPositionSelector", "start": start, "end": end}


def tag(value: str, purpose: str) -> Node:
    """A body of one word."""
    return {"type": "TextualBody", "purpose": purpose, "value": value}


exporter = Format(export, suffixes=(".jsonld",))
