"""Words for the formats that need them: those of spaCy's Dutch tokenizer, inside our sentences.

A word is cut where an annotation begins or ends in it (VN in VN-sancties), so that every span is a
run of whole pieces and no offset is bent.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from spacy import blank
from spacy.tokens import Doc

from annotate.annotation import Annotation, Section, Span
from annotate.exporters.blocks import blocks
from annotate.exporters.characters import encodable
from annotate.references import spans


class Word(NamedTuple):
    """A word or a piece of one.

    Attributes:
        whole: span of the word that it is a piece of; its own span where the word is uncut.
    """

    start: int
    end: int
    whole: Span


class Line(NamedTuple):
    """A sentence, or text that no sentence covers, with its words.

    Attributes:
        block: the heading or paragraph that it stands in.
    """

    start: int
    end: int
    block: Section
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an annotation, in sentences and as one list."""

    lines: tuple[Line, ...]
    all: tuple[Word, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, annotation: Annotation) -> "Words":
        """The words of all blocks of an annotation."""
        tokens = list(_tokens(annotation.text))
        cuts = sorted({edge for _, span in spans(annotation) for edge in span})
        cut = (
            Line(start, end, block, tuple(_cut(start, end, tokens, cuts)))
            for block, start, end in _units(annotation)
        )
        lines = tuple(line for line in cut if line.words)
        words = tuple(word for line in lines for word in line.words)
        return cls(lines, words, tuple(word.start for word in words))

    def inside(self, span: Span) -> range:
        """Places in ``all`` of the words in a span."""
        return range(bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1]))


@cache
def tokenizer() -> Callable[[str], Doc]:
    """The tokenizer of spaCy's Dutch, without a model."""
    make: Callable[[str], Doc] = blank("nl").tokenizer
    return make


def _tokens(text: str) -> Iterator[Span]:
    """Spans of all tokens that are not white space."""
    for token in tokenizer()(encodable(text)):
        if not token.is_space:
            yield token.idx, token.idx + len(token)


def _units(annotation: Annotation) -> Iterator[tuple[Section, int, int]]:
    """Sentences with their block; what no sentence covers is a unit of its own."""
    sentences = sorted((item.start, item.end) for item in annotation.sentences)
    first = 0
    for block in blocks(annotation):
        place = block.start
        while first < len(sentences) and sentences[first][1] <= block.start:
            first += 1
        for start, end in sentences[first:]:
            if start >= block.end:
                break
            start, end = max(start, place), min(end, block.end)
            if start > place:
                yield block, place, start
            if end > start:
                yield block, start, end
                place = end
        if place < block.end:
            yield block, place, block.end


def _cut(start: int, end: int, tokens: list[Span], cuts: list[int]) -> Iterator[Word]:
    """Words between two places, cut where annotations begin and end."""
    first = max(bisect_left(tokens, (start + 1, 0)) - 1, 0)
    for token in islice(tokens, first, None):
        left, right = max(token[0], start), min(token[1], end)
        if left >= end:
            break
        if left < right:
            inner = cuts[bisect_right(cuts, left) : bisect_left(cuts, right)]
            for edge, following in pairwise([left, *inner, right]):
                yield Word(edge, following, (left, right))


def outermost(annotation: Annotation) -> list[tuple[Span, str]]:
    """Names and values with a label that do not overlap, in text order; longer ones win."""
    named = [item for item in annotation.mentions if item.label and item.kind in ("name", "value")]
    taken: list[tuple[Span, str]] = []
    for item in sorted(named, key=lambda item: (item.start - item.end, item.start)):
        span = (item.start, item.end)
        place = bisect_left(taken, (span, ""))
        before = taken[place - 1][0][1] if place else 0
        after = taken[place][0][0] if place < len(taken) else item.end
        if before <= item.start and item.end <= after:
            taken.insert(place, (span, str(item.label)))
    return taken
