"""From a spaCy Doc to an Annotation: the only place that knows both. No spaCy object leaves it."""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast, get_args

from spacy.tokens import Doc

from annotate.annotation import (
    Annotation,
    Attribution,
    Claim,
    Content,
    Cue,
    Entity,
    Mention,
    ModelInfo,
    Section,
    Sentence,
    Source,
    Span,
    Value,
)
from annotate.article import Article
from annotate.components.attributions import FoundAttribution, stored_attributions
from annotate.components.claims import stored_claims
from annotate.components.coreference import Chain, resolve_source, stored_chains
from annotate.components.entities import FoundEntity, stored_entities
from annotate.components.knowledge import stored_links
from annotate.components.rules import cue_lemma, parents, source_kind
from annotate.components.tenses import verb_forms
from annotate.labels import (
    VALUE_LABELS,
    Act,
    AttributionType,
    EntityLabel,
    MentionKind,
    Polarity,
)
from annotate.links import country_code
from annotate.sources.language import guess_language
from annotate.values import resolve_values

_LABELS = frozenset(get_args(EntityLabel))


class _Raw(NamedTuple):
    """A mention before it has an id; ``chain`` is an index into the chains."""

    start: int
    end: int
    label: str | None
    kind: MentionKind
    chain: int | None
    value: Value | None
    confidence: float | None
    rule: str


def to_annotation(doc: Doc, article: Article, model: ModelInfo) -> Annotation:
    """Return the annotation of an article from the Doc that the pipeline made of its text."""
    text = article.text
    chains = stored_chains(doc)
    raws = _mentions(doc, article, chains)
    mentions = [_mention(f"m{i}", raw, text) for i, raw in enumerate(raws, 1)]
    entities = _entities(raws, mentions, chains, stored_links(doc))
    by_chain = {raw.chain: raw for raw in raws if raw.chain is not None}
    ids = {chain: f"e{n}" for n, chain in enumerate(_order(raws), 1) if chain in by_chain}
    found = stored_attributions(doc)
    attributions = _attributions(doc, found, chains, ids, mentions, entities)
    claims = _claims(doc, text, attributions, mentions)
    return Annotation(
        id=article.id,
        title=article.title,
        date=article.date,
        metadata=article.metadata,
        language=guess_language(text),
        text=text,
        model=model,
        warnings=article.warnings,
        sections=article.sections,
        sentences=tuple(sentences(doc, article.sections)),
        mentions=tuple(mentions),
        entities=tuple(entities),
        attributions=tuple(attributions),
        claims=tuple(claims),
    )


def sentences(doc: Doc, sections: Sequence[Section]) -> Iterator[Sentence]:
    """Yield the sentences of a Doc, cut at the borders of sections and without white space around."""
    text = doc.text
    edges = sorted({edge for section in sections for edge in (section.start, section.end)})
    for sent in doc.sents:
        start = sent.start_char
        first = bisect.bisect_right(edges, start)
        last = bisect.bisect_left(edges, sent.end_char)
        for end in (*edges[first:last], sent.end_char):
            piece = text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            if left < right:
                yield Sentence(left, right)
            start = end


def _mentions(doc: Doc, article: Article, chains: Sequence[Chain]) -> list[_Raw]:
    """Return names, values, descriptions and pronouns in text order, without repeated spans."""
    found = stored_entities(doc)
    in_chain = {(s, e): n for n, chain in enumerate(chains) for s, e, _kind in chain.mentions}
    values = resolve_values(
        article.text,
        [(e.start, e.end, e.label) for e in found if e.label in VALUE_LABELS],
        article.date,
        headings=[(s.start, s.end) for s in article.sections if s.kind == "heading"],
        verbs=list(verb_forms(doc)),
    )
    value_of = dict(
        zip([(e.start, e.end) for e in found if e.label in VALUE_LABELS], values, strict=True)
    )
    raws = {
        (entity.start, entity.end): _raw(entity, in_chain, value_of.get((entity.start, entity.end)))
        for entity in found
    }
    for number, chain in enumerate(chains):
        for start, end, kind in chain.mentions:
            label = chain.label if chain.label in _LABELS else None
            raw = _Raw(
                start, end, label, cast(MentionKind, kind), number, None, None, "coreference"
            )
            raws.setdefault((start, end), raw)
    return sorted(raws.values(), key=lambda raw: (raw.start, -raw.end))


def _raw(entity: FoundEntity, in_chain: dict[Span, int], value: Value | None) -> _Raw:
    is_value = entity.label in VALUE_LABELS
    return _Raw(
        entity.start,
        entity.end,
        entity.label,
        "value" if is_value else "name",
        None if is_value else in_chain.get((entity.start, entity.end)),
        value,
        round(entity.confidence, 4),
        entity.rule,
    )


