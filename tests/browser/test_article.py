"""One article in the browser: lit statements, filters, search, keyboard."""

from dataclasses import replace

import pytest

from annotate.annotation import Annotation, Attribution, Content, Cue, ModelInfo, Section, Source
from tests.browser.articles import GOLD, sample
from tests.examples import EMPTY, KREMLIN

CARDS = "#cards > .card"
LIT = (
    "return Array.from(document.querySelectorAll('#paper .on-' + arguments[0]),"
    "(e) => e.textContent).join('')"
)


def lit(tab):
    """Texts of source, cue and content of the lit statement."""
    return tuple(tab.run(LIT, name) for name in ("source", "cue", "content"))


def card(tab, words):
    return next(item for item in tab.all(CARDS) if words in item.text)


@pytest.mark.parametrize("path", GOLD, ids=[path.name.split(".")[0] for path in GOLD])
def test_every_sample_is_shown_whole(tab, path):
    article = sample(path)
    tab.open(article)
    shown = tab.run(
        "const paper = document.getElementById('paper').cloneNode(true);"
        "paper.querySelectorAll('.number, .kicker, .byline').forEach((e) => e.remove());"
        "return Array.from(paper.querySelectorAll('h1, h2, p'), (e) => e.textContent)"
    )
    assert [" ".join(text.split()) for text in shown if text] == [
        " ".join(text.split()) for text in article.text.split("\n\n")
    ]
    assert len(tab.all("#paper .number")) == len(article.attributions)
    assert len(tab.all(CARDS)) == min(60, len(article.attributions))


def test_pointing_at_a_card_lights_up_and_ties_its_statement(tab):
    tab.open(KREMLIN)
    assert lit(tab) == ("", "", "")
    tab.point_at(card(tab, "dat er wapens zijn geleverd"))
    assert lit(tab) == ("Het Kremlin", "ontkent", "dat er wapens zijn geleverd")
    kinds = tab.run(
        "return Array.from(document.querySelectorAll('#lines > *'),"
        "(e) => e.getAttribute('class') || e.nodeName)"
    )
    assert kinds.count("tie") == 2
    assert {"bracket", "leader"} <= set(kinds)


def test_pointing_at_the_text_lights_up_the_innermost_statement(tab):
    tab.open(KREMLIN)
    inner = next(item for item in tab.all("#paper .said") if item.text.startswith("dat het de"))
    tab.point_at(inner)
    assert lit(tab) == ("Pyongyang", "zegt", "dat het de VN-sancties niet langer erkent")
    (shown,) = tab.all("#cards .card.on")
    assert "Noord-Korea" in shown.text


def test_pointing_elsewhere_puts_the_light_out(tab):
    tab.open(KREMLIN)
    tab.point_at(card(tab, "dat er wapens"))
    tab.point_at(tab.one("#notes-title"))
    tab.pause(250)
    assert lit(tab) == ("", "", "")
    assert tab.all("#lines > *") == []


def test_pieces_of_a_broken_quote_light_up_together(tab):
    tab.open(KREMLIN)
    tab.point_at(card(tab, "De verhalen over granaten"))
    assert lit(tab)[2] == (
        "“De verhalen over granaten zijn verzonnen”"
        "“Wie zoiets beweert, wil onze vriendschap schaden.”"
    )


def test_click_keeps_a_statement_lit_and_escape_lets_it_go(tab):
    tab.open(KREMLIN)
    head = card(tab, "dat er wapens").find_element("css selector", ".head")
    head.click()
    tab.stand_still()
    assert head.get_attribute("aria-pressed") == "true"
    tab.point_at(card(tab, "granaten"))
    assert lit(tab)[1] != "ontkent"
    tab.point_at(tab.one("#notes-title"))
    tab.pause(250)
    assert lit(tab)[1] == "ontkent"
    tab.press("ESCAPE")
    assert lit(tab) == ("", "", "")
    assert head.get_attribute("aria-pressed") == "false"


