"""Example annotations of articles written for the tests, made by naming phrases of the text."""

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
    Value,
)

MODEL = ModelInfo("nl_news", "1.0.0")


class Example:
    """An annotation under construction; phrases are found in text order or by their number."""

    def __init__(self, identifier, text, headings=()):
        self.id, self.text, self.headings = identifier, text, headings
        self.mentions, self.entities, self.attributions, self.claims = [], [], [], []

    def spans(self, *phrases):
        """Spans of phrases; a phrase may be (phrase, how many earlier ones to skip)."""
        found = []
        for phrase in phrases:
            words, skip = phrase if isinstance(phrase, tuple) else (phrase, 0)
            start = self.text.index(words)
            for _ in range(skip):
                start = self.text.index(words, start + 1)
            found.append((start, start + len(words)))
        return tuple(found)

    def entity(self, label, name, *phrases, descriptions=(), links=None):
        """An entity with its mentions; returns its id."""
        key = f"e{len(self.entities) + 1}"
        found = [(self.spans(phrase)[0], "name") for phrase in phrases]
        found += [(self.spans(phrase)[0], "description") for phrase in descriptions]
        forms = [self.text[start:end] for (start, end), _ in sorted(found)]
        ids = [self.mention(label, span, kind, key) for span, kind in sorted(found)]
        aliases = tuple(dict.fromkeys(form for form in forms if form != name))
        self.entities.append(Entity(key, label, name, aliases, tuple(ids), links or {}))
        return key

    def value(self, label, phrase, kind, value, unit=None):
        """A date or number with its value."""
        meaning = None if value is None else Value(kind, value, unit)
        self.mention(label, self.spans(phrase)[0], "value", None, meaning)

    def mention(self, label, span, kind, entity, value=None):
        key = f"m{len(self.mentions) + 1}"
        text = self.text[slice(*span)]
        self.mentions.append(Mention(key, *span, text, label, kind, entity, value, 0.9, "ner"))
        return key

    def says(self, source, cue, content, **facts):
        """An attribution and its claim; source, cue and content are lists of phrases."""
        key = f"a{len(self.attributions) + 1}"
        who, how, what = (self.spans(*phrases) for phrases in (source, cue, content))
        speaker = facts.get("speaker")
        name = next((item.name for item in self.entities if item.id == speaker), None)
        denied = facts.get("polarity", "+") == "-"
        self.attributions.append(
            Attribution(
                id=key,
                source=Source(
                    who,
                    self.joined(who),
                    facts.get("kind", "named" if who else "none"),
                    None,
                    speaker,
                    facts.get("name", name or self.joined(who) or None),
                ),
                cue=Cue(how, self.joined(how), facts.get("lemma")),
                content=Content(what, self.joined(what)),
                type=facts.get("type", "indirect"),
                act=facts.get("act", "say"),
                polarity="-" if denied else "+",
                parent=facts.get("parent"),
                confidence=facts.get("confidence", 0.87654),
                rule="tagger",
            )
        )
        kind = "attributed" if who else "unsourced"
        self.claim(what, key, kind, "denied" if denied else "reported")
        return key

    def hedges(self, content, certainty):
        """A claim that the author hedges."""
        self.claim(self.spans(*content), None, "hedged", certainty)

    def claim(self, spans, attribution, kind, certainty):
        about = {
            item.entity: None
            for item in self.mentions
            if item.entity and any(start <= item.start and item.end <= end for start, end in spans)
        }
        key = f"c{len(self.claims) + 1}"
        text = self.joined(spans)
        self.claims.append(Claim(key, spans, text, attribution, kind, certainty, tuple(about), "r"))

    def joined(self, spans):
        return " ".join(self.text[start:end] for start, end in spans)

    def done(self, **facts):
        """The annotation, its mentions in text order, its confidences as they are written."""
        sections, sentences, place = [], [], 0
        for paragraph in self.text.split("\n\n"):
            start = self.text.index(paragraph, place)
            place = start + len(paragraph)
            kind = "heading" if paragraph in self.headings else "paragraph"
            sections.append(Section(start, place, kind))
            begin = start
            for sentence in paragraph.replace(". ", ".\0").split("\0"):
                sentences.append(Sentence(begin, begin + len(sentence)))
                begin += len(sentence) + 1
        return Annotation(
            id=self.id,
            title=self.headings[0] if self.headings else None,
            date=facts.get("date"),
            metadata=facts.get("metadata", {}),
            language="nl",
            text=self.text,
            model=MODEL,
            warnings=facts.get("warnings", ()),
            sections=tuple(sections),
            sentences=tuple(sentences),
            mentions=tuple(sorted(self.mentions, key=lambda item: (item.start, -item.end))),
            entities=tuple(self.entities),
            attributions=tuple(self.attributions),
            claims=tuple(self.claims),
        )