def _order(raws: Sequence[_Raw]) -> list[int]:
    """Return the chains in the order of their first mention."""
    return list(dict.fromkeys(raw.chain for raw in raws if raw.chain is not None))


def _mention(name: str, raw: _Raw, text: str) -> Mention:
    return Mention(
        id=name,
        start=raw.start,
        end=raw.end,
        text=text[raw.start : raw.end],
        label=cast(EntityLabel | None, raw.label),
        kind=raw.kind,
        entity=None,
        value=raw.value,
        confidence=raw.confidence,
        rule=raw.rule,
    )


def _entities(
    raws: Sequence[_Raw],
    mentions: list[Mention],
    chains: Sequence[Chain],
    known: Mapping[int, Mapping[str, str]],
) -> list[Entity]:
    """Return the entities, and set ``entity`` of their mentions in place of the list's items.

    Args:
        known: links that the reader's knowledge has, by the index of a chain.
    """
    entities = []
    for number, chain in enumerate(_order(raws), 1):
        name = f"e{number}"
        members = [i for i, raw in enumerate(raws) if raw.chain == chain]
        for i in members:
            mentions[i] = replace(mentions[i], entity=name)
        label = chains[chain].label
        canonical = chains[chain].name
        forms = [mentions[i].text for i in members if mentions[i].kind != "pronoun"]
        code = country_code(canonical, label or "")
        entities.append(
            Entity(
                id=name,
                label=cast(EntityLabel | None, label if label in _LABELS else None),
                name=canonical,
                aliases=tuple(form for form in dict.fromkeys(forms) if form != canonical),
                mentions=tuple(mentions[i].id for i in members),
                links={**({"iso3166": code} if code else {}), **known.get(chain, {})},
            )
        )
    return entities


def _attributions(
    doc: Doc,
    found: Sequence[FoundAttribution],
    chains: Sequence[Chain],
    ids: dict[int, str],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> list[Attribution]:
    text = doc.text
    outer = parents(found)
    at = {(m.start, m.end): m for m in mentions}
    by_id = {entity.id: entity for entity in entities}
    result = []
    for number, attribution in enumerate(found):
        mention, chain = resolve_source(doc, chains, attribution.source)
        speaker = ids.get(chain) if chain is not None else None
        held = at.get(mention) if mention is not None else None
        words = _text(text, attribution.source)
        parent = outer[number]
        result.append(
            Attribution(
                id=f"a{number + 1}",
                source=Source(
                    spans=tuple(attribution.source),
                    text=words,
                    kind=source_kind(doc, attribution.source, held, by_id.get(speaker or "")),
                    mention=held.id if held else None,
                    speaker=speaker,
                    name=(by_id[speaker].name if speaker else _bare(words)) if words else None,
                ),
                cue=Cue(
                    spans=tuple(attribution.cue),
                    text=_text(text, attribution.cue),
                    lemma=cue_lemma(doc, attribution.cue),
                ),
                content=Content(
                    spans=tuple(attribution.content), text=_text(text, attribution.content)
                ),
                type=cast(AttributionType, attribution.type),
                act=cast(Act, attribution.act),
                polarity=cast(Polarity, attribution.polarity),
                parent=f"a{parent + 1}" if parent is not None else None,
                confidence=round(attribution.confidence, 4),
                rule=attribution.rule,
            )
        )
    return result


def _claims(
    doc: Doc, text: str, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> list[Claim]:
    result = []
    for number, claim in enumerate(stored_claims(doc), 1):
        about = dict.fromkeys(
            mention.entity
            for mention in mentions
            if mention.entity is not None
            and any(s <= mention.start and mention.end <= e for s, e in claim.spans)
        )
        index = claim.attribution
        result.append(
            Claim(
                id=f"c{number}",
                spans=tuple(claim.spans),
                text=_text(text, claim.spans),
                attribution=attributions[index].id if index is not None else None,
                kind=claim.kind,
                certainty=claim.certainty,
                about=tuple(about),
                rule=claim.rule,
            )
        )
    return result


def _text(text: str, spans: Sequence[Span]) -> str:
    """Return the pieces of a span, joined by an ellipsis where something lies between them."""
    return " … ".join(text[start:end] for start, end in spans)


def _bare(words: str) -> str:
    """Return a noun phrase without its article, as the name of a speaker who is named nowhere."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in {"de", "het", "een", "'t", "’t"} else words