def test_what_scrolls_under_a_mouse_at_rest_is_not_pointed_at(tab):
    tab.size(1280, 420)
    tab.open(KREMLIN)
    card(tab, "dat er wapens").find_element("css selector", ".head").click()
    tab.stand_still()
    under = tab.run("return document.querySelector('#cards .card:hover')?.innerText || ''")
    before = tab.run("return scrollY")
    assert lit(tab)[1] == "ontkent"
    tab.run("scrollBy({top: arguments[0], behavior: 'instant'})", -200 if before > 200 else 200)
    tab.pause(250)
    assert tab.run("return scrollY") != before
    assert tab.run("return document.querySelector('#cards .card:hover')?.innerText || ''") != under
    assert lit(tab)[1] == "ontkent"
    tab.nudge()
    hovered = tab.run("return document.querySelector('#cards .card:hover')?.className || ''")
    assert "on" in hovered.split() or lit(tab)[1] == "ontkent"


def test_cards_do_not_slide_away_from_the_mouse(tab):
    tab.open(KREMLIN)
    number = tab.all("#paper .number")[-1]
    tab.point_at(number)
    tab.stand_still()
    shifted = tab.run("return getComputedStyle(document.getElementById('cards')).transform")
    assert shifted not in ("none", "matrix(1, 0, 0, 1, 0, 0)")
    target = tab.run(
        "return Array.from(document.querySelectorAll('#cards > .card:not(.on)')).find((card) => {"
        "const b = card.getBoundingClientRect();"
        "const there = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);"
        "return there && card.contains(there); })"  # a card that nothing covers
    )
    tab.point_at(target, straight=True)
    tab.stand_still()
    assert "on" in target.get_attribute("class").split()
    assert tab.run("return arguments[0].matches(':hover')", target)
    tab.point_at(tab.one("#notes-title"))
    tab.pause(1100)
    assert tab.run("return document.getElementById('cards').style.transform") == ""


def test_keyboard_alone_is_enough(tab):
    tab.open(KREMLIN)
    tab.press("TAB")
    assert tab.driver.switch_to.active_element.text == "Skip to the text"
    tab.press("ENTER", "TAB")
    while "card" not in parent_class(tab):
        before = tab.driver.switch_to.active_element
        tab.press("TAB")
        assert tab.driver.switch_to.active_element != before
    assert "KCNA" in tab.driver.switch_to.active_element.text
    assert lit(tab)[0] == "het staatspersbureau KCNA"
    tab.press("ARROW_DOWN", "ARROW_DOWN")
    assert lit(tab)[0] == "Pyongyang"
    tab.press("ARROW_UP")
    assert lit(tab)[0] == "diplomaten in Seoul"
    tab.press("ENTER")
    assert tab.driver.switch_to.active_element.get_attribute("aria-pressed") == "true"
    tab.press("ESCAPE")
    assert lit(tab) == ("", "", "")


def parent_class(tab):
    return tab.run("return document.activeElement.parentElement.className")


def test_number_in_the_text_leads_to_its_card(tab):
    tab.open(KREMLIN)
    number = next(item for item in tab.all("#paper .number") if item.text == "4")
    assert number.get_attribute("aria-label") == "Statement 4: Het Kremlin"
    tab.run("arguments[0].focus()", number)
    assert lit(tab)[1] == "ontkent"
    tab.press("ENTER")
    assert "Het Kremlin" in tab.driver.switch_to.active_element.text


def test_address_of_a_statement_opens_it(tab):
    tab.open(KREMLIN, at="#1.4")
    assert lit(tab)[1] == "ontkent"
    tab.go("#1.3")
    assert lit(tab)[1] == "zegt"


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ("#f-denied", ["dat er wapens", "“De verhalen"]),
        ("#f-unsourced", ["zijn in september"]),
        ("#f-direct", ["“De verhalen"]),
    ],
)
def test_filter_leaves_the_statements_that_answer(tab, control, expected):
    tab.open(KREMLIN)
    everything = len(tab.all(CARDS))
    tab.run("document.querySelector(arguments[0]).click()", control)
    tab.settle()
    assert [
        text[: len(want)] for text, want in zip(tab.texts(".card .what"), expected, strict=True)
    ] == expected
    assert tab.text("#report") == f"{len(expected)} of {everything} statements"
    shaded = "".join(tab.texts("#paper .said"))
    assert "een trouwe vriend" not in shaded
    tab.click("#f-clear")
    assert len(tab.all(CARDS)) == everything
    assert "een trouwe vriend" in "".join(tab.texts("#paper .said"))


