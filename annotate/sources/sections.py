"""Headings and paragraphs of an article, told apart by its lay-out.

Lines are joined into sections (a blank line always ends one), then every section is a heading or a
paragraph. The measure for headings was Dutch news of agencies, broadcasters and papers, where a
crosshead is one to nine words without a full stop between paragraphs of prose.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotate.annotation import Section
from annotate.sources.header import MAX_DATE, read_date_line

MAX_TITLE = 200
"""Characters of the longest headline."""
MAX_CROSSHEAD, MAX_CROSSHEAD_WORDS = 70, 9
MAX_QUOTED_WORDS = 6
MAX_WRAP = 120
"""Characters of the longest line in a text that was wrapped by hand or by a mail program."""
RAGGED = 8
"""Characters that a wrapped line may be shorter than needed."""
MIN_BROKEN = 40
"""Characters of the shortest line that is taken for the first half of a broken sentence."""

_PIECE = re.compile(r"[\n\u2028\u2029]+|[^\n\u2028\u2029]+")
_CLOSERS = "\"'`´”’»)]* \n\u2028\N{NO-BREAK SPACE}"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?:\s|$)")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){2,}$|\b(?:jr|sr|nr|ca|mr|ds|st)\.$")
_BULLET = re.compile(r"(?:[-–—•*·▪●◦‣>]\s|\d{1,3}[.)]\s|[a-z][.)]\s)")
_QUOTED = re.compile(r"(?:,,|[\"'‘“„«”’`])")
_LOWER_START = re.compile(r"(?:['’][stnk]\s+)?\W*[^\W\d_]")
_SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b")
_LABEL = re.compile(
    r"(?:foto|beeld|bron|tekst|video|illustratie|redactie|lees|bekijk|luister|kijk|zie)\b[^:]{0,30}:",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\(?(?:[Dd]oor|DOOR) (?:[A-ZÀ-Þ]|onze?\b|een\b)"
    r"|\(?[Vv]an (?:onze?|ons|een onzer|een (?:mede|verslag|redac|corr)\w+)\b"
    r"|\([^)]*\)$|©"
)
_AGENCY = r"\((?:ANP|Belga|AFP|AP|DPA|EFE|Reuters?|Novum)\b[^)]*\)"
_DATELINE = re.compile(
    rf"(?:['’][st]-?\s?)?[A-ZÀ-Þ][\w' /,.’-]{{0,60}}?(?:{_AGENCY}\s*[-–—]?|\s[-–—])$"
)
_NOT_HEADING = re.compile(r"\t|https?://|www\.|\w@\w")


class _Line(NamedTuple):
    """A line without the white space around it.

    Attributes:
        gap: a blank line stands before it.
    """

    start: int
    end: int
    text: str
    gap: bool


class _Block(NamedTuple):
    """Lines of one section, as positions and text."""

    start: int
    end: int
    text: str


class _Wrap(NamedTuple):
    """How a text is wrapped.

    Attributes:
        width: characters of a full line.
        slack: characters that a line may be shorter than it could be. 0 where only a short
            line marks the end of a paragraph, for want of blank lines.
    """

    width: int
    slack: int

    def is_full(self, line: str, after: str) -> bool:
        """Tell whether the first word of the next line did not fit on this one."""
        word = after[: self.width + 1].split(maxsplit=1)[0]
        return len(line) + 1 + len(word) > self.width - self.slack


def find_sections(text: str) -> tuple[Section, ...]:
    r"""Return the headings and paragraphs of ``text``, which has ``\n`` line ends.

    They are in order, trimmed, disjoint, and together hold every character that is not white
    space. A blank line separates; so does a line end, unless the text is hard-wrapped there.
    """
    blocks = list(_blocks(text))
    headings = _find_headings(blocks)
    return tuple(
        Section(block.start, block.end, "heading" if i in headings else "paragraph")
        for i, block in enumerate(blocks)
    )


def find_title(text: str, sections: Sequence[Section]) -> str | None:
    """Return the headline: the heading that is the first section or stands under a byline.

    A section name above it ("BINNENLAND") is passed over.
    """
    first = [
        " ".join(text[section.start : section.end].split()).strip("#* ")
        for section in sections[:2]
        if section.kind == "heading"
    ]
    if len(first) == 2 and first[0].isupper() and len(first[0].split()) <= 2:
        return first[1]
    return first[0] if first else None


def find_date_line(text: str, sections: Sequence[Section]) -> str | None:
    """Return the day that one of the first three sections consists of.

    None if there are more such lines: they are entries of a diary or a chronology.
    """
    found: list[str] = []
    for i, section in enumerate(sections):
        if section.end - section.start <= MAX_DATE:
            date = read_date_line(text[section.start : section.end])
            found += [date] if date else []
        if len(found) > 1 or (i == 2 and not found):
            return None
    return found[0] if found else None


def _lines(text: str) -> Iterator[_Line]:
    """Yield the next line that is not blank."""
    breaks = 2
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece[0] in "\n\u2028\u2029":
            breaks += len(piece) + piece.count("\u2029")
            continue
        stripped = piece.strip()
        if stripped:
            start = match.start() + len(piece) - len(piece.lstrip())
            yield _Line(start, start + len(stripped), stripped, breaks >= 2)
            breaks = 0


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the next section, its lines joined."""
    lines = list(_lines(text))
    wrap = _find_wrap(lines)
    first = 0
    for i, line in enumerate(lines):
        last = i + 1 == len(lines)
        if last or lines[i + 1].gap or not _goes_on(line.text, lines[i + 1].text, wrap):
            start, end = lines[first].start, line.end
            yield _Block(start, end, line.text if first == i else text[start:end])
            first = i + 1


