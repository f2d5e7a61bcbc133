"""Gold files and what an annotation says in their terms."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotate.annotation import Annotation
from annotate.errors import UsageError

LAYERS = ("attributions", "entities", "chains", "values")
Row = dict[str, Any]


def read_gold(path: Path) -> Iterator[Row]:
    """Yield the objects of a gold file: ``text`` and at least one of attributions, entities, chains, values.

    Raises:
        UsageError: it cannot be read, or a line is no such object.
    """
    hint = "Gold files are JSON lines with text and attributions, entities, chains or values"
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict) or "text" not in row or not set(LAYERS) & set(row):
                    raise UsageError(f"Line {number} of {path} is no gold answer", hint=hint)
                yield row
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})"
        raise UsageError(message, hint="Check its name") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no JSON lines file ({error})", hint=hint) from error


def genre_of(row: Row) -> str:
    """Return what kind of text a gold answer is of: its genre, else its source, else ""."""
    return str(row.get("genre") or row.get("source") or "")


def predicted_attributions(annotation: Annotation) -> list[Row]:
    """Return the attributions in the form of a gold file."""
    return [
        {
            "source": a.source.spans,
            "cue": a.cue.spans,
            "content": a.content.spans,
            "type": a.type,
            "act": a.act,
            "polarity": a.polarity,
            "speaker": a.source.name or "",
            "confidence": a.confidence,
        }
        for a in annotation.attributions
    ]


def predicted_entities(annotation: Annotation) -> list[tuple[int, int, str]]:
    """Return names and values with their labels."""
    return [
        (m.start, m.end, m.label)
        for m in annotation.mentions
        if m.kind in {"name", "value"} and m.label is not None
    ]


def predicted_chains(annotation: Annotation) -> list[list[tuple[int, int]]]:
    """Return the mentions of each entity."""
    chains: dict[str, list[tuple[int, int]]] = {}
    for mention in annotation.mentions:
        if mention.entity is not None and mention.kind != "value":
            chains.setdefault(mention.entity, []).append((mention.start, mention.end))
    return list(chains.values())


def predicted_values(annotation: Annotation) -> list[tuple[int, int, str, Row | None]]:
    """Return dates, times and numbers with their values."""
    return [
        (
            m.start,
            m.end,
            m.label or "",
            {"type": m.value.type, "value": m.value.value, "unit": m.value.unit}
            if m.value
            else None,
        )
        for m in annotation.mentions
        if m.kind == "value"
    ]
