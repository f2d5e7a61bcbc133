"""JSON Lines: one annotated article per line in the contract ``annotate/1``."""

from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.serialize import to_json_line


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield one line per article."""
    for annotation in annotations:
        yield to_json_line(annotation) + "\n"


exporter = Format(export, suffixes=(".jsonl",))
