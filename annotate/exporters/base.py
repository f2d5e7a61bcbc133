"""What every output format is: one protocol, its options, and a helper to declare a format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from annotate.annotation import Annotation

Chunk = str | bytes
Table = Literal["attributions", "claims", "entities", "mentions"]
Background = Literal["dark", "light", "unknown"]
ColorSystem = Literal["standard", "256", "truecolor"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may ask of a format; a format ignores what does not concern it.

    Attributes:
        suffix: which of the exporter's files to make; None is the first of its suffixes.
        table: the rows of csv and tsv.
        spreadsheet: csv and tsv as Excel and its like read them safely: a byte order mark, and an
            apostrophe before texts that would be formulas.
        only: the parts to show on a terminal; empty is all.
        speaker: show the statements of this speaker only, on a terminal.
        explain: tell what made each entity, statement and claim, on a terminal.
        width: columns of the terminal.
        color: colours of the terminal; None writes no colours but labels in brackets.
        background: of the terminal, for colours that can be read on it.
        styled: whether the terminal knows bold and underline, with colours or without.
        extra: options of third parties' formats.
    """

    suffix: str | None = None
    table: Table = "attributions"
    spreadsheet: bool = False
    only: tuple[Table, ...] = ()
    speaker: str | None = None
    explain: bool = False
    width: int = 80
    color: ColorSystem | None = None
    background: Background = "unknown"
    styled: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


class Exporter(Protocol):
    """One output format. Exporters are pure: annotations in, pieces of the output out.

    Texts are written as UTF-8 exactly as they come, without changing line ends; every text can be
    encoded. A format that yields bytes does so from the first piece to the last.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Ends of the names of its files, the main one first: ``(".ann", ".txt")``."""

    @property
    def per_article(self) -> bool:
        """Whether a file holds one article, so that several articles need a folder.

        Then ``export`` is called with one annotation at a time.
        """

    @property
    def binary(self) -> bool:
        """Whether it yields bytes that nobody wants to see on a terminal."""

    def folder_files(self) -> Mapping[str, str]:
        """Names and texts of files that a folder of this format needs once."""

    def export(self, annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[Chunk]:
        """Yield the file ``options.suffix`` piece by piece, with its head and its foot."""


@dataclass(frozen=True, slots=True)
class Format:
    """An exporter made of a function and its facts; fulfils ``Exporter``."""

    function: Callable[[Iterable[Annotation], ExportOptions], Iterator[Chunk]]
    suffixes: tuple[str, ...]
    per_article: bool = False
    binary: bool = False
    files: Mapping[str, str] = field(default_factory=dict)

    def folder_files(self) -> Mapping[str, str]:
        """See ``Exporter.folder_files``."""
        return self.files

    def export(self, annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[Chunk]:
        """See ``Exporter.export``."""
        return self.function(annotations, options)
