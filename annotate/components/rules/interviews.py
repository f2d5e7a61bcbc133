"""Interviews: the answers between the questions are the words of whom the lead names."""

import re
from typing import NamedTuple

from spacy.tokens import Doc, Span

from annotate.components.attributions import FoundAttribution
from annotate.components.quotation import quoted_stretches
from annotate.components.rules.nesting import overlap
from annotate.components.rules.pieces import named

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_ADDRESS = re.compile(r"\b(?:u|uw|jij|je|jou|jouw|jullie)\b", re.IGNORECASE)
_BYLINE = re.compile(r"^\s*(?:door|van onze|tekst|interview)\b", re.IGNORECASE)
ANSWERS = 3
"""Answers that make an interview."""
QUOTED = 0.9
"""Share of a paragraph in quotation marks from which on it is an answer."""


class _Paragraph(NamedTuple):
    start: int
    end: int
    kind: str
    """answer: all in quotation marks; question: somebody is asked something; text."""


def answers(doc: Doc, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Give the quotes without a cue in the answers of an interview to whom it is held with.

    An interview has answers, wholly in quotation marks, behind questions. It is held with the person whom
    the text above the first question names in full; the source is the last place before an answer that
    names this person, or the first one behind a quote above it all.
    """
    paragraphs = _paragraphs(doc.text)
    answered = _answered(paragraphs)
    if len(answered) < ANSWERS:
        return found
    names = _names_of_guest(doc, paragraphs[answered[0] - 1].start)
    if not names:
        return found
    stretches = [paragraphs[i] for i in answered]
    places = [(name.start_char, name.end_char) for name in names]
    result = []
    for one in found:
        start = one.content[0][0]
        inside = any(p.start <= start < p.end for p in stretches) or start < places[0][0]
        if inside and not one.cue and one.type != "indirect" and not overlap(one.source, places):
            source = next((place for place in reversed(places) if place[0] < start), places[0])
            one = named(one, "interview", source=[source])
        result.append(one)
    return result


def _paragraphs(text: str) -> list[_Paragraph]:
    stretches = quoted_stretches(text)
    result = []
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        quoted = sum(max(0, min(e, end) - max(s, start)) for s, e in stretches)
        if quoted >= QUOTED * (end - start):
            kind = "answer"
        elif quoted < (end - start) / 2 and _asks(match.group()):
            kind = "question"
        else:
            kind = "text"
        result.append(_Paragraph(start, end, kind))
    return result


def _asks(paragraph: str) -> bool:
    return paragraph.rstrip().endswith("?") or bool(_ADDRESS.search(paragraph))


def _answered(paragraphs: list[_Paragraph]) -> list[int]:
    """Return the places of the answers: behind a question, or behind an answer to one."""
    found: list[int] = []
    for i in range(1, len(paragraphs)):
        if paragraphs[i].kind != "answer":
            continue
        before = paragraphs[i - 1].kind
        text_first = before == "text" and bool(found)
        if before == "question" or (found and found[-1] == i - 1) or text_first:
            found.append(i)
    questions = sum(paragraphs[i - 1].kind == "question" for i in found)
    return found if questions >= ANSWERS else []


def _names_of_guest(doc: Doc, end: int) -> list[Span]:
    """Return where the text names the first person whom it names in full before an offset."""
    people = [e for e in doc.ents if e.label_ == "PERSON"]
    for person in people:
        if person.start_char >= end:
            break
        line = doc.text[doc.text.rfind("\n", 0, person.start_char) + 1 : person.start_char]
        if len(person.text.split()) > 1 and not _BYLINE.match(line):
            surname = person.text.split()[-1]
            return [
                e for e in doc.ents if e.text.split()[-1] == surname and e.start >= person.start
            ]
    return []
