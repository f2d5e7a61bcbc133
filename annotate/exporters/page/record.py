"""One article as a compact record: what the script of the page draws it from.

A record holds the text once and offsets instead of copies of it. Offsets are UTF-16 code units, as
strings in a browser count them. Lists have fixed places; zeros and empty lists at their end are cut
off (``assets/records.js`` reads them back). Names that the program fixes (labels, acts, kinds) are
places in the lists of ``config``.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, get_args

from annotate.annotation import Annotation, Mention, Span, Value
from annotate.exporters.page.layout import Block, BlockKind, Segment, layout
from annotate.exporters.page.palette import ENTITY_KINDS
from annotate.exporters.page.statements import (
    NOBODY,
    Statement,
    StatementKind,
    marks_of,
    statements_of,
)
from annotate.labels import ENTITY_LABELS, Act, Certainty, EntityLabel, MentionKind, SourceKind
from annotate.serialize import to_dict

BLOCK_KINDS = get_args(BlockKind)
STATEMENT_KINDS = get_args(StatementKind)
SOURCE_KINDS = get_args(SourceKind)
ACTS = get_args(Act)
CERTAINTIES = get_args(Certainty)
MENTION_KINDS = get_args(MentionKind)

CONFIG = {
    "blocks": BLOCK_KINDS,
    "statements": STATEMENT_KINDS,
    "sources": SOURCE_KINDS,
    "acts": ACTS,
    "certainties": CERTAINTIES,
    "mentions": MENTION_KINDS,
    "labels": ENTITY_LABELS,
    "kinds": [ENTITY_KINDS[label] for label in get_args(EntityLabel)],
}
"""The lists that the numbers in a record point into."""

UNSAFE = re.compile("[<\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What must not stand raw in the script element of a page: ``<`` could end it."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def record(annotation: Annotation) -> dict[str, Any]:
    """The article for the script; keys are explained where they are filled."""
    speakers, statements = statements_of(annotation)
    unit = utf16(annotation.text)
    rules = _Places()
    record: dict[str, Any] = {
        "i": annotation.id,
        "t": annotation.title,
        "d": annotation.date,
        "l": annotation.language,
        "x": annotation.text,
        "v": [annotation.model.name, annotation.model.version],
        "w": annotation.warnings,
        "o": _metadata(annotation),
        # blocks: kind, start, segments
        "b": [
            [BLOCK_KINDS.index(block.kind), unit(block.start), _segments(block, unit)]
            for block in layout(annotation, marks_of(annotation, statements))
        ],
        # entities: label + 1, name, links
        "e": [
            _cut([_label(entity.label), entity.name, dict(entity.links) or 0])
            for entity in annotation.entities
        ],
        # mentions: start, length, label + 1, kind, entity + 1, rule, confidence, value
        "m": _mentions(annotation, unit, rules),
        # speakers: name, entity + 1, tone
        "p": [[speaker.name, speaker.entity + 1, speaker.tone] for speaker in speakers],
        "s": [_statement(statement, unit, rules) for statement in statements],
        "r": rules.names,
    }
    return {key: value for key, value in record.items() if value or key == "x"}


def to_script(value: Any) -> str:
    """Compact JSON that can stand in a script element of an HTML page.

    A lone surrogate, which no encoding can hold, becomes U+FFFD as in JSON Lines.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = LONE_SURROGATE.sub("\ufffd", text)
    return UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def utf16(text: str) -> Callable[[int], int]:
    """A function from offsets in code points to offsets in UTF-16 code units."""
    wide = [place for place, character in enumerate(text) if character > "\uffff"]
    return (lambda offset: offset + bisect_left(wide, offset)) if wide else (lambda offset: offset)


def _metadata(annotation: Annotation) -> Any:
    """The metadata as JSON knows it."""
    bare = Annotation("", None, None, annotation.metadata, None, "", annotation.model)
    return to_dict(bare)["metadata"]


class _Places:
    """Names in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self._places.setdefault(name, len(self._places))

    @property
    def names(self) -> list[str]:
        return list(self._places)


def _segments(block: Block, unit: Callable[[int], int]) -> list[Any]:
    """Per segment its length, or [length, mentions, contents, sources, cues, ends]."""
    return [_segment(segment, unit) for segment in block.segments]


def _segment(segment: Segment, unit: Callable[[int], int]) -> Any:
    size = unit(segment.end) - unit(segment.start)
    lists = segment.mentions, segment.contents, segment.sources, segment.cues, segment.ends
    parts = _cut([size, *(list(places) or 0 for places in lists)])
    return parts if len(parts) > 1 else size


def _mentions(
    annotation: Annotation, unit: Callable[[int], int], rules: Callable[[str], int]
) -> list[Any]:
    entities = {entity.id: place for place, entity in enumerate(annotation.entities)}
    return [
        _cut(
            [
                unit(mention.start),
                unit(mention.end) - unit(mention.start),
                _label(mention.label),
                MENTION_KINDS.index(mention.kind),
                entities.get(mention.entity or "", NOBODY) + 1,
                rules(mention.rule),
                _percent(mention.confidence),
                _value(mention),
            ]
        )
        for mention in annotation.mentions
    ]


def _value(mention: Mention) -> Any:
    """Type, value, unit and mod of what a mention means; 0 where it is not known."""
    value: Value | None = mention.value
    return _cut([value.type, value.value, value.unit or 0, value.mod or 0]) if value else 0


def _statement(
    statement: Statement, unit: Callable[[int], int], rules: Callable[[str], int]
) -> list[Any]:
    """Kind, act + 1, denied, kind of source, speaker + 1, tone, rule, spans, and what is rarer."""
    return _cut(
        [
            STATEMENT_KINDS.index(statement.kind),
            ACTS.index(statement.act) + 1 if statement.act else 0,
            int(statement.polarity == "-"),
            SOURCE_KINDS.index(statement.source_kind),
            statement.speaker + 1,
            statement.tone,
            rules(statement.rule),
            _flat(statement.content, unit),
            _flat(statement.source, unit),
            _flat(statement.cue, unit),
            _percent(statement.confidence),
            CERTAINTIES.index(statement.certainty) + 1 if statement.certainty else 0,
            statement.parent + 1,
            list(statement.about) or 0,
            statement.lemma or 0,
        ]
    )


def _flat(spans: Iterable[Span], unit: Callable[[int], int]) -> Any:
    """Starts and ends in one list; 0 for none."""
    return [unit(edge) for edge in chain.from_iterable(spans)] or 0


def _label(label: str | None) -> int:
    return ENTITY_LABELS.index(label) + 1 if label else 0


def _percent(confidence: float | None) -> Any:
    """Confidence in hundredths + 1, so that 0 says that there is none."""
    return 0 if confidence is None else round(confidence * 100) + 1


def _cut(values: list[Any]) -> list[Any]:
    """The list without zeros at its end."""
    while values and not isinstance(values[-1], str) and values[-1] == 0:
        values.pop()
    return values
