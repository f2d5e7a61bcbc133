"""Headings and paragraphs."""

import textwrap

import pytest

from annotate.sources import parse_article
from annotate.sources.sections import find_sections

ARTICLE = """\
Zeewoude sluit brug: 'Veiligheid gaat voor'

ZEEWOUDE (ANP) - De brug bij Zeewoude blijft tot april dicht voor alle verkeer. Dat heeft \
wethouder Anna Brand maandag gezegd. Volgens haar zijn er scheuren gevonden in twee pijlers.

De ondernemers in de haven vrezen dat klanten wegblijven. "We zijn net over de winter heen", zegt \
Bo Kuiper van de visafslag. Hij wil dat de gemeente de schade vergoedt.

Roest

De brug is van 1931. Een inspecteur zag in de herfst al roest, maar zijn rapport bleef liggen. \
Brand noemt dat onbegrijpelijk.

‘Te lang gewacht’

De oppositie vindt dat er te lang is gewacht. Ze vraagt een debat aan. Dat is volgende week.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(section.kind[0], text[section.start : section.end]) for section in find_sections(text)]


def flat(text: str) -> list[tuple[str, str]]:
    return [(kind, " ".join(part.split())) for kind, part in kinds(text)]


def headings(text: str) -> list[str]:
    return [part for kind, part in kinds(text) if kind == "h"]


def test_an_article() -> None:
    assert headings(ARTICLE) == [
        "Zeewoude sluit brug: 'Veiligheid gaat voor'",
        "Roest",
        "‘Te lang gewacht’",
    ]
    assert parse_article(ARTICLE, id="a").title == "Zeewoude sluit brug: 'Veiligheid gaat voor'"


def test_one_paragraph_on_a_line_gives_the_same_sections() -> None:
    assert kinds(ARTICLE.replace("\n\n", "\n")) == kinds(ARTICLE)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_hard_wrapped_lines_are_one_paragraph(width: int) -> None:
    paragraphs = ARTICLE.strip().split("\n\n")
    wrapped = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)
    assert wrapped != ARTICLE.strip()
    assert flat(wrapped) == flat(ARTICLE)


def test_a_heading_above_its_paragraph_without_a_blank_line_is_not_glued_to_it() -> None:
    paragraphs = ARTICLE.strip().split("\n\n")
    wrapped = "\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in paragraphs)
    assert headings(wrapped) == headings(ARTICLE)
    assert flat(wrapped) == flat(ARTICLE)


@pytest.mark.parametrize(
    "dateline", ["CHARKIV (ANP) -", "UTRECHT -", "Brussel (Belga)", "'s-HERTOGENBOSCH —"]
)
def test_a_dateline_stays_in_its_paragraph(dateline: str) -> None:
    text = f"Brug dicht\n\n{dateline}\nDe brug is dicht. Dat meldt de gemeente.\n\nMeer volgt."
    assert kinds(text)[1] == ("p", f"{dateline}\nDe brug is dicht. Dat meldt de gemeente.")


@pytest.mark.parametrize(
    "line",
    [
        "'Veel ouderen denken dat het wel meevalt.'",
        ",,Daar gaan we niet over.''",
        "“Ik weet van niets”, zegt ze.",
        "“Weet u dat zeker?”",
        "Nee.",
        "Het bleef stil.",
        "Dat was het dan!",
        "De winnaars op een rij:",
        "En toen, zei ze,",
        "- vier lampen",
        "• vier lampen",
        "1. Anna Brand",
        "van de gemeente",
        "Door Jan de Vries",
        "Van onze verslaggever",
        "(Van onze correspondent)",
        "Foto: Bo Kuiper",
        "Lees ook: de brug is dicht",
        "12 maart 2024",
        "Zeewoude - Havenstad 2-1 (0-1)",
        "https://example.org/brug",
        "Mail naar brug@example.org",
        "***",
        "2024",
        "Dit is een lange regel zonder punt die veel te lang is voor een tussenkop in een krant",
    ],
)
def test_what_looks_short_but_is_no_crosshead(line: str) -> None:
    text = ARTICLE.replace("Roest\n", f"{line}\n")
    assert ("p", line) in kinds(text)


@pytest.mark.parametrize(
    "line",
    [
        "Roest",
        "DE GEMEENTE",
        "'s Nachts dicht",
        "‘Chantage’",
        "Stap 2: bel de gemeente",
        "Wie betaalt dat?",
        "2. Wie betaalt dat?",
        "Brug uit 1931",
        "Één pijler",
    ],
)
def test_crossheads(line: str) -> None:
    assert line in headings(ARTICLE.replace("Roest\n", f"{line}\n"))


def test_a_row_of_short_lines_is_a_list_and_only_its_heading_is_one() -> None:
    text = (
        "De brug is dicht. Dat duurt even.\n\nPraktisch\n\nDicht: tot april\n\nOmweg: via de dijk"
    )
    text += "\n\nVragen: bel de gemeente\n\nDaarna wordt alles anders. Zegt men."
    assert headings(text) == ["Praktisch"]


def test_the_name_under_a_letter_is_not_a_heading() -> None:
    text = "Brieven\n\nBrug\n\nIk fiets om. Elke dag.\n\nAnna Brand, Zeewoude\n\nMeeuwen\n\n"
    text += "Ze krijsen. Altijd."
    assert headings(text) == ["Brieven", "Brug", "Meeuwen"]


def test_in_a_text_of_one_sentence_paragraphs_a_question_is_a_sentence() -> None:
    text = "\n\n".join(
        [
            "De brug bij Zeewoude is al sinds de herfst dicht en dat merkt iedereen in de haven.",
            "Maar wie betaalt dat?",
            "De wethouder wil er niets over zeggen, ook niet nu de raad haar er om vroeg.",
            "En wat nu?",
            "Volgende week komt er een debat waarin alle partijen hun zegje mogen doen.",
        ]
    )
    assert headings(text) == []


@pytest.mark.parametrize(
    "title",
    [
        "Brug blijft dicht",
        "LIVE | Brug blijft dicht",
        "Waarom is de brug dicht?",
        "Brand in garage Jansen B.V.",
        "Wethouder: ‘Ik ga’",
        "12 doden bij ongeluk op brug",
    ],
)
def test_headlines(title: str) -> None:
    article = parse_article(f"{title}\n\nDe brug is dicht. Dat meldt de gemeente.", id="a")
    assert article.title == title
    assert article.sections[0].kind == "heading"


@pytest.mark.parametrize(
    "first",
    [
        "De brug is dicht.",
        "'Veel ouderen denken dat het wel meevalt.'",
        "De wethouder zei:",
        "- brug dicht",
        "UTRECHT -",
    ],
)
def test_no_headline(first: str) -> None:
    article = parse_article(f"{first}\n\nDe brug is dicht. Dat meldt de gemeente.", id="a")
    assert article.title is None
    assert article.sections[0].kind == "paragraph"


def test_a_headline_over_two_lines() -> None:
    text = (
        "Wethouder belooft dat de brug bij Zeewoude voor de zomer\nweer open is voor alle verkeer"
        "\n\nDe brug gaat weer open. Dat meldt de gemeente."
    )
    article = parse_article(text, id="a")
    assert article.title == (
        "Wethouder belooft dat de brug bij Zeewoude voor de zomer weer open is voor alle verkeer"
    )
    assert [section.kind for section in article.sections] == ["heading", "paragraph"]


def test_the_headline_may_stand_under_a_byline() -> None:
    text = "Door Bo Kuiper\n\nBrug blijft dicht\n\nDe brug is dicht. Dat meldt de gemeente."
    assert parse_article(text, id="a").title == "Brug blijft dicht"


@pytest.mark.parametrize("text", ["De brug is dicht", "Brug dicht\nHaven open\nAlles anders"])
def test_without_a_sentence_there_is_no_heading(text: str) -> None:
    assert headings(text) == []


def test_a_broken_line_in_a_long_paragraph_is_mended() -> None:
    text = (
        "De brug is dicht en dat duurt volgens de wethouder die er over gaat nog even, want de\n"
        "gemeente heeft geen geld. " + "Zegt men. " * 20 + "\nDe haven is open. Zegt men."
    )
    assert len(find_sections(text)) == 2


def test_unicode_line_and_paragraph_separators() -> None:
    text = "Brug dicht\u2029De brug is dicht. Zegt men.\u2028De haven niet.\u00a0\u2029\u00a0\n"
    assert kinds(text) == [
        ("h", "Brug dicht"),
        ("p", "De brug is dicht. Zegt men."),
        ("p", "De haven niet."),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n \n\t\n"])
def test_nothing(text: str) -> None:
    assert find_sections(text) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("BINNENLAND\n\nBrug dicht", "Brug dicht"),
        ("# Brug dicht", "Brug dicht"),
        ("**Brug dicht**", "Brug dicht"),
        ("BRUG DICHT", "BRUG DICHT"),
        ("Brug dicht\n\nOmrijden kan", "Brug dicht"),
    ],
)
def test_the_title_is_the_headline(text: str, title: str) -> None:
    assert parse_article(f"{text}\n\nDe brug is dicht. Dat duurt.", id="a").title == title


@pytest.mark.parametrize(
    "line", ["12 maart 2024", "di 12 maart 2024, 13.45 uur", "Datum: 12-03-2024"]
)
def test_a_line_with_nothing_but_the_date_dates_the_article(line: str) -> None:
    text = f"Brug dicht\n\nDoor Bo Kuiper\n\n{line}\n\nDe brug is dicht. Dat duurt."
    article = parse_article(text, id="a")
    assert (article.date, article.text) == ("2024-03-12", text)
    assert parse_article(text, id="a", date="2023").date == "2023"
    assert parse_article(f"date 2022-01 {text}", id="a").date == "2022-01"


@pytest.mark.parametrize(
    "text",
    [
        "Dagboek\n\n12 maart 2024\n\nDe brug is dicht. Echt.\n\n13 maart 2024\n\nNog. Echt.",
        "Brug dicht\n\nDe brug is dicht. Echt.\n\nDe haven. Ook.\n\n12 maart 2024\n\nToen.",
        "Brug dicht\n\nmaart 2024\n\nDe brug is dicht. Echt.",
        "Brug dicht\n\nOp 12 maart 2024 ging de brug dicht. Echt.",
    ],
)
def test_other_dates_do_not(text: str) -> None:
    assert parse_article(text, id="a").date is None
