"""Mentions that a model cut in two, labelled wrongly or passed over are made whole; others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.components.entities import FoundEntity
from annotate.components.values import SURE, repair
from annotate.labels import ENTITY_LABELS
from annotate.values import resolve_values
from annotate.values.repairing import repaired
from tests.values.cases import read_cases, read_markup

MENDED = [
    # one time of a day and a clock
    (
        "De brug gaat [zaterdag 8 juni](DATE) om [half negen](TIME) open.",
        "De brug gaat [zaterdag 8 juni om half negen](TIME) open.",
    ),
    (
        "Ze botsten [dinsdag](DATE) omstreeks [14.30 uur](TIME).",
        "Ze botsten [dinsdag omstreeks 14.30 uur](TIME).",
    ),
    (
        "[Volgende week](DATE) [vrijdag om 20u30](TIME) spelen ze thuis.",
        "[Volgende week vrijdag om 20u30](TIME) spelen ze thuis.",
    ),
    ("Het viel [vorige week](DATE) [dinsdag](DATE).", "Het viel [vorige week dinsdag](DATE)."),
    # one amount
    (
        "Dat kost [een](MONEY) [half miljoen euro](MONEY).",
        "Dat kost [een half miljoen euro](MONEY).",
    ),
    ("Ze liepen [twee](QUANTITY) [kilometer](QUANTITY).", "Ze liepen [twee kilometer](QUANTITY)."),
    # another label
    ("Een bol kostte [vijf centiem](QUANTITY).", "Een bol kostte [vijf centiem](MONEY)."),
    ("Het duurde [drie kwartier](QUANTITY).", "Het duurde [drie kwartier](TIME)."),
    ("Het duurde [drie weken](QUANTITY).", "Het duurde [drie weken](DATE)."),
    ("Tegen [Pasen](EVENT) is het klaar.", "Tegen [Pasen](DATE) is het klaar."),
    # a part of a year
    ("De omzet steeg in de [eerste](ORDINAL) jaarhelft.", "De omzet steeg in [de eerste jaarhelft](DATE)."),
    (
        "Het [derde](ORDINAL) kwartaal van vorig jaar was goed.",
        "[Het derde kwartaal van vorig jaar](DATE) was goed.",
    ),
    # passed over
    ("Hij zei het eergisteren.", "Hij zei het [eergisteren](DATE)."),
    ("VANDAAG en overmorgen is er geen les.", "[VANDAAG](DATE) en [overmorgen](DATE) is er geen les."),
    ("De raad stemde donderdagavond.", "De raad stemde [donderdagavond](TIME)."),
    ("De raad stemt vanmiddag.", "De raad stemt [vanmiddag](TIME)."),
    ("Het brood wordt een dubbeltje duurder.", "Het brood wordt [een dubbeltje](MONEY) duurder."),
    ("Na Allerheiligen gaan ze dicht.", "Na [Allerheiligen](DATE) gaan ze dicht."),
]  # fmt: skip
KEPT = [
    "De brug gaat [zaterdag](DATE) om [een vergunning](LAW) dicht.",
    "[Maandag](DATE) en [dinsdag](DATE) is er geen les.",
    "[Zaterdag](DATE) [urenlang](TIME) lag het stil.",
    "[Dinsdag](DATE) [twee jaar](DATE) geleden begon het.",
    "Het is [zaterdag](DATE) om [twee redenen](CARDINAL) druk.",
    "Ze wonnen met [6-1](CARDINAL) [7-5](CARDINAL).",
    "Het kost [60](MONEY) of [75 euro](MONEY).",
    "Hij liep [drie](CARDINAL) rondjes en [twintig](CARDINAL) meter extra.",
    "De [eerste](ORDINAL) kwartaalcijfers zijn er.",
    "Het [eerste](ORDINAL) doelpunt viel laat.",
    "Ze is de zus van [Freek Vrijdag](PERSON).",
    "[Zaterdagavondgloed](WORK_OF_ART) draait nog.",
    "Volg ons via @vandaag of vandaag.nl.",
    "De vrijdagmarkt en het weekend-gisteren zijn afgelast.",
    "Dan komt het wel goed, zo zei men: goede morgen.",
    "Hij gaf een kwart van zijn loon.",
    "Ze zag [Halloween](WORK_OF_ART) in de bioscoop.",
    "Allerheiligen en kerst zijn dichtbij.",
    "Na Kerst Media was er stilte.",
]


def marked(text, mentions):
    for start, end, label, *_ in sorted(mentions, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]({label}){text[end:]}"
    return text


@pytest.mark.parametrize(("before", "after"), MENDED, ids=lambda m: m[:40])
def test_what_is_certain_is_mended(before, after):
    text, mentions = read_markup(before)
    assert marked(text, repaired(text, mentions)) == after


@pytest.mark.parametrize("sentence", KEPT)
def test_what_is_not_certain_stays(sentence):
    text, mentions = read_markup(sentence)
    assert marked(text, repaired(text, mentions)) == sentence


def test_a_day_and_a_clock_mean_together_what_the_clock_means_behind_the_day():
    joined = 0
    for case in read_cases():
        values = resolve_values(case.text, case.mentions, case.date)
        mended = repaired(case.text, case.mentions)
        whole = resolve_values(case.text, [m[:3] for m in mended], case.date)
        for mention, value in zip(mended, whole, strict=True):
            if mention.parts:
                assert value == values[mention.parts[-1]]
                joined += len(mention.parts) > 1
    assert joined


def test_what_made_a_mention_is_told():
    text, mentions = read_markup("Op [zaterdag](DATE) om [half negen](TIME), niet gisteren.")
    found = [FoundEntity(*mention, 0.9 - i / 10, "head") for i, mention in enumerate(mentions)]
    joined, added = repair(text, found)
    assert (joined.rule, joined.confidence) == ("head+join", 0.8)
    assert (added.rule, added.confidence) == ("word", SURE)


PIECES = st.sampled_from(
    ["zaterdag", "om", "half negen", "een", "dubbeltje", "derde", "kwartaal", "Pasen", "euro", "5", "na"]
)  # fmt: skip


@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["", *ENTITY_LABELS])), max_size=8),
    st.sampled_from([" ", "  ", "\n", ", "]),
)
def test_mentions_stay_in_order_apart_and_none_is_lost(pieces, gap):
    text, mentions = "", []
    for word, label in pieces:
        text += gap if text else ""
        if label:
            mentions.append((len(text), len(text) + len(word), label))
        text += word
    mended = repaired(text, mentions)
    edges = [edge for m in mended for edge in (m.start, m.end)]
    assert edges == sorted(edges)
    assert all(m.start < m.end for m in mended)
    assert sorted(part for m in mended for part in m.parts) == list(range(len(mentions)))
    again = repaired(text, [m[:3] for m in mended])
    assert [m[:3] for m in again if not m.rule] == [m[:3] for m in mended] or len(again) < len(
        mended
    )
