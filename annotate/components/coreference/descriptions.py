"""Descriptions: appositions, and how a description can be tied to one that stands before it."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.wordlists import wordlist
from annotate.components.coreference.words import View
from annotate.links import country_code

ANAPHORIC = frozenset({"def", "dem", "poss", "gen"})
"""Descriptions that can take up somebody who was mentioned before."""
FAR, WIDE, NEAR = 60, 14, 4
"""Sentences back in which the same noun, a name of its kind, and any person is looked for."""
LEAD = 2
"""Paragraphs at the top that may describe somebody whom the text names only later."""
PROVINCES = wordlist("province")
SHORTEST = 4
"""Letters of a noun that may be the last part of another."""
_CLOSING = frozenset({",", ")", ".", "–", "-", ";", ":", "'", '"', "”", "’", "]"})
KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        some: frozenset(labels.split())
        for some, labels in {
            "country": "GPE",
            "city": "GPE",
            "region": "GPE LOC",
            "island": "GPE LOC",
            "continent": "LOC",
            "club": "ORG GPE",
            "company": "ORG",
            "paper": "ORG WORK_OF_ART",
            "broadcaster": "ORG",
            "agency": "ORG",
            "party": "ORG",
            "union": "ORG",
            "organisation": "ORG",
            "rebels": "ORG",
            "court": "ORG",
            "prosecution": "ORG",
            "government": "ORG GPE",
            "ministry": "ORG",
            "parliament": "ORG",
            "watchdog": "ORG",
            "service": "ORG",
            "school": "ORG FAC",
            "hospital": "ORG FAC",
            "museum": "ORG FAC",
            "church": "ORG FAC",
            "band": "ORG",
            "building": "FAC ORG",
            "book": "WORK_OF_ART",
            "film": "WORK_OF_ART",
            "music": "WORK_OF_ART",
            "play": "WORK_OF_ART",
            "art": "WORK_OF_ART",
            "tournament": "EVENT",
            "festival": "EVENT",
            "race": "EVENT",
            "match": "EVENT",
            "war": "EVENT",
            "law": "LAW WORK_OF_ART",
            "street": "FAC LOC",
            "water": "LOC",
            "mountain": "LOC",
            "park": "LOC FAC",
            "car": "PRODUCT",
            "drug": "PRODUCT",
            "device": "PRODUCT ORG",
            "ship": "PRODUCT",
            "plane": "PRODUCT",
            "train": "PRODUCT",
        }.items()
    }
)
"""Sets of nouns and the labels of the names that such a noun can take up."""


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
        after = _after_age(view, second.last)
        closing = (
            after >= len(words) or words[after].text in _CLOSING or words[after].pos == "SPACE"
        )
        if words[at].text == "(":
            closing = after < len(words) and words[after].text in {")", ","}
        relative = after < len(words) and words[after].lower in {"die", "dat", "van", "uit", "bij"}
        if second.kind == first.kind and _listed(view, first, second):
            continue
        if closing or relative or _is_partitive(view, second):
            clusters.join(second, first, "apposition")


def _is_partitive(view: View, mention: Mention) -> bool:
    """Whether a noun for several goes on with who they are: een groep internationale juristen."""
    words, after = view.words, mention.last
    goes_on = after < len(words) and words[after].pos in {"ADJ", "NOUN"}
    return goes_on and mention.definite == "indef" and bool(mention.sorts & {"org", "group"})


def _listed(view: View, first: Mention, second: Mention) -> bool:
    """Whether two descriptions belong to an enumeration: de vader, de moeder en het kind."""
    words = view.words
    rest = [w.lower for w in words[second.last : second.last + 8] if w.sent == second.sent]
    return "en" in rest or "of" in rest or words[first.first - 1].text == ","


def _after_age(view: View, at: int) -> int:
    """Step over an age in brackets: Nuno C. (44), een Portugese planner."""
    words = view.words
    if at + 2 < len(words) and words[at].text == "(" and words[at + 1].text.isdigit():
        return at + 3 if words[at + 2].text == ")" else at
    return at


def _appose(first: Mention, second: Mention) -> bool:
    name, other = (first, second) if first.kind == "name" else (second, first)
    if name.kind == "description":
        return _appose_descriptions(first, second)
    if other.kind == "name":
        return False
    if other.definite in {"quant", "names"} or (other.number == "p" and name.label == "PERSON"):
        return False
    if other.definite == "bare" and (name is second or not other.noun.form):
        return False
    if not other.sorts:
        return name.label == "PERSON" and other.definite in {"def", "poss", "gen", "indef"}
    return bool(other.sorts & name.sorts) and name.label != "NORP"


def _appose_descriptions(first: Mention, second: Mention) -> bool:
    """Een oudere vrouw, een kille bedrijfsleidster; de kraanmachinist, de enige die bekende."""
    single = first.number == second.number == "s"
    articles = first.definite in {"def", "indef", "poss"} and second.definite in {"def", "indef"}
    return single and articles and first.sorts == {"person"} and second.sorts == {"person"}


def introductions(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """Headline and lead describe whom the text names later: Minister treedt af … minister Judith Vos."""
    opening = [
        m
        for m in mentions
        if m.para <= LEAD and m.kind == "description" and not m.members and m.number == "s"
    ]
    for name in mentions:
        if name.kind != "name" or name.label != "PERSON" or name.last - name.first < 2:
            continue
        for mention in opening:
            if mention.index > name.index or mention.definite in {"quant", "poss", "gen"}:
                continue
            said = {form for form, _ in name.nouns()}
            same = mention.form in said or any(_part(mention.form, form) for form in said)
            named = any(m.kind == "name" for m in clusters.of(mention))
            if same and not named and "person" in mention.sorts:
                clusters.join(name, mention, "introduction")


def is_anaphor(mention: Mention) -> bool:
    """Whether a description can take up an earlier mention; bare and indefinite ones only in a lead.

    De Rotterdammer is such a description, though the finder of entities marks it.
    """
    if mention.label == "NORP":
        return mention.definite == "def"
    if mention.kind != "description" or mention.members:
        return False
    return mention.definite in ANAPHORIC or (
        mention.definite in {"indef", "bare"} and 0 < mention.para <= 2
    )


def related(
    mention: Mention, mentions: Sequence[Mention], clusters: Clusters
) -> Iterator[tuple[Mention, str]]:
    """Yield the mentions before a description that it can take up, nearest first, and why.

    The reason is same (the same noun: een helikopter … de helikopter, premier Rutte … de premier), part
    (the same last part: de onderzoeksrechter … de rechter), set (de auto … de wagen), kind (Noord-Korea …
    het land), called (leider Kim … Kim … de dictator), man (de vrouw, for a woman), native (de Rotterdammer),
    person or org (any noun for a person or a body that is near).
    """
    lead = mention.definite in {"indef", "bare"}
    for other in reversed(mentions[: mention.index]):
        back = mention.sent - other.sent
        if back > FAR:
            return
        if other.end > mention.start or other.members or clusters.apart(mention, other):
            continue
        if lead and (other.para > 0 or other.kind != "description"):
            continue
        reason = _reason(mention, other, clusters, back)
        if reason and (reason in {"same", "part"} or not lead):
            yield other, reason


def _reason(mention: Mention, other: Mention, clusters: Clusters, back: int) -> str:
    fits = (mention.number == "p") == (other.number == "p")
    fits = fits or _collective(mention) or _collective(other)
    if (other.kind == "description" and not fits) or not clusters.gender(mention) & clusters.gender(
        other
    ):
        return ""
    said = other.nouns()
    if any(form == mention.form for form, _ in said):
        return "same"
    known = mention.noun
    if any(_part(mention.form, form) for form, _ in said):
        return "part"
    if back > WIDE:
        return ""
    if known.sets and any(found.sets & known.sets for _, found in said):
        return "set"
    if other.kind == "name" and mention.number != "p":
        wanted = frozenset[str]().union(*(KINDS.get(some, frozenset()) for some in known.sets))
        if other.label in wanted and _of_kind(other, mention, clusters):
            return "kind"
    if other.kind != "description" and _is_called(mention, other, clusters):
        return "called"
    if back > NEAR:
        return ""
    if mention.number == "p" or (mention.owner is not None and mention.definite != "def"):
        return ""
    sorts = clusters.sorts(other)
    if mention.label == "NORP":
        return "native" if sorts == {"person"} and other.label != "NORP" else ""
    if mention.sorts == {"person"} and sorts == {"person"}:
        return "man" if known.sets & {"man", "woman"} else "person"
    if "org" in mention.sorts and other.kind == "name" and other.label == "ORG":
        return "org"
    return ""


def _is_called(mention: Mention, other: Mention, clusters: Clusters) -> bool:
    """Whether a name or pronoun is somebody of whom such a noun was said elsewhere before."""
    return any(
        form == mention.form or (found.sets & mention.noun.sets)
        for m in clusters.of(other)
        if m.index < mention.index
        for form, found in m.nouns()
    )


def _part(form: str, other: str) -> bool:
    """Whether one noun is the last part of the other: commissie, enquêtecommissie."""
    short, full = sorted((form, other), key=len)
    return SHORTEST <= len(short) < len(full) - 1 and full.endswith(short)


def _collective(mention: Mention) -> bool:
    """Whether a singular noun stands for several: het duo, het personeel."""
    return mention.number == "sp" and "group" in mention.sorts


def _of_kind(name: Mention, mention: Mention, clusters: Clusters) -> bool:
    sets = mention.noun.sets
    if mention.form.endswith("provincie") and name.text not in PROVINCES:
        return False
    if name.label == "GPE":
        country = country_code(name.text, "GPE") is not None
        if "country" in sets:
            return country
        return not country or bool(sets & {"club", "government"})
    known = [found.sets for m in clusters.of(name) for _, found in m.nouns() if found.sets]
    return not known or any(some & sets for some in known)
