"""The output for the samples, article by article: what changes there is seen in a review.

Confidences may differ in the last digits between processors; everything else must be the same.
``make goldens`` writes the files anew.
"""

import json
from pathlib import Path

import pytest

from annotate.serialize import to_json_line
from annotate.sources import read_articles
from tests.conftest import SAMPLES

GOLDENS = Path(__file__).parent / "goldens"


def without_confidence(value):
    """Return JSON without the confidences in it."""
    if isinstance(value, dict):
        return {k: without_confidence(v) for k, v in value.items() if k != "confidence"}
    if isinstance(value, list):
        return [without_confidence(item) for item in value]
    return value


def confidences(value):
    """Yield the confidences in JSON, in order."""
    if isinstance(value, dict):
        if value.get("confidence") is not None:
            yield value["confidence"]
        for item in value.values():
            yield from confidences(item)
    elif isinstance(value, list):
        for item in value:
            yield from confidences(item)


@pytest.mark.model
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_its_expected_output(path: Path, annotator, request) -> None:
    (article,) = read_articles([str(path)])
    article = type(article)(
        **{**{f: getattr(article, f) for f in article.__slots__}, "metadata": {}}
    )
    line = to_json_line(annotator(article))
    golden = GOLDENS / f"{path.stem}.jsonl"
    if request.config.getoption("--update-goldens"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(line.rstrip("\n") + "\n", encoding="utf-8")
    found, expected = json.loads(line), json.loads(golden.read_text("utf-8"))
    assert without_confidence(found) == without_confidence(expected)
    assert list(confidences(found)) == pytest.approx(list(confidences(expected)), abs=0.05)
