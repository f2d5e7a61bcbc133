"""The tables that csv and tsv share: one row a statement, claim, entity or mention."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping

from annotate.annotation import Annotation, Span
from annotate.exporters.base import ExportOptions, Table
from annotate.serialize import to_dict, to_json

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | float | None
Row = dict[str, Cell]


COLUMNS: Mapping[Table, str] = {
    "attributions": "article title date id speaker source source_kind cue cue_lemma content type"
    " act polarity certainty parent entity source_spans cue_spans content_spans confidence rule",
    "claims": "article title date id claim kind certainty speaker about attribution entities spans"
    " rule",
    "entities": "article title date id name label count aliases links mentions",
    "mentions": "article title date id start end text label kind entity name value_type value unit"
    " mod confidence rule",
}
"""Columns of each table, so that a table without rows has its head."""


def attributions(annotation: Annotation) -> Iterator[Row]:
    """One row a statement: who, how, what."""
    certainties = {item.attribution: item.certainty for item in annotation.claims}
    for item in annotation.attributions:
        yield {
            "article": annotation.id,
            "title": annotation.title,
            "date": annotation.date,
            "id": item.id,
            "speaker": item.source.name,
            "source": item.source.text or None,
            "source_kind": item.source.kind,
            "cue": item.cue.text or None,
            "cue_lemma": item.cue.lemma,
            "content": item.content.text,
            "type": item.type,
            "act": item.act,
            "polarity": item.polarity,
            "certainty": certainties.get(item.id),
            "parent": item.parent,
            "entity": item.source.speaker,
            "source_spans": _spans(item.source.spans),
            "cue_spans": _spans(item.cue.spans),
            "content_spans": _spans(item.content.spans),
            "confidence": round(item.confidence, 4),
            "rule": item.rule,
        }


def claims(annotation: Annotation) -> Iterator[Row]:
    """One row a claim, with the speaker of its statement."""
    speakers = {item.id: item.source.name for item in annotation.attributions}
    names = {item.id: item.name for item in annotation.entities}
    for item in annotation.claims:
        yield {
            "article": annotation.id,
            "title": annotation.title,
            "date": annotation.date,
            "id": item.id,
            "claim": item.text,
            "kind": item.kind,
            "certainty": item.certainty,
            "speaker": speakers.get(item.attribution or ""),
            "about": "; ".join(names[name] for name in item.about) or None,
            "attribution": item.attribution,
            "entities": " ".join(item.about) or None,
            "spans": _spans(item.spans),
            "rule": item.rule,
        }


def entities(annotation: Annotation) -> Iterator[Row]:
    """One row an entity, with how often it is mentioned; aliases and links as JSON."""
    for item in annotation.entities:
        yield {
            "article": annotation.id,
            "title": annotation.title,
            "date": annotation.date,
            "id": item.id,
            "name": item.name,
            "label": item.label,
            "count": len(item.mentions),
            "aliases": to_json(list(item.aliases)),
            "links": to_json(dict(item.links)),
            "mentions": " ".join(item.mentions) or None,
        }


def mentions(annotation: Annotation) -> Iterator[Row]:
    """One row a mention, with the name of its entity or its value."""
    names = {item.id: item.name for item in annotation.entities}
    for item in to_dict(annotation)["mentions"]:
        value = item["value"] or {"type": None, "value": None, "unit": None, "mod": None}
        amount = value["value"]
        yield {
            "article": annotation.id,
            "title": annotation.title,
            "date": annotation.date,
            "id": item["id"],
            "start": item["start"],
            "end": item["end"],
            "text": item["text"],
            "label": item["label"],
            "kind": item["kind"],
            "entity": item["entity"],
            "name": names.get(item["entity"]),
            "value_type": value["type"],
            "value": to_json(amount) if isinstance(amount, list) else amount,
            "unit": value["unit"],
            "mod": value["mod"],
            "confidence": item["confidence"],
            "rule": item["rule"],
        }


TABLES: Mapping[Table, Callable[[Annotation], Iterator[Row]]] = {
    "attributions": attributions,
    "claims": claims,
    "entities": entities,
    "mentions": mentions,
}


def _spans(spans: tuple[Span, ...]) -> str | None:
    """Spans as start-end, with a space between them."""
    return " ".join(f"{start}-{end}" for start, end in spans) or None


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before those that begin like one.

    The signs are those of OWASP's page on CSV injection. A lone sign is none, as in the polarity.
    """
    return f"'{text}" if len(text) > 1 and text.lstrip(" ").startswith(FORMULA) else text


def table(
    annotations: Iterable[Annotation],
    options: ExportOptions,
    dialect: str,
    clean: Callable[[str], str],
) -> Iterator[str]:
    """Yield the head and then the rows of each article as text in a dialect of ``csv``.

    Args:
        annotations: the articles.
        options: which table, and whether it is for a spreadsheet.
        dialect: of the module ``csv``.
        clean: makes a text fit the format.
    """
    columns = COLUMNS[options.table].split()
    fit = (lambda text: safe(clean(text))) if options.spreadsheet else clean
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, dialect=dialect, lineterminator="\n")
    writer.writeheader()
    yield BYTE_ORDER_MARK * options.spreadsheet + _taken(stream)
    for annotation in annotations:
        for row in TABLES[options.table](annotation):
            cells = {key: fit(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
            writer.writerow(cells)
        if lines := _taken(stream):
            yield lines


def _taken(stream: io.StringIO) -> str:
    """What was written; the stream is empty afterwards."""
    written = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return written
