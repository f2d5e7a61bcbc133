"""What a chain is called: its label and its fullest name, or a description that stands by itself."""

from collections.abc import Sequence

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.words import View

LONGEST = 12
"""Words that a description used as a name may have."""


def label_of(cluster: Sequence[Mention]) -> str | None:
    """Return the commonest label of the names of a cluster, the first of equals; people last."""
    labels = [m.label for m in cluster if m.label is not None and m.label != "NORP"]
    labels = labels or [m.label for m in cluster if m.label is not None]
    return max(dict.fromkeys(labels), key=labels.count) if labels else None


def name_of(view: View, cluster: Sequence[Mention], clusters: Clusters) -> str:
    """Return the fullest name, else the fullest description, else the first pronoun.

    A possessor that is a pronoun is resolved: zijn vrouw is called "de vrouw van Geert Moortgat". Members
    of a group are named where it is only described as two: "Rusland en Noord-Korea".
    """
    names = [m.text for m in cluster if m.kind == "name" and m.label != "NORP"]
    if names:
        return _fullest(names)
    described = [m for m in cluster if m.kind != "pronoun"]
    if not described:
        return cluster[0].text
    members = next((m.members for m in cluster if m.members), None)
    if members:
        return " en ".join(_name_or_text(view, m, clusters) for m in members)
    short = [m for m in described if m.last - m.first <= LONGEST] or described
    return _described(view, max(short, key=_fullness), clusters)


def _fullest(names: Sequence[str]) -> str:
    """Return the longest name that is not the genitive of another; ENSCHEDE gives way to Enschede."""
    known = set(names)
    bare = [n for n in names if not (n.endswith("s") and n.rstrip("s").rstrip("'’") in known)]
    return max(bare or names, key=lambda name: (len(name), not name.isupper()))


def _fullness(mention: Mention) -> tuple[bool, int]:
    return mention.definite != "indef", len(mention.text)


def _name_or_text(view: View, mention: Mention, clusters: Clusters) -> str:
    cluster = clusters.of(mention)
    names = [m.text for m in cluster if m.kind == "name" and m.label != "NORP"]
    return _fullest(names) if names else mention.text


def _described(view: View, mention: Mention, clusters: Clusters) -> str:
    owner = mention.owner
    if mention.definite != "poss" or owner is None or owner.pronoun is None:
        return mention.text
    of = clusters.of(owner)
    named = [m for m in of if m.kind == "name"] or [m for m in of if m.kind == "description"]
    if not named:
        return mention.text
    rest = mention.text[owner.end - mention.start :].strip()
    article = "het" if "|onz" in view.words[mention.head].tag else "de"
    return f"{article} {rest} van {_inside(max((m.text for m in named), key=len))}"


def _inside(text: str) -> str:
    """Write a phrase as it stands inside a sentence: de cafébazin for De cafébazin."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in {"De", "Het", "Een"} else text
