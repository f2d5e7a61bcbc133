"""Headers: what is metadata and what is text."""

import pytest

from annotate.sources import parse_article

TEXT = "De brug bij Zeewoude blijft tot april dicht. Dat zegt wethouder Anna Brand."


def parse(text: str):
    return parse_article(text, id="a")


@pytest.mark.parametrize(
    ("header", "date"),
    [
        (" date 2024-02 ", "2024-02"),
        ("date 2024-02-20 ", "2024-02-20"),
        ("date 2024 ", "2024"),
        ("DATE 2024-02\n", "2024-02"),
        ("date 2024-02-20T08:00 ", "2024-02-20"),
        ("datum 12 maart 2024 ", "2024-03-12"),
        ("Datum 12-03-2024\n\n", "2024-03-12"),
        ("Datum: 12 maart 2024 ", "2024-03-12"),
        ("Datum 12 maart 2024 om 13.45 uur\n", "2024-03-12"),
        ("date 2024-02-20 08:00\n", "2024-02-20"),
        ("Date: 2024-02 ", "2024-02"),
        ("\n\ndatum   dinsdag 12 maart 2024\n", "2024-03-12"),
        ("Gepubliceerd op: 12 maart 2024 om 13:45\n", "2024-03-12"),
    ],
)
def test_a_date_in_front_is_taken_off(header: str, date: str) -> None:
    article = parse(header + TEXT)
    assert (article.date, article.text, article.metadata) == (date, TEXT, {})


@pytest.mark.parametrize(
    "start", ["de", "'t Zal", "“Wij", "Zo", "Zondag", "Do", "12.30 uur:", "2024"]
)
def test_a_machine_date_may_be_followed_by_anything(start: str) -> None:
    article = parse(f"date 2024-02 {start} brug is dicht.")
    assert (article.date, article.text) == ("2024-02", f"{start} brug is dicht.")


@pytest.mark.parametrize(
    "text",
    [
        "Premier: 'Wij trekken ons niet terug'\n\nDe premier blijft.",
        "Update: de brug is weer open.\n\nHet verkeer rijdt.",
        "Bron: 'De brug was al maanden kapot'\n\nDe brug is dicht.",
        "Bron: explosie door lek\n\nDe brug is dicht.",
        "Auteur: ik schrijf nooit meer\n\nHet boek is uit.",
        "Door: een ongeluk op de brug staat er een file.",
        "Datum 12 maart 2024 staat in het geheugen gegrift.",
        "Date 2024 was geen goed jaar voor de brug.",
        "Datum: nog onbekend\n\nDe brug is dicht.",
        "date 2024-13 De brug is dicht.",
        "date 2024-02-30 De brug is dicht.",
        "date 2024-02: de brug is dicht.",
        "Datum prikken is lastig.",
        "Link: zo repareer je een brug\n\nDe brug is dicht.",
        "---\n\nTussen twee strepen staat een tekst.\n\n---\n\nEn daaronder ook.",
        "--- De brug is dicht. ---",
        "---\ntitle: nooit gesloten\n\nDe brug is dicht.",
    ],
)
def test_no_text_is_lost_to_what_only_looks_like_a_header(text: str) -> None:
    article = parse(text)
    assert (article.text, article.date, article.metadata) == (text, None, {})


def test_a_date_line_under_the_headline_counts_and_stays_in_the_text() -> None:
    text = "De brug: dicht\nDatum: 12 maart 2024\n\nMeer niet."
    article = parse(text)
    assert (article.text, article.date, article.metadata) == (text, "2024-03-12", {})


def test_key_value_lines() -> None:
    article = parse(
        "Kop: Brug blijft dicht\r\nDatum: 12 maart 2024\r\nAuteur: Jan de Vries\r\n"
        "Rubriek: Binnenland\r\nBron: De Zeewouder\r\nPagina: 3\r\nURL: https://example.org/a\r\n"
        "Onderkop:\r\n\r\n" + TEXT
    )
    assert article.title == "Brug blijft dicht"
    assert article.date == "2024-03-12"
    assert article.metadata == {
        "author": "Jan de Vries",
        "section": "Binnenland",
        "source": "De Zeewouder",
        "page": "3",
        "url": "https://example.org/a",
    }
    assert article.text == f"Onderkop:\n\n{TEXT}"  # a key that is not known is text


