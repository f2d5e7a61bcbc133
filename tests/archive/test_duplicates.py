"""Near-duplicates: what counts as one, the first is the original, and the same after a kill."""

import json

import pytest

from annotate.archive.duplicates import Duplicates
from annotate.archive.made_up import make_rows
from tests.archive.runs import contents, killed_run, lines, run

LONG = " ".join(row["text"] for row in make_rows(6, seed=5))
CUT = LONG[: int(len(LONG) * 0.85)]
HEADLINE = f"Raad praat door over plannen\n\n{LONG}"
OTHER = " ".join(row["text"] for row in make_rows(6, seed=9)).replace("de", "het")


@pytest.fixture
def duplicates(tmp_path):
    found = Duplicates(tmp_path / "duplicates.sqlite")
    yield found
    found.close()


def marks(duplicates, *texts):
    """For each text the number of the earlier one that it is a copy of."""
    duplicates.look_at(0, [(n, str(n), text) for n, text in enumerate(texts)])
    return {number: int(name) for number, name in duplicates.originals(0, len(texts)).items()}


def test_a_copy_that_is_cut_or_has_another_headline_points_to_the_first(duplicates):
    assert marks(duplicates, LONG, OTHER, CUT, HEADLINE, LONG.upper()) == {2: 0, 3: 0, 4: 0}


def test_articles_on_the_same_subject_are_no_copies(duplicates):
    half = " ".join(LONG.split()[:40])
    assert marks(duplicates, LONG, OTHER, half, "Kort bericht.", "", "...") == {}


def test_short_texts_are_copies_when_they_are_the_same(duplicates):
    assert marks(duplicates, "Kort bericht.", "Ander bericht.", "kort bericht") == {2: 0}


def test_articles_are_compared_with_earlier_batches_only(duplicates):
    duplicates.look_at(0, [(1, "a", LONG)])
    duplicates.look_at(1, [(2, "b", CUT)])
    assert duplicates.originals(1, 2) == {2: "a"}
    assert duplicates.knows(1)
    assert not duplicates.knows(2)


@pytest.fixture
def source(tmp_path):
    rows = []
    for n, row in enumerate(make_rows(24)):
        rows.append(row)
        if n % 5 == 4:
            rows.append({"id": f"kopie-{n}", "text": row["text"] + " (ANP)"})
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_duplicates_are_annotated_and_marked_in_the_archive(tmp_path, source):
    run(source, tmp_path / "out", dedupe=True)
    found = {line["id"]: line["metadata"].get("duplicate_of") for line in lines(tmp_path / "out")}
    assert {name: original for name, original in found.items() if original} == {
        f"kopie-{n}": f"artikel-{n:07}" for n in (4, 9, 14, 19)
    }


@pytest.mark.parametrize("die_at", [4, 11, 23, 40])
def test_duplicates_are_the_same_after_a_kill(tmp_path, source, die_at):
    run(source, tmp_path / "whole", dedupe=True)
    killed_run(source, tmp_path / "out", dedupe=True, die_at=die_at)
    run(source, tmp_path / "out", dedupe=True)
    shards = {name: d for name, d in contents(tmp_path / "out").items() if "articles" in name}
    assert shards
    assert shards.items() <= contents(tmp_path / "whole").items()
