"""Overlapping and nested spans as a flat run of pieces, so that every piece is drawn once.

A text is cut into blocks (headings and paragraphs), and a block into segments: the longest pieces
in which the same spans are open. A browser or a template draws segments one after another and never
has to nest what overlaps. Offsets are code points of ``Annotation.text``, end exclusive.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from annotate.annotation import Annotation, Section, Span

DEPTH = 3
"""How many spans of one kind a segment shows; more cannot be told apart.

Of mentions and contents these are the innermost, of sources and cues the first.
"""

SOFT_WRAP = 45
"""A line break after fewer characters than this was meant; a longer line was only wrapped."""

BlockKind = Literal["heading", "paragraph", "lines"]
MarkKind = Literal["mention", "content", "source", "cue"]
MARK_KINDS: tuple[MarkKind, ...] = ("mention", "content", "source", "cue")


class Mark(NamedTuple):
    """Spans of one thing in the text, to be drawn.

    Attributes:
        ref: place of the mention, or of the statement, in its own list.
    """

    kind: MarkKind
    ref: int
    spans: tuple[Span, ...]


class Segment(NamedTuple):
    """A piece of text in which the same marks are open, each kind from the outermost inwards.

    Attributes:
        ends: statements whose number stands behind this segment.
    """

    start: int
    end: int
    mentions: tuple[int, ...]
    contents: tuple[int, ...]
    sources: tuple[int, ...]
    cues: tuple[int, ...]
    ends: tuple[int, ...]


class Block(NamedTuple):
    """A heading, a paragraph, or a paragraph whose line breaks were meant ("lines")."""

    kind: BlockKind
    start: int
    end: int
    segments: tuple[Segment, ...]


def layout(annotation: Annotation, marks: Sequence[Mark]) -> tuple[Block, ...]:
    """The blocks of a text with its marks; together they hold every character but white space."""
    text = annotation.text
    pieces = [piece for piece in _pieces(text, annotation.sections) if piece[1] < piece[2]]
    cuts = _cuts(marks, len(text))
    opened = _Open(marks, len(text))
    ends = _ends(marks, _segment_starts(pieces, cuts), len(text))
    return tuple(
        Block(kind, start, end, tuple(_segments(start, end, cuts, opened, ends)))
        for kind, start, end in pieces
    )


def clean_spans(spans: Iterable[Span], size: int) -> list[Span]:
    """Spans inside the text in order, without empty ones, those that touch or overlap joined."""
    joined: list[Span] = []
    for start, end in sorted((max(0, start), min(end, size)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _pieces(text: str, sections: Sequence[Section]) -> Iterator[tuple[BlockKind, int, int]]:
    """Blocks in text order: the sections, and paragraphs for text that no section holds."""
    position = 0
    for section in sorted(sections, key=lambda item: item.start):
        start = min(max(section.start, position), len(text))
        end = min(max(section.end, start), len(text))
        yield from _paragraphs(text, position, start)
        left, right = _trim(text, start, end)
        heading = section.kind == "heading"
        yield "heading" if heading else _paragraph_kind(text[left:right]), left, right
        position = end
    yield from _paragraphs(text, position, len(text))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[BlockKind, int, int]]:
    """Paragraphs of a stretch without sections, parted by blank lines."""
    for match in re.finditer(r"(?:.+\n?)+", text[start:end]):
        left, right = _trim(text, start + match.start(), start + match.end())
        yield _paragraph_kind(text[left:right]), left, right


def _paragraph_kind(paragraph: str) -> BlockKind:
    lines = paragraph.split("\n")[:-1]
    return "lines" if any(len(line) < SOFT_WRAP for line in lines) else "paragraph"


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _cuts(marks: Sequence[Mark], size: int) -> list[int]:
    edges = {edge for mark in marks for span in clean_spans(mark.spans, size) for edge in span}
    return sorted(edges)


def _segment_starts(pieces: Sequence[tuple[BlockKind, int, int]], cuts: Sequence[int]) -> list[int]:
    starts: list[int] = []
    for _, start, end in pieces:
        starts.append(start)
        starts.extend(cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, end)])
    return starts


def _ends(marks: Sequence[Mark], starts: Sequence[int], size: int) -> dict[int, list[int]]:
    """Statements by the start of the segment behind which their number stands.

    That is the last segment of the content, or of the cue or source where there is no content.
    """
    anchors: dict[int, tuple[int, int]] = {}
    for mark in marks:
        spans = clean_spans(mark.spans, size)
        if mark.kind == "mention" or not spans:
            continue
        anchor = (int(mark.kind == "content"), spans[-1][1])
        anchors[mark.ref] = max(anchor, anchors.get(mark.ref, anchor))
    ends: dict[int, list[int]] = {}
    for ref, (_, end) in sorted(anchors.items()):
        if starts:
            place = max(0, bisect_left(starts, end) - 1)
            ends.setdefault(starts[place], []).append(ref)
    return ends


class _Open:
    """Which marks are open from one position to the next, each kind from the outermost inwards."""

    def __init__(self, marks: Sequence[Mark], size: int) -> None:
        self._events: list[tuple[int, int, MarkKind, tuple[int, int]]] = []
        for mark in marks:
            spans = clean_spans(mark.spans, size)
            key = (-sum(end - start for start, end in spans), mark.ref)
            for start, end in spans:
                self._events.append((start, 1, mark.kind, key))
                self._events.append((end, 0, mark.kind, key))
        self._events.sort(key=lambda event: event[:2])
        self._next = 0
        self._open: dict[MarkKind, list[tuple[int, int]]] = {kind: [] for kind in MARK_KINDS}

    def at(self, position: int) -> list[tuple[int, ...]]:
        """The open marks of each kind that are shown; positions must not go back."""
        while self._next < len(self._events) and self._events[self._next][0] <= position:
            _, opens, kind, key = self._events[self._next]
            if opens:
                insort(self._open[kind], key)
            else:
                del self._open[kind][bisect_left(self._open[kind], key)]
            self._next += 1
        mentions, contents, sources, cues = (self._open[kind] for kind in MARK_KINDS)
        shown = mentions[-DEPTH:], contents[-DEPTH:], sources[:DEPTH], cues[:DEPTH]
        return [tuple(ref for _, ref in keys) for keys in shown]


def _segments(
    start: int, end: int, cuts: Sequence[int], opened: _Open, ends: dict[int, list[int]]
) -> Iterator[Segment]:
    inner = cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, end)]
    edges = [start, *inner, end]
    for left, right in pairwise(edges):
        mentions, contents, sources, cues = opened.at(left)
        yield Segment(left, right, mentions, contents, sources, cues, tuple(ends.get(left, ())))
