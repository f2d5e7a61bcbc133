"""NAF 3.3.1, the NLP Annotation Format (https://github.com/cltl/NAF-4-Development).

Layers: raw, tunits (headings and paragraphs), text, terms, entities, coreferences, timeExpressions,
attribution, factualities. NAF knows no more of a statement than source, cue and target; act, type,
polarity, speaker and parent stand as factuality values of its content, each with its resource.
Without a model there is one term a word, without lemma or part of speech, and no dependencies.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotate.annotation import Annotation, Attribution, Mention, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import encodable
from annotate.exporters.markup import HEAD, Attributes, element, text
from annotate.exporters.tokens import Words

VERSION = "3.3.1"
TIMEX = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the document of an article."""
    for annotation in annotations:
        yield Document(annotation).xml()


class Document:
    """Writes the layers of one article.

    Args:
        annotation: the article.
    """

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.words = Words.of(annotation)
        self.mentions = {item.id: item for item in annotation.mentions}

    def xml(self) -> str:
        """The whole document."""
        layers = {
            "tunits": self.units(),
            "text": self.tokens(),
            "terms": self.terms(),
            "entities": self.entities(),
            "coreferences": self.coreferences(),
            "timeExpressions": self.times(),
            "attribution": self.attributions(),
            "factualities": self.factualities(),
        }
        made = {name: "".join(f"\n{line}" for line in lines) for name, lines in layers.items()}
        kept = {name: content for name, content in made.items() if content}
        parts = [
            element("nafHeader", {}, self.header(list(kept))),
            element("raw", {}, text(self.annotation.text)),
            *(element(name, {}, f"{content}\n") for name, content in kept.items()),
        ]
        attributes = {"version": VERSION, "xml:lang": self.annotation.language or "und"}
        body = "".join(f"\n{part}" for part in parts)
        return f"{HEAD}{element('NAF', attributes, body)}\n"

    def header(self, layers: list[str]) -> Iterator[str]:
        """Yield what is known of the file, and the pipeline for each layer."""
        item = self.annotation
        author = item.metadata.get("author")
        yield element(
            "fileDesc",
            {
                "title": item.title,
                "author": None if author is None else str(author),
                "creationtime": item.date,
                "filename": item.id,
            },
        )
        yield element("public", {"publicId": item.id})
        processor = element("lp", {"name": item.model.name, "version": item.model.version})
        for layer in layers:
            yield element("linguisticProcessors", {"layer": layer}, processor)

    def units(self) -> Iterator[str]:
        """Yield headings and paragraphs."""
        for number, section in enumerate(self.annotation.sections, 1):
            length = section.end - section.start
            facts: Attributes = {"id": f"_u{number}", "type": section.kind}
            yield element("tunit", {**facts, "offset": section.start, "length": length})

    def tokens(self) -> Iterator[str]:
        """Yield words with their offsets in code points."""
        number, paragraph, block = 0, 0, None
        for sentence, line in enumerate(self.words.lines, 1):
            paragraph += line.block != block
            block = line.block
            for word in line.words:
                number += 1
                facts: Attributes = {"id": f"_w{number}", "sent": sentence, "para": paragraph}
                place: Attributes = {"offset": word.start, "length": word.end - word.start}
                form = encodable(self.annotation.text[word.start : word.end])
                yield element("wf", {**facts, **place}, text(form))

    def terms(self) -> Iterator[str]:
        """Yield one term a word."""
        for number in range(1, len(self.words.all) + 1):
            yield element("term", {"id": f"_t{number}"}, span_of([f"_w{number}"]))

    def entities(self) -> Iterator[str]:
        """Yield names and values with their label, links and value."""
        entities = {item.id: item for item in self.annotation.entities}
        for item in self.annotation.mentions:
            if item.label and item.kind in ("name", "value"):
                entity = entities.get(item.entity or "")
                links = dict(entity.links) if entity else {}
                if item.value and item.value.type not in TIMEX:
                    links[item.value.unit or item.value.type] = str(item.value.value)
                references = [
                    element("externalRef", {"reference": code, "resource": name})
                    for name, code in links.items()
                ]
                outer = element("externalReferences", {}, references) if references else ""
                facts: Attributes = {"id": item.id, "type": item.label, "source": item.rule}
                yield element("entity", facts, self.span([(item.start, item.end)]) + outer)

    def coreferences(self) -> Iterator[str]:
        """Yield the mentions of each entity."""
        for entity in self.annotation.entities:
            spans = [self.span([place(self.mentions[name])]) for name in entity.mentions]
            if spans:
                facts: Attributes = {"id": entity.id, "status": "system", "type": entity.label}
                yield element("coref", facts, spans)

    def times(self) -> Iterator[str]:
        """Yield dates, times, durations and sets with their TIMEX3 value."""
        for item in self.annotation.mentions:
            if item.value and item.value.type in TIMEX:
                facts: Attributes = {
                    "id": f"_x.{item.id}",
                    "type": TIMEX[item.value.type],
                    "value": str(item.value.value),
                    "mod": item.value.mod,
                }
                yield element("timex3", facts, self.span([place(item)], "_w"))

    def attributions(self) -> Iterator[str]:
        """Yield content, source and cue of each statement."""
        for item in self.annotation.attributions:
            parts = {
                "statement_target": item.content.spans,
                "statement_source": item.source.spans,
                "statement_cue": item.cue.spans,
            }
            if item.content.spans:
                inner = [
                    element(name, {}, self.span(spans)) for name, spans in parts.items() if spans
                ]
                yield element("statement", {"id": item.id}, inner)

    def factualities(self) -> Iterator[str]:
        """Yield how certain each claim is, and what else is known of its statement."""
        statements = {item.id: item for item in self.annotation.attributions}
        for claim in self.annotation.claims:
            if claim.spans:
                facts = {"certainty": claim.certainty, "kind": claim.kind}
                statement = statements.get(claim.attribution or "")
                values = [
                    element("factVal", {"value": value, "resource": f"annotate:{name}"})
                    for name, value in {**facts, **known(statement)}.items()
                ]
                yield element(
                    "factuality", {"id": claim.id}, self.span(claim.spans) + "".join(values)
                )

    def span(self, spans: Sequence[Span], prefix: str = "_t") -> str:
        """Targets for all words in spans."""
        return span_of(
            f"{prefix}{number + 1}" for span in spans for number in self.words.inside(span)
        )


def known(item: Attribution | None) -> dict[str, str]:
    """What NAF's attribution layer has no place for."""
    if item is None:
        return {}
    facts = {
        "attribution": item.id,
        "act": item.act,
        "type": item.type,
        "polarity": item.polarity,
        "speaker": item.source.name,
        "parent": item.parent,
        "confidence": f"{item.confidence:.4g}",
    }
    return {name: value for name, value in facts.items() if value}


def place(item: Mention) -> Span:
    """The span of a mention."""
    return item.start, item.end


def span_of(targets: Iterable[str]) -> str:
    """A span element."""
    return element("span", {}, [element("target", {"id": name}) for name in targets])


exporter = Format(export, suffixes=(".naf",), per_article=True)
