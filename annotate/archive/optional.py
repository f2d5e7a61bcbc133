"""Packages that only some archives need: imported late, with one sentence where they are absent."""

import importlib
from typing import Any

from annotate.errors import AnnotateError, ArticleError


def need(
    module: str, purpose: str, *, extra: str = "archive", error: type[AnnotateError] = ArticleError
) -> Any:
    """Return an imported module.

    Args:
        module: its full name, such as ``pyarrow.parquet``.
        purpose: what it is needed for, as the beginning of the sentence: "Reading a PDF".
        extra: the extra of this package that installs it.
        error: what is raised.

    Raises:
        AnnotateError: the package is not installed (as ``error``).
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        package = module.split(".")[0]
        if (missing.name or "").split(".")[0] != package:
            raise
        raise error(
            f"{purpose} needs the package {package!r}, which is not installed",
            hint=f"Run: pip install 'annotate-nl[{extra}]'",
        ) from missing
