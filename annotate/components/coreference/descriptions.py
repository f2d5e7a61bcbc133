"""Sieves for descriptions: appositions, titles, the same noun, nouns that stand for the same, kinds."""

from collections.abc import Iterator, Sequence

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mentions import SORTS_OF_LABEL, Mention
from annotate.components.coreference.nouns import Noun
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.words import View
from annotate.links import country_code

ANAPHORIC = frozenset({"def", "dem", "poss", "gen"})
"""Descriptions that can take up somebody who was mentioned before."""
SYNONYM_REACH = 6
"""Sentences back in which another noun of the same set is looked for."""
KIND_REACH = 4
"""Sentences back in which a name is looked for that a noun of its kind takes up."""
_CLOSING = frozenset({",", ")", ".", "–", "-", ";", ":", "'", '"', "”", "’", "]"})
KINDS: tuple[tuple[str, str], ...] = (
    ("country", "GPE"),
    ("city", "GPE"),
    ("region", "GPE LOC"),
    ("island", "GPE LOC"),
    ("continent", "LOC"),
    ("club", "ORG"),
    ("company", "ORG"),
    ("paper", "ORG WORK_OF_ART"),
    ("broadcaster", "ORG"),
    ("agency", "ORG"),
    ("party", "ORG"),
    ("union", "ORG"),
    ("organisation", "ORG"),
    ("rebels", "ORG"),
    ("court", "ORG"),
    ("school", "ORG"),
    ("hospital", "ORG FAC"),
    ("museum", "ORG FAC"),
    ("band", "ORG"),
    ("building", "FAC"),
    ("book", "WORK_OF_ART"),
    ("film", "WORK_OF_ART"),
    ("music", "WORK_OF_ART"),
    ("play", "WORK_OF_ART"),
    ("tournament", "EVENT"),
    ("festival", "EVENT"),
    ("race", "EVENT"),
    ("law", "LAW"),
    ("street", "FAC LOC"),
    ("water", "LOC"),
    ("mountain", "LOC"),
    ("car", "PRODUCT"),
    ("drug", "PRODUCT"),
    ("device", "PRODUCT"),
    ("ship", "PRODUCT"),
    ("plane", "PRODUCT"),
)
"""Sets of nouns and the labels of the names that such a noun can take up."""


