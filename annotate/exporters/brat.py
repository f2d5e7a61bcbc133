"""brat standoff: ``.ann`` beside ``.txt``, with relations, attributes and discontinuous spans.

https://brat.nlplab.org/standoff.html. Mentions are text-bound annotations with their label, sources,
cues and contents are Source, Cue and Content; relations tie a content to its source, its cue and
the content that it is nested in. brat knows no span over a line end: there it becomes two pieces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotate.annotation import Annotation, Attribution, Mention, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import encodable
from annotate.labels import ACTS, ENTITY_LABELS

KINDS = {"name": "Name", "description": "Description", "pronoun": "Pronoun", "value": "Value"}
"""Types of mentions without a label."""
CONFIGURATION = "\n".join(
    (
        "[entities]",
        *ENTITY_LABELS,
        *KINDS.values(),
        "Source",
        "Cue",
        "Content",
        "Claim",
        "[relations]",
        "Said_by\tArg1:Content, Arg2:Source",
        "Said_with\tArg1:Content, Arg2:Cue",
        "Nested_in\tArg1:Content, Arg2:Content",
        "Refers_to\tArg1:Source, Arg2:<ENTITY>",
        "Coreference\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
        "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
        "[events]",
        "[attributes]",
        "Denied\tArg:Content",
        f"Act\tArg:Content, Value:{'|'.join(ACTS)}",
        "Quote\tArg:Content, Value:direct|indirect|mixed",
        "Certainty\tArg:Content|Claim, Value:certain|probable|possible|reported|denied",
        f"Kind\tArg:<ENTITY>, Value:{'|'.join(KINDS)}",
        "",
    )
)
"""annotation.conf, which brat wants in each folder."""


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the ``.ann`` file, or the ``.txt`` file if that suffix is asked for."""
    for annotation in annotations:
        if options.suffix == ".txt":
            yield encodable(annotation.text)
        else:
            yield encodable(
                "".join(f"{line}\n" for line in Standoff(annotation.text).lines(annotation))
            )


class Standoff:
    """Writes the lines of one file, which are numbered per kind.

    Args:
        text: of the article.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.numbers: dict[str, int] = {}

    def lines(self, annotation: Annotation) -> Iterator[str]:
        """Yield the lines of an annotation, what is referred to before what refers to it."""
        places: dict[str, str] = {}
        names = {item.id: item.name for item in annotation.entities}
        certainties = {item.attribution: item.certainty for item in annotation.claims}
        for mention in annotation.mentions:
            places[mention.id] = self.number("T")
            yield from self.mention(mention, places[mention.id], names)
        for entity in annotation.entities:
            if len(entity.mentions) > 1:
                yield "*\tCoreference " + " ".join(places[name] for name in entity.mentions)
            if entity.mentions:
                for key, value in entity.links.items():
                    yield from self.link(places[entity.mentions[0]], key, value, entity.name)
        for item in annotation.attributions:
            yield from self.attribution(item, places, certainties.get(item.id))
        for item in annotation.attributions:
            if item.parent in places and item.id in places:
                yield self.relation("Nested_in", places[item.id], places[item.parent])
        for claim in annotation.claims:
            if claim.attribution is None:
                place = self.number("T")
                yield self.bound(place, "Claim", claim.spans)
                yield self.attribute("Certainty", place, claim.certainty)
                yield self.note(place, [f"{claim.kind} {claim.id}", f"rule {claim.rule}"])

    def mention(self, item: Mention, place: str, names: dict[str, str]) -> Iterator[str]:
        """Yield a mention with its kind and what is known of it."""
        yield self.bound(place, item.label or KINDS[item.kind], [(item.start, item.end)])
        yield self.attribute("Kind", place, item.kind)
        facts = [item.id, *([names[item.entity]] if item.entity else [])]
        if item.value:
            parts = (item.value.type, item.value.value, item.value.unit, item.value.mod)
            facts.append(" ".join(str(part) for part in parts if part is not None))
        yield self.note(place, [*facts, f"rule {item.rule}"])

    def attribution(
        self, item: Attribution, places: dict[str, str], certainty: str | None
    ) -> Iterator[str]:
        """Yield content, source and cue with relations and attributes."""
        if not item.content.spans:
            return
        content = places[item.id] = self.number("T")
        yield self.bound(content, "Content", item.content.spans)
        if item.source.spans:
            source = self.number("T")
            yield self.bound(source, "Source", item.source.spans)
            yield self.relation("Said_by", content, source)
            if item.source.mention:
                yield self.relation("Refers_to", source, places[item.source.mention])
        if item.cue.spans:
            cue = self.number("T")
            yield self.bound(cue, "Cue", item.cue.spans)
            yield self.relation("Said_with", content, cue)
        yield self.attribute("Act", content, item.act)
        yield self.attribute("Quote", content, item.type)
        if item.polarity == "-":
            yield f"{self.number('A')}\tDenied {content}"
        if certainty:
            yield self.attribute("Certainty", content, certainty)
        speaker = f"speaker {item.source.name}" if item.source.name else "no source"
        yield self.note(
            content, [item.id, speaker, f"confidence {item.confidence:.4g}", f"rule {item.rule}"]
        )

    def number(self, kind: str) -> str:
        """The next id of a kind of line, such as T2."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind}{self.numbers[kind]}"

    def bound(self, place: str, name: str, spans: Sequence[Span]) -> str:
        """A text-bound annotation; its text has spaces for other white space."""
        cut = [piece for span in spans for piece in self.pieces(*span)]
        edges = ";".join(f"{start} {end}" for start, end in cut)
        return f"{place}\t{name} {edges}\t{_line(' '.join(self.text[s:e] for s, e in cut))}"

    def pieces(self, start: int, end: int) -> Iterator[Span]:
        """A span without the line ends in it."""
        for match in re.finditer(r"[^\n\r]+", self.text[start:end]):
            yield start + match.start(), start + match.end()

    def relation(self, name: str, first: str, second: str) -> str:
        """A relation between two text-bound annotations."""
        return f"{self.number('R')}\t{name} Arg1:{first} Arg2:{second}"

    def attribute(self, name: str, place: str, value: str) -> str:
        """An attribute with a value."""
        return f"{self.number('A')}\t{name} {place} {value}"

    def link(self, place: str, key: str, value: str, name: str) -> Iterator[str]:
        """A reference to an outer resource, if its name and code have only letters and digits."""
        if re.fullmatch(r"\w+", key) and re.fullmatch(r"\w+", value) and name.strip():
            yield f"{self.number('N')}\tReference {place} {key}:{value}\t{_line(name)}"

    def note(self, place: str, facts: list[str]) -> str:
        """A note that brat shows beside the annotation."""
        return f"{self.number('#')}\tAnnotatorNotes {place}\t{_line('; '.join(facts))}"


def _line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)


exporter = Format(
    export,
    suffixes=(".ann", ".txt"),
    per_article=True,
    files={"annotation.conf": CONFIGURATION},
)
