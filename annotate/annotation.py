"""The result: plain frozen dataclasses, one to one with the JSON contract ``annotate/1``.

Offsets are Unicode code points into ``Annotation.text``, end exclusive. A field that is not known is
None, never left out. Nothing here knows spaCy, files or formats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.labels import (
    SCHEMA,
    Act,
    AttributionType,
    Certainty,
    ClaimKind,
    EntityLabel,
    MentionKind,
    Polarity,
    SectionKind,
    SourceKind,
)

Span = tuple[int, int]
"""Start and end (exclusive) in code points of the text."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The pipeline that made an annotation."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (title or crosshead) or a paragraph."""

    start: int
    end: int
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; never crosses a section."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """What a date, a time or a number means: TIMEX3 for dates, plain numbers else.

    Attributes:
        type: date, time, duration, set, money, percent, quantity, number or ordinal.
        value: TIMEX3 string, number, score as text, or [low, high] for a range of numbers, dates,
            times or durations.
        unit: ISO 4217 code, UCUM code, "%" or "pp"; None where there is none.
        mod: START, MID or END for a part of a period; None else.
    """

    type: str
    value: str | int | float | tuple[int | float | str, ...]
    unit: str | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an entity, or a date, time or number.

    Attributes:
        entity: id of the entity it refers to; None for values and unresolved mentions.
        value: the normalised value of a DATE, TIME or number; None where it cannot be known.
        confidence: 0 to 1; None where the pipeline gives none.
        rule: the head or rule that found it.
    """

    id: str
    start: int
    end: int
    text: str
    label: EntityLabel | None
    kind: MentionKind
    entity: str | None
    value: Value | None
    confidence: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions refer to.

    Attributes:
        label: one of the 18 labels; None where the article gives only descriptions of it.
        name: the fullest name (or description) in the article.
        aliases: the other forms, in the order in which they first stand in the article.
        mentions: ids of its mentions, in text order.
        links: for example {"iso3166": "KP"}.
    """

    id: str
    label: EntityLabel | None
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[str, ...]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it. ``spans`` is empty and ``kind`` "none" where the article names nobody.

    Attributes:
        mention: id of the mention that the source is or contains as its head.
        speaker: id of the entity after coreference.
        name: the resolved name of the speaker.
    """

    spans: tuple[Span, ...]
    text: str
    kind: SourceKind
    mention: str | None
    speaker: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Cue:
    """The reporting word, with a separable particle as second span; no spans for a cue-less quote."""

    spans: tuple[Span, ...]
    text: str
    lemma: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What is reported; several spans where cue or source interrupts it."""

    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source (who) + cue (the reporting word) + content (what).

    Attributes:
        parent: id of the attribution in whose content this one is nested.
        confidence: 0 to 1.
        rule: the head or rule that found it.
    """

    id: str
    source: Source
    cue: Cue
    content: Content
    type: AttributionType
    act: Act
    polarity: Polarity
    parent: str | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition that the article reports or hedges rather than states itself.

    Attributes:
        attribution: id of the attribution whose content it is; None for a hedge of the author.
        about: ids of the entities mentioned in it.
    """

    id: str
    spans: tuple[Span, ...]
    text: str
    attribution: str | None
    kind: ClaimKind
    certainty: Certainty
    about: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotated article.

    Attributes:
        date: ISO date, as precise as known ("2024-02").
        language: ISO 639-1 code of the text as detected ("nl"), None if unknown.
        text: exactly what was annotated; all offsets point into it.
    """

    id: str
    title: str | None
    date: str | None
    metadata: Mapping[str, Any]
    language: str | None
    text: str
    model: ModelInfo
    warnings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    schema: str = field(default=SCHEMA)