def _find_wrap(lines: Sequence[_Line]) -> _Wrap | None:
    """Return how the text is wrapped, None where a line is a whole paragraph.

    It is wrapped if half of the lines that have no room for the next word stop in mid-sentence,
    and one of them goes on in lower case: a heading and its paragraph do not.
    """
    breaks = [(line.text, after.text) for line, after in pairwise(lines) if not after.gap]
    if not breaks:
        return None
    lengths = sorted(len(line) for line, _ in breaks)
    width = lengths[int(0.9 * len(lengths))]
    if width > MAX_WRAP:
        return None
    wrap = _Wrap(width, RAGGED if any(line.gap for line in lines[1:]) else 0)
    full = [(line, after) for line, after in breaks if wrap.is_full(line, after)]
    cut = [
        _starts_lower(after)
        for line, after in full
        if not _ends_sentence(line) and (_starts_lower(after) or len(line) >= MIN_BROKEN)
    ]
    return wrap if any(cut) and len(cut) >= len(full) / 2 else None


def _goes_on(line: str, after: str, wrap: _Wrap | None) -> bool:
    """Tell whether the next line belongs to the same paragraph."""
    full = wrap is not None and wrap.is_full(line, after)
    if _BULLET.match(after) and (not full or _ends_sentence(line)):
        return False
    if full or _DATELINE.match(line):
        return True
    broken = not _ends_sentence(line) and _starts_lower(after)
    return broken and (wrap is not None or len(line) >= MIN_BROKEN)


def _ends_sentence(text: str) -> bool:
    """Tell whether a sentence, or a clause before a list, ends here."""
    return text[-MAX_TITLE:].rstrip(_CLOSERS)[-1:] in tuple(".!?…:;")


def _starts_lower(text: str) -> bool:
    """Tell whether the text begins in lower case ("'s Ochtends" does not)."""
    match = _LOWER_START.match(text[:MAX_TITLE])
    return match is not None and match.group()[-1].islower()


def _find_headings(blocks: Sequence[_Block]) -> set[int]:
    """Return the numbers of the blocks that are headings."""
    headings: set[int] = set()
    title = next((i for i, block in enumerate(blocks[:2]) if not _is_furniture(block.text)), 0)
    if not any(_SENTENCE_END.search(block.text) for block in blocks[title + 1 :]):
        return headings
    if _is_title(blocks[title].text):
        headings.add(title)
    prose = _is_prose(blocks)
    candidates = [
        i for i in range(title + 1, len(blocks) - 1) if _is_crosshead(blocks[i].text, prose=prose)
    ]
    # Opening hours, results, prices: in a row of short lines those with a colon are entries.
    entries = {i for run in _runs(candidates) if len(run) > 1 for i in run if ":" in blocks[i].text}
    for run in _runs([i for i in candidates if i not in entries]):
        if len(run) <= 2:  # the name under a letter, then the heading of the next
            headings.add(run[-1])
    return headings


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the next run of consecutive numbers."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _is_prose(blocks: Sequence[_Block]) -> bool:
    """Tell whether a usual paragraph has two sentences or more.

    Where it has one, a short question between two paragraphs is a sentence like the others.
    """
    counts = [sum(1 for _ in _SENTENCE_END.finditer(block.text)) for block in blocks]
    return statistics.median([count for count in counts if count] or [0]) >= 2


def _is_furniture(text: str) -> bool:
    """Tell whether the text is a byline, a dateline or a date, and neither heading nor prose."""
    if len(text) > MAX_TITLE:
        return False
    return bool(_BYLINE.match(text) or _DATELINE.match(text) or read_date_line(text))


def _is_title(text: str) -> bool:
    """Tell whether the first section is a headline."""
    if len(text) > MAX_TITLE or _BULLET.match(text) or _NOT_HEADING.search(text):
        return False
    core = text.rstrip(_CLOSERS)
    if _is_furniture(text) or not any(char.isalpha() for char in core):
        return False
    return core[-1] not in ".,;:-–—" or core.endswith("...") or bool(_ABBREVIATION.search(core))


def _is_crosshead(text: str, *, prose: bool) -> bool:
    """Tell whether a section that something follows looks like a crosshead."""
    words = len(text.split()) if len(text) <= MAX_CROSSHEAD else 0
    if not 0 < words <= MAX_CROSSHEAD_WORDS or _starts_lower(text) or _is_furniture(text):
        return False
    if _LABEL.match(text) or "|" in text or _NOT_HEADING.search(text):
        return False
    core = text.rstrip(_CLOSERS)
    if _BULLET.match(text) and not (text[0].isdigit() and core.endswith("?")):  # "2. Wat nu?"
        return False
    quoted = _QUOTED.match(text) is not None
    if quoted and (not prose or words > MAX_QUOTED_WORDS or core.endswith("?")):
        return False
    if not any(char.isalpha() for char in core) or _SCORE.search(core):
        return False
    return core[-1] not in ".!…,;:-–—" and (prose or core[-1] != "?")
