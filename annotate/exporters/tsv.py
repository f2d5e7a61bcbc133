"""TSV: the tables of csv with one line a row; white space in a cell becomes a space.

Offsets stay, since one character becomes one; a cell with a quotation mark is quoted as in CSV.
``spreadsheet`` is as in CSV.
"""

from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import REPLACEMENT, encodable
from annotate.exporters.rows import table


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the head, then rows article by article."""
    return table(annotations, options, "excel-tab", _clean)


def _clean(text: str) -> str:
    text = encodable(text).replace("\0", REPLACEMENT)
    return "".join(" " if character.isspace() else character for character in text)


exporter = Format(export, suffixes=(".tsv",))
