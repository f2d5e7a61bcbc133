"""The tables under the article: entities, dates and numbers, statements, open claims."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from annotate.annotation import Annotation, Mention
from annotate.exporters.terminal.palette import Palette, group
from annotate.exporters.terminal.statements import (
    Statement,
    made_by,
    makers_of_entities,
    one_line,
    plain,
    statements,
)

WIDE = 100
"""Columns from which statements are a table; below, a list of two lines each."""
MIN_WHO = 12
"""Columns that a speaker's name has at least in the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in a narrow list: number and speaker at the left, how at the right, what below.

    Attributes:
        left: columns before the number.
    """

    number: Text
    who: Text
    how: Text
    what: Text
    left: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        indent = self.left + len(self.number) + 1
        width = options.max_width - indent - 1
        beside = max(width - self.how.cell_len - 1, MIN_WHO)
        for place, line in enumerate(self.who.wrap(console, beside)):
            line.rstrip()
            if place:
                yield Text(" " * indent).append_text(line)
                continue
            head = Text(" " * self.left).append_text(self.number).append(" ").append_text(line)
            gap = options.max_width - 1 - head.cell_len - self.how.cell_len
            yield head.append(" " * gap).append_text(self.how) if gap > 0 else head
            if gap <= 0:
                yield Text(" " * indent).append_text(self.how)
        for line in self.what.wrap(console, width):
            line.rstrip()
            yield Text(" " * indent).append_text(line)


@dataclass(frozen=True, slots=True)
class Tables:
    """Makes the tables of an article.

    Attributes:
        annotation: the article.
        numbers: of the statements to show, by id of the attribution.
        palette: colours; None for none.
        width: columns of the terminal.
        explain: whether a column tells what made each row.
    """

    annotation: Annotation
    numbers: dict[str, int]
    palette: Palette | None
    width: int
    explain: bool = False

    def entities(self) -> Iterator[RenderableType]:
        """Name, label, how often and other forms; the most mentioned first."""
        found = sorted(self.annotation.entities, key=lambda item: -len(item.mentions))
        if not found:
            return
        yield self.title("Entities", f"{len(found)}")
        table = self.table("name", "label", "×", "also", *self.made_column)
        makers = makers_of_entities(self.annotation) if self.explain else {}
        for item in found:
            links = [f"{key} {value}" for key, value in item.links.items()]
            also = " · ".join(one_line(form) for form in (*item.aliases, *links))
            table.add_row(
                Text(one_line(item.name), self.entity_style(item.label)),
                Text(item.label or "–", self.dim),
                str(len(item.mentions)),
                Text(also, self.dim),
                *([Text(makers[item.id], self.dim)] if self.explain else []),
            )
        yield self.inset(table)

    def values(self) -> dict[tuple[str, str, str], Mention]:
        """Text, label and value of dates, times and numbers, each once, with the first of its mentions."""
        found: dict[tuple[str, str, str], Mention] = {}
        for item in self.annotation.mentions:
            if item.kind == "value":
                found.setdefault((one_line(item.text), item.label or "", _value(item)), item)
        return found

    def mentions_width(self) -> int:
        """Columns that the table of dates and numbers takes without wrapping."""
        columns = zip(("text", "label", "value"), *self.values(), strict=True)
        return sum(max(map(cell_len, cells)) + 2 for cells in columns) + 2

    def mentions(self) -> Iterator[RenderableType]:
        """Dates, times and numbers with their values."""
        found = self.values()
        if not found:
            return
        yield self.title("Dates and numbers", f"{len(found)}")
        table = self.table("text", "label", "value", *self.made_column)
        for (text, label, value), item in found.items():
            made = [Text(made_by(item.rule, item.confidence), self.dim)] if self.explain else []
            words = Text(text, self.entity_style(label))
            table.add_row(words, Text(label, self.dim), Text(value), *made)
        yield self.inset(table)

    def attributions(self) -> Iterator[RenderableType]:
        """Who says what."""
        found = statements(self.annotation, self.numbers)
        if not found:
            return
        counts = [f"{len(found)}"]
        denials = sum(item.denied for item in found)
        bare = sum(not item.who for item in found)
        counts += [f"{denials} denied"] if denials else []
        counts += [f"{bare} without source"] if bare else []
        yield self.title("Who says what", ", ".join(counts))
        yield self.inset(self.wide(found)) if self.width >= WIDE else self.narrow(found)

    def claims(self) -> Iterator[RenderableType]:
        """Claims that nobody answers for: hedged by the author, or reported without a source."""
        found = [
            item
            for item in self.annotation.claims
            if item.kind != "attributed"
            and (item.attribution is None or item.attribution in self.numbers)
        ]
        if not found:
            return
        yield self.title("Hedged or without a source", f"{len(found)}")
        table = Table.grid(padding=(0, 2, 0, 0))
        for item in found:
            number = self.numbers.get(item.attribution or "")
            text = Text(plain(self.annotation.text, item.spans, " … "))
            if number:
                text.append(f" [{number}]", self.accent(number))
            if self.explain:
                text.append(f"  {item.rule}", self.dim)
            table.add_row(Text(item.certainty, "italic"), Text(item.kind, self.dim), text)
        yield self.inset(table)

    def wide(self, found: list[Statement]) -> RenderableType:
        """Statements as a table with five columns."""
        table = self.table("", "who", "cue", "what", "how", *self.made_column)
        table.columns[1].max_width = self.width // 4
        table.columns[2].max_width = self.width // 7
        table.columns[4].no_wrap = True
        for item in found:
            indent = "  " * (item.depth - 1) + "└ " if item.depth else ""
            table.add_row(
                Text(f"[{item.number}]", self.accent(item.number)),
                Text().append(indent, self.dim).append_text(self.who(item)),
                Text(item.cue or "–", "italic" if item.cue else self.dim),
                Text(item.what),
                self.how(item),
                *([Text(item.made, self.dim)] if self.explain else []),
            )
        return table

    def narrow(self, found: list[Statement]) -> RenderableType:
        """Statements as a list: a line with who and how, the content under it."""
        return Group(
            *(
                Entry(
                    Text(f"[{item.number}]", self.accent(item.number)),
                    self.cued(item),
                    self.how(item),
                    self.what(item),
                    1 + 2 * min(item.depth, 6),
                )
                for item in found
            )
        )

    def cued(self, item: Statement) -> Text:
        """The speaker and the reporting word."""
        text = self.who(item).append(" → " if item.cue else "", self.dim)
        return text.append(item.cue, "italic")

    def who(self, item: Statement) -> Text:
        """The speaker, with the words of the text where they differ."""
        if not item.who:
            return Text().append("no source", Style.parse(self.alarm) + Style(italic=True))
        name = Text().append(item.who, "bold")
        return name.append(f" ({item.alias})", self.dim) if item.alias else name

    def how(self, item: Statement) -> Text:
        """Type, act, certainty and denial in words."""
        text = Text().append(" · ".join(item.how), self.dim)
        if item.denied:
            text.append(" · ", self.dim).append("denied", f"bold {self.alarm}")
        return text

    def what(self, item: Statement) -> Text:
        """The content, and under it what made the statement where that is asked for."""
        text = Text(item.what)
        return text.append(f"\n{item.made}", self.dim) if self.explain else text

    def title(self, words: str, count: str) -> RenderableType:
        """A heading over a table."""
        text = Text().append(words, "bold").append(f"  {count}", self.dim)
        return Padding(text, (1, 1, 0, 1))

    def table(self, *columns: str) -> Table:
        """An empty table in the common style."""
        table = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            header_style=self.dim,
            border_style=self.dim,
        )
        for name in columns:
            table.add_column(name, justify="right" if name == "×" else "left", overflow="fold")
        return table

    def inset(self, part: RenderableType) -> RenderableType:
        """The part with the margin that everything has."""
        return Padding(part, (0, 1))

    @property
    def made_column(self) -> tuple[str, ...]:
        """Title of the column that tells what made a row, if it is there."""
        return ("made by",) if self.explain else ()

    @property
    def dim(self) -> str:
        """Style of what is less important."""
        return self.palette.dim if self.palette else ""

    @property
    def alarm(self) -> str:
        """Style of denials and missing sources."""
        return self.palette.alarm if self.palette else ""

    def accent(self, number: int) -> str:
        """Style of a statement's number."""
        if self.palette is None:
            return "bold"
        return f"bold {self.palette.accents[(number - 1) % len(self.palette.accents)]}"

    def entity_style(self, label: str | None) -> str:
        """Style of a name."""
        return self.palette.entities[group(label)] if self.palette else "bold"


def _value(mention: Mention) -> str:
    if mention.value is None:
        return "–"
    value = mention.value.value
    text = "–".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return " ".join(part for part in (text, mention.value.unit, mention.value.mod) if part)
