"""From corpus files to what the network learns: units with tags, anchors with roles, trees."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import spacy
from spacy.tokens import Doc

from annotate.components import scheme
from annotate.components.lemmas import make_tree
from annotate.components.units import Unit, split_units

UNKNOWN = -100
"""Tag of a unit on which a head learns nothing."""
Ints = npt.NDArray[np.int64]


class Anchor(NamedTuple):
    """One attribution: the unit it hangs on and its roles.

    Attributes:
        unit: first unit of the cue, or of the content where there is no cue.
        kind: index into CUE_TAGS.
        act, polarity: indices into ACT_TAGS and POLARITY_TAGS.
        tags: role tags of all units of the text.
    """

    unit: int
    kind: int
    act: int
    polarity: int
    tags: Ints


@dataclass(frozen=True)
class Example:
    """A text with the tags that are known of it, all per unit."""

    id: str
    text: str
    units: list[Unit]
    entities: Ints
    cues: Ints
    anchors: list[Anchor] = field(default_factory=list)
    sentences: Ints | None = None
    words: dict[str, Ints] = field(default_factory=dict)
    first: Ints | None = None
    """Of a sentence of the treebank: the first unit of each token."""
    heads: Ints | None = None
    """Index of the head among the tokens; the root is its own."""

    shown: tuple[str, ...] | None = None
    """What the encoder reads in place of the text of each unit, None for that text itself."""

    def surfaces(self) -> list[str]:
        """Return what the encoder reads of each unit."""
        if self.shown is not None:
            return list(self.shown)
        return [self.text[unit.start : unit.end] for unit in self.units]


def resurfaced(example: Example, surfaces: Iterable[str]) -> Example:
    """Return the example with other words for the encoder to read; units, offsets and tags stay."""
    return replace(example, shown=tuple(surfaces))


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def covered(units: list[Unit], spans: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return for each character span the units that it overlaps."""
    return [
        [i for i, unit in enumerate(units) if unit.start < end and unit.end > start]
        for start, end in spans
    ]


def entity_tags(units: list[Unit], entities: list[tuple[int, int, str]] | None) -> Ints:
    """Return indices into ENTITY_TAGS, UNKNOWN for a text whose entities were not marked."""
    if entities is None:
        return np.full(len(units), UNKNOWN)
    tags = np.zeros(len(units), dtype=np.int64)
    found = covered(units, [(start, end) for start, end, _ in entities])
    for (_start, _end, label), inside in zip(entities, found, strict=True):
        for n, i in enumerate(inside):
            tags[i] = scheme.ENTITY_TAGS.index(f"{'I' if n else 'B'}-{label}")
    return tags


def _anchor(units: list[Unit], row: dict[str, Any]) -> Anchor | None:
    cue = sorted(i for piece in covered(units, row["cue"]) for i in piece)
    content = covered(units, row["content"])
    if not any(content):
        return None
    unit = cue[0] if cue else min(i for piece in content for i in piece)
    tags = np.zeros(len(units), dtype=np.int64)
    for name, pieces in (("CONTENT", content), ("SOURCE", covered(units, row["source"]))):
        for piece in pieces:
            for n, i in enumerate(piece):
                tags[i] = scheme.ROLE_TAGS.index(f"{'I' if n else 'B'}-{name}")
    for i in cue[1:]:
        tags[i] = scheme.ROLE_TAGS.index("CUE")
    kind = scheme.CUE_TAGS.index("CUE" if cue else "QUOTE")
    act = scheme.ACT_TAGS.index(row["act"])
    return Anchor(unit, kind, act, scheme.POLARITY_TAGS.index(row["polarity"]), tags)


def articles(path: Path, copies: dict[str, int] | None = None) -> list[Example]:
    """Read a file of attributions.

    Args:
        copies: how often an epoch shows an article, by genre; once where it is not named.
    """
    nlp = spacy.blank("nl")
    examples = []
    for row in read_jsonl(path):
        units = split_units(nlp.make_doc(row["text"]))
        anchors: dict[int, Anchor] = {}
        for attribution in row["attributions"]:
            anchor = _anchor(units, attribution)
            if anchor is not None:
                anchors.setdefault(anchor.unit, anchor)
        cues = np.zeros(len(units), dtype=np.int64)
        for anchor in anchors.values():
            cues[anchor.unit] = anchor.kind
        entities = entity_tags(units, row["entities"])
        found = sorted(anchors.values())
        example = Example(row["id"], row["text"], units, entities, cues, found)
        examples.extend([example] * (copies or {}).get(row.get("genre", ""), 1))
    return examples


class Sentence(NamedTuple):
    """A sentence of the treebank: columns of CoNLL-U."""

    id: str
    forms: list[str]
    spaces: list[bool]
    columns: dict[str, list[str]]
    heads: list[int]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; words joined to others (ranges, empty nodes) are skipped."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows, name = [], ""
        for line in block.split("\n"):
            if line.startswith("# sent_id"):
                name = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
        if not rows:
            continue
        heads = [int(cells[6]) - 1 for cells in rows]
        yield Sentence(
            name,
            [cells[1] for cells in rows],
            ["SpaceAfter=No" not in cells[9] for cells in rows],
            {
                "upos": [cells[3] for cells in rows],
                "tag": [cells[4] for cells in rows],
                "morph": [cells[5] for cells in rows],
                "relation": [cells[7] for cells in rows],
                "lemma": [cells[2] for cells in rows],
            },
            [i if head < 0 else head for i, head in enumerate(heads)],
        )


