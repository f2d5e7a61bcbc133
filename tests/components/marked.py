"""Attributions marked in a text, and Docs with trees that need no model.

``<s1>`` source, ``<c1>`` cue, ``<q1>`` content of attribution 1; the number may be left out where there is
one. Behind ``||`` stand facts: ``act=deny 2.pol=-``. Trees lie in ``cases/trees.conllu``: what the shipped
model makes of the sentences of the tests, read and put right by hand.
"""

import re
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import attribution_type

CASES = Path(__file__).parent / "cases"
_TAG = re.compile(r"<(/?)([scq])(\d?)>")
_ROLES = {"s": "source", "c": "cue", "q": "content"}


def unmark(marked):
    """The text without marks, and the attributions marked in it."""
    marked, _, facts = marked.partition("||")
    marked = marked.strip().replace("\\n", "\n")
    spans, open_at, text, at = {}, {}, "", 0
    for match in _TAG.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        number = int(match[3] or 1)
        role = _ROLES[match[2]]
        pieces = spans.setdefault(number, {"source": [], "cue": [], "content": []})[role]
        if match[1]:
            pieces.append((open_at.pop((number, role)), len(text)))
        else:
            open_at[number, role] = len(text)
    text += marked[at:]
    assert not open_at, f"{marked!r}: not closed: {open_at}"
    known = dict(fact.split("=") for fact in facts.split())
    shared = {key: value for key, value in known.items() if "." not in key}
    return text, [
        _attribution(text, spans[number], {**shared, **_own(number, known)})
        for number in sorted(spans)
    ]


def mark(text, attributions):
    """The inverse of `unmark`, without facts."""
    tags = []
    for number, one in enumerate(attributions, 1):
        shown = "" if len(attributions) == 1 else number
        for letter, role in _ROLES.items():
            for start, end in getattr(one, role):
                tags.append((start, 1, -end, f"<{letter}{shown}>"))
                tags.append((end, 0, -start, f"</{letter}{shown}>"))
    for at, _, _, tag in sorted(tags, reverse=True):
        text = text[:at] + tag + text[at:]
    return text.replace("\n", "\\n")


def _own(number, facts):
    start = f"{number}."
    return {key[len(start) :]: v for key, v in facts.items() if key.startswith(start)}


def _attribution(text, spans, facts):
    spans = {role: sorted(pieces) for role, pieces in spans.items()}
    return FoundAttribution(
        **spans,
        type=facts.get("type") or attribution_type(text, spans["content"], spans["cue"]),
        act=facts.get("act", "say"),
        polarity=facts.get("pol", "+"),
        confidence=float(facts.get("conf", 0.9)),
        rule="cue-head" if spans["cue"] else "quote-head",
    )


@cache
def nlp():
    """A blank Dutch pipeline, for its vocabulary."""
    return spacy.blank("nl")


@cache
def trees():
    """Docs by text."""
    blocks = (CASES / "trees.conllu").read_text("utf-8").strip().split("\n\n")
    docs = (_doc(block.splitlines()) for block in blocks)
    return {doc.text: doc for doc in docs}


def doc_of(text):
    """A fresh Doc of a text, with its tree."""
    if text not in trees():
        raise AssertionError(f"{text!r} has no tree: run python -m tests.components.plant MODEL")
    return trees()[text].copy()


def _doc(lines):
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    words, spaces, places, first = [], [], [], 0
    for row in rows:
        first = len(places) if row[0] == "1" else first
        places.append((len(words), first))
        words.append(row[1])
        spaces.append(row[9] == "_")
        gap = row[9].partition("SpacesAfter=")[2].replace("\\n", "\n")
        if gap:
            words.append(gap)
            spaces.append(False)
    heads = [max(i - 1, 0) if word.isspace() else i for i, word in enumerate(words)]
    deps = ["dep"] * len(words)
    pos, tags, lemmas, morphs = (
        ["SPACE"] * len(words),
        [""] * len(words),
        list(words),
        [""] * len(words),
    )
    ents = ["O"] * len(words)
    for row, (i, start) in zip(rows, places, strict=True):
        ents[i] = "O" if row[8] == "_" else row[8]
        lemmas[i], pos[i], tags[i] = row[2], row[3], row[4]
        morphs[i] = "" if row[5] == "_" else row[5]
        heads[i] = i if row[6] == "0" else places[start + int(row[6]) - 1][0]
        deps[i] = "ROOT" if row[6] == "0" else row[7]
    return Doc(
        nlp().vocab,
        words=words,
        spaces=spaces,
        heads=heads,
        deps=deps,
        pos=pos,
        tags=tags,
        lemmas=lemmas,
        morphs=morphs,
        ents=ents,
    )
