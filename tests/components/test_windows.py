"""Windows: every unit is read, none is cut off silently."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotate.components.windows import plan_windows

LIMIT, OVERLAP = 40, 10


@st.composite
def articles(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    lengths = draw(st.lists(st.integers(1, 24), max_size=120))
    breaks = (
        draw(st.lists(st.integers(0, max(0, len(lengths) - 1)), max_size=12)) if lengths else []
    )
    return lengths, sorted(set(breaks))


@given(articles())
def test_kept_parts_follow_each_other_and_cover_all(article: tuple[list[int], list[int]]) -> None:
    lengths, breaks = article
    windows = plan_windows(lengths, breaks, limit=LIMIT, overlap=OVERLAP)
    kept = [i for w in windows for i in range(w.keep_start, w.keep_end)]
    assert kept == list(range(len(lengths)))
    for window in windows:
        assert window.start <= window.keep_start < window.keep_end <= window.end
        assert sum(lengths[window.start : window.end]) <= LIMIT


def test_short_articles_are_read_at_once() -> None:
    assert len(plan_windows([1] * 30, [0, 10, 20], limit=LIMIT, overlap=OVERLAP)) == 1


def test_long_articles_are_cut_between_paragraphs() -> None:
    windows = plan_windows([1] * 60, [0, 20, 40], limit=LIMIT, overlap=OVERLAP)
    assert {w.start for w in windows} <= {0, 20, 40}
    assert all(w.start == w.keep_start and w.end == w.keep_end for w in windows)


def test_a_long_paragraph_is_cut_with_overlap() -> None:
    windows = plan_windows([1] * 100, [0], limit=LIMIT, overlap=OVERLAP)
    assert len(windows) > 2
    for before, after in itertools.pairwise(windows):
        assert after.start < before.end
