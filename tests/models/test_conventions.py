"""Trees of older releases get the labels of the present one."""

import pytest

from annotate.components.complements import complements
from models.conventions import present
from models.corpus import Sentence


def sentence(rows: str) -> Sentence:
    """Read words written as form/lemma/UPOS/tag/head/relation, heads from 1, 0 for the root."""
    cells = [row.split("/") for row in rows.split()]
    form, lemma, upos, tag, head, relation = (list(column) for column in zip(*cells, strict=True))
    heads = [int(h) - 1 if h != "0" else i for i, h in enumerate(head)]
    columns = {"upos": upos, "tag": tag, "relation": relation, "lemma": lemma}
    return Sentence("x", form, [True] * len(form), columns, heads)


@pytest.mark.parametrize(
    ("rows", "relation"),
    [
        ("Wij/wij/PRON/VNW/2/nsubj wachten/wachten/VERB/WW/0/root op/op/ADP/VZ/4/case "
         "hem/hem/PRON/VNW/2/obl", "obl:arg"),
        ("Wij/wij/PRON/VNW/2/nsubj wachten/wachten/VERB/WW/0/root in/in/ADP/VZ/4/case "
         "Gent/Gent/PROPN/N/2/obl", "obl"),
        ("Wij/wij/PRON/VNW/2/nsubj wachten/wachten/VERB/WW/0/root een/een/DET/LID/4/det "
         "uur/uur/NOUN/N/2/obl", "obl"),
        ("Zij/zij/PRON/VNW/2/nsubj stripte/strippen/VERB/WW/0/root Rode/rood/ADJ/ADJ/2/obj "
         "Ridder/ridder/NOUN/N/3/fixed", "flat"),
        ("Rode/rood/ADJ/ADJ/3/nsubj Ridder/ridder/NOUN/N/1/fixed won/winnen/VERB/WW/0/root "
         "Jan/Jan/PROPN/SPEC|deeleigen/3/flat:name", "flat"),
        ("Hij/hij/PRON/VNW/2/nsubj kwam/komen/VERB/WW/0/root ten/te/ADP/VZ/2/advmod "
         "slotte/slot/NOUN/N/3/fixed", "fixed"),
        ("Dat/dat/PRON/VNW/2/nsubj heet/heten/VERB/WW/0/root Star/star/SYM/SPEC|vreemd/2/xcomp "
         "Wars/wars/SYM/SPEC|vreemd/3/fixed", "fixed"),
    ],
)  # fmt: skip
def test_the_relation_of_the_last_word(rows: str, relation: str) -> None:
    assert present(sentence(rows)).columns["relation"][-1] == relation


def test_a_fixed_expression_at_the_start_of_a_sentence_is_no_name() -> None:
    rows = "Ten/te/ADP/VZ/3/advmod slotte/slot/NOUN/N/1/fixed won/winnen/VERB/WW/0/root"
    assert present(sentence(rows)).columns["relation"][1] == "fixed"


@pytest.mark.parametrize(
    ("tag", "upos"), [("SPEC|vreemd", "X"), ("SPEC|afgebr", "X"), ("SPEC|symb", "SYM")]
)
def test_foreign_words_are_x(tag: str, upos: str) -> None:
    assert present(sentence(f"the/the/SYM/{tag}/0/root")).columns["upos"] == [upos]


def test_the_list_of_complements_has_pairs() -> None:
    assert ("wachten", "op") in complements()
    assert all(" " not in lemma and preposition.isalpha() for lemma, preposition in complements())
