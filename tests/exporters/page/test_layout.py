"""Flat segments from overlapping and nested spans."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.annotation import Annotation, ModelInfo, Section
from annotate.exporters.page.layout import DEPTH, Mark, clean_spans, layout

TEXT = "De minister zegt dat de leider denkt dat alles goed gaat."


def article(text, *sections):
    return Annotation("a", None, None, {}, "nl", text, ModelInfo("m", "1"), sections=sections)


def span(phrase, text=TEXT):
    start = text.index(phrase)
    return (start, start + len(phrase))


def drawn(blocks, text):
    return [
        (text[piece.start : piece.end], piece.contents, piece.sources, piece.cues)
        for block in blocks
        for piece in block.segments
    ]


def test_nested_contents_stand_from_the_outermost_inwards():
    marks = [
        Mark("source", 0, (span("De minister"),)),
        Mark("cue", 0, (span("zegt"),)),
        Mark("content", 0, (span("dat de leider denkt dat alles goed gaat"),)),
        Mark("source", 1, (span("de leider"),)),
        Mark("cue", 1, (span("denkt"),)),
        Mark("content", 1, (span("dat alles goed gaat"),)),
    ]
    assert drawn(layout(article(TEXT), marks), TEXT) == [
        ("De minister", (), (0,), ()),
        (" ", (), (), ()),
        ("zegt", (), (), (0,)),
        (" ", (), (), ()),
        ("dat ", (0,), (), ()),
        ("de leider", (0,), (1,), ()),
        (" ", (0,), (), ()),
        ("denkt", (0,), (), (1,)),
        (" ", (0,), (), ()),
        ("dat alles goed gaat", (0, 1), (), ()),
        (".", (), (), ()),
    ]


def test_overlapping_contents_share_only_what_both_hold():
    text = "abcdef"
    marks = [Mark("content", 0, ((0, 4),)), Mark("content", 1, ((2, 6),))]
    pieces = [(text, refs) for text, refs, _, _ in drawn(layout(article(text), marks), text)]
    assert pieces == [("ab", (0,)), ("cd", (0, 1)), ("ef", (1,))]


def test_number_stands_behind_the_last_piece_of_the_content():
    text = "“Nee”, zei Anna. “Nooit.”"
    marks = [
        Mark("content", 0, (span("“Nee”", text), span("“Nooit.”", text))),
        Mark("source", 0, (span("Anna", text),)),
    ]
    (block,) = layout(article(text), marks)
    assert [text[piece.start : piece.end] for piece in block.segments if piece.ends] == ["“Nooit.”"]


def test_number_of_a_statement_without_content_stands_behind_its_cue():
    text = "Anna ontkent."
    marks = [Mark("source", 0, (span("Anna", text),)), Mark("cue", 0, (span("ontkent", text),))]
    (block,) = layout(article(text), marks)
    assert [text[piece.start : piece.end] for piece in block.segments if piece.ends] == ["ontkent"]


def test_content_over_two_paragraphs_is_drawn_in_both_and_numbered_once():
    text = "“Een.\n\nTwee.”"
    blocks = layout(article(text), [Mark("content", 0, ((0, len(text)),))])
    assert drawn(blocks, text) == [("“Een.", (0,), (), ()), ("Twee.”", (0,), (), ())]
    assert [piece.ends for block in blocks for piece in block.segments] == [(), (0,)]


def test_text_outside_all_sections_is_not_lost():
    text = "Kop\n\nEerste alinea.\n\nTweede alinea."
    blocks = layout(article(text, Section(0, 3, "heading")), [])
    assert [(block.kind, text[block.start : block.end]) for block in blocks] == [
        ("heading", "Kop"),
        ("paragraph", "Eerste alinea."),
        ("paragraph", "Tweede alinea."),
    ]


def test_lines_that_were_only_wrapped_run_on():
    wrapped = "Dit is een alinea die door een postprogramma\nis afgebroken na een vaste breedte.\n"
    assert [block.kind for block in layout(article(wrapped * 2), [])] == ["lines"]
    long = (
        "Een regel van meer dan vijfenveertig tekens, zoals kranten ze niet zetten\nmaar mail wel."
    )
    assert [block.kind for block in layout(article(long), [])] == ["paragraph"]
    assert [block.kind for block in layout(article("- melk\n- brood\n- kaas"), [])] == ["lines"]


def test_empty_and_blank_texts_have_no_blocks():
    assert layout(article(""), []) == ()
    assert layout(article(" \n\n\t "), []) == ()


def test_clean_spans_joins_cuts_and_drops():
    assert clean_spans([(4, 6), (0, 2), (2, 3), (5, 9), (7, 7), (-1, 1)], 8) == [(0, 3), (4, 8)]


MARKS = st.lists(
    st.builds(
        Mark,
        kind=st.sampled_from(["mention", "content", "source", "cue"]),
        ref=st.integers(0, 5),
        spans=st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=3).map(tuple),
    ),
    max_size=8,
    unique_by=lambda mark: (mark.kind, mark.ref),
)
SECTIONS = st.lists(
    st.builds(
        Section, st.integers(0, 30), st.integers(0, 40), st.sampled_from(["heading", "paragraph"])
    ),
    max_size=4,
)


@given(st.text("ab \n", max_size=30), MARKS, SECTIONS)
@settings(max_examples=200, deadline=None)
def test_every_segment_has_exactly_the_marks_that_are_open_in_it(text, marks, sections):
    blocks = layout(article(text, *sections), marks)
    seen = [place for block in blocks for place in range(block.start, block.end)]
    assert seen == sorted(set(seen))
    assert {place for place, sign in enumerate(text) if not sign.isspace()} <= set(seen)
    for block in blocks:
        assert [piece.start for piece in block.segments[1:]] == [
            piece.end for piece in block.segments[:-1]
        ]
        assert (block.segments[0].start, block.segments[-1].end) == (block.start, block.end)
        for piece in block.segments:
            assert piece.start < piece.end
            for place in range(piece.start, piece.end):
                check(piece, place, marks, len(text))


def check(piece, place, marks, size):
    shown = {
        "mention": piece.mentions,
        "content": piece.contents,
        "source": piece.sources,
        "cue": piece.cues,
    }
    for kind, refs in shown.items():
        expected = {
            mark.ref
            for mark in marks
            if mark.kind == kind
            and any(start <= place < end for start, end in clean_spans(mark.spans, size))
        }
        assert set(refs) <= expected
        assert len(refs) == min(DEPTH, len(expected))


@given(st.text("ab \n", min_size=1, max_size=30), MARKS)
@settings(max_examples=100, deadline=None)
def test_every_statement_that_is_seen_is_numbered_at_most_once(text, marks):
    pieces = [piece for block in layout(article(text), marks) for piece in block.segments]
    numbers = [ref for piece in pieces for ref in piece.ends]
    assert len(numbers) == len(set(numbers))
    seen = {ref for piece in pieces for ref in (*piece.contents, *piece.sources, *piece.cues)}
    assert seen <= set(numbers)
