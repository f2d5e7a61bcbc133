"""Mentions that are names: the entities of the text, and further places of the same names."""

from collections import Counter
from collections.abc import Iterator, Sequence

from annotate.components.coreference.mention import SORTS_OF_LABEL, Mention
from annotate.components.coreference.nouns import first_name_gender, noun
from annotate.components.coreference.phrases import QUOTES, left_edge
from annotate.components.coreference.wordlists import wordlist
from annotate.components.coreference.words import View, Word
from annotate.components.entities import FoundEntity

FEMALE_TITLES = wordlist("female_title")
MALE_TITLES = wordlist("male_title")
LONG = 8
"""Letters of a name of one word that may be a compound whose noun tells what it is."""
SURE = 0.9
"""Confidence above which a place is a place, though somebody has its name."""
_LINKS = frozenset({"van", "voor", "bij", "der", "de", "het"})
LONGEST_TITLE = 7
"""Words back from a name among which the head of its title is looked for (minister van … X)."""


def name_mentions(view: View) -> list[Mention]:
    """Return the names of a text in text order."""
    return sorted([*_marked(view), *_unmarked(view)], key=lambda m: m.start)


def _marked(view: View) -> Iterator[Mention]:
    words = view.words
    floor = 0
    for entity in _with_steady_labels(view):
        first, last = view.word_at(entity.start), view.word_at(entity.end - 1) + 1
        if entity.label in {"NORP", "GPE", "LOC"} and not _is_noun(words, last, entity):
            continue
        if entity.label == "PERSON":
            title, phrase = _person_title(words, first, floor)
        else:
            title, phrase = _name_title(words, first, entity.label, floor)
        floor = entity.end
        mention = _mention(view, entity.start, entity.end, entity.label, (first, last), phrase)
        if title is not None:
            mention.titles.append(noun(words[title].lower))
            mention.title_forms.append(words[title].lower)
        _set_features(words, mention)
        _add_own_nouns(words, mention)
        yield mention


def _add_own_nouns(words: Sequence[Word], mention: Mention) -> None:
    """Let a name be called what its first or last word says: rechtbank Rotterdam, Gezondheidsraad."""
    if mention.label in {"PERSON", "NORP"}:
        return
    for word in dict.fromkeys((words[mention.first], words[mention.last - 1])):
        if mention.last - mention.first < 2 and len(word.text) < LONG:
            continue
        found = noun(word.lower)
        if set(found.sorts) & (mention.sorts | {"org", "facility"}):
            mention.titles.append(found)
            mention.title_forms.append(word.lower)


def _with_steady_labels(view: View) -> Iterator[FoundEntity]:
    """Yield the names; where one form is now a person or people and now not, its commonest label counts.

    A surname of somebody who is named in full is a person, unless it surely names a town.
    """
    names = [e for e in view.entities if e.label in SORTS_OF_LABEL]
    votes: dict[str, Counter[str]] = {}
    for entity in names:
        text = view.text[entity.start : entity.end]
        votes.setdefault(text, Counter())[entity.label] += 1
        surname = text.rpartition(" ")[2]
        if entity.label == "PERSON" and surname != text:
            votes.setdefault(surname, Counter())["PERSON"] += 1
    for entity in names:
        found = votes[view.text[entity.start : entity.end]]
        label, count = found.most_common(1)[0]
        unsteady = {"PERSON", "NORP"} & set(found) and count > found[entity.label]
        sure = entity.label == "GPE" and entity.confidence > SURE
        if found["PERSON"] == count and not sure:
            label, unsteady = "PERSON", True
        yield entity._replace(label=label) if unsteady else entity


def _unmarked(view: View) -> Iterator[Mention]:
    """Yield places of a name of one word, or of a surname, that the finder of entities passed over."""
    words = view.words
    known = _forms(view)
    entities = view.entities
    at = 0
    for word in words:
        label = known.get(word.text)
        if label is None:
            continue
        while at < len(entities) and entities[at].end <= word.start:
            at += 1
        if at < len(entities) and entities[at].start < word.end:
            continue
        opening = word.i == 0 or words[word.i - 1].sent != word.sent
        if opening and word.pos not in {"PROPN", "NOUN"}:
            continue
        place = (word.i, word.i + 1)
        mention = _mention(view, word.start, word.end, label, place, word.i)
        _set_features(words, mention)
        yield mention


def _forms(view: View) -> dict[str, str]:
    known: dict[str, str] = {}
    for entity in view.entities:
        if entity.label not in SORTS_OF_LABEL or entity.label == "NORP":
            continue
        text = view.text[entity.start : entity.end]
        form = text.rpartition(" ")[2] if entity.label == "PERSON" else text
        if len(form) > 2 and form[0].isupper() and " " not in form:
            known.setdefault(form, entity.label)
    return known


