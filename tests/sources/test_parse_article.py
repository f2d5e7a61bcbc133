"""What holds for any text whatever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.article import Article
from annotate.errors import ArticleError, UsageError
from annotate.sources import parse_article
from annotate.sources.sections import find_sections

PIECES = st.sampled_from(
    [
        "De brug is dicht",
        "Dat meldt de gemeente.",
        "Roest",
        "'Te laat'",
        "„",
        "”",
        '"',
        ":",
        "?",
        "-",
        "- ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\u200b",
        "\ufeff",
        "\x0c",
        "\x85",
        "e\u0301",
        "🇳🇱",
        "date 2024-02 ",
        "Datum: 12 maart 2024",
        "Auteur: Bo",
        "---\n",
        "a: [1, 2",
        "UTRECHT (ANP) -",
        "van",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS.map(lambda text: text.replace("\r", "\n")))
def test_sections_hold_everything_that_is_not_white_space(text: str) -> None:
    sections = find_sections(text)
    end = 0
    for section in sections:
        assert end <= section.start < section.end <= len(text)
        assert not text[end : section.start].strip()
        inside = text[section.start : section.end]
        assert inside == inside.strip()
        end = section.end
    assert not text[end:].strip()


@given(st.one_of(TEXTS, st.binary(max_size=300), TEXTS.map(lambda t: t.encode("utf-8", "ignore"))))
def test_any_input_is_an_article_or_an_article_error(raw: str | bytes) -> None:
    try:
        article = parse_article(raw, id="a")
    except ArticleError:
        return
    assert isinstance(article, Article)
    article.text.encode("utf-8")  # no lone surrogates
    assert not any(ord(char) < 32 and char not in "\n\t" for char in article.text)
    assert article.sections
    assert article.sections[-1].end <= len(article.text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_without_controls_and_header_is_not_touched(text: str) -> None:
    text = f"x {text}\n"
    assert parse_article(text, id="a").text == text
    assert parse_article(text.encode(), id="a").text == text


@given(st.lists(st.sampled_from(["De brug is dicht.", "", "Zegt men", "🇳🇱 e\u0301"]), min_size=1))
def test_line_ends_make_no_difference(lines: list[str]) -> None:
    lines = ["Brug", *lines]
    articles = [parse_article(end.join(lines).encode(), id="a") for end in ("\n", "\r\n", "\r")]
    assert articles[0] == articles[1] == articles[2]
    assert articles[0].text == "\n".join(lines)


@given(TEXTS)
def test_the_same_input_gives_the_same_article(text: str) -> None:
    def run() -> Article | str:
        try:
            return parse_article(text, id="a")
        except ArticleError as error:
            return str(error)

    assert run() == run()


def test_lone_surrogates_and_control_characters() -> None:
    article = parse_article("De \ud83d brug\x1b[31m is\x7f \x93dicht\x94 vandaag.", id="a")
    assert article.text == "De \ufffd brug [31m is  “dicht” vandaag."
    assert article.warnings == (
        "1 lone surrogate replaced by U+FFFD",
        "2 control characters replaced by spaces",
        "2 C1 control characters read as Windows-1252",
    )


def test_nothing_is_normalised() -> None:
    text = "Cafe\u0301 «ﬁnancie\u0308n» … ½ ²\u00ad\u200d👨‍👩‍👧 is dicht."
    assert parse_article(text, id="a").text == text


def test_metadata_that_is_known_already_is_kept() -> None:
    article = parse_article(
        "Datum: 2024\nAuteur: Bo\n\nDe brug is dicht.", id="a", metadata={"row": 3}, date="2023"
    )
    assert article.metadata == {"row": 3, "author": "Bo"}
    assert article.date == "2023"


@pytest.mark.parametrize("raw", ["", b"", "\n", b" \r\n", "\0", "a\0b", "\u200b", b"\xef\xbb\xbf"])
def test_no_text_is_an_article_error(raw: str | bytes) -> None:
    with pytest.raises(ArticleError):
        parse_article(raw, id="a")


def test_a_wrong_date_is_wrong_usage() -> None:
    with pytest.raises(UsageError):
        parse_article("De brug is dicht.", id="a", date="12 maart")


def test_html_is_a_warning() -> None:
    article = parse_article("<!DOCTYPE html><html><p>De brug is dicht.</p></html>", id="a")
    assert article.warnings == ("text looks like HTML, its tags are annotated as text",)


def test_a_line_of_5_mb() -> None:
    text = "De wethouder zegt dat de brug bij Zeewoude nog niet open kan. " * 80_000
    start = time.perf_counter()
    article = parse_article(text.encode(), id="a")
    assert time.perf_counter() - start < 10  # a second; many minutes if it were quadratic
    assert article.text == text
    assert [(s.start, s.end, s.kind) for s in article.sections] == [(0, len(text) - 1, "paragraph")]
