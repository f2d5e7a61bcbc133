"""The models that come with the package: where they lie, in a checkout and after an installation."""

import json
from pathlib import Path

from annotate.errors import ModelError

DEFAULT = "nl_news"
"""The model that is used when none is named."""


def models_folders() -> list[Path]:
    """Return the folders in which shipped models may lie: inside the package, or beside it."""
    package = Path(__file__).parent
    return [package / "models", package.parent / "models"]


def shipped_models() -> dict[str, Path]:
    """Return the folders of the shipped models by name."""
    found: dict[str, Path] = {}
    for folder in models_folders():
        for meta in sorted(folder.glob("*/meta.json")):
            found.setdefault(meta.parent.name, meta.parent)
    return found


def model_path(name: str) -> Path:
    """Return the folder of a shipped model.

    Raises:
        ModelError: no model of that name is shipped.
    """
    found = shipped_models()
    if name not in found:
        known = ", ".join(sorted(found)) or "none"
        message = f"The model {name} is not among the shipped ones ({known})"
        raise ModelError(message, hint="Install annotate-nl again")
    return found[name]


def model_meta(folder: Path) -> dict[str, object]:
    """Return the content of meta.json of a model.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError) as error:
        message = f"The model in {folder} is damaged or not whole"
        raise ModelError(message, hint="Install it again, or name another with --model") from error
    return dict(meta)
