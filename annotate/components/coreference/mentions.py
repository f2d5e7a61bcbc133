"""Mentions: names, descriptions and pronouns of a text, with owner, role and nesting."""

from collections.abc import Iterator, Sequence

from annotate.components.coreference.description_mentions import (
    coordinations,
    descriptions,
    extend,
)
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.name_mentions import name_mentions
from annotate.components.coreference.pronouns import pronoun_at
from annotate.components.coreference.words import View, Word

ROLES = {"obj": "object", "iobj": "object", "nmod:poss": "possessive", "ROOT": "root"}


def find_mentions(view: View) -> list[Mention]:
    """Return the mentions of a text in text order, outer ones before those inside them."""
    names = name_mentions(view)
    named = {i for m in names for i in range(m.first, m.last)}
    pronouns = [m for m in _pronouns(view) if m.first not in named]
    described = list(descriptions(view, names))
    extend(view, described, [*pronouns, *names])
    joined = coordinations(view, [*names, *described])
    mentions = sorted([*names, *described, *pronouns, *joined], key=_place)
    _set_owners(mentions)
    reach = -1
    for index, mention in enumerate(mentions):
        mention.index = index
        mention.lead = min(mention.start, view.words[mention.phrase[0]].start)
        mention.nested = mention.last <= reach
        if mention.kind == "description" and not mention.members:
            reach = max(reach, mention.last)
        _set_role(view.words, mention)
    return mentions


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def _pronouns(view: View) -> Iterator[Mention]:
    words = view.words
    for i, word in enumerate(words):
        found = pronoun_at(words, i)
        if found is None:
            continue
        yield Mention(
            word.start,
            word.end,
            i,
            i + 1,
            i,
            "pronoun",
            None,
            word.text,
            (i, i + 1),
            word.sent,
            word.para,
            view.quote_at(word.start),
            sorts=frozenset({"person"} if found.person == 1 and found.number == "s" else ()),
            gender=found.gender,
            number=found.number,
            pronoun=found,
            form=word.lower,
        )


def _set_owners(mentions: Sequence[Mention]) -> None:
    """Tie zijn advocaat and zijn advocaat Jan to the pronoun inside them."""
    at = {m.first: m for m in mentions if m.kind == "pronoun"}
    for mention in mentions:
        held = at.get(mention.phrase[0])
        if held is None or held is mention or held.pronoun is None:
            continue
        if held.pronoun.use == "possessive":
            mention.owner = held


def _set_role(words: Sequence[Word], mention: Mention) -> None:
    """Set role and governor by the head, or else the first word of the phrase that hangs outside it."""
    first, last = mention.phrase
    for i in (mention.head, *range(first, last)):
        word = words[i]
        if first <= word.head < last and word.head != i:
            continue
        if i != mention.head and word.pos in {"DET", "PRON", "PUNCT", "ADP"}:
            continue
        mention.verb = word.head
        if word.dep.startswith("nsubj"):
            mention.role = "subject"
        elif word.dep.startswith("obl"):
            mention.role = "oblique"
        elif word.dep in {"conj", "appos", "parataxis", "root"}:
            mention.role = word.dep
        else:
            mention.role = ROLES.get(word.dep, "nominal" if word.dep else "")
        return
