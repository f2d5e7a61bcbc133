r"""CSV: one row a statement, or ``table`` mentions, entities or claims.

RFC 4180 with UTF-8 and ``\n``. Texts stay as they are, with their line ends; only what no file can
hold (NUL, lone surrogates) becomes U+FFFD. A spreadsheet that opens such a file may take a text that
begins with = + - or @ for a formula: ``spreadsheet`` sets an apostrophe before it.
"""

from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import REPLACEMENT, encodable
from annotate.exporters.rows import table


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the head, then rows article by article."""
    return table(annotations, options, "excel", _clean)


def _clean(text: str) -> str:
    return encodable(text).replace("\0", REPLACEMENT)


exporter = Format(export, suffixes=(".csv",))
