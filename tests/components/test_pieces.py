"""Pieces: the best segmentation of one unit."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotate.components.pieces import UNIT_LIMIT, UNK, Pieces

VOCABULARY = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "ab", "▁a", "▁ab", "ba", "abba"]
SCORES = [0.0, 0, 0, 0, -3.0, -4, -4, -5.5, -5, -6, -6.5, -9]
PIECES = Pieces(VOCABULARY, SCORES)


def by_trying_all(text: str) -> float:
    best = float("-inf")
    for count in range(len(text)):
        for cuts in combinations(range(1, len(text)), count):
            edges = (0, *cuts, len(text))
            parts = [text[a:b] for a, b in pairwise(edges)]
            if all(part in PIECES.ids for part in parts):
                best = max(best, sum(SCORES[PIECES.ids[part]] for part in parts))
    return best


@given(st.text(alphabet="ab", min_size=1, max_size=8), st.booleans())
def test_finds_the_likeliest_segmentation(word: str, space: bool) -> None:
    ids = PIECES.segment(word, space)
    assert "".join(VOCABULARY[i] for i in ids) == ("▁" + word if space else word)
    assert abs(sum(SCORES[i] for i in ids) - by_trying_all("▁" + word if space else word)) < 1e-6


@given(st.text(min_size=1, max_size=300), st.booleans())
def test_any_unit_has_pieces_and_never_too_many(word: str, space: bool) -> None:
    ids = PIECES.segment(word, space)
    assert 1 <= len(ids) <= UNIT_LIMIT
    assert all(0 <= i < len(VOCABULARY) for i in ids)


def test_what_is_unknown_is_one_piece() -> None:
    assert PIECES.segment("a漢字b", False) == (PIECES.ids["a"], UNK, PIECES.ids["b"])


def test_a_vocabulary_survives_the_disk(tmp_path) -> None:
    PIECES.to_disk(tmp_path / "vocabulary.txt")
    again = Pieces.from_disk(tmp_path / "vocabulary.txt")
    assert again.pieces == VOCABULARY
    assert again.scores == SCORES
