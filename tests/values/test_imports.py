"""Values and links are light: no model, no big library, no slow start."""

import subprocess
import sys
import time

from annotate.values import resolve_values
from tests.values.cases import read_cases

HEAVY = ("spacy", "numpy", "babel", "torch", "onnxruntime", "rich", "typer")


def test_import_pulls_in_nothing_heavy():
    code = (
        "import sys, annotate.values, annotate.links;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_mention_takes_far_less_than_a_millisecond():
    cases = read_cases()
    for case in cases:
        resolve_values(case.text, case.mentions, case.date)
    start = time.process_time()
    for case in cases:
        resolve_values(case.text, case.mentions, case.date)
    spent = time.process_time() - start
    assert spent / sum(len(case.mentions) for case in cases) < 0.001
