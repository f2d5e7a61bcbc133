"""CoNLL-U with the annotations in the last column; other columns are ``_``, as there is no model.

https://universaldependencies.org/format.html. The tokens are those of spaCy's Dutch; a token in
which an annotation begins or ends is a multiword token. MISC holds

- ``start_char`` and ``end_char``, as Stanza writes them, and ``SpaceAfter`` or ``SpacesAfter``
- ``ner``: the outermost names and values as B-, I- and O
- ``Mention``, ``Source``, ``Cue``, ``Content``, ``Claim``: ids with B- and I-, a comma between them
  where they overlap; each span of a discontinuous content begins with B-

and comments before the first sentence hold the facts of each thing as JSON.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from annotate.annotation import Annotation, Span
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import encodable
from annotate.exporters.tokens import Line, Words, outermost
from annotate.serialize import to_dict, to_json

COLUMNS = "\t_" * 7
"""LEMMA to DEPS."""
ESCAPES = {" ": "\\s", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
"""As UDPipe writes white space that is not one space."""


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the articles one after the other, each with ``# newdoc``."""
    for annotation in annotations:
        yield encodable("".join(_article(annotation)))


def _article(annotation: Annotation) -> Iterator[str]:
    words = Words.of(annotation)
    marks = _marks(annotation, words)
    yield from (f"# {comment}\n" for comment in _facts(annotation))
    place, block = 0, None
    for number, line in enumerate(words.lines, 1):
        if line.block != block:
            block = line.block
            yield f"# newpar\n# section = {block.kind}\n"
        yield f"# sent_id = {number}\n"
        yield f"# text = {_one_line(annotation.text[line.start : line.end])}\n"
        yield from _rows(annotation.text, line, words, marks, place)
        yield "\n"
        place += len(line.words)
    if not words.lines:
        yield "\n"


def _facts(annotation: Annotation) -> Iterator[str]:
    """Comments with the facts of the article and of each thing in it."""
    facts = to_dict(annotation)
    yield f"newdoc id = {_one_line(annotation.id)}"
    for key in ("schema", "title", "date", "metadata", "language", "model", "warnings"):
        yield f"{key} = {to_json(facts[key])}"
    for key in ("mentions", "entities", "attributions", "claims"):
        for item in facts[key]:
            yield f"{key} {item['id']} = {to_json(item)}"


def _rows(text: str, line: Line, words: Words, marks: list[list[str]], place: int) -> Iterator[str]:
    """Lines of the tokens of a sentence; ``place`` is that of its first word among all."""
    number = 1
    for whole, group in groupby(line.words, key=lambda word: word.whole):
        pieces = list(group)
        last = number + len(pieces) - 1
        space = _space(text, words, place + last - 1)
        if len(pieces) > 1:
            yield _row(f"{number}-{last}", text, whole, space)
        for word in pieces:
            extra = marks[place + number - 1]
            extra = [*extra, *space] if len(pieces) == 1 else extra
            yield _row(str(number), text, (word.start, word.end), extra)
            number += 1


def _row(number: str, text: str, span: Span, misc: list[str]) -> str:
    place = [f"start_char={span[0]}", f"end_char={span[1]}"]
    return f"{number}\t{text[slice(*span)]}{COLUMNS}\t{'|'.join(place + misc)}\n"


def _space(text: str, words: Words, place: int) -> list[str]:
    """What follows a word, if it is not one space."""
    end = words.all[place].end
    following = words.starts[place + 1] if place + 1 < len(words.starts) else len(text)
    gap = text[end:following]
    if gap == " ":
        return []
    if not gap:
        return ["SpaceAfter=No"]
    escaped = "".join(ESCAPES.get(character, f"\\u{ord(character):04x}") for character in gap)
    return [f"SpacesAfter={escaped}"]


def _marks(annotation: Annotation, words: Words) -> list[list[str]]:
    """Values of MISC for each word: ``ner`` and the ids of everything that it is part of."""
    found: list[dict[str, list[str]]] = [{} for _ in words.all]

    def mark(key: str, span: Span, name: str) -> None:
        for order, place in enumerate(words.inside(span)):
            found[place].setdefault(key, []).append(f"{'I' if order else 'B'}-{name}")

    for span, label in outermost(annotation):
        mark("ner", span, label)
    for mention in annotation.mentions:
        mark("Mention", (mention.start, mention.end), mention.id)
    for item in annotation.attributions:
        for key, part in (("Source", item.source), ("Cue", item.cue), ("Content", item.content)):
            for span in part.spans:
                mark(key, span, item.id)
    for claim in annotation.claims:
        for span in claim.spans:
            mark("Claim", span, claim.id)
    for keys in found:
        keys.setdefault("ner", ["O"])
    return [[f"{key}={','.join(names)}" for key, names in keys.items()] for keys in found]


def _one_line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)


exporter = Format(export, suffixes=(".conllu",))