def _mention(
    view: View, start: int, end: int, label: str, place: tuple[int, int], phrase: int
) -> Mention:
    first, last = place
    head = first if label == "PERSON" else last - 1
    return Mention(
        start,
        end,
        first,
        last,
        head,
        "name",
        label,
        view.text[start:end],
        (phrase, last),
        view.words[head].sent,
        view.words[head].para,
        view.quote_at(start),
        sorts=SORTS_OF_LABEL[label],
    )


def _is_noun(words: Sequence[Word], last: int, entity: FoundEntity) -> bool:
    """Whether a people or place is named by a noun, not by an adjective (Nederlandse)."""
    word = words[last - 1]
    if word.tag.startswith("ADJ|prenom") or (word.pos == "ADJ" and "|nom" not in word.tag):
        return False
    if entity.label != "NORP":
        return True
    following = words[last] if last < len(words) else None
    if entity.end < word.end or (following is not None and following.pos in {"NOUN", "PROPN"}):
        return False
    return word.pos in {"NOUN", "PROPN"} or "|nom" in word.tag


def _set_features(words: Sequence[Word], mention: Mention) -> None:
    if mention.label == "PERSON":
        mention.number = "s"
        mention.gender = _person_gender(words, mention)
    elif mention.label == "NORP":
        word = words[mention.first]
        mention.gender = frozenset("fm")
        single = "|ev" in word.tag and not word.lower.endswith(("en", "s"))
        before = words[mention.first - 1].lower if mention.first else ""
        mention.number = "s" if single else "p"
        if single and before == "de":
            mention.sorts, mention.definite = SORTS_OF_LABEL["PERSON"], "def"
            mention.form = word.lower
    elif mention.label not in {"ORG", "GPE"}:
        mention.number = "s"


def _person_gender(words: Sequence[Word], mention: Mention) -> frozenset[str]:
    before = words[mention.first - 1].lower if mention.first else ""
    if before in FEMALE_TITLES:
        return frozenset("f")
    if before in MALE_TITLES:
        return frozenset("m")
    for title in mention.titles:
        if title.gender in {"f", "m"}:
            return frozenset(title.gender)
    found = first_name_gender(words[mention.first].text)
    return frozenset(found) if found and mention.last - mention.first > 1 else frozenset("fm")


def _person_title(words: Sequence[Word], first: int, floor: int) -> tuple[int | None, int]:
    """Return the head of the title before a personal name, and where the phrase begins.

    officier van justitie Marjan Kuikstra: officier; minister van Buitenlandse Zaken Wopke Hoekstra: minister.
    A noun that the lexicon lacks is a title, too, where it stands directly before the name.
    """
    nearest = words[first - 1] if first else None
    if nearest is None or nearest.pos not in {"NOUN", "PROPN", "ADJ"} or nearest.value:
        return None, first
    for j in range(first - 1, max(first - LONGEST_TITLE, 0) - 1, -1):
        word = words[j]
        if word.sent != words[first].sent or word.value:
            break
        if word.lower in FEMALE_TITLES or word.lower in MALE_TITLES:
            return j, left_edge(words, j)[0]
        if word.pos in {"NOUN", "PROPN"} and "person" in noun(word.lower).sorts[:2]:
            name = word.pos == "PROPN" and "-" not in word.text and word.start < floor
            return (None, first) if name else (j, left_edge(words, j)[0])
        if word.pos not in {"NOUN", "PROPN", "ADJ", "CCONJ"} and word.lower not in _LINKS:
            break
    if (
        nearest.pos == "NOUN"
        and not noun(nearest.lower).sorts
        and nearest.sent == words[first].sent
    ):
        return first - 1, left_edge(words, first - 1)[0]
    return None, first


def _name_title(
    words: Sequence[Word], first: int, label: str, floor: int
) -> tuple[int | None, int]:
    """Return the noun before a name of another sort (uitgeverij Het Koraal), and where its phrase begins."""
    j = first - 1
    while j >= 0 and words[j].text in QUOTES:
        j -= 1
    if j < 0 or words[j].pos != "NOUN" or words[j].value or words[j].start < floor:
        return None, first
    if words[j].sent != words[first].sent:
        return None, first
    sorts = set(noun(words[j].lower).sorts)
    if sorts & SORTS_OF_LABEL[label] or (label == "FAC" and "org" in sorts):
        return j, left_edge(words, j)[0]
    return None, first
