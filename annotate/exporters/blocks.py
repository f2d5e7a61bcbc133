"""The text of an annotation cut into the blocks that people see: headings and paragraphs."""

from collections.abc import Iterator

from annotate.annotation import Annotation, Section


def blocks(annotation: Annotation) -> Iterator[Section]:
    """Sections in text order, and what lies between them as paragraphs; no white space alone."""
    place = 0
    for section in sorted(annotation.sections, key=lambda item: item.start):
        yield from _rest(annotation.text, place, section.start)
        if section.end > place:
            start = max(place, section.start)
            yield Section(start, section.end, section.kind)
            place = section.end
    yield from _rest(annotation.text, place, len(annotation.text))


def _rest(text: str, start: int, end: int) -> Iterator[Section]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Section(start, end, "paragraph")
