"""The first article for a browser without script: what the template draws of it.

The classes are those that ``assets/article.js`` gives the same pieces.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any
from unicodedata import bidirectional

from annotate.annotation import Annotation, Span
from annotate.exporters.page.layout import Segment, layout
from annotate.exporters.page.palette import ENTITY_KINDS
from annotate.exporters.page.statements import Speaker, Statement, marks_of, statements_of

TAGS = {"heading": "h2", "paragraph": "p", "lines": "p"}
LEVELS = "abc"


def plain_article(annotation: Annotation, strings: Mapping[str, Any]) -> dict[str, Any]:
    """Headline, blocks and cards of an article, with texts that are safe to show."""
    speakers, statements = statements_of(annotation)
    blocks = layout(annotation, marks_of(annotation, statements))
    heading = blocks and blocks[0].kind == "heading"
    opening = annotation.text[blocks[0].start : blocks[0].end] if heading else ""
    apart = bool(annotation.title) and annotation.title != opening
    headline = annotation.title or opening or annotation.id
    return {
        "headline": visible(headline),
        "title": visible(headline) if apart or not opening else None,
        "language": annotation.language,
        "blocks": [
            {
                "kind": block.kind,
                "rtl": runs_left(annotation.text[block.start : block.end]),
                "tag": "h1" if place == 0 and heading and not apart else TAGS[block.kind],
                "pieces": [_piece(annotation, piece, statements) for piece in block.segments],
            }
            for place, block in enumerate(blocks)
        ],
        "cards": [
            _card(annotation, place, statement, speakers, strings)
            for place, statement in enumerate(statements)
        ],
    }


def visible(text: str) -> str:
    """A text for the eye and for HTML: controls as signs, lone surrogates as U+FFFD."""
    text = re.sub("[\x00-\x08\x0b-\x1f]", lambda found: chr(0x2400 + ord(found.group())), text)
    return re.sub("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def runs_left(text: str) -> bool:
    """Whether the first letter with a direction is of a script that runs from right to left.

    That is how ``dir="auto"`` decides, which browsers work out anew for each piece of a long text.
    """
    directions = (bidirectional(character) for character in text)
    return next((kind for kind in directions if kind in ("L", "R", "AL")), "L") != "L"


def joined(text: str, spans: Iterable[Span]) -> str:
    """Pieces of a text in one line, with an ellipsis between them."""
    return visible(" … ".join(" ".join(text[start:end].split()) for start, end in spans))


def _piece(
    annotation: Annotation, piece: Segment, statements: tuple[Statement, ...]
) -> dict[str, Any]:
    return {
        "text": visible(annotation.text[piece.start : piece.end]),
        "classes": " ".join(chain(_statement_classes(piece, statements), _mark(annotation, piece))),
        "ends": [{"number": ref + 1, "tone": statements[ref].tone} for ref in piece.ends],
    }


def _statement_classes(piece: Segment, statements: tuple[Statement, ...]) -> Iterable[str]:
    if piece.contents:
        yield "said"
        yield f"deep{len(piece.contents)}"
    for level, ref in zip(LEVELS, piece.contents, strict=False):
        yield f"{level}{statements[ref].tone}"
    for name, refs in (("cue", piece.cues), ("source", piece.sources)):
        if refs:
            yield name
            yield f"ink{statements[refs[0]].tone}"
            break


def _mark(annotation: Annotation, piece: Segment) -> Iterable[str]:
    """The innermost mention; without script one line has to do."""
    if piece.mentions:
        mention = annotation.mentions[piece.mentions[-1]]
        yield from ("m", "line0", f"is-{mention.kind}", f"k-{ENTITY_KINDS[mention.label]}")


def _card(
    annotation: Annotation,
    place: int,
    statement: Statement,
    speakers: tuple[Speaker, ...],
    strings: Mapping[str, Any],
) -> dict[str, Any]:
    nobody = strings["author" if statement.kind == "hedged" else "noSource"]
    return {
        "number": place + 1,
        "tone": statement.tone,
        "who": visible(speakers[statement.speaker].name) if statement.speaker >= 0 else nobody,
        "act": strings["acts"][statement.act] if statement.act else None,
        "denied": statement.polarity == "-" and statement.act != "deny",
        "what": joined(annotation.text, statement.content),
    }
