"""FoLiA 2.5 (https://folia.readthedocs.io): headings, paragraphs, sentences, words and span layers.

Entities, coreference chains, statements (source, relation, head) and, for claims, observations.
Offsets into our text stand with each word as the feature ``span``, since FoLiA normalises white
space and Unicode. Facts that FoLiA has no place for are features, too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from annotate.annotation import Annotation, Attribution, Mention, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import encodable
from annotate.exporters.markup import HEAD, Attributes, element, text
from annotate.exporters.tokens import Line, Words

NAMESPACE = "http://ilk.uvt.nl/folia"
VERSION = "2.5.1"
TEXT_SET = "https://raw.githubusercontent.com/proycon/folia/master/setdefinitions/text.foliaset.ttl"
SETS: Mapping[str, str | None] = {
    "division": None,
    "head": None,
    "paragraph": None,
    "sentence": None,
    "token": "token",
    "entity": "label",
    "coreference": "label",
    "statement": "act",
    "observation": "claim",
}
"""Kinds of annotation with the name of their set of classes."""


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the document of an article."""
    for annotation in annotations:
        yield Document(annotation).xml()


class Document:
    """Writes one article.

    Args:
        annotation: the article.
    """

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.words = Words.of(annotation)
        self.mentions = {item.id: item for item in annotation.mentions}

    def xml(self) -> str:
        """The whole document."""
        name = re.sub(r"[^A-Za-z0-9._-]", "_", self.annotation.id)
        layers = {
            "entities": self.entities(),
            "coreferences": self.coreferences(),
            "statements": self.statements(),
            "observations": self.observations(),
        }
        made = {layer: "".join(f"\n{line}" for line in lines) for layer, lines in layers.items()}
        parts = [*self.divisions()]
        parts += [element(layer, {}, f"{lines}\n") for layer, lines in made.items() if lines]
        body = element("text", {"xml:id": "_text"}, "".join(f"\n{part}" for part in parts) + "\n")
        attributes: Attributes = {
            "xmlns": NAMESPACE,
            "xml:id": f"doc.{name}",
            "version": VERSION,
            "generator": "annotate",
        }
        return f"{HEAD}{element('FoLiA', attributes, f'{self.metadata()}{body}')}\n"

    def metadata(self) -> str:
        """Declarations, the pipeline, and what is known of the article."""
        item = self.annotation
        by = element("annotator", {"processor": "_model"})
        declared = [element("text-annotation", {"set": TEXT_SET})]
        for kind, name in SETS.items():
            declared.append(element(f"{kind}-annotation", {"set": name and set_of(name)}, by))
        processor: Attributes = {
            "xml:id": "_model",
            "type": "auto",
            "name": item.model.name,
            "version": item.model.version,
        }
        facts = {"id": item.id, "title": item.title, "date": item.date, "language": item.language}
        parts = [
            element("annotations", {}, declared),
            element("provenance", {}, element("processor", processor)),
            *(
                element("meta", {"id": key}, text(value))
                for key, value in facts.items()
                if value is not None
            ),
        ]
        return element("metadata", {"type": "native"}, parts)

    def divisions(self) -> Iterator[str]:
        """Yield a division for each heading, with the paragraphs under it."""
        division: list[str] = []
        place, number = 0, 0
        for order, (block, group) in enumerate(groupby(self.words.lines, lambda line: line.block)):
            if block.kind == "heading" and division:
                yield element("div", {"xml:id": f"_d{order}"}, division)
                division = []
            sentences = []
            for line in group:
                number += 1
                words = self.sentence(line, place)
                sentences.append(element("s", {"xml:id": f"_s{number}"}, words))
                place += len(line.words)
            name = "head" if block.kind == "heading" else "p"
            division.append(element(name, {"xml:id": f"_p{order}"}, sentences))
        if division:
            yield element("div", {"xml:id": "_d"}, division)

    def sentence(self, line: Line, place: int) -> Iterator[str]:
        """Yield the words of a sentence; ``place`` is that of its first word among all."""
        for number, word in enumerate(line.words, place + 1):
            following = self.words.starts[number] if number < len(self.words.starts) else None
            facts: Attributes = {
                "xml:id": f"_w{number}",
                "space": "no" if following == word.end else None,
            }
            form = encodable(self.annotation.text[word.start : word.end])
            feature = feat("span", f"{word.start}-{word.end}")
            yield f"\n{element('w', facts, element('t', {}, text(form)) + feature)}"

    def entities(self) -> Iterator[str]:
        """Yield all mentions; one without a label has its kind as class."""
        for item in self.annotation.mentions:
            facts: Attributes = {
                "xml:id": item.id,
                "class": item.label or item.kind,
                "confidence": item.confidence,
            }
            features = {"kind": item.kind, "entity": item.entity, "rule": item.rule}
            if item.value:
                features |= {
                    "value": str(item.value.value),
                    "type": item.value.type,
                    "unit": item.value.unit,
                    "mod": item.value.mod,
                }
            yield element("entity", facts, self.refer([place(item)]) + feats(features))

    def coreferences(self) -> Iterator[str]:
        """Yield a chain for each entity."""
        for entity in self.annotation.entities:
            links = [
                element("coreferencelink", {}, self.refer([place(self.mentions[name])]))
                for name in entity.mentions
            ]
            features = {"name": entity.name, **entity.links}
            facts: Attributes = {"xml:id": entity.id, "class": entity.label or "unknown"}
            if links:
                yield element("coreferencechain", facts, [feats(features), *links])

    def statements(self) -> Iterator[str]:
        """Yield statements: head (what), source (who) and relation (the reporting word)."""
        for item in self.annotation.attributions:
            roles = {"hd": item.content.spans, "source": item.source.spans, "rel": item.cue.spans}
            parts = [element(role, {}, self.refer(spans)) for role, spans in roles.items() if spans]
            facts: Attributes = {
                "xml:id": item.id,
                "class": item.act,
                "confidence": round(item.confidence, 4),
            }
            yield element("statement", facts, [*parts, feats(known(item))])

    def observations(self) -> Iterator[str]:
        """Yield claims, their class is the certainty."""
        for claim in self.annotation.claims:
            facts: Attributes = {"xml:id": claim.id, "class": claim.certainty}
            features = {
                "kind": claim.kind,
                "attribution": claim.attribution,
                "about": " ".join(claim.about),
                "rule": claim.rule,
            }
            yield element("observation", facts, self.refer(claim.spans) + feats(features))

    def refer(self, spans: Sequence[Span]) -> str:
        """References to all words in spans."""
        return "".join(
            element("wref", {"id": f"_w{number + 1}"})
            for span in spans
            for number in self.words.inside(span)
        )


def known(item: Attribution) -> dict[str, str | None]:
    """What FoLiA has no place for in a statement."""
    return {
        "type": item.type,
        "polarity": item.polarity,
        "speaker": item.source.name,
        "entity": item.source.speaker,
        "kind": item.source.kind,
        "lemma": item.cue.lemma,
        "parent": item.parent,
        "rule": item.rule,
    }


def feat(name: str, value: str) -> str:
    """A feature."""
    return element("feat", {"subset": name, "class": value})


def feats(features: Mapping[str, str | None]) -> str:
    """Features that are known."""
    return "".join(feat(name, value) for name, value in features.items() if value)


def place(item: Mention) -> Span:
    """The span of a mention."""
    return item.start, item.end


def set_of(name: str) -> str:
    """The name of one of our sets of classes."""
    return f"urn:annotate:1:{name}"


exporter = Format(export, suffixes=(".folia.xml",), per_article=True)
