"""Output formats: one registry of names, loaded when they are asked for.

Other packages add formats through the entry point group ``annotate.exporters``; the entry point
names an object that fulfils ``annotate.exporters.base.Exporter``. Our own names come first.
"""

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from annotate.errors import UsageError
from annotate.exporters.base import Exporter, ExportOptions

__all__ = ["ExportOptions", "Exporter", "available", "get_exporter"]

GROUP = "annotate.exporters"
NAMES = (
    "brat",
    "conllu",
    "csv",
    "docbin",
    "folia",
    "html",
    "json",
    "jsonl",
    "markdown",
    "naf",
    "rich",
    "tsv",
    "webannotation",
    "xmi",
)

MODULES: dict[str, str] = {name: f"annotate.exporters.{name}" for name in NAMES}
"""Our formats and the modules with their ``exporter``."""


def available() -> tuple[str, ...]:
    """Names of all formats, sorted; nothing is loaded."""
    return tuple(sorted({*MODULES, *_installed()}))


def get_exporter(name: str) -> Exporter:
    """The exporter of this name.

    Raises:
        UsageError: no such format, or a library that it needs is not installed.
    """
    try:
        if name in MODULES:
            exporter: Exporter = import_module(MODULES[name]).exporter
        elif name in (found := _installed()):
            exporter = found[name].load()
        else:
            raise UsageError(
                f"There is no output format {name!r}", hint=f"Use one of {', '.join(available())}"
            )
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"The output format {name!r} cannot be loaded ({error})",
            hint="A library is missing; install annotate-nl again"
            if name in MODULES
            else "Update or remove the package that brings it",
        ) from error
    return exporter


def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
