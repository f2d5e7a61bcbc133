"""An annotation as rows of tables: the same for Parquet and SQLite.

``number`` is the number of the article in the input, from 1; ids such as ``m1`` are those of the
JSON contract and unique within an article. Lists and objects are JSON texts.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotate.annotation import Annotation, Attribution, Claim, Span
from annotate.serialize import to_dict

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "number": "int",
        "id": "text",
        "title": "text",
        "date": "text",
        "language": "text",
        "words": "int",
        "duplicate_of": "text",
        "text": "text",
        "metadata": "text",
        "warnings": "text",
        "sections": "text",
        "sentences": "text",
        "model": "text",
        "model_version": "text",
    },
    "entities": {
        "article": "int",
        "id": "text",
        "label": "text",
        "name": "text",
        "aliases": "text",
        "links": "text",
    },
    "names": {
        "number": "int",
        "article": "int",
        "entity": "text",
        "attribution": "text",
        "name": "text",
        "key": "text",
        "kind": "text",
    },
    "mentions": {
        "article": "int",
        "id": "text",
        "start": "int",
        "end": "int",
        "text": "text",
        "label": "text",
        "kind": "text",
        "entity": "text",
        "value": "text",
        "confidence": "float",
        "rule": "text",
    },
    "attributions": {
        "number": "int",
        "article": "int",
        "id": "text",
        "source": "text",
        "source_kind": "text",
        "source_spans": "text",
        "source_mention": "text",
        "speaker": "text",
        "speaker_name": "text",
        "cue": "text",
        "cue_lemma": "text",
        "cue_spans": "text",
        "content": "text",
        "content_spans": "text",
        "words": "int",
        "start": "int",
        "end": "int",
        "type": "text",
        "act": "text",
        "polarity": "text",
        "parent": "text",
        "confidence": "float",
        "rule": "text",
    },
    "claims": {
        "article": "int",
        "id": "text",
        "text": "text",
        "spans": "text",
        "start": "int",
        "end": "int",
        "attribution": "text",
        "kind": "text",
        "certainty": "text",
        "rule": "text",
    },
    "claim_entities": {"article": "int", "claim": "text", "entity": "text"},
}
"""Columns of every table and their types, in order; ``start`` and ``end`` of an attribution are
those of all its spans together."""

PER_ARTICLE = 1_000_000
"""Names and attributions are numbered by their article times this plus their place, from 0."""

_TOKEN = re.compile(r"[^\W_]+")

Rows = dict[str, list[tuple[Any, ...]]]


def name_key(name: str) -> str:
    """Return the words of a name without case and accents, each with a space before and after.

    >>> name_key("Özgür Çelik-de Boer")
    ' ozgur celik de boer '
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return f" {' '.join(_TOKEN.findall(plain))} "


def to_rows(numbered: Iterable[tuple[int, Annotation]]) -> Rows:
    """Return the rows of all tables, in the order of the articles."""
    rows: Rows = {table: [] for table in COLUMNS}
    for number, annotation in numbered:
        plain = to_dict(annotation)
        rows["articles"].append(_article(number, annotation, plain))
        for entity in plain["entities"]:
            rows["entities"].append(
                (
                    number,
                    entity["id"],
                    entity["label"],
                    entity["name"],
                    _json(entity["aliases"]),
                    _json(entity["links"]),
                )
            )
        rows["names"].extend(
            (number * PER_ARTICLE + place, *name)
            for place, name in enumerate(_names(number, annotation))
        )
        for m in plain["mentions"]:
            value = None if m["value"] is None else _json(m["value"])
            rows["mentions"].append(
                (
                    number,
                    *(m[key] for key in ("id", "start", "end", "text", "label", "kind", "entity")),
                    value,
                    m["confidence"],
                    m["rule"],
                )
            )
        for place, attribution in enumerate(annotation.attributions):
            rows["attributions"].append(_attribution(number, place, attribution))
        for claim in annotation.claims:
            rows["claims"].append(_claim(number, claim))
            about = dict.fromkeys(claim.about)
            rows["claim_entities"].extend((number, claim.id, entity) for entity in about)
    return rows


def _article(number: int, annotation: Annotation, plain: Mapping[str, Any]) -> tuple[Any, ...]:
    metadata = plain["metadata"]
    duplicate_of = metadata.get("duplicate_of")
    return (
        number,
        annotation.id,
        annotation.title,
        annotation.date,
        annotation.language,
        len(annotation.text.split()),
        None if duplicate_of is None else str(duplicate_of),
        annotation.text,
        _json(metadata),
        _json(plain["warnings"]),
        _json([[s["start"], s["end"], s["kind"]] for s in plain["sections"]]),
        _json([[s["start"], s["end"]] for s in plain["sentences"]]),
        annotation.model.name,
        annotation.model.version,
    )


def _names(number: int, annotation: Annotation) -> Iterator[tuple[Any, ...]]:
    """Yield each form by which an entity is called, and sources that are no entity.

    The kind is "main" for the name of the entity, "name" for another name and "description" for
    what only describes it.
    """
    texts = {mention.id: mention for mention in annotation.mentions}
    for entity in annotation.entities:
        names = {texts[m].text for m in entity.mentions if m in texts and texts[m].kind == "name"}
        for form in dict.fromkeys((entity.name, *entity.aliases)):
            kind = "name" if form in names else "description"
            kind = "main" if form == entity.name else kind
            yield (number, entity.id, None, form, name_key(form), kind)
    for attribution in annotation.attributions:
        source = attribution.source
        if source.speaker is None and (form := source.name or source.text):
            yield (number, None, attribution.id, form, name_key(form), "description")


def _attribution(number: int, place: int, attribution: Attribution) -> tuple[Any, ...]:
    source, cue, content = attribution.source, attribution.cue, attribution.content
    spans = (*source.spans, *cue.spans, *content.spans)
    return (
        number * PER_ARTICLE + place,
        number,
        attribution.id,
        source.text,
        source.kind,
        _spans(source.spans),
        source.mention,
        source.speaker,
        source.name,
        cue.text,
        cue.lemma,
        _spans(cue.spans),
        content.text,
        _spans(content.spans),
        len(content.text.split()),
        *_edges(spans),
        attribution.type,
        attribution.act,
        attribution.polarity,
        attribution.parent,
        attribution.confidence,
        attribution.rule,
    )


def _claim(number: int, claim: Claim) -> tuple[Any, ...]:
    return (
        number,
        claim.id,
        claim.text,
        _spans(claim.spans),
        *_edges(claim.spans),
        claim.attribution,
        claim.kind,
        claim.certainty,
        claim.rule,
    )


def _edges(spans: Sequence[Span]) -> tuple[int | None, int | None]:
    """Return where the spans begin and end together."""
    if not spans:
        return None, None
    return min(start for start, _ in spans), max(end for _, end in spans)


def _spans(spans: Sequence[Span]) -> str:
    return _json([list(span) for span in spans])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
