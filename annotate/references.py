"""What types cannot say about an Annotation: spans lie in the text and ids refer to something."""

import re
from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation, Span

ID_PATTERN = r"[A-Za-z][A-Za-z0-9._-]*"
"""Ids inside an annotation: names that XML and all other formats accept, no two alike."""


def fault(annotation: Annotation) -> str | None:
    """The first inconsistency in words, without a trailing full stop; None where there is none."""
    return next(_faults(annotation), None)


def _faults(annotation: Annotation) -> Iterator[str]:
    yield from _span_faults(annotation)
    yield from _id_faults(annotation)
    yield from _parent_faults(annotation)
    confidences = {item.id: item.confidence for item in annotation.mentions}
    confidences |= {item.id: item.confidence for item in annotation.attributions}
    for name, confidence in confidences.items():
        if confidence is not None and not 0 <= confidence <= 1:
            yield f"{name!r} has the confidence {confidence}, not between 0 and 1"


def _span_faults(annotation: Annotation) -> Iterator[str]:
    size = len(annotation.text)
    for where, (start, end) in spans(annotation):
        if not 0 <= start < end <= size:
            yield f"{where} has the span [{start}, {end}], empty or outside the text ({size} long)"
    for mention in annotation.mentions:
        if annotation.text[mention.start : mention.end] != mention.text:
            yield f"mention {mention.id!r} has another text than its span"


def spans(annotation: Annotation) -> Iterator[tuple[str, Span]]:
    """Every span of the annotation, with the name of the thing that it belongs to."""
    for section in annotation.sections:
        yield "a section", (section.start, section.end)
    for sentence in annotation.sentences:
        yield "a sentence", (sentence.start, sentence.end)
    for mention in annotation.mentions:
        yield f"mention {mention.id!r}", (mention.start, mention.end)
    for item in annotation.attributions:
        for part in (item.source, item.cue, item.content):
            for span in part.spans:
                yield f"attribution {item.id!r}", span
    for claim in annotation.claims:
        for span in claim.spans:
            yield f"claim {claim.id!r}", span


def _id_faults(annotation: Annotation) -> Iterator[str]:
    mentions = {item.id for item in annotation.mentions}
    entities = {item.id for item in annotation.entities}
    attributions = {item.id for item in annotation.attributions}
    claims = [item.id for item in annotation.claims]
    ids = [*(item.id for item in annotation.mentions), *(item.id for item in annotation.entities)]
    ids += [*(item.id for item in annotation.attributions), *claims]
    yield from _id_form_faults(ids)
    for mention in annotation.mentions:
        yield from _unknown(f"mention {mention.id!r}", "entity", [mention.entity], entities)
    for entity in annotation.entities:
        yield from _unknown(f"entity {entity.id!r}", "mention", entity.mentions, mentions)
    for item in annotation.attributions:
        where = f"attribution {item.id!r}"
        yield from _unknown(where, "mention", [item.source.mention], mentions)
        yield from _unknown(where, "entity", [item.source.speaker], entities)
        yield from _unknown(where, "attribution", [item.parent], attributions)
    for claim in annotation.claims:
        where = f"claim {claim.id!r}"
        yield from _unknown(where, "attribution", [claim.attribution], attributions)
        yield from _unknown(where, "entity", claim.about, entities)


def _id_form_faults(ids: list[str]) -> Iterator[str]:
    for name in ids:
        if not re.fullmatch(ID_PATTERN, name):
            yield f"the id {name!r} is not a letter followed by letters, digits, '.', '-' or '_'"
    if len(set(ids)) < len(ids):
        doubled = next(name for place, name in enumerate(ids) if name in ids[:place])
        yield f"two things have the id {doubled!r}"


def _unknown(where: str, kind: str, ids: Iterable[str | None], known: set[str]) -> Iterator[str]:
    for name in ids:
        if name is not None and name not in known:
            yield f"{where} refers to the {kind} {name!r}, which does not exist"


def _parent_faults(annotation: Annotation) -> Iterator[str]:
    parents = {item.id: item.parent for item in annotation.attributions}
    for start in parents:
        seen: set[str] = set()
        name: str | None = start
        while name is not None and name not in seen:
            seen.add(name)
            name = parents[name]
        if name is not None:
            yield f"attribution {start!r} is nested in itself"
            return
