"""A Doc as plain words: what the search for mentions reads, gathered once."""

import bisect
from typing import NamedTuple

from spacy.tokens import Doc

from annotate.components.entities import FoundEntity, stored_entities
from annotate.components.quotation import quoted_stretches
from annotate.labels import VALUE_LABELS


class Word(NamedTuple):
    """A token.

    Attributes:
        pos: UPOS; SPACE for white space.
        tag: CGN tag with ``|``.
        dep: UD relation; empty in a Doc without trees.
        head: index of its head, its own for a root.
        start, end: character offsets.
        sent, para: number of its sentence and of its paragraph.
        value: whether it belongs to a date, time, amount or number.
    """

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sent: int
    para: int
    value: bool


class View:
    """The words of a Doc, its entities and its quotes."""

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        self.entities: list[FoundEntity] = stored_entities(doc)
        self.quotes = quoted_stretches(self.text)
        self._quote_starts = [start for start, _ in self.quotes]
        values = [(e.start, e.end) for e in self.entities if e.label in VALUE_LABELS]
        self.words = _words(doc, values)
        self.starts = [word.start for word in self.words]

    def word_at(self, offset: int) -> int:
        """Return the index of the word that holds or follows a character offset."""
        found = bisect.bisect_right(self.starts, offset) - 1
        return max(found, 0)

    def quote_at(self, offset: int) -> int:
        """Return the number of the quote around a character offset, -1 outside quotes."""
        found = bisect.bisect_right(self._quote_starts, offset) - 1
        return found if found >= 0 and offset < self.quotes[found][1] else -1


def _words(doc: Doc, values: list[tuple[int, int]]) -> list[Word]:
    words: list[Word] = []
    sent, para, pending = -1, 0, False
    starts = [start for start, _ in values]
    for token in doc:
        text = token.text
        start = token.idx
        if token.is_space:
            breaks = text.count("\n")
            para += breaks > 1
            pending = pending or breaks > 0
        elif token.is_sent_start or pending or sent < 0:
            sent += 1
            pending = False
        at = bisect.bisect_right(starts, start) - 1
        words.append(
            Word(
                token.i,
                text,
                text.lower(),
                token.lemma_.lower(),
                "SPACE" if token.is_space else token.pos_,
                token.tag_,
                token.dep_,
                token.head.i,
                start,
                start + len(text),
                max(sent, 0),
                para,
                at >= 0 and start < values[at][1],
            )
        )
    return words
