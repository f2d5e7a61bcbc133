"""A small archive of news, written for the tests, with annotations made by hand."""

from annotate.article import Failure
from tests.examples import MODEL, Example


def _denial():
    text = (
        "Sancties tegen Moskou\n\nVladimir Poetin ontkent dat de nieuwe sancties werken.\n\n"
        "„Poetin liegt”, zegt Emmanuel Macron."
    )
    draft = Example("a1", text, ("Sancties tegen Moskou",))
    poetin = draft.entity("PERSON", "Vladimir Poetin", "Vladimir Poetin", ("Poetin", 1))
    macron = draft.entity("PERSON", "Emmanuel Macron", "Emmanuel Macron")
    what = ["de nieuwe sancties werken"]
    draft.says(["Vladimir Poetin"], ["ontkent"], what, speaker=poetin, act="deny", polarity="-")
    draft.says(["Emmanuel Macron"], ["zegt"], ["Poetin liegt"], speaker=macron, type="direct")
    return draft.done(date="2024-01-10")


def _short_name():
    text = "Poetin zegt dat de VN-sancties onwettig zijn. Hij noemt ze een schande voor Europa."
    draft = Example("a2", text)
    poetin = draft.entity("PERSON", "Poetin", "Poetin")
    draft.says(["Poetin"], ["zegt"], ["de VN-sancties onwettig zijn"], speaker=poetin)
    draft.says(["Hij"], ["noemt"], ["een schande"], speaker=poetin, kind="pronoun", act="opinion")
    return draft.done(date="2024-03")


def _about():
    text = "Mark Rutte zegt dat Poetin moet vertrekken. De president zwijgt."
    draft = Example("a3", text)
    rutte = draft.entity("PERSON", "Mark Rutte", "Mark Rutte")
    draft.entity("PERSON", "Poetin", "Poetin", descriptions=["De president"])
    draft.says(["Mark Rutte"], ["zegt"], ["Poetin moet vertrekken"], speaker=rutte, act="demand")
    return draft.done(date="2024-05-02")


def _group():
    text = "Handelssancties helpen niet, aldus deskundigen in Genève. Dat is al jaren zo."
    draft = Example("a4", text)
    draft.says(["deskundigen in Genève"], ["aldus"], ["Handelssancties helpen niet"], kind="group")
    return draft.done(metadata={"krant": "De Bode"})


def _nobody():
    text = "Er wordt verwacht dat de oorlog dit jaar eindigt. Misschien komt er een verdrag."
    draft = Example("a5", text)
    draft.says([], ["wordt verwacht"], ["de oorlog dit jaar eindigt"], act="predict", kind="none")
    draft.hedges(["komt er een verdrag"], "possible")
    return draft.done(date="2025-01-20")


def _namesake():
    text = "Ljoedmila Poetin zegt dat zij van niets weet. Zij woont in CAFÉ ’t Hof."
    draft = Example("a6", text)
    wife = draft.entity("PERSON", "Ljoedmila Poetin", "Ljoedmila Poetin")
    draft.says(["Ljoedmila Poetin"], ["zegt"], ["zij van niets weet"], speaker=wife)
    return draft.done(date="2024-01-31", metadata={"duplicate_of": "a1"})


ANNOTATIONS = {
    made.id: made for made in (_denial(), _short_name(), _about(), _group(), _nobody(), _namesake())
}


class ByHand:
    """Gives each article the annotation that was made for its id."""

    model = MODEL

    def pipe(self, articles):
        for article in articles:
            yield ANNOTATIONS.get(article.id) or Failure(article.id, "nobody annotated it")


def rows():
    return [{"id": name, "text": made.text} for name, made in ANNOTATIONS.items()]
