"""From examples to the arrays of one training step."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from annotate.components.pieces import BOS, EOS, Pieces
from annotate.components.units import Unit
from annotate.components.windows import plan_windows
from models.corpus import Anchor, Example, Ints, opened, resurfaced
from models.names import Names, renamed

DOUBLE = {'"': "?", "“": "?", "”": "?", "„": "?", "«": "?", "»": "?", ",,": "?", "''": "?"}
SINGLE = {"'": "?", "‘": "?", "’": "?", "‚": "?"}
STYLES = (
    ('"', '"'),
    ("“", "”"),
    ("„", "”"),
    (",,", "''"),
    ("«", "»"),
    ("'", "'"),
    ("‘", "’"),
)
"""Pairs of quotation marks that Dutch papers and broadcasters use."""


class Batch(NamedTuple):
    """One step over one or more texts.

    Attributes:
        pieces: [windows, length], padded with PAD.
        lengths: [windows], number of pieces.
        window, position: [units], where the first piece of each unit stands.
        examples: the texts, whose units follow each other in `window` and `position`.
    """

    pieces: Ints
    lengths: Ints
    window: Ints
    position: Ints
    examples: list[Example]


Anchored = tuple[int, int, Anchor]
"""An anchor in a batch: index of the first unit of its text, units of its text, the anchor."""


def piece_ids(example: Example, pieces: Pieces) -> list[tuple[int, ...]]:
    """Return the pieces of each unit, with the end-of-paragraph piece before a line break."""
    found = []
    for unit, surface in zip(example.units, example.surfaces(), strict=True):
        ids = pieces.segment(surface, unit.space)
        found.append((EOS, *ids) if unit.line_break else ids)
    return found


@dataclass
class Settings:
    """What a batch may hold."""

    limit: int = 380
    """Most pieces in a window."""
    pieces: int = 700
    """Pieces after which a batch is full."""


def encode(examples: Sequence[Example], pieces: Pieces, settings: Settings) -> Batch:
    """Lay the windows of some examples in one batch."""
    rows: list[list[int]] = []
    window: list[int] = []
    position: list[int] = []
    for example in examples:
        ids = piece_ids(example, pieces)
        breaks = [i for i, unit in enumerate(example.units) if unit.line_break]
        lengths = [len(x) for x in ids]
        for plan in plan_windows(lengths, breaks, limit=settings.limit, overlap=0):
            row = [BOS]
            for i in range(plan.start, plan.end):
                window.append(len(rows))
                position.append(len(row) + example.units[i].line_break)
                row.extend(ids[i])
            row.append(EOS)
            rows.append(row)
    longest = max(len(row) for row in rows)
    padded = np.full((len(rows), longest), 1)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    sizes = np.array([len(row) for row in rows])
    return Batch(padded, sizes, np.array(window), np.array(position), list(examples))


def restyled(example: Example, rng: random.Random) -> Example:
    """Return the example with its quotation marks in another style, lengths and offsets of units kept.

    Only what the encoder reads changes: `surfaces` of the result; the tags stay as they are.
    """
    double, single = rng.sample(STYLES, 2)
    surfaces = example.surfaces()
    for i, surface in enumerate(surfaces):
        style = double if surface in DOUBLE else single if surface in SINGLE else None
        if style is not None:
            opening = surface in "“„«,,‘‚" or (surface in "\"'" and example.units[i].space)
            surfaces[i] = style[0] if opening else style[1]
    return resurfaced(example, surfaces)


def article_batches(
    articles: Sequence[Example],
    settings: Settings,
    rng: random.Random,
    *,
    restyle: float,
    names: Names,
    rename: float,
) -> Iterator[list[Example]]:
    """Yield the texts of steps over all articles once, in random order, some varied.

    Args:
        restyle: share of the articles in another style of quotation marks.
        rename: share of the articles with other names.
    """
    order = list(articles)
    rng.shuffle(order)
    held: list[Example] = []
    size = 0
    for article in order:
        if rng.random() < restyle:
            article = restyled(article, rng)
        if rng.random() < rename:
            article = renamed(article, names, rng)
        held.append(article)
        size += int(len(article.units) * 1.35)
        if size >= settings.pieces:
            yield held
            held, size = [], 0
    if held:
        yield held


def sentence_batches(
    sentences: Sequence[Example],
    settings: Settings,
    rng: random.Random,
    *,
    share: float,
) -> Iterator[list[Example]]:
    """Yield the texts of steps over a share of some sentences, neighbours joined to texts."""
    texts: list[list[Example]] = []
    at = rng.randrange(40)
    while at < len(sentences):
        room = rng.choice((60, 120, 250, 250))
        text: list[Example] = []
        while at < len(sentences) and room > 0:
            text.append(opened(sentences[at], line_break=bool(text) and rng.random() < 0.15))
            room -= len(sentences[at].units)
            at += 1
        texts.append(text)
    rng.shuffle(texts)
    held: list[Example] = []
    size = 0
    for text in texts[: int(len(texts) * share)]:
        joined = join(text)
        held.append(joined)
        size += int(len(joined.units) * 1.35)
        if size >= settings.pieces:
            yield held
            held, size = [], 0


def join(sentences: list[Example]) -> Example:
    """Return one example for sentences that follow each other."""
    text = ""
    units: list[Unit] = []
    heads, first = [], []
    tokens = 0
    for sentence in sentences:
        shift, base = len(text), len(units)
        units.extend(
            unit._replace(start=unit.start + shift, end=unit.end + shift, token=unit.token + tokens)
            for unit in sentence.units
        )
        if sentence.first is not None and sentence.heads is not None:
            first.append(sentence.first + base)
            heads.append(sentence.heads + tokens)
        tokens = units[-1].token + 1
        text += sentence.text + " "
    starts = [s.sentences for s in sentences if s.sentences is not None]
    return replace(
        sentences[0],
        text=text,
        units=units,
        entities=np.concatenate([s.entities for s in sentences]),
        cues=np.concatenate([s.cues for s in sentences]),
        sentences=np.concatenate(starts) if starts else None,
        words={
            name: np.concatenate([s.words[name] for s in sentences]) for name in sentences[0].words
        },
        first=np.concatenate(first) if first else None,
        heads=np.concatenate(heads) if heads else None,
    )


def chosen(batch: Batch, most: int, rng: random.Random) -> list[Anchored]:
    """Return at most so many anchors of a batch."""
    found: list[Anchored] = []
    base = 0
    for example in batch.examples:
        found.extend((base, len(example.units), anchor) for anchor in example.anchors)
        base += len(example.units)
    return rng.sample(found, most) if len(found) > most else found
