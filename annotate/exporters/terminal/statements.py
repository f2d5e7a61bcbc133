"""Who says what, as facts in words: shared by the wide table and the narrow list."""

import re
from typing import NamedTuple

from annotate.annotation import Annotation, Attribution, Claim, Span
from annotate.exporters.terminal.prose import showable


class Statement(NamedTuple):
    """One attribution in words.

    Attributes:
        number: as in the text, from 1.
        depth: how deep it is nested in the contents of others.
        who: the resolved name, or what the text says; empty without a source.
        alias: what the text says where that is another form than the name; else empty.
        cue: the reporting word; empty for a quote without one.
        what: the content, its pieces joined with an ellipsis.
        how: type, act and certainty where they are worth a word.
        denied: whether the source denies it.
        made: the head or rules that made it and its claim, and its confidence.
    """

    number: int
    depth: int
    who: str
    alias: str
    cue: str
    what: str
    how: tuple[str, ...]
    denied: bool
    made: str


def numbered(annotation: Annotation, speaker: str | None = None) -> dict[str, int]:
    """Numbers of the statements to show, by id; those of one speaker if a name is given.

    A statement belongs to the speaker if the name is part of the resolved name, of the source's
    text, or of an alias of the entity, in whatever case.
    """
    numbers = {item.id: place for place, item in enumerate(annotation.attributions, 1)}
    if speaker is None:
        return numbers
    forms = {item.id: " ".join((item.name, *item.aliases)) for item in annotation.entities}
    wanted = speaker.casefold()
    return {
        item.id: numbers[item.id]
        for item in annotation.attributions
        if wanted
        in " ".join(
            (item.source.name or "", item.source.text, forms.get(item.source.speaker or "", ""))
        ).casefold()
    }


def statements(annotation: Annotation, numbers: dict[str, int]) -> list[Statement]:
    """The statements that have a number; nested ones after the one that contains them."""
    chosen = [item for item in annotation.attributions if item.id in numbers]
    children: dict[str | None, list[Attribution]] = {}
    for item in chosen:
        parent = item.parent if item.parent in numbers else None
        children.setdefault(parent, []).append(item)
    claims = {item.attribution: item for item in annotation.claims}
    found = []
    waiting = [(item, 0) for item in reversed(children.get(None, []))]
    while waiting:
        item, depth = waiting.pop()
        found.append(_statement(annotation, item, numbers[item.id], depth, claims.get(item.id)))
        waiting += [(child, depth + 1) for child in reversed(children.get(item.id, []))]
    return found


def _statement(
    annotation: Annotation, item: Attribution, number: int, depth: int, claim: Claim | None
) -> Statement:
    text = plain(annotation.text, item.source.spans)
    name = one_line(item.source.name or text)
    denied = item.polarity == "-"
    dull = item.act == "say" or (item.act == "deny" and denied)
    how: list[str] = [item.type, *([] if dull else [item.act])]
    if claim is not None and claim.certainty in ("probable", "possible"):
        how.append(claim.certainty)
    made = [made_by(item.rule, item.confidence), *([f"claim: {claim.rule}"] if claim else [])]
    return Statement(
        number=number,
        depth=depth,
        who=name,
        alias="" if _bare(text) == _bare(name) else text,
        cue=plain(annotation.text, item.cue.spans),
        what=plain(annotation.text, item.content.spans, " … "),
        how=tuple(how),
        denied=denied,
        made=", ".join(made),
    )


def made_by(rule: str, confidence: float | None) -> str:
    """The head or rules that made something, and how sure it is of it where that is known."""
    return one_line(rule) if confidence is None else f"{one_line(rule)} {confidence:.2f}"


def makers_of_entities(annotation: Annotation) -> dict[str, str]:
    """For each entity by id, the heads and rules that made its mentions, the surest of each kind."""
    made: dict[str, dict[str, float | None]] = {item.id: {} for item in annotation.entities}
    for mention in annotation.mentions:
        if mention.entity is None:
            continue
        rules = made[mention.entity]
        known = [c for c in (rules.get(mention.rule), mention.confidence) if c is not None]
        rules[mention.rule] = max(known, default=None)
    return {
        name: ", ".join(made_by(rule, confidence) for rule, confidence in rules.items())
        for name, rules in made.items()
    }


def _bare(name: str) -> str:
    """A name without its article, for comparing."""
    return re.sub(r"^(?:de|het|een|'t)\s+", "", name.casefold())


def plain(text: str, spans: tuple[Span, ...], between: str = " ") -> str:
    """The pieces of a text as one safe line."""
    return between.join(one_line(text[start:end]) for start, end in spans)


def one_line(text: str) -> str:
    """Text that is safe on a terminal, without line ends and double spaces."""
    return showable(" ".join(text.split()))
