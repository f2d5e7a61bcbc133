"""One self-contained HTML page for one or many articles; it works from disk."""

from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.page.render import page


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the page: its head, a record per article, and its script."""
    yield from page(annotations)


exporter = Format(export, suffixes=(".html",))
