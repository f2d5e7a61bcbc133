"""Imports go one way, and `annotate --help` loads nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "annotate"
LAYERS = {
    0: {"annotation", "article", "errors", "labels", "references", "version"},
    1: {
        "kb",
        "lexicon",
        "links",
        "schema",
        "select",
        "serialize",
        "shipped",
        "sources",
        "text",
        "values",
    },
    2: {"components"},
    3: {"benchmark", "calibration", "convert", "evaluation", "pipeline"},
    4: {"archive", "exporters"},
    5: {"__init__"},
    6: {"__main__", "cli", "commands"},
}
LAYER_OF = {name: layer for layer, names in LAYERS.items() for name in names}


def part_of(module: str) -> str:
    """Return the first part below the package: annotate.sources.dates -> sources."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> set[str]:
    """Return the modules of this package that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= set(below) if node.module == "annotate" else {node.module}
    return {name for name in found if name.split(".")[0] == "annotate"}


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down_or_stay(path: Path) -> None:
    relative = path.relative_to(PACKAGE).with_suffix("")
    own = LAYER_OF[relative.parts[0]]
    if relative.parts == ("__init__",):
        return
    for module in imports(path):
        name = part_of(module)
        if name not in LAYER_OF:  # a name of annotate/__init__.py, such as __version__
            name = "__init__"
        assert LAYER_OF[name] <= own, f"{path} (layer {own}) imports {module}"


def test_every_part_has_a_layer() -> None:
    parts = {p.stem if p.is_file() else p.name for p in PACKAGE.iterdir()}
    data = {"lexicons", "py.typed", "__pycache__", "py", "models"}
    assert parts - data == set(LAYER_OF) & parts


HEAVY = (
    "spacy",
    "numpy",
    "onnxruntime",
    "rich",
    "jinja2",
    "yaml",
    "py3langid",
    "charset_normalizer",
)


def modules_after(code: str) -> set[str]:
    script = f"{code}; import sys; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import annotate", "import annotate.cli"])
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    allowed = {"rich"} if "cli" in code else set()  # typer itself may load rich
    assert not modules_after(code) & (set(HEAVY) - allowed)
