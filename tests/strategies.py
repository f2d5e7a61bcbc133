"""Hypothesis strategies for annotations that are valid and as nasty as news from everywhere."""

import os

from hypothesis import settings
from hypothesis import strategies as st

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
    Value,
)
from annotate.labels import ACTS, ENTITY_LABELS, VALUE_LABELS

few = settings(max_examples=int(os.environ.get("ANNOTATE_EXAMPLES", "25")))
"""For properties of whole annotations: more examples find more, and take longer."""

WORDS = [
    "De",
    "minister",
    "zegt",
    "dat",
    "VN-sancties",
    "'s-Hertogenbosch",
    "co\u00f6peratie",
    "A'dam",
]
QUOTES = ["\"", "'", "\u2018", "\u2019", "\u201c", "\u201d", "\u201e", "\u201a", "\u00ab", "\u00bb",
          "\u2039", "\u203a", "\u300c", "\u300d", "``", "''"]  # fmt: skip
UNICODE = [
    "\U0001f600",  # outside the basic plane: two code units in UTF-16
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # one family, five code points
    "\U0001f1f3\U0001f1f1",  # a flag of two code points
    "e\u0301e\u0301n",  # combining accents
    "a" + "\u0300\u0316\u0332" * 3,
    "\u0645\u0631\u062d\u0628\u0627",  # Arabic
    "\u05e9\u05dc\u05d5\u05dd\u200f",  # Hebrew with a mark
    "\u202eomgekeerd\u202c",  # an override of the direction
    "\u65b0\u805e",  # two columns each
    "zacht\u00adstreepje",
    "vast\u00a0spatie",
    "\ufeff",
    "\ufb01jn",
    "\u0130stanbul",  # grows when put in lower case
    "stra\u00dfe",
    "\U0001d518\U0001d52b",
    "\ufffd",
    "\uffff",
]
CONTROLS = [
    "\x00",
    "\x07",
    "\x1b[31mrood\x1b[0m",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\t",
]
MARKUP = [
    "<script>alert(1)</script>",
    "]]>",
    "&amp;",
    "<b>",
    "-->",
    "{%raw%}",
    "=1+1",
    "a;b,c",
    "*vet*",
    "_schuin_",
    "[link](x)",
    "|",
    "`code`",
    "\\",
    "# kop",
    "Entity=B-PER|x",
    "%0A",
]
PIECES = st.sampled_from([*WORDS, *QUOTES, *UNICODE, *CONTROLS, *MARKUP]) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4
)
SENTENCES = st.lists(PIECES, min_size=1, max_size=5).flatmap(
    lambda pieces: st.sampled_from([" ", "", "  ", "\n"]).map(lambda gap: gap.join(pieces))
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | PIECES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PIECES, inner, max_size=2),
    max_leaves=4,
)
VALUES = st.builds(
    Value,
    type=st.sampled_from(["date", "time", "duration", "money", "percent", "number"]),
    value=st.sampled_from(["2024-02-18", "XXXX-WXX-7", "1-0"])
    | st.integers(-(10**12), 10**12)
    | st.sampled_from([3.5, 0.1, -2.25, 1e-7])
    | st.tuples(st.integers(0, 9), st.integers(10, 99)),
    unit=st.sampled_from([None, "EUR", "%", "km/h"]),
    mod=st.sampled_from([None, "START", "END"]),
)


@st.composite
def annotations(draw, min_paragraphs=0):
    """A valid annotation of a nasty text; an empty article is one of them."""
    text, sections, sentences = draw(texts(min_paragraphs))
    mentions = draw(mention_lists(text))
    entities, mentions = draw(entity_lists(mentions))
    attributions = draw(attribution_lists(text, mentions))
    return Annotation(
        id=draw(
            st.sampled_from(["a.txt", "map/b c.txt", "<i>&'\"", "caf\u00e9/\U0001f600.txt", "="])
        ),
        title=draw(st.none() | PIECES),
        date=draw(st.sampled_from([None, "2024", "2024-02", "2024-02-20"])),
        metadata=draw(st.dictionaries(PIECES, JSON, max_size=3)),
        language=draw(st.sampled_from([None, "nl", "en"])),
        text=text,
        model=ModelInfo("nl_news", "1.0.0"),
        warnings=tuple(draw(st.lists(PIECES, max_size=2))),
        sections=sections,
        sentences=sentences,
        mentions=mentions,
        entities=entities,
        attributions=attributions,
        claims=draw(claim_lists(text, attributions, entities)),
    )


@st.composite
def texts(draw, min_paragraphs=0):
    """A text with the sections and sentences in it; headings are single sentences."""
    text, sections, sentences = "", [], []
    for paragraph in draw(st.lists(PARAGRAPHS, min_size=min_paragraphs, max_size=3)):
        kept = [part for part in (sentence.strip() for sentence in paragraph) if part]
        if not kept:
            continue
        text += "\n\n" if text else ""
        start = len(text)
        for place, sentence in enumerate(kept):
            text += " " if place else ""
            sentences.append(Sentence(len(text), len(text) + len(sentence)))
            text += sentence
        kind = draw(st.sampled_from(["heading", "paragraph"])) if len(kept) == 1 else "paragraph"
        sections.append(Section(start, len(text), kind))
    return text, tuple(sections), tuple(sentences)


