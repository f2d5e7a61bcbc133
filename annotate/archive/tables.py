"""An annotation as rows of tables: the same for Parquet and SQLite.

``number`` is the number of the article in the input, from 1; ids such as ``m1`` are those of the
JSON contract and unique within an article. Lists and objects are JSON texts.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotate.annotation import Annotation
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
    """Return the rows of all tables for annotations with their numbers, in that order."""
    return plain_rows((number, to_dict(annotation)) for number, annotation in numbered)


def plain_rows(numbered: Iterable[tuple[int, Mapping[str, Any]]]) -> Rows:
    """Return the rows of all tables for annotations as dictionaries, as in JSON."""
    rows: Rows = {table: [] for table in COLUMNS}
    for number, plain in numbered:
        rows["articles"].append(_article(number, plain))
        for entity in plain["entities"]:
            names = (entity[key] for key in ("id", "label", "name"))
            lists = (_json(entity[key]) for key in ("aliases", "links"))
            rows["entities"].append((number, *names, *lists))
        rows["names"].extend(
            (number * PER_ARTICLE + place, number, *name)
            for place, name in enumerate(_names(plain))
        )
        for mention in plain["mentions"]:
            rows["mentions"].append((number, *_mention(mention)))
        for place, attribution in enumerate(plain["attributions"]):
            first = (number * PER_ARTICLE + place, number)
            rows["attributions"].append((*first, *_attribution(attribution)))
        for claim in plain["claims"]:
            rows["claims"].append((number, *_claim(claim)))
            rows["claim_entities"].extend(
                (number, claim["id"], entity) for entity in dict.fromkeys(claim["about"])
            )
    return rows


def _article(number: int, plain: Mapping[str, Any]) -> tuple[Any, ...]:
    duplicate_of = plain["metadata"].get("duplicate_of")
    return (
        number,
        *(plain[key] for key in ("id", "title", "date", "language")),
        len(plain["text"].split()),
        None if duplicate_of is None else str(duplicate_of),
        plain["text"],
        _json(plain["metadata"]),
        _json(plain["warnings"]),
        _json([[s["start"], s["end"], s["kind"]] for s in plain["sections"]]),
        _json([[s["start"], s["end"]] for s in plain["sentences"]]),
        plain["model"]["name"],
        plain["model"]["version"],
    )


def _names(plain: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield each form by which an entity is called, and sources that are no entity.

    The kind is "main" for the name of the entity, "name" for another name and "description" for
    what only describes it.
    """
    mentions = {mention["id"]: mention for mention in plain["mentions"]}
    for entity in plain["entities"]:
        own = [mentions[name] for name in entity["mentions"]]
        names = {mention["text"] for mention in own if mention["kind"] == "name"}
        for form in dict.fromkeys((entity["name"], *entity["aliases"])):
            kind = "name" if form in names else "description"
            kind = "main" if form == entity["name"] else kind
            yield (entity["id"], None, form, name_key(form), kind)
    for attribution in plain["attributions"]:
        source = attribution["source"]
        if source["speaker"] is None and (form := source["name"] or source["text"]):
            yield (None, attribution["id"], form, name_key(form), "description")


def _mention(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    keys = ("id", "start", "end", "text", "label", "kind", "entity")
    value = None if plain["value"] is None else _json(plain["value"])
    return (*(plain[key] for key in keys), value, plain["confidence"], plain["rule"])


def _attribution(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    source, cue, content = plain["source"], plain["cue"], plain["content"]
    return (
        plain["id"],
        source["text"],
        source["kind"],
        _json(source["spans"]),
        source["mention"],
        source["speaker"],
        source["name"],
        cue["text"],
        cue["lemma"],
        _json(cue["spans"]),
        content["text"],
        _json(content["spans"]),
        len(content["text"].split()),
        *_edges([*source["spans"], *cue["spans"], *content["spans"]]),
        *(plain[key] for key in ("type", "act", "polarity", "parent", "confidence", "rule")),
    )


def _claim(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    spans = plain["spans"]
    facts = (plain[key] for key in ("attribution", "kind", "certainty", "rule"))
    return (plain["id"], plain["text"], _json(spans), *_edges(spans), *facts)


def _edges(spans: Sequence[Sequence[int]]) -> tuple[int | None, int | None]:
    """Return where the spans begin and end together."""
    if not spans:
        return None, None
    return min(start for start, _ in spans), max(end for _, end in spans)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
