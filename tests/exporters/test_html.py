"""The HTML page as a file: safe, whole, small, and with the spans that were put in."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings

from annotate.annotation import Annotation, Attribution, Content, Cue, ModelInfo, Section, Source
from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.page.plain import visible
from annotate.exporters.page.record import record as record_of
from annotate.exporters.page.record import to_script
from annotate.serialize import to_json_line
from tests.examples import EMPTY, KREMLIN
from tests.exporters.page.reading import Page, cut, padded, pairs, units
from tests.strategies import annotations

EXPORTER = get_exporter("html")


def html(*articles):
    return "".join(EXPORTER.export(articles, ExportOptions()))


def page(*articles):
    return Page(html(*articles))


def plain(text, **facts):
    """An article without annotations."""
    return Annotation(
        facts.pop("id", "a.txt"), None, None, {}, "nl", text, ModelInfo("nl_news", "1.0.0"), **facts
    )


def said(number, content, *, source=(), parent=None):
    return Attribution(
        id=f"a{number}",
        source=Source(source, "", "named" if source else "none", None, None, "Anna" * bool(source)),
        cue=Cue((), "", None),
        content=Content(content, ""),
        type="indirect",
        act="say",
        polarity="+",
        parent=parent,
        confidence=0.5,
        rule="tagger",
    )


# One file for everything


def test_several_articles_are_one_file():
    assert EXPORTER.suffixes == (".html",)
    assert not EXPORTER.per_article
    assert len(page(KREMLIN, EMPTY, KREMLIN).records()) == 3


def test_articles_are_written_while_they_come():
    taken = []

    def articles():
        for number in range(50):
            taken.append(number)
            yield plain("Tekst.", id=str(number))

    pieces = EXPORTER.export(articles(), ExportOptions())
    list(islice(pieces, 3))  # head and two articles
    assert len(taken) <= 3


def test_page_without_articles_is_whole():
    found = page()
    assert found.records() == []
    assert len(found.scripts()) == 2


def test_same_articles_give_the_same_page():
    assert html(KREMLIN, EMPTY) == html(KREMLIN, EMPTY)


# Safety


def test_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else():
    found = page(KREMLIN)
    (policy,) = [
        attrs["content"]
        for tag, attrs in found.elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [digest(text) for text in found.scripts()]
    assert rules["style-src"].split() == [digest(text) for text in found.styles()]
    assert rules["img-src"] == "data:"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy


def read(annotation):
    """The record as a browser reads it from the page."""
    written = to_script(record_of(annotation))
    assert "<" not in written
    return json.loads(written)


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_policy_comes_before_anything_that_it_governs():
    names = [tag for tag, _ in page(KREMLIN).elements]
    assert names.index("meta") < names.index("style") < names.index("script")


@given(annotations())
@settings(max_examples=25, deadline=None)
def test_nothing_in_an_article_becomes_markup(annotation):
    before, after = page(KREMLIN), page(annotation)
    assert {tag for tag, _ in after.elements} <= {tag for tag, _ in before.elements}
    assert before.scripts() == after.scripts()
    assert before.styles() == after.styles()
    for tag, attrs in after.elements:
        assert not any(name.startswith("on") or name == "style" for name in attrs), (tag, attrs)
        for name in ("href", "src", "action", "data"):
            assert attrs.get(name, "#").startswith(("#", "data:image/svg+xml,")), (tag, attrs)


def test_style_and_script_ask_for_nothing_from_elsewhere():
    found = page(KREMLIN)
    for text in (*found.styles(), *found.scripts()):
        assert "url(" not in text
        assert "@import" not in text
        assert "</" not in text.lower()
    addresses = set(re.findall(r"https?://[^\s\"'`]+", "".join(found.scripts())))
    assert addresses <= {"http://www.w3.org/2000/svg", "https://www.wikidata.org/wiki/"}
    assert not re.search(r"\b(fetch|XMLHttpRequest|innerHTML|eval|import)\b", found.scripts()[1])


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "<!-- <script>",
        "]]>",
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt; &amp; &#0;",
        'id" onclick="alert(1)',
        "\u202eomgekeerd\u202c مرحبا שלום",
        "lijn\u2028einde\u2029",
    ],
)
def test_nasty_text_comes_back_as_it_was(nasty):
    text = f"Kop {nasty}\n\nZin met {nasty} erin."
    found = page(
        replace(
            KREMLIN,
            id=nasty,
            title=nasty,
            text=text,
            metadata={nasty: nasty},
            sections=(),
            sentences=(),
            mentions=(),
            entities=(),
            attributions=(),
            claims=(),
        )
    )
    (record,) = found.records()
    assert (record["x"], record["i"], record["t"], record["o"]) == (
        text,
        nasty,
        nasty,
        {nasty: nasty},
    )
    assert f"Zin met {nasty} erin." in found.words
    assert found.raw[-1][2].startswith('"use strict"')


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_characters_that_html_forbids_never_reach_it(character):
    written = html(plain(f"Voor{character}na"))
    written.encode("utf-8")
    assert character not in written
    (record,) = Page(written).records()
    expected = "\ufffd" if "\ud800" <= character <= "\udfff" else character
    assert record["x"] == f"Voor{expected}na"


def test_controls_are_shown_as_signs_of_the_same_length():
    assert visible("a\x00b\x1fc\td\n") == "a\u2400b\u241fc\td\n"
    assert visible("a\x85b\ud83dc") == "a\ufffdb\ufffdc"


# What is put in comes out


@given(annotations())
@settings(max_examples=100, deadline=None)
def test_record_gives_back_every_span(annotation):
    record = read(annotation)
    text = units(record["x"])
    assert record["x"] == annotation.text
    for mention, parts in zip(annotation.mentions, record.get("m", []), strict=True):
        start, size, *_ = parts
        assert cut(text, start, start + size) == mention.text
    expected = sorted(
        [parts_of(item, annotation.text) for item in annotation.attributions]
        + [
            ([annotation.text[s:e] for s, e in claim.spans], [], [])
            for claim in annotation.claims
            if claim.attribution is None
        ]
    )
    found = sorted(
        tuple([cut(text, *span) for span in pairs(flat)] for flat in padded(parts, 10)[7:10])
        for parts in record.get("s", [])
    )
    assert found == expected


def parts_of(item, text):
    return tuple(
        [text[start:end] for start, end in part.spans]
        for part in (item.content, item.source, item.cue)
    )


@given(annotations())
@settings(max_examples=100, deadline=None)
def test_blocks_of_a_record_hold_the_text_once_and_in_order(annotation):
    record = read(annotation)
    text = units(record["x"])
    position, shown = 0, []
    for _, start, segments in record.get("b", []):
        assert start >= position
        position = start
        for segment in segments:
            size = segment[0] if isinstance(segment, list) else segment
            assert size > 0
            shown.append(cut(text, position, position + size))
            position += size
    assert "".join("".join(shown).split()) == "".join(annotation.text.split())


def test_fallback_shows_the_text_and_the_statements_of_the_first_article():
    words = "".join(page(KREMLIN, EMPTY).words)
    for paragraph in KREMLIN.text.split("\n\n"):
        assert paragraph in words
    assert "Dmitri Peskov" in words
    assert (
        "“De verhalen over granaten zijn verzonnen” … “Wie zoiets beweert, wil onze vriendschap "
        "schaden.”"
    ) in words


def test_fallback_of_an_empty_article_says_so():
    assert "This article has no text." in "".join(page(EMPTY).words)


def test_record_says_what_is_known_of_a_statement():
    found = page(KREMLIN)
    (record,) = found.records()
    config = json.loads(next(text for _, attrs, text in found.raw if attrs.get("id") == "config"))
    statement = next(parts for parts in record["s"] if parts[2] == 1)
    kind, act, denied, source, speaker, _, rule = statement[:7]
    assert config["statements"][kind] == "indirect"
    assert config["acts"][act - 1] == "deny"
    assert denied == 1
    assert config["sources"][source] == "named"
    assert record["p"][speaker - 1][0] == "Het Kremlin"
    assert record["r"][rule] == "tagger"
    assert statement[10] == 89  # confidence 0.88 in hundredths + 1
    assert config["certainties"][statement[11] - 1] == "denied"
    assert statement[14] == "ontkennen"


def test_hedge_of_the_author_is_a_statement_without_source():
    found = page(KREMLIN)
    config = json.loads(next(text for _, attrs, text in found.raw if attrs.get("id") == "config"))
    (record,) = found.records()
    kinds = [config["statements"][parts[0]] for parts in record["s"]]
    assert kinds.count("hedged") == 1
    assert len(kinds) == len(KREMLIN.attributions) + 1


# Size and speed


def test_many_articles_are_smaller_than_their_json_lines():
    count = 1000
    articles = [replace(KREMLIN, id=f"{number}.txt") for number in range(count)]
    head = len(html(articles[0]).encode())
    lines = sum(len(to_json_line(item).encode()) + 1 for item in articles)
    assert len(html(*articles).encode()) - head < 0.75 * lines


@pytest.mark.parametrize("text", ["", "Kort.", "Een zin. " * 50])
def test_bare_articles_stay_within_the_bound_too(text):
    one = plain(text)
    more = len(html(one, one, one).encode()) - len(html(one, one).encode())
    assert more < 1.5 * (len(to_json_line(one).encode()) + 1)


def test_ten_thousand_statements_nested_in_each_other():
    count = 10_000
    text = "x" * (2 * count + 1)
    nested = tuple(
        said(number, ((number, len(text) - number),), parent=f"a{number - 1}" if number else None)
        for number in range(count)
    )
    record = read(plain(text, attributions=nested, sections=(Section(0, len(text), "paragraph"),)))
    assert len(record["s"]) == count
    assert record["s"][-1][12] == count - 1  # the parent of the last one is the one before it
    assert len(record["b"][0][2]) == 2 * count - 1
    assert len(json.dumps(record)) < 2_500_000


def test_ten_thousand_statements_on_one_span():
    count = 10_000
    article = plain(
        "Zin.", attributions=tuple(said(n, ((0, 4),), source=((0, 3),)) for n in range(count))
    )
    written = html(article)
    assert written.count('<li id="s') == count
    record = read(article)
    assert len(record["s"]) == count
    assert record["p"] == [["Anna", *record["p"][0][1:]]]