def test_the_header_ends_where_another_word_stands_before_the_colon() -> None:
    article = parse(f"Datum: 2024-03-12\nPremier: 'Wij blijven'\n\n{TEXT}")
    assert article.date == "2024-03-12"
    assert article.text == f"Premier: 'Wij blijven'\n\n{TEXT}"
    assert article.title == "Premier: 'Wij blijven'"


@pytest.mark.parametrize(
    ("line", "metadata"),
    [
        ("Bron: ANP", {"source": "ANP"}),
        ("Door: Jan de Vries en Piet van 't Hof", {"author": "Jan de Vries en Piet van 't Hof"}),
        ("Rubriek: Binnenland", {"section": "Binnenland"}),
        ("url: https://example.org/a?b=c", {"url": "https://example.org/a?b=c"}),
    ],
)
def test_one_line_alone_counts_if_it_is_a_name(line: str, metadata: dict[str, str]) -> None:
    article = parse(f"{line}\n\n{TEXT}")
    assert (article.metadata, article.text) == (metadata, TEXT)


def test_a_key_twice_gives_a_list() -> None:
    article = parse(f"Datum: 2024\nAuteur: Anna\nAuteur: Bo\nAuteur: Cas\n\n{TEXT}")
    assert article.metadata == {"author": ["Anna", "Bo", "Cas"]}


def test_a_date_that_is_not_understood_is_kept_and_said() -> None:
    article = parse(f"Titel: Brug dicht\nDatum: met Pasen\n\n{TEXT}")
    assert article.date is None
    assert article.metadata == {"date": "met Pasen"}
    assert article.warnings == ("the date in the header, 'met Pasen', is not understood",)


def test_the_title_of_the_header_goes_before_the_headline() -> None:
    article = parse(f"Titel: Uit de kop\n\nBrug blijft dicht\n\n{TEXT}")
    assert article.title == "Uit de kop"
    assert [section.kind for section in article.sections] == ["heading", "paragraph"]


def test_yaml_front_matter() -> None:
    article = parse(
        "---\n"
        "title: 'Brug: nog dicht'\n"
        "datum: 2024-03-12\n"
        "auteur: [Anna Brand, Bo]\n"
        "bijgewerkt: 2024-03-13 10:00:00\n"
        "gewicht: {aantal: 3, open: false, deel: 0.5, leeg: null}\n"
        "---\n\n" + TEXT
    )
    assert article.title == "Brug: nog dicht"
    assert article.date == "2024-03-12"
    assert article.text == TEXT
    assert article.metadata == {
        "author": ["Anna Brand", "Bo"],
        "updated": "2024-03-13 10:00:00",
        "gewicht": {"aantal": 3, "open": False, "deel": 0.5, "leeg": None},
    }


@pytest.mark.parametrize(
    ("value", "date"),
    [("2024", "2024"), ("2024-02", "2024-02"), ("12 maart 2024", "2024-03-12"), ("20240312", None)],
)
def test_dates_of_front_matter(value: str, date: str | None) -> None:
    assert parse(f"---\ndate: {value}\n---\n{TEXT}").date == (date or "2024-03-12")


def test_a_wrong_date_in_front_matter_breaks_nothing() -> None:
    article = parse(f"---\ndate: 2024-02-31\n---\n{TEXT}")
    assert (article.date, article.metadata, article.text) == (None, {"date": "2024-02-31"}, TEXT)


def test_empty_front_matter_is_taken_off() -> None:
    assert parse(f"---\n---\n{TEXT}").text == TEXT


@pytest.mark.parametrize(
    ("yaml", "why"),
    [
        ("title: [Brug", "in line"),
        ("a: &a [x]\nb: *a", "aliases"),
        ("a: &a [*a]", "aliases"),
        ("a: !!python/object:os.system x", "tags"),
        ("a: !!timestamp gisteren", "tags"),
        ("a: " + "[" * 60_000, "nested too deeply"),
        ("a: " + "9" * 5000, "digits"),
        ("a: b: c", "in line"),
    ],
)
def test_broken_front_matter_stays_in_the_text_with_a_warning(yaml: str, why: str) -> None:
    text = f"---\n{yaml}\n---\n{TEXT}"
    article = parse(text)
    assert article.text == text
    assert len(article.warnings) == 1
    assert "front matter" in article.warnings[0]
    assert why in article.warnings[0]


def test_numbers_that_json_does_not_have_become_text() -> None:
    article = parse(f"---\na: .nan\nb: -.inf\n1: een\n---\n{TEXT}")
    assert article.metadata == {"a": "nan", "b": "-inf", "1": "een"}
