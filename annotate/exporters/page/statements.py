"""What a page shows as one statement: an attribution, or a claim that has none.

Statements are numbered in text order; the number is what links the text, the card beside it, the
printed page and the address of a statement.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from annotate.annotation import Annotation, Attribution, Claim, Span
from annotate.exporters.page.layout import Mark
from annotate.exporters.page.palette import HEDGE, NO_SOURCE, OTHER, SPEAKERS
from annotate.labels import Act, Certainty, Polarity, SourceKind

StatementKind = Literal["direct", "indirect", "mixed", "hedged", "unsourced"]
"""The type of an attribution, or the kind of a claim without attribution."""

NOBODY = -1
"""Place of a speaker, an entity or a parent that there is not."""


class Speaker(NamedTuple):
    """Who says something in an article.

    Attributes:
        entity: place of the entity in the annotation, or ``NOBODY``.
        quoted: how many statements are theirs.
        tone: place of the colour in the palette.
    """

    name: str
    entity: int
    quoted: int
    tone: int


class Statement(NamedTuple):
    """One card. Spans are those of the annotation.

    Attributes:
        act: None for a claim.
        speaker: place in the speakers of the article, or ``NOBODY``.
        parent: place of the statement in whose content this one is nested, or ``NOBODY``.
        certainty: of the claim that goes with it, None where there is none.
        about: places of the entities that the claim mentions.
        confidence: 0 to 1; None for a claim.
        tone: place of the colour in the palette.
    """

    kind: StatementKind
    act: Act | None
    polarity: Polarity
    source_kind: SourceKind
    speaker: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    lemma: str | None
    parent: int
    certainty: Certainty | None
    about: tuple[int, ...]
    confidence: float | None
    rule: str
    tone: int


def statements_of(annotation: Annotation) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    """Speakers, most quoted first, and statements in text order."""
    entities = {entity.id: place for place, entity in enumerate(annotation.entities)}
    claims = {claim.attribution: claim for claim in annotation.claims if claim.attribution}
    speakers, speaker_of = _speakers(annotation, entities)
    items: list[Attribution | Claim] = [
        *annotation.attributions,
        *(claim for claim in annotation.claims if claim.attribution is None),
    ]
    items.sort(key=_position)
    places = {item.id: place for place, item in enumerate(items) if isinstance(item, Attribution)}
    return speakers, tuple(
        _attributed(item, claims.get(item.id), speakers, speaker_of, places, entities)
        if isinstance(item, Attribution)
        else _claimed(item, entities)
        for item in items
    )


def marks_of(annotation: Annotation, statements: Iterable[Statement]) -> list[Mark]:
    """Everything that is drawn in the text."""
    marks = [
        Mark("mention", place, ((mention.start, mention.end),))
        for place, mention in enumerate(annotation.mentions)
    ]
    for place, statement in enumerate(statements):
        marks.append(Mark("content", place, statement.content))
        marks.append(Mark("source", place, statement.source))
        marks.append(Mark("cue", place, statement.cue))
    return marks


def _position(item: Attribution | Claim) -> tuple[int, int]:
    """Where it begins; of two that begin together the longer one, which may hold the other."""
    if isinstance(item, Claim):
        spans = item.spans
    else:
        spans = item.content.spans or item.cue.spans or item.source.spans
    return min((start for start, _ in spans), default=0), -max((end for _, end in spans), default=0)


def _speakers(
    annotation: Annotation, entities: Mapping[str, int]
) -> tuple[tuple[Speaker, ...], dict[str, int]]:
    """Speakers, most quoted first, and the place of the speaker of each attribution by its id."""
    names: dict[str, tuple[str, int]] = {}
    keys: dict[str, str] = {}
    for attribution in annotation.attributions:
        source = attribution.source
        if source.kind == "none" or not (source.speaker or source.name or source.text):
            continue
        entity = entities.get(source.speaker or "", NOBODY)
        name = source.name or (annotation.entities[entity].name if entity >= 0 else source.text)
        keys[attribution.id] = key = f"#{entity}" if entity >= 0 else name.casefold()
        names.setdefault(key, (name, entity))
    ranked = Counter(keys.values()).most_common()
    speakers = tuple(
        Speaker(*names[key], count, rank if rank < SPEAKERS else OTHER)
        for rank, (key, count) in enumerate(ranked)
    )
    ranks = {key: rank for rank, (key, _) in enumerate(ranked)}
    return speakers, {attribution: ranks[key] for attribution, key in keys.items()}


def _attributed(
    item: Attribution,
    claim: Claim | None,
    speakers: tuple[Speaker, ...],
    speaker_of: Mapping[str, int],
    places: Mapping[str, int],
    entities: Mapping[str, int],
) -> Statement:
    speaker = speaker_of.get(item.id, NOBODY)
    return Statement(
        kind=item.type,
        act=item.act,
        polarity=item.polarity,
        source_kind=item.source.kind,
        speaker=speaker,
        source=item.source.spans,
        cue=item.cue.spans,
        content=item.content.spans,
        lemma=item.cue.lemma,
        parent=places.get(item.parent or "", NOBODY),
        certainty=claim.certainty if claim else None,
        about=_about(claim, entities),
        confidence=item.confidence,
        rule=item.rule,
        tone=speakers[speaker].tone if speaker >= 0 else NO_SOURCE,
    )


def _claimed(item: Claim, entities: Mapping[str, int]) -> Statement:
    return Statement(
        kind="hedged" if item.kind == "hedged" else "unsourced",
        act=None,
        polarity="-" if item.certainty == "denied" else "+",
        source_kind="none",
        speaker=NOBODY,
        source=(),
        cue=(),
        content=item.spans,
        lemma=None,
        parent=NOBODY,
        certainty=item.certainty,
        about=_about(item, entities),
        confidence=None,
        rule=item.rule,
        tone=HEDGE if item.kind == "hedged" else NO_SOURCE,
    )


def _about(claim: Claim | None, entities: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(entities[key] for key in claim.about if key in entities) if claim else ()
