"""What the text around a mention and before it does to its value."""

import pytest

from annotate.annotation import Value
from annotate.values import Context, Reference, normalise, resolve_values
from tests.values.cases import read_markup


def values_of(marked: str, date: str | None = "2024-02-20") -> list[object]:
    text, mentions = read_markup(marked)
    return [value.value if value else None for value in resolve_values(text, mentions, date)]


def test_without_a_context_news_looks_back():
    assert normalise("zondag", "DATE", date="2024-02-20") == Value("date", "2024-02-18")


def test_context_gives_direction_and_references():
    text = "In 2019 viel hij, dat jaar ging het mis."
    context = Context(text, 18, 26, references=[Reference("2019", 3, 7, fixes=True)])
    assert normalise("dat jaar", "DATE", date="2024-02-20", context=context) == Value(
        "date", "2019"
    )


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("In [2019](DATE) won hij, in [mei](DATE) verloor hij.", ["2019", "2019-05"]),
        ("De in [2019](DATE) gebouwde brug brak in [mei](DATE).", ["2019", "2023-05"]),
        ("De wet van [2019](DATE) werd in [mei](DATE) aangepast.", ["2019", "2023-05"]),
        ("In [2019](DATE) won hij. In [mei](DATE) doet hij weer mee.", ["2019", "2024-05"]),
        ("In [2019](DATE) won hij.\n\nIn [mei](DATE) verloor hij van Bakker.", ["2019", "2023-05"]),
    ],
)
def test_year_of_the_text_holds_in_its_paragraph_for_what_happened(marked, values):
    assert values_of(marked) == values


@pytest.mark.parametrize(
    ("marked", "values"),
    [
        ("Het gaat over [drie weken](DATE) open.", ["2024-W11"]),
        ("De kosten zijn verspreid over [drie weken](DATE).", ["P3W"]),
        ("Het brak [drie weken](DATE) geleden.", ["2024-W05"]),
        ("Het duurde [drie weken](DATE).", ["P3W"]),
        ("Zij komt over [enkele weken](DATE) terug.", ["FUTURE_REF"]),
        ("Zij kwam op zijn [zestigste](DATE) terug.", ["P60Y"]),
        ("Zij kwam op de [zestiende](DATE) terug.", ["2024-02-16"]),
        ("Ze zien elkaar om [de week](DATE).", ["P2W"]),
    ],
)
def test_words_outside_the_mention_count(marked, values):
    assert values_of(marked) == values


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Dat was in [mei](DATE) vorig jaar.", "2023-05"),
        ("Dat was op [3 mei](DATE) van dit jaar.", "2024-05-03"),
        ("Dat was vorige week [dinsdag](DATE).", "2024-02-13"),
        ("Het kost [3 miljoen](MONEY) euro.", 3_000_000),
        ("Hij liep [3](QUANTITY) kilometer.", 3),
    ],
)
def test_mention_that_was_cut_short_is_read_with_what_follows(marked, value):
    assert values_of(marked) == [value]


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Het begon om [drie uur](TIME).", "2024-02-20T03:00"),
        ("Het begon om [drie uur](TIME) 's middags.", "2024-02-20T15:00"),
        ("Het duurde [drie uur](TIME).", "PT3H"),
        ("Na [drie uur](TIME) stopte het.", "PT3H"),
        ("Het bleef open tot [22 uur](TIME).", "2024-02-20T22:00"),
        (
            "De file was tussen [7 en 9 uur](TIME) het langst.",
            ("2024-02-20T07:00", "2024-02-20T09:00"),
        ),
    ],
)
def test_hours_are_a_clock_time_or_a_duration(marked, value):
    assert values_of(marked) == [value]


def test_clock_time_belongs_to_the_day_and_evening_before_it():
    assert values_of("[Zaterdagavond](TIME) brak het. Om [half tien](TIME) was het heel.") == [
        "2024-02-17TEV",
        "2024-02-17T21:30",
    ]
    assert values_of("[Zaterdag](DATE) brak het. Om [half tien](TIME) begint de rechtbank.") == [
        "2024-02-17",
        "2024-02-20T09:30",
    ]
    assert values_of("Om [20.50 uur](TIME) brak het. [Een kwartier later](TIME) was het heel.") == [
        "2024-02-20T20:50",
        "2024-02-20T21:05",
    ]


def test_ton_is_money_or_weight_by_its_label():
    assert normalise("5 ton", "MONEY") == Value("money", 500_000)
    assert normalise("5 ton", "QUANTITY") == Value("quantity", 5, "t")


def test_currency_without_a_country_needs_one_in_the_text():
    def code(text: str) -> str | None:
        start = text.index("900")
        (value,) = resolve_values(text, [(start, start + 10, "MONEY")], "2018-10-01")
        assert value is not None
        return value.unit

    assert code("Een Deense boer betaalde 900 kronen boete.") == "DKK"
    assert code("Een boer betaalde 900 kronen boete.") is None
    assert code("Een Deen en een Zweed betaalden in Deens en Zweeds geld 900 kronen.") is None


def test_joined_amounts_share_unit_and_scale():
    text, mentions = read_markup("Tussen [3](MONEY) en [4 miljoen euro](MONEY).")
    assert resolve_values(text, mentions, None) == [
        Value("money", 3_000_000, "EUR"),
        Value("money", 4_000_000, "EUR"),
    ]
    text, mentions = read_markup("Tussen [3](QUANTITY) en [4 meter](QUANTITY).")
    assert resolve_values(text, mentions, None)[0] == Value("quantity", 3, "m")


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("twintig minuten", "QUANTITY", Value("duration", "PT20M")),
        ("12 procent", "CARDINAL", Value("percent", 12, "%")),
        ("12 euro", "CARDINAL", Value("money", 12, "EUR")),
        ("zaterdagavond", "DATE", Value("time", "2024-02-17TEV")),
        ("vorige week", "TIME", Value("date", "2024-W07")),
        ("12", "ORDINAL", Value("number", 12)),
    ],
)
def test_wrong_label_is_mended_where_the_words_are_clear(text, label, value):
    assert normalise(text, label, date="2024-02-20") == value


def test_weekday_after_a_coarse_date_stays_open():
    assert values_of("De brug brak [zondag](DATE).", "2024-02") == ["XXXX-WXX-7"]
    assert values_of("De brug brak op [3 maart](DATE).", "2024-02") == ["2023-03-03"]
    assert values_of("De brug brak op [3 maart](DATE).", "2024") == ["XXXX-03-03"]