@st.composite
def spans(draw, text, min_size=0, max_size=3):
    """Spans in text order that do not overlap, empty only if the text has nothing to show."""
    bounds = draw(st.lists(st.integers(0, len(text)), min_size=2 * min_size, max_size=2 * max_size))
    bounds.sort()
    found = (trim(text, *pair) for pair in zip(bounds[::2], bounds[1::2], strict=False))
    kept = tuple(span for span in found if span)
    whole = trim(text, 0, len(text))
    return (whole,) if min_size and not kept and whole else kept


def trim(text, start, end):
    """The span without white space at its edges; None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def joined(text, pieces):
    return " ".join(text[start:end] for start, end in pieces)


@st.composite
def mention_lists(draw, text):
    """Mentions that may nest, overlap and be parts of words."""
    found = {span for _ in range(draw(st.integers(0, 4))) for span in draw(spans(text, 1, 1))}
    mentions = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        label = draw(st.none() | st.sampled_from(ENTITY_LABELS))
        kind = (
            "value"
            if label in VALUE_LABELS
            else draw(st.sampled_from(["name", "description", "pronoun"]))
        )
        mentions.append(
            Mention(
                id=f"m{len(mentions) + 1}",
                start=start,
                end=end,
                text=text[start:end],
                label=label,
                kind=kind,
                entity=None,
                value=draw(st.none() | VALUES) if kind == "value" else None,
                confidence=draw(st.none() | st.sampled_from([0.0, 0.1234, 0.5, 1.0])),
                rule="ner",
            )
        )
    return mentions


@st.composite
def entity_lists(draw, mentions):
    """Entities over some of the mentions, and the mentions with their entity filled in."""
    members = {}
    linked = []
    for mention in mentions:
        place = None if mention.kind == "value" else draw(st.sampled_from([None, "e1", "e2"]))
        if place:
            members.setdefault(place, []).append(mention)
        linked.append(
            Mention(*[place if name == "entity" else getattr(mention, name) for name in MENTION])
        )
    entities = tuple(
        Entity(
            id=key,
            label=group[0].label,
            name=group[0].text,
            aliases=tuple(dict.fromkeys(item.text for item in group[1:])),
            mentions=tuple(item.id for item in group),
            links=draw(st.sampled_from([{}, {"iso3166": "KP"}])),
        )
        for key, group in sorted(members.items())
    )
    return entities, tuple(linked)


MENTION = tuple(Mention.__dataclass_fields__)


@st.composite
def attribution_lists(draw, text, mentions):
    """Attributions with discontinuous parts; any may be nested in an earlier one."""
    attributions = []
    for number in range(draw(st.integers(0, 3)) if text else 0):
        source, cue = draw(spans(text, 0, 2)), draw(spans(text, 0, 2))
        content = draw(spans(text, 1, 3))
        mention = draw(st.sampled_from([None, *mentions])) if source else None
        name = joined(text, source)
        attributions.append(
            Attribution(
                id=f"a{number + 1}",
                source=Source(
                    spans=source,
                    text=name,
                    kind=draw(st.sampled_from(["named", "group", "document"]))
                    if source
                    else "none",
                    mention=mention and mention.id,
                    speaker=mention and mention.entity,
                    name=name or None,
                ),
                cue=Cue(cue, joined(text, cue), draw(st.none() | PIECES) if cue else None),
                content=Content(content, joined(text, content)),
                type=draw(st.sampled_from(["direct", "indirect", "mixed"])),
                act=draw(st.sampled_from(ACTS)),
                polarity=draw(st.sampled_from("+-")),
                parent=draw(st.sampled_from([None, *[item.id for item in attributions]])),
                confidence=draw(st.sampled_from([0.0, 0.5, 0.9876, 1.0])),
                rule="tagger",
            )
        )
    return tuple(attributions)


@st.composite
def claim_lists(draw, text, attributions, entities):
    """One claim for each attribution, and perhaps one of the author."""
    claims = []
    about = tuple(item.id for item in entities)
    for item in attributions:
        certainty = draw(st.sampled_from(["certain", "possible", "reported", "denied"]))
        kind = "attributed" if item.source.spans else "unsourced"
        claims.append((item.content.spans, item.id, kind, certainty))
    if text and draw(st.booleans()):
        claims.append((draw(spans(text, 1, 2)), None, "hedged", "probable"))
    return tuple(
        Claim(f"c{place}", parts, joined(text, parts), attribution, kind, certainty, about, "hedge")
        for place, (parts, attribution, kind, certainty) in enumerate(claims, 1)
    )
