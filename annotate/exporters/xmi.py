"""UIMA CAS as XMI with the types of DKPro Core, as INCEpTION imports it.

Sentences, tokens, headings, paragraphs, named entities and coreference chains are DKPro's; values,
statements and claims are custom layers, which ``TypeSystem.xml`` declares. A statement is one span
of the layer Statement for each piece of its source, cue and content; relations lead from the first
piece of the content to the other pieces. Offsets are UTF-16 code units, as everywhere in UIMA.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from annotate.annotation import Annotation, Attribution, Claim, Mention, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.markup import HEAD, Attributes, element
from annotate.exporters.tokens import Words

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
META = f"{DKPRO}metadata.type.DocumentMetaData"
SEGMENT = f"{DKPRO}segmentation.type."
ENTITY = f"{DKPRO}ner.type.NamedEntity"
CHAIN = f"{DKPRO}coref.type.CoreferenceChain"
LINK = f"{DKPRO}coref.type.CoreferenceLink"
CUSTOM = "webanno.custom."
STATEMENT = f"{CUSTOM}Statement"
RELATION = f"{CUSTOM}StatementRelation"
SPAN_TYPE = "uima.tcas.Annotation"
BLOCKS = {"heading": f"{SEGMENT}Heading", "paragraph": f"{SEGMENT}Paragraph"}

TYPES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    META: ("uima.tcas.DocumentAnnotation", {"documentTitle": "String", "documentId": "String"}),
    f"{SEGMENT}Div": (SPAN_TYPE, {}),
    f"{SEGMENT}Heading": (f"{SEGMENT}Div", {}),
    f"{SEGMENT}Paragraph": (f"{SEGMENT}Div", {}),
    f"{SEGMENT}Sentence": (SPAN_TYPE, {}),
    f"{SEGMENT}Token": (SPAN_TYPE, {}),
    ENTITY: (SPAN_TYPE, {"value": "String", "identifier": "String"}),
    CHAIN: ("uima.cas.AnnotationBase", {"first": LINK}),
    LINK: (SPAN_TYPE, {"next": LINK, "referenceType": "String", "referenceRelation": "String"}),
    f"{CUSTOM}Value": (
        SPAN_TYPE,
        {"kind": "String", "value": "String", "unit": "String", "mod": "String"},
    ),
    STATEMENT: (
        SPAN_TYPE,
        dict.fromkeys(
            ("statement", "role", "act", "quote", "polarity", "certainty", "speaker", "parent"),
            "String",
        )
        | {"confidence": "Float", "rule": "String"},
    ),
    RELATION: (SPAN_TYPE, {"Governor": STATEMENT, "Dependent": STATEMENT, "role": "String"}),
    f"{CUSTOM}Claim": (
        SPAN_TYPE,
        dict.fromkeys(("claim", "kind", "certainty", "statement", "rule"), "String"),
    ),
}
"""Types that are used, with their supertype and features; short ranges are UIMA's own."""


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the CAS of an article."""
    for annotation in annotations:
        yield Cas(annotation).xml()


class Cas:
    """Collects the feature structures of one article.

    Args:
        annotation: the article.
    """

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        text = annotation.text
        self.units = [0, *accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)]
        self.structures: list[str] = []
        self.members: list[int] = []

    def xml(self) -> str:
        """The whole CAS."""
        self.fill()
        namespaces: dict[str, str] = {
            "xmlns:xmi": "http://www.omg.org/XMI",
            "xmlns:cas": "http:///uima/cas.ecore",
            "xmi:version": "2.0",
        }
        for name in TYPES:
            package = name.rpartition(".")[0]
            address = f"http:///{package.replace('.', '/')}.ecore"
            namespaces[f"xmlns:{prefix(name)}"] = address
        body = [
            element("cas:NULL", {"xmi:id": 0}),
            *self.structures,
            element(
                "cas:Sofa",
                {
                    "xmi:id": 1,
                    "sofaNum": 1,
                    "sofaID": "_InitialView",
                    "mimeType": "text/plain",
                    "sofaString": self.annotation.text,
                },
            ),
            element("cas:View", {"sofa": 1, "members": " ".join(map(str, self.members))}),
        ]
        inner = "".join(f"\n{part}" for part in body)
        return HEAD + element("xmi:XMI", namespaces, inner) + "\n"

    def fill(self) -> None:
        """Add everything that the annotation has."""
        item = self.annotation
        self.add(
            META,
            (0, len(item.text)),
            language=item.language or "x-unspecified",
            documentTitle=item.title or item.id,
            documentId=item.id,
        )
        for section in item.sections:
            self.add(BLOCKS[section.kind], (section.start, section.end))
        for line in Words.of(item).lines:
            self.add(f"{SEGMENT}Sentence", (line.start, line.end))
            for word in line.words:
                self.add(f"{SEGMENT}Token", (word.start, word.end))
        links = {entity.id: entity.links for entity in item.entities}
        for mention in item.mentions:
            self.mention(mention, links.get(mention.entity or "", {}))
        mentions = {mention.id: mention for mention in item.mentions}
        for entity in item.entities:
            self.chain([mentions[name] for name in entity.mentions], entity.label)
        certainties = {claim.attribution: claim.certainty for claim in item.claims}
        for statement in item.attributions:
            self.statement(statement, certainties.get(statement.id))
        for claim in item.claims:
            self.claim(claim)

    def mention(self, item: Mention, links: Mapping[str, str]) -> None:
        """Add a named entity, and its value."""
        span = (item.start, item.end)
        identifier = next((f"{key}:{code}" for key, code in links.items()), None)
        self.add(ENTITY, span, value=item.label or item.kind, identifier=identifier)
        if item.value:
            self.add(
                f"{CUSTOM}Value",
                span,
                kind=item.value.type,
                value=str(item.value.value),
                unit=item.value.unit,
                mod=item.value.mod,
            )

    def chain(self, mentions: list[Mention], label: str | None) -> None:
        """Add a coreference chain with a link for each mention."""
        first = len(self.members) + 2
        for place, item in enumerate(mentions, 1):
            following = first + place if place < len(mentions) else None
            self.add(LINK, (item.start, item.end), next=following, referenceType=label)
        if mentions:
            self.add(CHAIN, None, first=first)

    def statement(self, item: Attribution, certainty: str | None) -> None:
        """Add the pieces of a statement and the relations between them."""
        roles = {"content": item.content.spans, "source": item.source.spans, "cue": item.cue.spans}
        first: int | None = None
        for role, spans in roles.items():
            for span in spans:
                facts: dict[str, str | int | float | None] = {"statement": item.id, "role": role}
                if first is None:
                    facts |= {
                        "act": item.act,
                        "quote": item.type,
                        "polarity": item.polarity,
                        "certainty": certainty,
                        "speaker": item.source.name,
                        "parent": item.parent,
                        "confidence": round(item.confidence, 4),
                        "rule": item.rule,
                    }
                piece = self.add(STATEMENT, span, **facts)
                if first is None:
                    first = piece
                else:
                    self.add(RELATION, span, Governor=first, Dependent=piece, role=role)

    def claim(self, item: Claim) -> None:
        """Add a span for each piece of a claim."""
        for span in item.spans:
            self.add(
                f"{CUSTOM}Claim",
                span,
                claim=item.id,
                kind=item.kind,
                certainty=item.certainty,
                statement=item.attribution,
                rule=item.rule,
            )

    def add(self, name: str, span: Span | None, **features: str | int | float | None) -> int:
        """Add a feature structure and return its number; the sofa has the number 1."""
        number = len(self.members) + 2
        self.members.append(number)
        bounds = {"begin": self.units[span[0]], "end": self.units[span[1]]} if span else {}
        facts: Attributes = {"xmi:id": number, "sofa": 1, **bounds, **features}
        self.structures.append(element(f"{prefix(name)}:{name.rpartition('.')[2]}", facts))
        return number


def prefix(name: str) -> str:
    """A prefix for the package of a type."""
    package = name.rpartition(".")[0].removeprefix(DKPRO)
    return package.replace(".", "_")


def type_system() -> str:
    """The declaration of all types that are used, for readers that do not know them."""
    described = []
    for name, (parent, features) in TYPES.items():
        made = [
            element(
                "featureDescription",
                {},
                (
                    element("name", {}, feature),
                    element("rangeTypeName", {}, kind if "." in kind else f"uima.cas.{kind}"),
                ),
            )
            for feature, kind in features.items()
        ]
        parts = (
            element("name", {}, name),
            element("supertypeName", {}, parent),
            element("features", {}, made),
        )
        described.append(element("typeDescription", {}, parts) + "\n")
    attributes: Attributes = {"xmlns": "http://uima.apache.org/resourceSpecifier"}
    types = element("types", {}, described)
    return f"{HEAD}{element('typeSystemDescription', attributes, types)}\n"


exporter = Format(
    export,
    suffixes=(".xmi",),
    per_article=True,
    files={"TypeSystem.xml": type_system()},
)