def kremlin():
    """An article with denial, accusation, a report without source, nesting and a part of a word."""
    text = (
        "Kremlin zwijgt over pantserwagen\n\n"
        "De Russische president Vladimir Poetin heeft de leider van Noord-Korea een gepantserde "
        "wagen van 3,5 miljoen euro geschonken. Dat meldt het staatspersbureau KCNA. Volgens "
        "diplomaten in Seoul zegt Pyongyang daarmee dat het de VN-sancties niet langer erkent.\n\n"
        "Het Kremlin ontkent dat er wapens zijn geleverd. “De verhalen over granaten zijn "
        "verzonnen”, zei woordvoerder Dmitri Peskov dinsdag. “Wie zoiets beweert, wil onze "
        "vriendschap schaden.”\n\n"
        "Oekraïne\n\n"
        "Naar verluidt zijn in september vorig jaar treinen met munitie naar Oekraïne gereden. "
        "Waarschijnlijk gaat het om oude voorraden. Poetin noemde de leider “een trouwe vriend” en "
        "beloofde hem deze zomer te bezoeken."
    )
    draft = Example("kremlin.txt", text, ("Kremlin zwijgt over pantserwagen", "Oekraïne"))
    draft.entity("ORG", "Het Kremlin", "Kremlin", ("Kremlin", 1))
    draft.entity("NORP", "Russische", "Russische")
    putin = draft.entity("PERSON", "Vladimir Poetin", "Vladimir Poetin", ("Poetin", 1))
    korea = draft.entity("GPE", "Noord-Korea", "Noord-Korea", "Pyongyang", links={"iso3166": "KP"})
    kcna = draft.entity("ORG", "KCNA", "KCNA")
    draft.entity("GPE", "Seoul", "Seoul")
    draft.entity("ORG", "VN", "VN")
    peskov = draft.entity(
        "PERSON", "Dmitri Peskov", "Dmitri Peskov", descriptions=["woordvoerder Dmitri Peskov"]
    )
    draft.entity("GPE", "Oekraïne", ("Oekraïne", 0), ("Oekraïne", 1), links={"iso3166": "UA"})
    draft.entity(None, "de leider van Noord-Korea", descriptions=["de leider van Noord-Korea"])
    draft.value("MONEY", "3,5 miljoen euro", "money", 3500000, "EUR")
    draft.value("DATE", "dinsdag", "date", "2024-02-20")
    draft.value("DATE", "september vorig jaar", "date", "2023-09")
    draft.value("DATE", "deze zomer", "date", "2024-SU")
    first = (
        "De Russische president Vladimir Poetin heeft de leider van Noord-Korea een gepantserde "
    )
    draft.says(
        ["het staatspersbureau KCNA"],
        ["meldt"],
        [first + "wagen van 3,5 miljoen euro geschonken"],
        speaker=kcna,
        lemma="melden",
    )
    outer = draft.says(
        ["diplomaten in Seoul"],
        ["Volgens"],
        ["zegt Pyongyang daarmee dat het de VN-sancties niet langer erkent"],
        kind="group",
        lemma="volgens",
    )
    draft.says(
        ["Pyongyang"],
        ["zegt"],
        ["dat het de VN-sancties niet langer erkent"],
        speaker=korea,
        parent=outer,
        lemma="zeggen",
    )
    draft.says(
        ["Het Kremlin"],
        ["ontkent"],
        ["dat er wapens zijn geleverd"],
        speaker="e1",
        act="deny",
        polarity="-",
        lemma="ontkennen",
    )
    draft.says(
        ["woordvoerder Dmitri Peskov"],
        ["zei"],
        [
            "“De verhalen over granaten zijn verzonnen”",
            "“Wie zoiets beweert, wil onze vriendschap schaden.”",
        ],
        speaker=peskov,
        type="direct",
        act="deny",
        polarity="-",
        lemma="zeggen",
    )
    draft.says(
        [],
        ["Naar verluidt"],
        ["zijn in september vorig jaar treinen met munitie naar Oekraïne gereden"],
    )
    draft.says(
        [("Poetin", 1)],
        ["noemde"],
        ["de leider “een trouwe vriend”"],
        speaker=putin,
        type="mixed",
        act="opinion",
        lemma="noemen",
    )
    draft.says(
        [("Poetin", 1)],
        ["beloofde"],
        ["hem deze zomer te bezoeken"],
        speaker=putin,
        act="promise",
        lemma="beloven",
    )
    draft.hedges(["Waarschijnlijk gaat het om oude voorraden"], "probable")
    return draft.done(
        date="2024-02-20",
        metadata={"author": "redactie", "section": "buitenland"},
    )


def written(annotation):
    """The annotation as it is after writing: confidences have four digits."""
    from annotate.serialize import from_json_line, to_json_line

    return from_json_line(to_json_line(annotation))


KREMLIN = written(kremlin())
EMPTY = Annotation("leeg.txt", None, None, {}, None, "", MODEL, warnings=("the article is empty",))