def lemma_class(form: str, lemma: str, particle: str) -> str:
    """Return the class that a lemma is learned as: casing and edit tree, as JSON.

    The particle of a separable verb (aan in kondigde … aan) is no part of the class: it is put in front
    of the lemma by the tree of the sentence.
    """
    lemma = bare_lemma(lemma, particle)
    lower = lemma == lemma.lower()
    return json.dumps(
        [lower, make_tree(form.lower() if lower else form, lemma)], ensure_ascii=False
    )


def bare_lemma(lemma: str, particle: str) -> str:
    """Return the lemma of a separable verb without its particle."""
    if particle and lemma.startswith(particle) and len(lemma) > len(particle) + 2:
        return lemma[len(particle) :]
    return lemma


def particles(sentence: Sentence) -> list[str]:
    """Return for each word the separable particle that hangs on it, "" where there is none."""
    found = [""] * len(sentence.forms)
    for i, relation in enumerate(sentence.columns["relation"]):
        if relation == "compound:prt":
            found[sentence.heads[i]] = sentence.forms[i].lower()
    return found


def classes(sentences: Iterable[Sentence], *, lemmas: int = 2) -> dict[str, list[str]]:
    """Return the classes of each head that depends on the treebank, the commonest first.

    Args:
        sentences: the training sentences.
        lemmas: least number of times that a lemma class must occur.
    """
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("upos", "tag", "morph", "relation", "lemma")
    }
    for sentence in sentences:
        for name in ("upos", "tag", "morph", "relation"):
            counts[name].update(sentence.columns[name])
        counts["lemma"].update(_lemma_classes(sentence))
    return {
        name: [label for label, n in found.most_common() if n >= (lemmas if name == "lemma" else 1)]
        for name, found in counts.items()
    }


def known_lemmas(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Return the commonest lemma of each form with its UPOS, as ``"VERB kondigde": "kondigen"``.

    Particles of separable verbs are left out, as in `lemma_class`.
    """
    counts: dict[str, Counter[str]] = {}
    for sentence in sentences:
        columns = sentence.columns
        cells = zip(
            sentence.forms, columns["lemma"], columns["upos"], particles(sentence), strict=True
        )
        for form, lemma, upos, particle in cells:
            counts.setdefault(f"{upos} {form}", Counter())[bare_lemma(lemma, particle)] += 1
    return {key: found.most_common(1)[0][0] for key, found in sorted(counts.items())}


def _lemma_classes(sentence: Sentence) -> list[str]:
    cells = zip(sentence.forms, sentence.columns["lemma"], particles(sentence), strict=True)
    return [lemma_class(*cell) for cell in cells]


def trees(
    sentences: Iterable[Sentence],
    labels: dict[str, list[str]],
    entities: dict[str, tuple[str, list[tuple[int, int, str]] | None]],
) -> list[Example]:
    """Turn sentences of the treebank into examples.

    Args:
        sentences: what `read_conllu` gives.
        labels: classes of each head.
        entities: text and entities by sentence id, where they were marked.
    """
    nlp = spacy.blank("nl")
    index = {name: {label: i for i, label in enumerate(found)} for name, found in labels.items()}
    examples = []
    for sentence in sentences:
        spaces = [*sentence.spaces[:-1], False]
        doc = Doc(nlp.vocab, words=sentence.forms, spaces=spaces)
        units = split_units(doc)
        first = np.full(len(doc), -1)
        for i, unit in reversed(list(enumerate(units))):
            first[unit.token] = i
        if (first < 0).any():
            continue
        columns = {**sentence.columns, "lemma": _lemma_classes(sentence)}
        words = {
            name: np.array([index[name].get(value, UNKNOWN) for value in columns[name]])
            for name in index
        }
        text, marked = entities.get(sentence.id, ("", None))
        marked = moved(text, doc.text, marked)
        starts = np.zeros(len(units), dtype=np.int64)
        starts[0] = 1
        examples.append(
            Example(
                sentence.id,
                doc.text,
                units,
                entity_tags(units, marked),
                np.full(len(units), UNKNOWN),
                sentences=starts,
                words=words,
                first=first,
                heads=np.array(sentence.heads),
            )
        )
    return examples


def moved(
    text: str, other: str, spans: list[tuple[int, int, str]] | None
) -> list[tuple[int, int, str]] | None:
    """Return spans of a text as spans of another that differs only in white space; None if it does not."""
    here = [i for i, c in enumerate(text) if not c.isspace()]
    there = [i for i, c in enumerate(other) if not c.isspace()]
    if spans is None or [text[i] for i in here] != [other[i] for i in there]:
        return None
    at = {i: n for n, i in enumerate(here)}
    return [(there[at[s]], there[at[e - 1]] + 1, label) for s, e, label in spans]


def sentences_with_entities(rows: Iterable[dict[str, Any]]) -> list[Example]:
    """Turn sentences of which only the entities are known into examples."""
    nlp = spacy.blank("nl")
    examples = []
    for row in rows:
        units = split_units(nlp.make_doc(row["text"]))
        if units:
            entities = entity_tags(units, row["entities"])
            unknown = np.full(len(units), UNKNOWN)
            examples.append(Example(row["id"], row["text"], units, entities, unknown))
    return examples


def opened(example: Example, *, line_break: bool) -> Example:
    """Return a sentence as it stands inside a text: white space or a line break before it."""
    first, *rest = example.units
    return replace(example, units=[first._replace(space=True, line_break=line_break), *rest])
