"""Markdown as markdown-it reads it: what the article says is text, never markup."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.blocks import blocks
from annotate.exporters.characters import for_xml
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

READER = MarkdownIt("commonmark").enable("table")
OURS = {"heading_open", "paragraph_open", "table_open", "blockquote_open", "hr"}


def written(*items):
    return "".join(get_exporter("markdown").export(items, ExportOptions()))


def seen(token):
    """Text of an inline token."""
    return "".join(child.content for child in token.children or ())


def shown(text):
    return for_xml(" ".join(text.split())).replace("\x7f", "\ufffd")


@few
@given(annotations())
def test_paragraphs_and_headings_come_back_as_text(annotation):
    tokens = READER.parse(written(annotation).encode().decode())
    assert {token.type for token in tokens if token.level == 0 and token.nesting >= 0} <= OURS
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children}
    # Bold and italic are ours, in the tables.
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}
    texts = [re.sub(r" \[\d+\]", "", seen(token)) for token in inline]
    for block in blocks(annotation):
        text = shown(annotation.text[block.start : block.end])
        assert re.sub(r" \[\d+\]", "", text) in texts


@few
@given(annotations())
def test_every_statement_is_a_row(annotation):
    tokens = READER.parse(written(annotation))
    rows, row = [], []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(seen(token))
        elif token.type == "tr_close":
            rows.append(row)
            row = []
    text = annotation.text
    for number, item in enumerate(annotation.attributions, 1):
        what = " … ".join(shown(text[start:end]) for start, end in item.content.spans)
        mine = [row for row in rows if row[0] == str(number) and len(row) == 5]
        assert any(row[3] == what.strip() for row in mine)


@few
@given(st.lists(annotations(), max_size=2))
def test_no_html_comes_through(items):
    page = READER.render(written(*items))
    tags = set(re.findall(r"<(/?\w+)", page))
    assert tags <= {f"{end}{tag}" for end in ("", "/") for tag in TAGS}


TAGS = ["h1", "h2", "p", "em", "strong", "table", "thead", "tbody", "tr", "th", "td", "hr"]
TAGS += ["blockquote"]


def test_an_article_reads_well():
    text = written(KREMLIN)
    assert text.startswith("# Kremlin zwijgt over pantserwagen\n\nkremlin.txt · 2024-02-20\n\n")
    assert "Het Kremlin ontkent dat er wapens zijn geleverd \\[4\\]." in text
    row = "| 4 | Het Kremlin | ontkent | dat er wapens zijn geleverd | indirect, **denied** |"
    assert row in text
    assert "| probable | hedged | Waarschijnlijk gaat het om oude voorraden |  |" in text


def test_an_empty_article():
    assert written(EMPTY) == "# leeg.txt\n\n> the article is empty\n"