def described(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the descriptions in text order, coordinations left out."""
    return [m for m in mentions if m.kind == "description" and not m.members]


def appositions(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """A name and a description side by side: Walid Mernissi, zijn advocaat, … and the other way round."""
    words = view.words
    by_lead: dict[int, Mention] = {}
    for mention in mentions:
        if mention.kind == "pronoun" or mention.members:
            continue
        held = by_lead.get(mention.phrase[0])
        if held is None or mention.last > held.last:
            by_lead[mention.phrase[0]] = mention
    for first in mentions:
        if first.kind == "pronoun" or first.members:
            continue
        at = _after_age(view, first.last)
        if at + 1 >= len(words) or words[at].text not in {",", "(", "–", "-"}:
            continue
        second = by_lead.get(at + 1)
        if second is None or second.sent != first.sent or not _appose(first, second):
            continue
        after = second.last
        closing = (
            after >= len(words) or words[after].text in _CLOSING or words[after].pos == "SPACE"
        )
        if words[at].text == "(":
            closing = after < len(words) and words[after].text in {")", ","}
        relative = after < len(words) and words[after].lower in {"die", "dat", "van", "uit", "bij"}
        if closing or relative:
            clusters.join(second, first, "apposition")


def _after_age(view: View, at: int) -> int:
    """Step over an age in brackets: Nuno C. (44), een Portugese planner."""
    words = view.words
    if at + 2 < len(words) and words[at].text == "(" and words[at + 1].text.isdigit():
        return at + 3 if words[at + 2].text == ")" else at
    return at


def _appose(first: Mention, second: Mention) -> bool:
    name, other = (first, second) if first.kind == "name" else (second, first)
    if name.kind != "name" or other.kind != "description":
        return False
    if other.definite in {"quant", "names"} or (other.number == "p" and name.label == "PERSON"):
        return False
    if other.definite == "bare" and (name is second or not other.noun.form):
        return False
    return bool(other.sorts & name.sorts) and name.label != "NORP"


def nouns_of(mention: Mention) -> list[tuple[str, Noun]]:
    """Return the nouns that a mention says of its entity: its head, or the titles of a name."""
    if mention.kind == "description" and not mention.members:
        return [(mention.form, mention.noun)]
    return list(zip(mention.title_forms, mention.titles, strict=True))


def _earlier(mentions: Sequence[Mention], mention: Mention, reach: int) -> Iterator[Mention]:
    """Yield the names and descriptions before a mention, nearest first."""
    for other in reversed(mentions[: mention.index]):
        if mention.sent - other.sent > reach:
            return
        if other.kind != "pronoun" and not other.members and other.end <= mention.start:
            yield other


def same_noun(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """The same noun again: een helikopter … de helikopter; premier Rutte … de premier."""
    for mention in described(mentions):
        headline = mention.definite in {"indef", "bare"} and mention.para <= 2
        if mention.definite not in ANAPHORIC and not headline:
            continue
        if not mention.noun.form and mention.definite not in {"def", "dem"}:
            continue
        for other in _earlier(mentions, mention, 99):
            if headline and other.para > 0:
                continue
            if _same_head(mention, other) and _agree(mention, other, clusters):
                if clusters.join(mention, other, "same_noun"):
                    break
                if clusters.same(mention, other):
                    break


def _same_head(mention: Mention, other: Mention) -> bool:
    for form, found in nouns_of(other):
        if form == mention.form:
            return mention.number == other.number or other.kind == "name"
        if (
            found.form
            and found.form == mention.form
            and mention.noun.form == mention.form
            and len(form) > len(mention.form) + 2
        ):
            return mention.number == other.number or other.kind == "name"
    return False


def _agree(mention: Mention, other: Mention, clusters: Clusters) -> bool:
    """Whether modifiers and possessors of two descriptions with one noun allow one entity."""
    if other.kind == "name":
        return mention.owner is None or mention.definite == "def"
    if mention.owner is not None and other.owner is not None:
        if not clusters.same(mention.owner, other.owner):
            return False
    elif mention.definite in {"poss", "gen"} or (
        other.definite in {"poss", "gen"} and mention.definite not in {"def", "dem"}
    ):
        return mention.definite != "poss" and other.definite != "poss"
    first, second = other.modifiers, mention.modifiers
    if mention.definite in {"indef", "bare"}:
        return first <= second or second <= first
    return second <= first or (not first) or bool(first & second)


def synonyms(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """Another noun for the same: de auto … de wagen; advocaat Mernissi … de raadsman."""
    for mention in described(mentions):
        if mention.definite not in {"def", "dem"} or not mention.noun.sets:
            continue
        if clusters.rules[mention.index] != "found":
            continue
        for other in _earlier(mentions, mention, SYNONYM_REACH):
            sets = [found.sets for _, found in nouns_of(other)]
            if not any(some & mention.noun.sets for some in sets):
                continue
            if other.definite == "bare" and other.para:
                continue
            if other.number != mention.number and other.kind != "name":
                continue
            if mention.modifiers and not mention.modifiers & other.modifiers and other.modifiers:
                continue
            if clusters.join(mention, other, "synonym"):
                break


def kinds(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """A noun for the kind of a name: Noord-Korea … het land; Nimbara … het bedrijf."""
    labels = dict(KINDS)
    for mention in described(mentions):
        if mention.definite not in {"def", "dem"} or mention.number == "p":
            continue
        if clusters.rules[mention.index] != "found":
            continue
        wanted = {label for some in mention.noun.sets for label in labels.get(some, "").split()}
        if not wanted or mention.modifiers:
            continue
        for other in _earlier(mentions, mention, KIND_REACH):
            if other.kind != "name" or other.label not in wanted:
                continue
            if not _of_kind(other, mention, clusters):
                continue
            if clusters.join(mention, other, "kind"):
                break


def _of_kind(name: Mention, mention: Mention, clusters: Clusters) -> bool:
    sets = mention.noun.sets
    if name.label == "GPE":
        country = country_code(name.text, "GPE") is not None
        return country if "country" in sets else not country
    known = [found.sets for m in clusters.of(name) for _, found in nouns_of(m) if found.sets]
    return not known or any(some & sets for some in known)


def men_and_women(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """De man, de vrouw, de 34-jarige: the person who was named or described last."""
    for mention in described(mentions):
        if mention.definite not in {"def", "dem"} or mention.number != "s":
            continue
        if clusters.rules[mention.index] != "found" or not mention.noun.sets & {"man", "woman"}:
            continue
        if mention.owner is not None:
            continue
        for other in _earlier(mentions, mention, 3):
            if other.sorts & SORTS_OF_LABEL["PERSON"] and clusters.join(
                mention, other, "man_woman"
            ):
                break
