"""The terminal view is readable at every width and theme, and loses nothing without colours."""

import re
import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorSystem

from annotate.annotation import Section
from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.blocks import blocks
from annotate.exporters.terminal.palette import GROUPS, PALETTES, palette
from annotate.exporters.terminal.prose import Prose
from annotate.labels import ENTITY_LABELS
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def shown(annotation, **options):
    return "".join(get_exporter("rich").export([annotation], ExportOptions(**options)))


def bare(text):
    return ANSI.sub("", text)


def squeezed(text):
    return " ".join(text.split())


@few
@given(
    annotations(),
    st.sampled_from([60, 80, 100, 140]),
    st.sampled_from([None, "standard", "256", "truecolor"]),
    st.sampled_from(["dark", "light", "unknown"]),
)
def test_every_line_fits_and_nothing_reaches_the_terminal_but_colours(item, width, color, back):
    text = bare(shown(item, width=width, color=color, background=back, styled=color is not None))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    assert max(map(cell_len, text.split("\n"))) <= width
    text.encode()


@few
@given(annotations())
def test_without_colours_all_marks_are_words(annotation):
    numbers = {item.id: place for place, item in enumerate(annotation.attributions, 1)}
    prose = Prose.of(annotation, numbers, None)
    text = "\n".join(prose.block(block).plain for block in prose.blocks)
    for item in annotation.attributions:
        number = rf"(?:\d+,)*{numbers[item.id]}(?:,\d+)*"
        for spans, opening in (
            (item.source.spans, "who "),
            (item.cue.spans, "cue "),
            (item.content.spans, ""),
        ):
            if any(blocks_hold(annotation, span) for span in spans):
                assert re.search(rf"\{{{opening}{number}: ", text)
    for mention in annotation.mentions:
        if mention.kind in ("name", "value") and mention.label:
            assert f" {mention.label}]" in text


def blocks_hold(annotation, span):
    return any(span[0] < block.end and block.start < span[1] for block in blocks(annotation))


@few
@given(annotations())
def test_the_article_is_shown_whole(annotation):
    unmarked = replace(annotation, mentions=(), attributions=())
    text = "\n".join(part.text.plain for _, part in Prose.of(unmarked, {}, None))
    shown_text = re.sub(r"\s", "", annotation.text)
    hidden = r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
    assert re.sub(r"\s|\ufffd", "", text) == re.sub(hidden + "|\ufffd", "", shown_text)


def test_marks_without_colours_read_well():
    text = squeezed(shown(KREMLIN))
    assert "{who 4: Het [Kremlin ORG]} {cue 4: ontkent} {4: dat er wapens zijn geleverd}4." in text
    assert "{2: {cue 3: zegt} {who 3: [Pyongyang GPE]} daarmee {3: dat het de [VN ORG]-s" in text
    assert "niet langer erkent}3}2." in text
    assert "{who 7,8: [Poetin PERSON]} {cue 7: noemde}" in text


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_tables_tell_who_says_what(width):
    text = squeezed(bare(shown(KREMLIN, width=width, color="truecolor", background="dark")))
    assert "Who says what 8, 2 denied, 1 without source" in text
    assert "[6] no source" in text
    assert "Noord-Korea (Pyongyang)" in text
    assert "probable hedged Waarschijnlijk gaat het om oude voorraden" in text
    assert re.search(r"Noord-Korea GPE 2 Pyongyang · iso3166 KP|Noord-Korea GPE 2 Pyongyang", text)
    assert "3,5 miljoen euro MONEY 3500000 EUR" in text


def test_small_labels_and_numbers_stand_in_the_coloured_text():
    text = bare(shown(KREMLIN, width=140, color="truecolor", background="dark"))
    assert "VNᵒʳᵍ-sancties" in text
    assert "[4]dat er wapens zijn geleverd." in text
    assert "Het Kremlinᵒʳᵍ⁴ ontkent⁴" in text


def test_every_label_has_letters_that_fonts_know():
    mention = KREMLIN.mentions[0]
    for label in ENTITY_LABELS:
        item = replace(KREMLIN, mentions=(replace(mention, label=label),))
        prose = Prose.of(item, {}, PALETTES["truecolor", "dark"])
        note = prose.block(prose.blocks[0]).plain.removeprefix(mention.text).split()[0]
        assert not re.search("[a-z_]", note)
        assert len(note) > 2


