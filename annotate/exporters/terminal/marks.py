"""What is marked in the text: names, and the source, cue and content of each statement."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from annotate.annotation import Annotation, Attribution, Mention, Section, Span

Role = Literal["what", "who", "cue", "name"]
ROLES: tuple[Role, ...] = ("what", "who", "cue", "name")
"""Outermost first where several begin and end together."""


class Mark(NamedTuple):
    """A piece of text with its role.

    Attributes:
        numbers: of the statements that it belongs to, from 1.
        label: of the entity or value; None for the parts of statements.
    """

    start: int
    end: int
    role: Role
    numbers: tuple[int, ...]
    label: str | None


def marks(annotation: Annotation, numbers: dict[str, int]) -> list[Mark]:
    """Marks in text order, outer ones first; statements are those with a number."""
    merged: dict[tuple[Span, Role], list[int]] = {}
    for item in annotation.attributions:
        if item.id in numbers:
            for role, span in _parts(item):
                merged.setdefault((span, role), []).append(numbers[item.id])
    found = [Mark(*span, role, tuple(which), None) for (span, role), which in merged.items()]
    found += [_name(item) for item in annotation.mentions if item.kind in ("name", "value")]
    return sorted(found, key=lambda mark: (mark.start, -mark.end, ROLES.index(mark.role)))


def _parts(item: Attribution) -> Iterator[tuple[Role, Span]]:
    for span in item.content.spans:
        yield "what", span
    for span in item.source.spans:
        yield "who", span
    for span in item.cue.spans:
        yield "cue", span


def _name(mention: Mention) -> Mark:
    return Mark(mention.start, mention.end, "name", (), mention.label)


class Piece(NamedTuple):
    """A stretch of text in which the same marks are open.

    Attributes:
        opened: marks that begin here, outer ones first.
        active: all marks that are open here, in the order of ``marks``.
        closed: marks that end with it, inner ones first.
    """

    start: int
    end: int
    opened: tuple[Mark, ...]
    active: tuple[Mark, ...]
    closed: tuple[Mark, ...]


def pieces(block: Section, found: list[Mark]) -> Iterator[Piece]:
    """Cut a block where marks begin or end; marks that reach beyond it are cut at its edges."""
    inside = [
        mark._replace(start=max(mark.start, block.start), end=min(mark.end, block.end))
        for mark in found
        if mark.start < block.end and mark.end > block.start
    ]
    starts: dict[int, list[Mark]] = {}
    for mark in inside:
        starts.setdefault(mark.start, []).append(mark)
    edges = sorted({block.start, block.end, *starts, *(mark.end for mark in inside)})
    active: list[Mark] = []
    for start, end in pairwise(edges):
        opened = tuple(starts.get(start, ()))
        active += opened
        closed = tuple(mark for mark in reversed(active) if mark.end == end)
        yield Piece(start, end, opened, tuple(active), closed)
        active = [mark for mark in active if mark.end > end]
