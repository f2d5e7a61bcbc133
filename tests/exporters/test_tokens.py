"""Words never bend an offset: whatever is annotated is a run of whole words."""

from itertools import pairwise

from hypothesis import given

from annotate.exporters.tokens import Words, outermost
from annotate.references import spans
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few


@few
@given(annotations())
def test_words_cover_the_text_in_order(annotation):
    words = Words.of(annotation).all
    covered = "".join(annotation.text[word.start : word.end] for word in words)
    assert covered == "".join(annotation.text.split())
    assert all(one.end <= other.start for one, other in pairwise(words))


@few
@given(annotations())
def test_every_span_is_a_run_of_words(annotation):
    words = Words.of(annotation)
    for _, (start, end) in spans(annotation):
        run = words.inside((start, end))
        assert (words.all[run.start].start, words.all[run.stop - 1].end) == (start, end)


@few
@given(annotations())
def test_sentences_keep_their_edges(annotation):
    edges = {(line.start, line.end) for line in Words.of(annotation).lines}
    assert {(item.start, item.end) for item in annotation.sentences} <= edges


def test_a_word_is_cut_only_where_an_annotation_ends():
    words = Words.of(KREMLIN)
    texts = [KREMLIN.text[word.start : word.end] for word in words.all]
    place = texts.index("VN")
    assert texts[place + 1] == "-sancties"
    assert words.all[place].whole == words.all[place + 1].whole
    assert "Noord-Korea" in texts


def test_an_empty_article_has_no_words():
    assert Words.of(EMPTY).all == ()


@few
@given(annotations())
def test_outermost_names_do_not_overlap(annotation):
    found = outermost(annotation)
    assert all(one[0][1] <= other[0][0] for one, other in pairwise(found))
    taken = [span for span, _ in found]
    for mention in annotation.mentions:
        if mention.label and mention.kind in ("name", "value"):
            assert any(start < mention.end and mention.start < end for start, end in taken)