def test_no_color_keeps_bold_and_loses_colours():
    text = shown(KREMLIN, styled=True)
    assert "\x1b[1m" in text
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3[0-7]|38|4[0-7]|48)[;m]", text)
    assert "{cue 4: ontkent}" in text
    assert "\x1b" not in shown(KREMLIN)


def test_only_one_part():
    text = shown(KREMLIN, only=("claims",))
    assert "Hedged or without a source" in text
    assert "Entities" not in text
    assert "Volgens" not in text


@pytest.mark.parametrize("name", ["peskov", "Dmitri Peskov"])
def test_one_speaker(name):
    text = shown(KREMLIN, speaker=name)
    assert "[5] Dmitri Peskov" in text
    assert "KCNA (" not in text
    assert "{4:" not in text


def test_a_speaker_is_found_by_an_alias():
    assert "[3] Noord-Korea (Pyongyang)" in shown(KREMLIN, speaker="pyongyang")


def test_a_speaker_who_says_nothing():
    assert "Who says what" not in shown(KREMLIN, speaker="Jansen")


def test_an_empty_article_says_so():
    text = shown(EMPTY)
    assert "! the article is empty" in text
    assert "The article has no text." in text


def test_a_title_that_is_not_in_the_text_is_shown():
    assert "Een andere kop" in shown(replace(KREMLIN, title="Een andere kop"))


@pytest.mark.slow
def test_ten_thousand_statements_take_seconds():
    sentence = "Jan zei dat het kan. "
    first = KREMLIN.attributions[3]
    many = [
        replace(
            first,
            id=f"a{place}",
            source=replace(first.source, spans=((start, start + 3),)),
            cue=replace(first.cue, spans=((start + 4, start + 7),)),
            content=replace(first.content, spans=((start + 8, start + 19),)),
        )
        for place in range(10_000)
        for start in (place * len(sentence),)
    ]
    text = sentence * 10_000
    sections = tuple(
        Section(start, start + len(sentence) * 100 - 1, "paragraph")
        for start in range(0, len(text), len(sentence) * 100)
    )
    item = replace(EMPTY, text=text, attributions=tuple(many), sections=sections)
    start = time.process_time()
    found = shown(item, only=("attributions",))
    assert "[10000]" in found
    list(Prose.of(item, {a.id: 1 for a in many}, PALETTES["truecolor", "dark"]))
    assert time.process_time() - start < 20


def test_text_outside_of_sections_is_a_paragraph():
    item = replace(EMPTY, text="  Kop\n\nEen zin. Nog een. ", sections=(Section(2, 5, "heading"),))
    found = [(item.text[b.start : b.end], b.kind) for b in blocks(item)]
    assert found == [("Kop", "heading"), ("Een zin. Nog een.", "paragraph")]


def luminance(color):
    def linear(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast as in WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BACKGROUNDS = {
    "dark": ["#000000", "#1e1e1e", "#282c34"],
    "light": ["#ffffff", "#fafafa", "#f6f8fa"],
    "unknown": ["#000000", "#ffffff"],
}


@pytest.mark.parametrize(("background", "color"), list(product(BACKGROUNDS, ["truecolor", "256"])))
def test_all_colours_can_be_read(background, color):
    def seen(name):
        found = Color.parse(name)
        found = found if color == "truecolor" else found.downgrade(ColorSystem.EIGHT_BIT)
        return found.get_truecolor()

    colors = palette(background, color)
    plain = [*colors.entities.values(), *colors.accents, colors.dim, colors.alarm]
    shaded = [*colors.shaded.values(), *colors.inks, colors.ink]
    pairs = [(front, back) for front in plain for back in BACKGROUNDS[background]]
    least = {"truecolor": 4.4, "256": 3.7}[color] if background == "unknown" else 4.5
    for front, back in pairs:
        assert contrast(seen(front), Color.parse(back).get_truecolor()) >= least, (front, back)
    for front, back in product(shaded, colors.shades):
        assert contrast(seen(front), seen(back)) >= 4.5, (front, back)


def test_every_statement_colour_has_its_shade():
    for colors in PALETTES.values():
        assert len(colors.shades) == len(colors.accents) == len(colors.inks)
        assert set(GROUPS.values()) | {"numbers"} == set(colors.entities) == set(colors.shaded)
