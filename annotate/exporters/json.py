"""Indented JSON: an object for one article, an array of objects for any other number."""

from collections.abc import Iterable, Iterator

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.serialize import to_json_pretty


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[str]:
    """Yield the object, or the array article by article; holds two articles at most."""
    rest = iter(annotations)
    first, second = next(rest, None), next(rest, None)
    if first is None:
        yield "[]\n"
    elif second is None:
        yield to_json_pretty(first) + "\n"
    else:
        yield "[\n" + to_json_pretty(first)
        yield ",\n" + to_json_pretty(second)
        for annotation in rest:
            yield ",\n" + to_json_pretty(annotation)
        yield "\n]\n"


exporter = Format(export, suffixes=(".json",))
