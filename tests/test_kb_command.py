"""``--kb`` and ``--explain`` as their users meet them: real processes and files."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

pytestmark = pytest.mark.model
TEXT = (
    "Volgens woordvoerder Els Maas van Stichting Oever is de brug veilig. "
    "‘Er is niets aan de hand’, zei Maas dinsdag. De veerman van Lodijk ontkent dat hij dronken was."
)
ROWS = [
    {"name": "Elisabeth Maas", "aliases": ["Els Maas", "Maas"], "label": "PERSON", "id": 7},
    {"name": "veerman van Lodijk", "label": "PERSON", "links": {"site": "https://example.org/v"}},
]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "kort.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    path = tmp_path / "bekend.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def check(row: dict) -> None:
    entities = {entity["name"]: entity for entity in row["entities"]}
    assert entities["Elisabeth Maas"]["links"] == {"kb": "7"}
    assert {"Els Maas", "Maas"} <= set(entities["Elisabeth Maas"]["aliases"])
    assert entities["veerman van Lodijk"]["links"] == {"site": "https://example.org/v"}
    (mention,) = [m for m in row["mentions"] if m["text"] == "veerman van Lodijk"]
    assert (mention["label"], mention["rule"]) == ("PERSON", "kb")
    assert "Elisabeth Maas" in {a["source"]["name"] for a in row["attributions"]}
    assert re.search(r"\+kb\.[0-9a-f]{12}$", row["model"]["version"])


def test_known_names_get_name_label_and_links(run: Run, article: Path, kb: Path) -> None:
    done = run(article, "--kb", kb, "-n", "2", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    check(json.loads(done.stdout))


def test_an_archive_notices_other_knowledge(
    run: Run, article: Path, kb: Path, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb")
    command = ("batch", article, "-o", tmp_path / "uit", "-n", "1", "-q", "--kb", kb)
    assert run(*command).returncode == 0
    kb.write_text(json.dumps({"name": "NOS"}), encoding="utf-8")
    changed = run(*command)
    assert changed.returncode == 2
    assert "model was" in changed.stderr
    assert "--accept-changes" in changed.stderr


@pytest.mark.parametrize("verb", [[], ["batch", "-o", "uit"]], ids=["run", "batch"])
def test_a_bad_line_is_one_sentence_and_nothing_is_done(
    run: Run, article: Path, kb: Path, tmp_path: Path, verb: list[str]
) -> None:
    with kb.open("a", encoding="utf-8") as lines:
        lines.write('{"name": "NOS", "label": "OMROEP"}\n')
    done = run(*verb, article, "--kb", kb, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Line 3 of {kb} has the label 'OMROEP'" in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_and_confidences_are_shown_and_cut(run: Run, article: Path) -> None:
    (row,) = [json.loads(run(article).stdout)]
    least = max(a["confidence"] for a in row["attributions"])
    kept = [a for a in row["attributions"] if a["confidence"] >= least]
    assert 0 < len(kept) < len(row["attributions"])
    assert all(m["rule"] for m in row["mentions"])
    assert all(c["rule"] for c in row["claims"])
    plain = run(article, "-f", "rich", "-q").stdout
    shown = run(article, "-f", "rich", "-q", "--explain", "--min-confidence", least - 1e-5).stdout
    assert "made by" in shown
    assert "made by" not in plain
    for attribution in row["attributions"]:
        made = f"{attribution['rule']} {attribution['confidence']:.2f}, claim: content"
        assert made not in plain
        assert (made in shown) == (attribution in kept)
    cut = json.loads(run(article, "--min-confidence", str(least - 1e-5)).stdout)
    assert len(cut["attributions"]) == len(kept)
    assert {c["attribution"] for c in cut["claims"]} - {None} == {a["id"] for a in kept}
