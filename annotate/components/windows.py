"""Windows: the stretches of an article that the encoder reads at once."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple


class Window(NamedTuple):
    """Units ``start:end`` are read together; the states of ``keep_start:keep_end`` are kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def plan_windows(
    lengths: Sequence[int], breaks: Sequence[int], *, limit: int, overlap: int
) -> list[Window]:
    """Cut an article into windows of whole paragraphs, as even as can be.

    Args:
        lengths: pieces of each unit, the separator before it included.
        breaks: indices of the units that open a paragraph, ascending.
        limit: most pieces in a window.
        overlap: pieces that neighbouring windows share where a paragraph must be cut.

    Returns:
        Windows in order; their kept parts follow each other without a gap and cover all units.
    """
    total = sum(lengths)
    if not lengths:
        return []
    count = -(-total // limit)
    target = min(limit, total / count * 1.05 + 1)
    edges = sorted({0, *breaks, len(lengths)})
    windows: list[Window] = []
    start, filled = 0, 0
    for left, right in itertools.pairwise(edges):
        size = sum(lengths[left:right])
        if filled and (filled + size > limit or filled >= target):
            windows.append(Window(start, left, start, left))
            start, filled = left, 0
        if size > limit:
            pieces = _cut_paragraph(lengths, left, right, limit, overlap)
            windows.extend(pieces[:-1])
            last = pieces[-1]
            windows.append(last)
            start, filled = right, 0
            continue
        filled += size
    if filled:
        windows.append(Window(start, len(lengths), start, len(lengths)))
    return windows


def _cut_paragraph(
    lengths: Sequence[int], left: int, right: int, limit: int, overlap: int
) -> list[Window]:
    windows: list[Window] = []
    start, keep = left, left
    while True:
        end, filled = start, 0
        while end < right and filled + lengths[end] <= limit:
            filled += lengths[end]
            end += 1
        end = max(end, start + 1)
        if end >= right:
            windows.append(Window(start, right, keep, right))
            return windows
        back, shared = end, 0
        while back > start + 1 and shared + lengths[back - 1] <= overlap:
            back -= 1
            shared += lengths[back]
        middle = (back + end) // 2
        windows.append(Window(start, end, keep, max(middle, keep + 1)))
        keep, start = max(middle, keep + 1), max(min(back, middle), start + 1)
