"""The terminal view: the article with marked names and statements, and tables under it."""

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.terminal.palette import Palette, palette
from annotate.exporters.terminal.prose import Prose
from annotate.exporters.terminal.statements import numbered, one_line, statements
from annotate.exporters.terminal.tables import WIDE, Tables

READABLE = 90
"""Columns of text that are easy to read; more are left free."""
MARGIN = 124
"""Columns from which the statements also stand beside the text."""
NARROWEST = 30


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the view of each article as text, with ANSI sequences if colours or styles are on."""
    for annotation in annotations:
        stream = io.StringIO()
        console = Console(
            file=stream,
            width=max(options.width, NARROWEST),
            color_system=options.color or ("standard" if options.styled else None),
            no_color=options.color is None,
            force_terminal=options.styled or options.color is not None,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={},
        )
        console.print(view(annotation, options))
        lines = stream.getvalue().split("\n")
        yield "\n".join(line.rstrip() for line in lines)


def view(annotation: Annotation, options: ExportOptions) -> RenderableType:
    """The view of one article as something that rich can print."""
    colors = palette(options.background, options.color)
    numbers = numbered(annotation, options.speaker)
    width = max(options.width, NARROWEST)
    tables = Tables(annotation, numbers, colors, width, options.explain)
    parts: list[RenderableType] = [_head(annotation, tables)]
    if not options.only:
        parts += _article(annotation, numbers, colors, width)
    shown = options.only or ("entities", "mentions", "attributions", "claims")
    made = {name: list(getattr(tables, name)()) for name in shown}
    if width >= WIDE and made.get("entities") and made.get("mentions"):
        # Fixed widths spare rich from measuring every cell of both tables several times.
        right = min(tables.mentions_width(), width // 2)
        grid = Table.grid()
        grid.add_column(width=width - right)
        grid.add_column(width=right)
        grid.add_row(Group(*made["entities"]), Group(*made.pop("mentions")))
        made["entities"] = [grid]
    return Group(*parts, *(part for name in made for part in made[name]), "")


def _head(annotation: Annotation, tables: Tables) -> RenderableType:
    title = Text(one_line(annotation.id), "bold")
    title.append(f"  {annotation.date}" if annotation.date else "", tables.dim)
    parts: list[RenderableType] = [Rule(title, align="left", style=tables.dim or "none")]
    if annotation.title and annotation.title not in annotation.text:
        parts.append(Padding(Text(one_line(annotation.title), "bold"), (0, 1)))
    for warning in annotation.warnings:
        parts.append(Padding(Text(f"! {one_line(warning)}", tables.alarm), (0, 1)))
    return Group(*parts)


def _article(
    annotation: Annotation, numbers: dict[str, int], colors: Palette | None, width: int
) -> Iterator[RenderableType]:
    prose = Prose.of(annotation, numbers, colors)
    legend = (
        "underlined who¹ · bold reporting word¹ · [1] shaded what"
        if colors
        else "{who 1: …} {cue 1: …} {1: what}1 · [name LABEL]"
    )
    if prose.marks:
        yield Padding(Text(legend, colors.dim if colors else ""), (0, 1))
    if not prose.blocks:
        yield Padding(Text("The article has no text.", colors.dim if colors else ""), (1, 1, 0, 1))
    if width < MARGIN or not numbers:
        for _, text in prose:
            yield Padding(text, (1, 1 + max(0, width - READABLE), 0, 1))
        return
    notes = {item.number: item for item in statements(annotation, numbers)}
    starts = {
        numbers[item.id]: item.content.spans[0][0]
        for item in annotation.attributions
        if item.id in numbers and item.content.spans
    }
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(width=READABLE - 2)
    grid.add_column(overflow="fold")
    tables = Tables(annotation, numbers, colors, width)
    for block, text in prose:
        beside: list[Text] = []
        for number in sorted(starts):
            if block.start <= starts[number] < block.end:
                item = notes[number]
                note = Text().append(f"[{number}] ", tables.accent(number))
                note.append_text(tables.cued(item))
                beside.append(note.append(" denied" if item.denied else "", tables.alarm))
        grid.add_row("", "")
        grid.add_row(text, Group(*beside))
    yield Padding(grid, (0, 1))


exporter = Format(export, suffixes=(".txt",))
