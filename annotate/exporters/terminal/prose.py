"""The article as rich texts: names with small labels, statements shaded and numbered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.style import Style
from rich.text import Text

from annotate.annotation import Annotation, Section
from annotate.exporters.blocks import blocks
from annotate.exporters.terminal.marks import Mark, Piece, marks, pieces
from annotate.exporters.terminal.palette import Palette, group

UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls of terminals and of the direction of writing, which could change the rest of the screen,
and what no encoding can hold."""

SMALL = str.maketrans(
    "abcdefghijklmnoprstuvwxyz_0123456789,", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁻⁰¹²³⁴⁵⁶⁷⁸⁹˒"
)
"""Small raised letters; there is no q that fonts have, so that QUANTITY is called amount."""


def showable(text: str) -> str:
    """Text that is safe on a terminal, as long as before."""
    return UNSHOWABLE.sub("\ufffd", text).replace("\t", " ")


OPENING = {"what": "{%s: ", "who": "{who %s: ", "cue": "{cue %s: "}
"""What stands before parts of statements where there are no colours."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text whose lines end with their last word: no shade or underline hangs over."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        for line in self.text.wrap(console, options.max_width):
            line.rstrip()
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as the text."""
        return Measurement.get(console, options, self.text)


@dataclass(frozen=True, slots=True)
class Prose:
    """An article with its marks, as an iterable of headings and paragraphs.

    Attributes:
        text: of the article.
        blocks: headings and paragraphs.
        marks: names and the parts of the statements that are shown.
        palette: colours; None sets brackets with words where colours would be.
    """

    text: str
    blocks: list[Section]
    marks: list[Mark]
    palette: Palette | None

    @classmethod
    def of(
        cls, annotation: Annotation, numbers: dict[str, int], palette: Palette | None
    ) -> "Prose":
        """The prose of an article with the statements that have a number."""
        return cls(annotation.text, list(blocks(annotation)), marks(annotation, numbers), palette)

    def __iter__(self) -> Iterator[tuple[Section, Wrapped]]:
        """Yield each heading or paragraph with its rich text."""
        for block in self.blocks:
            yield block, Wrapped(self.block(block))

    def block(self, block: Section) -> Text:
        """One heading or paragraph."""
        result = Text(style="bold" if block.kind == "heading" else "")
        for piece in pieces(block, self.marks):
            for mark in piece.opened:
                result.append_text(self.opening(mark))
            result.append(showable(self.text[piece.start : piece.end]), self.style(piece))
            for mark in piece.closed:
                result.append_text(self.closing(mark, piece))
        return result

    def opening(self, mark: Mark) -> Text:
        """What stands before a marked piece."""
        if self.palette is None:
            words = {"what": "{%s: ", "who": "{who %s: ", "cue": "{cue %s: ", "name": "["}[
                mark.role
            ]
            return Text(words % _listed(mark) if "%" in words else words)
        if mark.role != "what":
            return Text()
        place = (mark.numbers[-1] - 1) % len(self.palette.shades)
        style = Style(color=self.palette.inks[place], bgcolor=self.palette.shades[place], bold=True)
        return Text(f"[{_listed(mark)}]", style)

    def closing(self, mark: Mark, piece: Piece) -> Text:
        """What stands after a marked piece."""
        if self.palette is None:
            label = f" {mark.label}" if mark.label else ""
            return Text({"what": f"}}{_listed(mark)}", "name": f"{label}]"}.get(mark.role, "}"))
        if mark.role == "what":
            return Text()
        style = self.style(piece, mark)
        if mark.role == "name":
            note = "amount" if mark.label == "QUANTITY" else (mark.label or "").lower()
        else:
            note = _listed(mark)
        return Text(note.translate(SMALL), Style(color=style.color, bgcolor=style.bgcolor))

    def style(self, piece: Piece, note: Mark | None = None) -> Style:
        """Colours of a stretch of text, or of a note in it, from its marks; inner ones win."""
        if self.palette is None:
            return Style()
        style, inner = Style(), sorted(piece.active, key=lambda mark: mark.start - mark.end)
        contents = [mark for mark in inner if mark.role == "what"]
        if contents:
            shade = self.palette.shades[(contents[-1].numbers[-1] - 1) % len(self.palette.shades)]
            style += Style(color=self.palette.ink, bgcolor=shade)
        for mark in [note] if note else inner:
            if mark.role == "name":
                colors = self.palette.shaded if contents else self.palette.entities
                style += Style(color=colors[group(mark.label)])
            if mark.role == "who":
                style += Style(underline=True)
            if mark.role == "cue" or (mark.role == "who" and note):
                accents = self.palette.inks if contents else self.palette.accents
                color = accents[(mark.numbers[-1] - 1) % len(accents)]
                style += Style(color=color, bold=True, italic=True)
        return style


def _listed(mark: Mark) -> str:
    return ",".join(str(number) for number in mark.numbers)
