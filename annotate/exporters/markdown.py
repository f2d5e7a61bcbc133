"""Markdown to read or to paste: the article with numbered statements, and the tables under it.

CommonMark with the tables of GitHub. Everything from the article is escaped, so that it can neither
be markup nor HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotate.annotation import Annotation, Section
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.blocks import blocks
from annotate.exporters.characters import REPLACEMENT, for_xml

SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What means something anywhere in a line."""
SPACE = re.compile(r"\s+")
LEADING = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=#:]))")
"""What means something at the beginning of a line: headings, lists, underlines."""


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the articles, with a rule between them."""
    between = ""
    for annotation in annotations:
        yield between + "\n\n".join(_parts(annotation)) + "\n"
        between = "\n---\n\n"


def _parts(annotation: Annotation) -> Iterator[str]:
    numbers = {item.id: number for number, item in enumerate(annotation.attributions, 1)}
    yield f"# {escaped(annotation.title or annotation.id)}"
    facts = [annotation.id if annotation.title else "", annotation.date or ""]
    if any(facts):
        yield " · ".join(escaped(fact) for fact in facts if fact)
    for warning in annotation.warnings:
        yield f"> {escaped(warning)}"
    for block in blocks(annotation):
        yield from _block(annotation, block, numbers)
    yield from _statements(annotation, numbers)
    yield from _entities(annotation)
    yield from _claims(annotation, numbers)


def _block(annotation: Annotation, block: Section, numbers: dict[str, int]) -> Iterator[str]:
    """A heading or paragraph, with the number of a statement after each piece of its content."""
    if block.kind == "heading":
        text = annotation.text[block.start : block.end]
        if text != annotation.title:
            yield f"## {escaped(text)}"
        return
    ends: dict[int, list[int]] = {}
    for item in annotation.attributions:
        for start, end in item.content.spans:
            if start < block.end and block.start < end <= block.end:
                ends.setdefault(end, []).append(numbers[item.id])
    text, place = "", block.start
    for end in sorted(ends):
        text += inline(annotation.text[place:end])
        text += "".join(f" \\[{number}\\]" for number in ends[end])
        place = end
    yield leading(text + inline(annotation.text[place : block.end]))


def _statements(annotation: Annotation, numbers: dict[str, int]) -> Iterator[str]:
    rows = []
    for item in annotation.attributions:
        denied = item.polarity == "-"
        dull = item.act == "say" or (item.act == "deny" and denied)
        how: list[str] = [item.type, *([] if dull else [item.act])]
        how += ["**denied**"] if denied else []
        how += [f"in {numbers[item.parent]}"] if item.parent else []
        who = escaped(item.source.name or item.source.text) or "*no source*"
        pieces = [escaped(annotation.text[start:end]) for start, end in item.content.spans]
        cue = escaped(item.cue.text)
        rows.append((str(numbers[item.id]), who, cue, " … ".join(pieces), ", ".join(how)))
    yield from _table("Who says what", ("", "Who", "Cue", "What", "How"), rows)


def _entities(annotation: Annotation) -> Iterator[str]:
    rows = [
        (
            escaped(item.name),
            escaped(item.label or "–"),
            str(len(item.mentions)),
            ", ".join(escaped(alias) for alias in item.aliases),
        )
        for item in sorted(annotation.entities, key=lambda item: -len(item.mentions))
    ]
    yield from _table("Entities", ("Name", "Label", "×", "Also"), rows)


def _claims(annotation: Annotation, numbers: dict[str, int]) -> Iterator[str]:
    rows = [
        (
            claim.certainty,
            claim.kind,
            " … ".join(escaped(annotation.text[start:end]) for start, end in claim.spans),
            str(numbers[claim.attribution]) if claim.attribution else "",
        )
        for claim in annotation.claims
        if claim.kind != "attributed"
    ]
    heads = ("Certainty", "Kind", "Claim", "Statement")
    yield from _table("Hedged or without a source", heads, rows)


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield f"## {title}"
        lines = [heads, ("---",) * len(heads), *rows]
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def escaped(text: str) -> str:
    """Text as one line of Markdown that means nothing but itself."""
    return leading(inline(text.strip()))


def inline(text: str) -> str:
    """Text inside a line; white space is single spaces."""
    text = for_xml(SPACE.sub(" ", text)).replace("\x7f", REPLACEMENT)
    return SPECIAL.sub(r"\\\1", text)


def leading(line: str) -> str:
    """A line that is no heading, list or underline."""
    return LEADING.sub(r"\1\\", line)


exporter = Format(export, suffixes=(".md",))
