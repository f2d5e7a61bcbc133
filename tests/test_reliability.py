"""How far confidences can be believed is counted from gold texts; curves are fitted anew by a command."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from annotate.cli import app
from annotate.components.curves import Calibration, calibrations
from annotate.evaluation.evaluate import evaluate
from tests import recalibrate
from tests.examples import KREMLIN


def gold(**changed):
    """The example as a gold answer of itself."""
    row = {
        "id": "kremlin",
        "text": KREMLIN.text,
        "attributions": [
            {
                "source": a.source.spans,
                "cue": a.cue.spans,
                "content": a.content.spans,
                "type": a.type,
                "act": a.act,
                "polarity": a.polarity,
                "speaker": a.source.name or "",
            }
            for a in KREMLIN.attributions
        ],
        "entities": [
            (m.start, m.end, m.label) for m in KREMLIN.mentions if m.kind in {"name", "value"}
        ],
    }
    return {**row, **changed}


def sure(confidence):
    """The example with one confidence everywhere."""
    return replace(
        KREMLIN,
        attributions=tuple(replace(a, confidence=confidence) for a in KREMLIN.attributions),
        mentions=tuple(replace(m, confidence=confidence) for m in KREMLIN.mentions),
    )


def test_what_is_right_and_sure_is_reliable():
    found = evaluate([gold()], lambda _: sure(1.0)).reliability()
    for layer, items in (("attributions", KREMLIN.attributions), ("entities", gold()["entities"])):
        assert found[layer]["count"] == len(items) > 0
        assert found[layer]["ece"] == 0
        assert [(b["low"], b["size"], b["right"]) for b in found[layer]["bins"]] == [
            (0.9, len(items), 1.0)
        ]


def test_what_is_wrong_and_sure_is_not():
    row = gold(attributions=[], entities=[])
    found = evaluate([row, row], lambda _: sure(0.84)).reliability()
    assert found["attributions"]["ece"] == found["entities"]["ece"] == pytest.approx(0.84)
    assert found["attributions"]["count"] == 2 * len(KREMLIN.attributions)


def test_an_attribution_of_another_source_is_wrong():
    wrong = [{**a, "source": [(0, 1)], "cue": []} for a in gold()["attributions"]]
    found = evaluate([gold(attributions=wrong)], lambda _: sure(1.0)).reliability()
    assert found["attributions"]["ece"] > 0


def test_a_layer_without_gold_has_no_table():
    found = evaluate([gold(attributions=None)], lambda _: sure(1.0)).reliability()
    assert list(found) == ["entities"]


def test_genres_are_counted_together():
    rows = [gold(genre="a"), gold(genre="b", entities=[])]
    found = evaluate(rows, lambda _: sure(0.75)).reliability()
    assert [b["right"] for b in found["entities"]["bins"]] == [0.5]


@pytest.mark.parametrize("asked", [True, False])
def test_the_command_prints_the_table_when_asked(tmp_path, monkeypatch, asked):
    class Fake:
        model = KREMLIN.model

        def __call__(self, article):
            return sure(0.95)

    monkeypatch.setattr("annotate.pipeline.load", lambda model: Fake())
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(gold()) + "\n", encoding="utf-8")
    options = ["--reliability"] if asked else []
    lines = CliRunner().invoke(app, ["evaluate", str(file), "-q", *options]).stdout.splitlines()
    count = len(KREMLIN.attributions)
    head = f"== reliability of attributions: {count}, ECE 0.050"
    assert (head in lines) == asked
    if asked:
        assert lines[lines.index(head) + 2].split() == ["0.9-1.0", str(count), "0.950", "1.000"]
    as_json = CliRunner().invoke(app, ["evaluate", str(file), "-q", "--json", *options]).stdout
    assert ("reliability" in json.loads(as_json)) == asked


ARTICLES = [
    {"cue-head": [(0.9, True), (0.9, False), (0.6, i % 2 == 0)], "rare": [(0.5, True)]}
    for i in range(20)
]


def test_a_maker_of_enough_gets_a_curve_and_becomes_more_reliable():
    curves = recalibrate.fitted(ARTICLES)
    assert list(curves) == ["cue-head"]
    assert curves["cue-head"](0.9) == pytest.approx(0.5, abs=0.05)
    before = recalibrate.believed(ARTICLES, {})
    after = recalibrate.believed(ARTICLES, curves)
    assert len(before) == len(after) == 80
    error = recalibrate.calibration_error
    bins = recalibrate.reliability
    assert error(bins(after)) < error(bins(before))
    assert {score for score, _ in recalibrate.crossed(ARTICLES)} != {0.9, 0.6, 0.5}


def test_curves_are_written_as_they_are_read(tmp_path, monkeypatch):
    text = recalibrate.table(calibrations())
    assert text == recalibrate.TABLE.read_text("utf-8")
    assert "quote-head\t0.5\t-1\n" in recalibrate.table({"quote-head": Calibration(0.5, -1.0)})


@pytest.mark.model
def test_raw_scores_are_those_before_the_curves(annotator):
    text = "Volgens burgemeester Els Maas is de brug veilig. Ze zei dat er niets aan de hand is."
    row = {"text": text, "attributions": []}
    (scores,) = recalibrate.raw_scores(annotator.nlp, [row])
    curves = calibrations()
    shown = sorted(a.confidence for a in annotator(text).attributions)
    made = [curves.get(m, Calibration())(s) for m, pairs in scores.items() for s, _ in pairs]
    assert shown == pytest.approx(sorted(made)[-len(shown) :], abs=1e-4)
    assert not any(right for pairs in scores.values() for _, right in pairs)
