"""Made-up articles and an annotator without a model, to time everything else.

The articles are made up from a few sentences, and annotated by rules that take next to no time. They
find capitalised names and two forms of quotation: enough to fill every table, and the same each time.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotate.annotation import (
    Annotation,
    Attribution,
    Claim,
    Content,
    Cue,
    Entity,
    Mention,
    ModelInfo,
    Section,
    Sentence,
    Source,
)
from annotate.article import Article, Failure

PEOPLE = (
    "Janna Prins",
    "Bart de Wit",
    "Fatima Azzouzi",
    "Lars van Buren",
    "Ineke Smit",
    "Tomas Vlieger",
    "Roos Kamerling",
    "Pim Oldehinkel",
)
TOPICS = (
    "de begroting",
    "het stikstofplan",
    "de nieuwe sancties",
    "de haven",
    "het spoor naar Zwolle",
    "de opvang",
    "de huren",
    "het ziekenhuis",
)
_CLAIMS = (
    "{topic} nog dit jaar wordt besproken",
    "{topic} te weinig oplevert",
    "er over {topic} geen besluit is genomen",
    "{topic} volgens de regels is aangepakt",
    "{other} van {topic} op de hoogte was",
)
_PLAIN = (
    "In de raad werd lang gepraat over {topic}.",
    "Inwoners kregen in maart een brief over {topic}.",
    "Het besluit over {topic} valt na de zomer.",
    "De gemeente trekt er 3,5 miljoen euro voor uit.",
)
_NAME = re.compile(
    r"[A-Z][a-z]+(?: (?:de|van|der) [A-Z][a-z]+| [A-Z][a-z]+)+|(?<=, zei )[A-Z][a-z]+"
)
_SENTENCE = re.compile(r"[^.\n]+\.[”]?")
_INDIRECT = re.compile(r"(?P<who>[A-Z][\w ]+?) (?P<cue>zegt|ontkent) dat (?P<what>[^.]+)")
_DIRECT = re.compile(r"„(?P<what>[^”]+)”, (?P<cue>zei) (?P<who>[A-Z][a-z]+)")


def make_rows(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield the next of ``count`` made-up articles, as columns."""
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        topic = rng.choice(TOPICS)
        sentences = []
        for _ in range(rng.randint(2, 4)):
            person = rng.choice(PEOPLE)
            cue = rng.choice(("zegt", "zegt", "ontkent"))
            claim = rng.choice(_CLAIMS).format(topic=topic, other=rng.choice(PEOPLE))
            sentences.append(f"{person} {cue} dat {claim}.")
            sentences.append(rng.choice(_PLAIN).format(topic=topic))
            if rng.random() < 0.5:
                name = person.split()[-1]
                sentences.append(f"„Wij kijken opnieuw naar {topic}”, zei {name}.")
        middle = len(sentences) // 2
        yield {
            "id": f"artikel-{number:07}",
            "date": f"{2020 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}",
            "title": f"Discussie over {topic}",
            "text": " ".join(sentences[:middle]) + "\n\n" + " ".join(sentences[middle:]),
        }


class RuleAnnotator:
    """Annotates made-up articles by rules; the same text gives the same annotation."""

    model = ModelInfo("rules-for-benchmarks", "1")

    def pipe(self, articles: Iterable[Article]) -> Iterator[Annotation | Failure]:
        """Yield the next annotation."""
        for article in articles:
            yield self.annotate(article)

    def annotate(self, article: Article) -> Annotation:
        """Return the annotation of one article."""
        text = article.text
        entities, mentions = _find_names(text)
        attributions, claims = [], []
        found = sorted(
            (*_INDIRECT.finditer(text), *_DIRECT.finditer(text)), key=lambda match: match.start()
        )
        for place, match in enumerate(found, start=1):
            attribution = _attribution(place, match, mentions, entities)
            attributions.append(attribution)
            start, end = match.span("what")
            about = {m.entity: None for m in mentions if start <= m.start and m.end <= end}
            certainty = "denied" if attribution.polarity == "-" else "reported"
            claims.append(
                Claim(
                    f"c{place}",
                    ((start, end),),
                    match["what"],
                    attribution.id,
                    "attributed",
                    certainty,  # type: ignore[arg-type]
                    tuple(name for name in about if name),
                    "rule",
                )
            )
        paragraphs = re.finditer(r"[^\n]+", text)
        return Annotation(
            id=article.id,
            title=article.title,
            date=article.date,
            metadata=article.metadata,
            language="nl",
            text=text,
            model=self.model,
            warnings=article.warnings,
            sections=article.sections
            or tuple(Section(m.start(), m.end(), "paragraph") for m in paragraphs),
            sentences=tuple(Sentence(*match.span()) for match in _SENTENCE.finditer(text)),
            mentions=tuple(mentions),
            entities=tuple(entities),
            attributions=tuple(attributions),
            claims=tuple(claims),
        )


def _find_names(text: str) -> tuple[list[Entity], list[Mention]]:
    """Return entities, one for each last name, and their mentions."""
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for place, match in enumerate(_NAME.finditer(text), start=1):
        name = match.group()
        last = name.split()[-1]
        mention = f"m{place}"
        known = entities.get(last) or Entity(f"e{len(entities) + 1}", "PERSON", name, (), (), {})
        forms = dict.fromkeys((known.name, *known.aliases, name))
        longest = max(forms, key=len)
        entities[last] = replace(
            known,
            name=longest,
            aliases=tuple(form for form in forms if form != longest),
            mentions=(*known.mentions, mention),
        )
        start, end = match.span()
        mentions.append(
            Mention(mention, start, end, name, "PERSON", "name", known.id, None, 0.9, "rule")
        )
    return list(entities.values()), mentions


def _attribution(
    place: int, match: re.Match[str], mentions: list[Mention], entities: list[Entity]
) -> Attribution:
    """Return the attribution that a pattern found."""
    span = match.span("who")
    mention = next((m for m in mentions if span[0] <= m.start and m.end <= span[1]), None)
    speaker = next((e for e in entities if mention and e.id == mention.entity), None)
    denies = match["cue"] == "ontkent"
    return Attribution(
        id=f"a{place}",
        source=Source(
            (span,),
            match["who"],
            "named" if mention else "described",
            mention.id if mention else None,
            speaker.id if speaker else None,
            speaker.name if speaker else match["who"],
        ),
        cue=Cue((match.span("cue"),), match["cue"], {"zei": "zeggen"}.get(match["cue"])),
        content=Content((match.span("what"),), match["what"]),
        type="direct" if match["cue"] == "zei" else "indirect",
        act="deny" if denies else "say",
        polarity="-" if denies else "+",
        parent=None,
        confidence=0.9,
        rule="rule",
    )