def test_filter_by_speaker_and_by_kind_of_source(tab):
    tab.open(KREMLIN)
    speaker = next(item for item in tab.all(".speaker") if "Poetin" in item.text)
    speaker.click()
    tab.settle()
    assert speaker.get_attribute("aria-pressed") == "true"
    assert tab.texts(".card .who") == ["Vladimir Poetin"] * 2
    assert tab.run("return document.getElementById('f-speaker').value") == "vladimir poetin"
    speaker.click()
    tab.run(
        "const s = document.getElementById('f-source'); s.value = 'group';"
        "s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    tab.settle()
    assert tab.texts(".card .who") == ["diplomaten in Seoul"]


def test_search_finds_without_accents_and_marks_the_text(tab):
    tab.open(KREMLIN)
    tab.one("#f-query").send_keys("OEKRAINE")
    tab.settle()
    assert [text[:4] for text in tab.texts(".card .what")] == ["zijn"]
    marked = tab.run("return Array.from(CSS.highlights.get('found'), (range) => range.toString())")
    assert marked == ["Oekraïne", "Oekraïne"]
    tab.one("#f-query").send_keys("zzz")
    tab.settle()
    assert tab.all(CARDS) == []
    assert tab.text("#no-cards") == "Nothing matches these filters."


def test_search_marks_stay_right_behind_wide_characters(tab):
    text = "😀😀 Kop\n\nDe 𝔘𝔫 zegt “İstanbul” 👨‍👩‍👧 en dan het woord zoekwoord."
    tab.open(replace(EMPTY, text=text))
    tab.one("#f-query").send_keys("zoekwoord")
    tab.settle()
    assert (
        tab.run("return CSS.highlights.get('found').values().next().value.toString()")
        == "zoekwoord"
    )


def test_entities_are_listed_linked_and_pointed_out(tab):
    tab.open(KREMLIN)
    tab.click("#entities-box summary")
    korea = next(item for item in tab.all("#entities li") if "Noord-Korea" in item.text)
    assert "iso3166 KP" in korea.text
    korea.find_element("css selector", ".entity").click()
    assert tab.texts("#paper .m.pointed") == ["Noord-Korea", "Pyongyang"]


def test_dates_and_numbers_are_shown_with_their_values(tab):
    tab.open(KREMLIN)
    tab.click("#dates-box summary")
    rows = [item.text for item in tab.all("#dates tr")]
    assert "dinsdag Feb 20, 2024" in rows
    assert "3,5 miljoen euro 3,500,000 EUR" in rows
    tab.click("#display summary")
    tab.click("#layer-dates")
    after = tab.run(
        "return Array.from(document.querySelectorAll('[data-value]'),"
        "(e) => getComputedStyle(e, '::after').content)"
    )
    assert '" " attr(data-value)' in after or any("2024-02-20" in text for text in after)


def test_confidence_and_rule_are_there_on_demand(tab):
    tab.open(KREMLIN)
    denial = card(tab, "dat er wapens")
    assert "88%" not in denial.text
    denial.find_element("css selector", "summary").click()
    tab.settle()
    for words in ("Confidence\n88%", "Found by\ntagger", "denied", "ontkent (ontkennen)"):
        assert words in denial.text
    tab.click("#display summary")
    tab.click("#layer-how")
    assert all("Found by" in item.text for item in tab.all(CARDS))


def test_note_at_a_mention(tab):
    tab.open(KREMLIN)
    tab.point_at(next(item for item in tab.all("#paper .m") if item.text == "Pyongyang"))
    tab.pause(900)
    words = tab.one("#tip").text
    assert "Noord-Korea" in words
    assert "place · GPE" in words
    assert "2 mentions" in words
    tab.press("ESCAPE")
    assert not tab.one("#tip").is_displayed()


def test_language_and_theme_of_the_reader(tab):
    tab.open(KREMLIN)
    light = tab.run("return getComputedStyle(document.body).backgroundColor")
    tab.click("#display summary")
    choose(tab, "language", "nl")
    assert tab.run("return document.documentElement.lang") == "nl"
    assert "ontkent" in tab.texts(".card .act")
    assert tab.text("#notes-title").startswith("Uitspraken")
    choose(tab, "theme", "dark")
    dark = tab.run("return getComputedStyle(document.body).backgroundColor")
    assert dark != light
    tab.driver.refresh()
    assert tab.run("return document.documentElement.dataset.theme") == "dark"
    choose(tab, "theme", "")
    choose(tab, "language", "en")
    assert tab.run("return getComputedStyle(document.body).backgroundColor") == light


def choose(tab, name, value):
    tab.run(
        "const s = document.getElementById(arguments[0]); s.value = arguments[1];"
        "s.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
        value,
    )
    tab.settle()


def test_narrow_screen_shows_the_statement_at_its_foot(tab):
    tab.size(320, 700)
    tab.open(KREMLIN)
    assert not tab.one("#dock").is_displayed()
    said = next(item for item in tab.all("#paper .said") if "wapens" in item.text)
    tab.run("arguments[0].scrollIntoView({block: 'center'})", said)
    said.click()
    tab.settle()
    assert "Het Kremlin" in tab.one("#dock").text
    tab.click("#dock .close")
    assert not tab.one("#dock").is_displayed()


def test_prints_the_article_with_its_statements_and_without_tools(tab):
    tab.open(KREMLIN)
    tab.media(medium="print")
    for selector in ("#filters", "#speakers-box", "#facts", "#lines"):
        assert not tab.one(selector).is_displayed()
    assert tab.one("#paper").is_displayed()
    assert all(item.is_displayed() for item in tab.all(CARDS))
    assert tab.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_without_script_the_text_and_the_statements_are_there(tab):
    tab.scripts(False)
    tab.open(KREMLIN)
    words = tab.one("body").text
    assert "need JavaScript" in words
    assert "Het Kremlin ontkent dat er wapens zijn geleverd" in words
    assert "Dmitri Peskov denies:" in words
    assert not tab.one("#filters").is_displayed()


def test_failing_script_falls_back_to_the_text(tab):
    tab.open(KREMLIN)
    path = tab.folder / "page.html"
    broken = path.read_text("utf-8").replace('id="config">{', 'id="config">')
    path.write_text(broken, "utf-8")
    tab.driver.get("about:blank")
    tab.driver.get(tab.address)
    assert "Het Kremlin ontkent" in tab.one("#fallback").text
    assert any("JSON" in message for message in tab.console())


def test_markup_in_an_article_is_only_text(tab):
    nasty = (
        "<script>window.hacked = 1</script> ]]> <img src=x onerror='window.hacked = 1'>"
        " \x00\x07\x1b \u202eomgekeerd\u202c مرحبا"
    )
    article = replace(
        EMPTY,
        id=nasty,
        title=nasty,
        text=f"{nasty}\n\n{nasty}",
        metadata={nasty: nasty, "url": "javascript:alert(1)"},
        warnings=(nasty,),
    )
    tab.open(article)
    tab.click("#about-box summary")
    assert tab.run("return window.hacked") is None
    assert "<script>window.hacked = 1</script>" in tab.text("#paper")
    assert "␀␇␛" in tab.text("#paper")
    assert tab.all("#paper img, #paper script, a[href^='javascript']") == []


def test_right_to_left_text_runs_right_to_left(tab):
    tab.open(replace(EMPTY, text="مرحبا بالعالم\n\nNederlandse tekst."))
    directions = tab.run(
        "return Array.from(document.querySelectorAll('#paper .body p'), (e) => getComputedStyle(e).direction)"
    )
    assert directions == ["rtl", "ltr"]


def test_empty_article_says_so(tab):
    tab.open(EMPTY)
    assert tab.text("#no-cards") == "This article has no text."
    tab.click("#about-box summary")
    assert "the article is empty" in tab.one("#about").text


def test_ten_thousand_statements_open_at_once_and_filter_fast(tab):
    count = 10_000
    text = "Zegt. " * count
    attributions = tuple(
        Attribution(
            f"a{n}",
            Source((), "", "named", None, None, f"Spreker {n % 50}"),
            Cue((), "", None),
            Content(((6 * n, 6 * n + 4),), "Zegt"),
            "indirect",
            "say",
            "-" if n % 100 == 0 else "+",
            None,
            0.5,
            "tagger",
        )
        for n in range(count)
    )
    article = Annotation(
        "veel", None, None, {}, "nl", text, ModelInfo("m", "1"),
        sections=(Section(0, len(text), "paragraph"),), attributions=attributions,
    )  # fmt: skip
    tab.open(article)
    assert tab.text("#card-count") == "10,000"
    assert len(tab.all(CARDS)) <= 240
    tab.run("document.getElementById('f-denied').click()")
    tab.settle()
    assert tab.text("#report") == "100 of 10,000 statements"
    tab.click("#f-clear")
    tab.go("#1.9000")
    assert tab.run(LIT, "content") == "Zegt"
    assert tab.text(".card.on .count") == "Statement 9000"
    assert len(tab.all(CARDS)) <= 240
