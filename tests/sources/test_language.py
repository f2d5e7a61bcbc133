"""The language of a text."""

import pytest

from annotate.sources import guess_language, parse_article

PARAGRAPHS = {
    "nl": (
        "De burgemeester van de kustplaats zei maandag dat de brug tot het einde van de maand "
        "dicht blijft, omdat inspecteurs nieuwe scheuren in twee van de pijlers hebben "
        "gevonden. Winkeliers vrezen dat ze klanten verliezen, maar de gemeente heeft hulp "
        "beloofd."
    ),
    "en": (
        "The mayor of the coastal town said on Monday that the bridge will remain closed "
        "until the end of the month, because inspectors have found new cracks in two of the "
        "pillars. Local shopkeepers fear that they will lose customers, but the council has "
        "promised to help them."
    ),
    "de": (
        "Der Bürgermeister der Küstenstadt sagte am Montag, dass die Brücke bis zum Ende des "
        "Monats gesperrt bleibt, weil Prüfer neue Risse in zwei Pfeilern gefunden haben. Die "
        "Händler fürchten, dass sie Kunden verlieren, aber der Rat hat ihnen Hilfe "
        "versprochen."
    ),
    "fr": (
        "Le maire de la ville côtière a déclaré lundi que le pont restera fermé jusqu'à la "
        "fin du mois, parce que les inspecteurs ont trouvé de nouvelles fissures dans deux "
        "piliers. Les commerçants craignent de perdre des clients, mais le conseil a promis "
        "de les aider."
    ),
    "af": (
        "Die burgemeester van die kusdorp het Maandag gesê dat die brug tot die einde van die "
        "maand gesluit bly, omdat inspekteurs nuwe krake in twee van die pilare gevind het. "
        "Plaaslike winkeliers vrees dat hulle kliënte sal verloor, maar die raad het belowe "
        "om hulle te help."
    ),
    "fy": (
        "De boargemaster fan it stedsje oan de kust sei moandei dat de brêge oant de ein fan "
        "de moanne ticht bliuwt, om't ynspekteurs nije skuorren yn twa fan de pylders fûn "
        "hawwe. De winkellju binne bang dat se klanten kwytreitsje, mar de gemeente hat "
        "tasein har te helpen."
    ),
    "tr": (
        "Kıyı kentinin belediye başkanı pazartesi günü, denetçilerin iki ayakta yeni "
        "çatlaklar bulması nedeniyle köprünün ay sonuna kadar kapalı kalacağını söyledi. "
        "Esnaf müşteri kaybetmekten korkuyor, ancak belediye onlara yardım sözü verdi."
    ),
    "pl": (
        "Burmistrz nadmorskiego miasta powiedział w poniedziałek, że most pozostanie "
        "zamknięty do końca miesiąca, ponieważ inspektorzy znaleźli nowe pęknięcia w dwóch "
        "filarach. Kupcy obawiają się utraty klientów, ale rada obiecała im pomoc."
    ),
}


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_is_enough(code: str) -> None:
    assert guess_language(PARAGRAPHS[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Aurus", "Nee", "1-0", "Paris, London, Berlin", "。。。 123 456"]
)
def test_a_few_words_have_no_language(text: str) -> None:
    assert guess_language(text) is None


def test_dutch_with_a_foreign_quotation_is_dutch() -> None:
    text = (
        "‘We will not sell our port’, zei de burgemeester. Hij had er nog niet over gesproken met"
        " de raad, maar volgens hem zijn er geen plannen om dat te doen. ‘Never, ever.’"
    )
    assert guess_language(text) == "nl"


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("af", "Afrikaans")])
def test_another_language_is_a_warning_on_the_article(code: str, name: str) -> None:
    article = parse_article(PARAGRAPHS[code], id="a")
    assert article.warnings == (f"text looks {name}, annotated as Dutch",)
    assert article.text == PARAGRAPHS[code]


def test_dutch_is_not() -> None:
    assert parse_article(PARAGRAPHS["nl"], id="a").warnings == ()
