"""Which attribution stands inside which."""

from collections.abc import Sequence

from annotate.components.attributions import FoundAttribution

Spans = Sequence[tuple[int, int]]


def parents(attributions: Sequence[FoundAttribution]) -> list[int | None]:
    """Return for each attribution the index of the one in whose content it is nested, else None.

    It is nested where its cue, or the content of a quote without cue, lies wholly in another's content; of
    several such contents the smallest counts. No attribution is nested in itself, by any way round.
    """
    result: list[int | None] = [None] * len(attributions)
    sizes = [_size(a.content) for a in attributions]
    for i, inner in enumerate(attributions):
        mark = inner.cue or inner.content
        for j in sorted(range(len(attributions)), key=sizes.__getitem__):
            if i == j or not covers(attributions[j].content, mark):
                continue
            if not inner.cue and sizes[j] <= sizes[i]:
                continue
            if not _leads_to(result, j, i):
                result[i] = j
                break
    return result


def covers(outer: Spans, inner: Spans) -> bool:
    """Tell whether every inner span lies in one of the outer spans."""
    return bool(inner) and all(any(s <= a and b <= e for s, e in outer) for a, b in inner)


def overlap(one: Spans, other: Spans) -> bool:
    """Tell whether the spans share a character."""
    return any(a < e and s < b for a, b in one for s, e in other)


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _leads_to(result: Sequence[int | None], start: int, target: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == target:
            return True
        at = result[at]
    return False
