"""Mentions: names, descriptions and pronouns, with what their words say about those they refer to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotate.components.coreference.nouns import UNKNOWN, Noun, first_name_gender, noun
from annotate.components.coreference.pronouns import Pronoun, pronoun_at
from annotate.components.coreference.wordlists import wordlist
from annotate.components.coreference.words import View, Word
from annotate.components.entities import FoundEntity

NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "NORP"}
)
SORTS_OF_LABEL: dict[str, frozenset[str]] = {
    "PERSON": frozenset({"person"}),
    "ORG": frozenset({"org"}),
    "GPE": frozenset({"place", "org"}),
    "LOC": frozenset({"place"}),
    "FAC": frozenset({"facility", "place"}),
    "PRODUCT": frozenset({"thing"}),
    "WORK_OF_ART": frozenset({"work"}),
    "EVENT": frozenset({"event"}),
    "LAW": frozenset({"work"}),
    "NORP": frozenset({"group"}),
}
ARTICLES = wordlist("article")
DEMONSTRATIVES = wordlist("demonstrative")
POSSESSIVES = wordlist("possessive")
QUANTIFIERS = wordlist("quantifier")
PARTICLES = wordlist("particle")
FEMALE_TITLES = wordlist("female_title")
MALE_TITLES = wordlist("male_title")
_DETERMINERS = ARTICLES | DEMONSTRATIVES | POSSESSIVES | QUANTIFIERS | wordlist("both")
_NO_NOMINAL = wordlist("no_nominal")
_QUOTES = frozenset("'\"‘’“”„«»")


@dataclass(slots=True, eq=False)
class Mention:
    """A place in the text that can refer to an entity.

    Attributes:
        start, end: character offsets of the mention itself.
        first, last: its words, end exclusive.
        head: the index of its head word.
        kind: name, description or pronoun.
        phrase: words of the whole noun phrase, a title before a name included, end exclusive.
        lead: character offset at which that phrase begins.
        form: lower-case head noun of a description.
        titles: nouns that are said of a name in its own phrase (premier Rutte).
        definite: of a description: def, dem, poss, gen (Kims zus), indef, quant or bare.
        modifiers: lower-case adjectives, numerals and names inside a description.
        owner: the mention that possesses it; set for zijn advocaat, Kims zus, de zus van Kim.
        role: subject, object, oblique, possessive, nominal, or empty where there is no tree.
        verb: index of the word that governs the phrase, -1 without a tree.
        quote: number of the quote around it, -1 outside.
        members: the mentions that a coordination joins.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    kind: str
    label: str | None
    text: str
    phrase: tuple[int, int]
    sent: int
    para: int
    quote: int
    sorts: frozenset[str] = frozenset()
    gender: frozenset[str] = frozenset("fmn")
    number: str = "sp"
    noun: Noun = UNKNOWN
    form: str = ""
    titles: list[Noun] = field(default_factory=list)
    title_forms: list[str] = field(default_factory=list)
    definite: str = ""
    modifiers: frozenset[str] = frozenset()
    owner: "Mention | None" = None
    role: str = ""
    verb: int = -1
    members: "list[Mention]" = field(default_factory=list)
    pronoun: Pronoun | None = None
    index: int = -1
    lead: int = 0

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text!r} {self.start}>"


def find_mentions(view: View) -> list[Mention]:
    """Return the mentions of a text in text order, outer ones before those inside them."""
    names = list(_names(view))
    taken = {i for m in names for i in range(m.phrase[0], m.phrase[1])}
    inside = {i: m for m in names for i in range(m.first, m.last)}
    pronouns = [m for m in _pronouns(view) if m.first not in inside]
    described = list(_descriptions(view, names, taken))
    _extend(view, described, names, pronouns)
    joined = list(_coordinations(view, names))
    mentions = [*names, *described, *pronouns, *joined]
    mentions.sort(key=lambda m: (m.start, -m.end))
    _set_owners(view, mentions)
    for index, mention in enumerate(mentions):
        mention.index = index
        mention.lead = min(mention.start, view.words[mention.phrase[0]].start)
        _set_role(view.words, mention)
    return mentions


def _names(view: View) -> Iterator[Mention]:
    words = view.words
    entities = [e for e in view.entities if e.label in NAME_LABELS]
    for at, entity in enumerate(entities):
        first, last = view.word_at(entity.start), view.word_at(entity.end - 1) + 1
        head = words[last - 1]
        if entity.label == "NORP" and not _is_people(words, first, last, entity):
            continue
        before = entities[at - 1].end if at else 0
        if entity.label == "PERSON":
            title, phrase_first = _person_title(words, first, before)
        else:
            title, phrase_first = _name_title(words, first, entity.label, before)
        mention = Mention(
            entity.start,
            entity.end,
            first,
            last,
            first if entity.label == "PERSON" else last - 1,
            "name",
            entity.label,
            view.text[entity.start : entity.end],
            (phrase_first, last),
            head.sent,
            head.para,
            view.quote_at(entity.start),
            sorts=SORTS_OF_LABEL[entity.label],
        )
        if title is not None:
            mention.titles.append(noun(words[title].lower))
            mention.title_forms.append(words[title].lower)
        _name_features(words, mention)
        yield mention


def _is_people(words: Sequence[Word], first: int, last: int, entity: FoundEntity) -> bool:
    """Whether a NORP is a noun for people, not an adjective before a noun."""
    word = words[last - 1]
    if word.pos == "ADJ" and not word.tag.startswith("ADJ|nom"):
        return False
    following = words[last] if last < len(words) else None
    if entity.end < word.end or (following is not None and following.pos in {"NOUN", "PROPN"}):
        return False
    return word.pos in {"NOUN", "PROPN", "ADJ"}


def _name_features(words: Sequence[Word], mention: Mention) -> None:
    word = words[mention.first]
    if mention.label == "PERSON":
        mention.number = "s"
        mention.gender = _person_gender(words, mention)
    elif mention.label == "NORP":
        mention.number = (
            "p" if "|mv|" in f"{word.tag}|" or word.lower.endswith(("en", "s")) else "sp"
        )
        mention.gender = frozenset("fm")
    else:
        number = "s" if mention.label != "ORG" and mention.label != "GPE" else "sp"
        mention.number = number
        mention.gender = frozenset("fmn")


def _person_gender(words: Sequence[Word], mention: Mention) -> frozenset[str]:
    before = words[mention.first - 1].lower if mention.first else ""
    if before in FEMALE_TITLES:
        return frozenset("f")
    if before in MALE_TITLES:
        return frozenset("m")
    for title in mention.titles:
        if title.gender in {"f", "m"}:
            return frozenset(title.gender)
    if mention.last - mention.first > 1:
        found = first_name_gender(words[mention.first].text)
        if found:
            return frozenset(found)
    elif mention.text in {"Kim"}:
        return frozenset("fm")
    else:
        found = first_name_gender(mention.text)
        if found in {"f", "m"} and mention.last - mention.first == 1:
            return frozenset("fm")
    return frozenset("fm")


def _person_title(words: Sequence[Word], first: int, floor: int) -> tuple[int | None, int]:
    """Return the head of the title before a personal name, and where the phrase begins."""
    j = first - 1
    if j < 0 or words[j].pos not in {"NOUN", "PROPN", "ADJ"} or words[j].value:
        return None, first
    for k in range(1, 8):
        j = first - k
        if j < 0 or words[j].sent != words[first].sent:
            break
        word = words[j]
        if word.pos in {"NOUN", "PROPN"} and "person" in noun(word.lower).sorts[:2]:
            if (
                word.pos == "PROPN"
                and "-" not in word.text
                and word.text[:1].isupper()
                and word.start < floor
            ):
                return None, first
            return j, _left_edge(words, j)[0]
        if word.lower in FEMALE_TITLES or word.lower in MALE_TITLES:
            return j, _left_edge(words, j)[0]
        joins = word.pos in {"NOUN", "PROPN", "ADJ", "CCONJ"} or word.lower in {
            "van",
            "voor",
            "bij",
            "der",
            "de",
            "het",
        }
        if not joins or word.value:
            break
    return None, first


def _name_title(
    words: Sequence[Word], first: int, label: str, floor: int
) -> tuple[int | None, int]:
    """Return the noun before a name of another sort (uitgeverij Het Koraal), and where its phrase begins."""
    j = first - 1
    while j >= 0 and words[j].text in _QUOTES:
        j -= 1
    if j < 0 or words[j].pos != "NOUN" or words[j].value or words[j].start < floor:
        return None, first
    if words[j].sent != words[first].sent:
        return None, first
    sorts = set(noun(words[j].lower).sorts)
    if sorts & SORTS_OF_LABEL[label] or (label == "FAC" and "org" in sorts):
        return j, _left_edge(words, j)[0]
    return None, first


def _left_edge(words: Sequence[Word], head: int) -> tuple[int, int]:
    """Return the first word of the noun phrase around a head noun, and its determiner or -1."""
    first = j = head
    for _ in range(9):
        j -= 1
        if j < 0 or words[j].sent != words[head].sent or words[j].pos == "SPACE":
            break
        word = words[j]
        if word.value and word.pos != "NUM":
            break
        if is_determiner(words, j):
            return j, j
        attributive = word.pos in {"ADJ", "NUM"} or word.tag.startswith(
            ("WW|vd|prenom", "WW|od|prenom", "ADJ|prenom", "TW|")
        )
        if attributive:
            if first == j + 1:
                first = j
            continue
        loose = word.pos in {"ADV", "CCONJ"} or word.text in _QUOTES or word.text == ","
        if not loose or not any(w.pos == "ADJ" for w in words[j + 1 : head]):
            break
    return first, -1


def is_determiner(words: Sequence[Word], i: int) -> bool:
    """Whether a word is an article, demonstrative, possessive or quantifier before a noun."""
    word = words[i]
    if word.lower in {"zijn", "haar", "je", "ons", "die", "dat"}:
        if word.pos in {"VERB", "AUX", "SCONJ"}:
            return False
        return (
            word.pos == "DET"
            or word.tag.startswith(("VNW|bez", "VNW|aanw", "LID"))
            or (word.pos == "PRON" and word.lower in {"zijn", "haar", "ons", "je"})
        )
    return word.lower in _DETERMINERS or word.pos == "DET"


def _pronouns(view: View) -> Iterator[Mention]:
    words = view.words
    for i, word in enumerate(words):
        found = pronoun_at(words, i)
        if found is None:
            continue
        sorts = frozenset({"person"}) if found.person == 1 else frozenset()
        yield Mention(
            word.start,
            word.end,
            i,
            i + 1,
            i,
            "pronoun",
            None,
            word.text,
            (i, i + 1),
            word.sent,
            word.para,
            view.quote_at(word.start),
            sorts=sorts,
            gender=found.gender,
            number=found.number,
            pronoun=found,
            form=word.lower,
        )


def _descriptions(view: View, names: Sequence[Mention], taken: set[int]) -> Iterator[Mention]:
    words = view.words
    ends = {m.last: m for m in names}
    covered = -1
    for i, word in enumerate(words):
        if i <= covered or i in taken or word.value:
            continue
        nominal = word.pos == "NOUN" or _nominalised(words, i)
        if not nominal:
            continue
        last = i + 1
        while (
            last < len(words)
            and words[last].pos == "NOUN"
            and last not in taken
            and not words[last].value
        ):
            last += 1
        covered = last - 1
        first, determiner = _left_edge(words, i)
        genitive = ends.get(first) if determiner < 0 else None
        if genitive is not None and _is_genitive(genitive.text):
            first, definite = genitive.first, "gen"
        else:
            genitive = None
            definite = _definiteness(words, first, determiner)
        yield _description(view, first, last, i, definite, genitive)


def _nominalised(words: Sequence[Word], i: int) -> bool:
    """Whether an adjective, participle or numeral stands for a noun (de vermiste, de twee)."""
    word = words[i]
    if word.pos in {"PROPN", "VERB", "AUX"} and "|nom" not in word.tag:
        return False
    if "|nom" not in word.tag and word.pos not in {"ADJ", "NUM"}:
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    if following is not None and following.pos in {"NOUN", "ADJ", "NUM", "PROPN"}:
        return False
    if i == 0 or not is_determiner(words, i - 1) or words[i - 1].sent != word.sent:
        return False
    if words[i - 1].lower not in {"de", "deze", "die", "een"}:
        return False
    return word.lower not in _NO_NOMINAL and (word.lower.endswith(("e", "en")) or word.pos == "NUM")


def _is_genitive(text: str) -> bool:
    return text.endswith(("s", "'", "’"))


def _definiteness(words: Sequence[Word], first: int, determiner: int) -> str:
    if determiner < 0:
        return "bare"
    form = words[determiner].lower
    if form in {"een", "'n"}:
        return "indef"
    if form in DEMONSTRATIVES:
        return "dem"
    if form in POSSESSIVES:
        return "poss"
    if form in QUANTIFIERS:
        return "quant"
    return "def"


def _description(
    view: View, first: int, last: int, head: int, definite: str, genitive: Mention | None
) -> Mention:
    words = view.words
    word = words[head]
    found = noun(word.lower)
    plural = "|mv|" in f"{word.tag}|" or (
        word.pos == "NUM" and word.lower not in {"één", "een", "ene"}
    )
    inner = range(first, head)
    mention = Mention(
        words[first].start,
        words[last - 1].end,
        first,
        last,
        head,
        "description",
        None,
        view.text[words[first].start : words[last - 1].end],
        (first, last),
        word.sent,
        word.para,
        view.quote_at(word.start),
        noun=found,
        form=word.lower,
        definite=definite,
        number="p" if plural else "s",
        owner=genitive,
    )
    sorts = set(found.sorts)
    if word.pos != "NOUN" and not sorts:
        sorts = {"person"}
    if plural and "person" in sorts:
        sorts = (sorts - {"person"}) | {"group"}
    mention.sorts = frozenset(sorts)
    if plural:
        mention.gender = frozenset("fm") if "group" in sorts else frozenset("fmn")
    elif "person" in sorts and len(sorts) == 1:
        neuter = word.lower in {"meisje", "kind", "slachtoffer", "kindermeisje"}
        mention.gender = frozenset(found.gender or "fm") | (
            frozenset("n") if neuter else frozenset()
        )
    elif "person" in sorts:
        mention.gender = frozenset(found.gender or "fm") | frozenset("n")
    if "group" in sorts or "org" in sorts:
        mention.number = "sp" if not plural else "p"
    mention.modifiers = frozenset(
        words[j].lower for j in inner if words[j].pos in {"ADJ", "NUM", "PROPN", "NOUN"}
    )
    return mention


def _extend(
    view: View, described: list[Mention], names: list[Mention], pronouns: list[Mention]
) -> None:
    """Let descriptions take the prepositional phrases that belong to them, from right to left."""
    words = view.words
    begins: dict[int, Mention] = {}
    for mention in [*pronouns, *names, *described]:
        at = mention.phrase[0]
        held = begins.get(at)
        if held is None or mention.phrase[1] >= held.phrase[1]:
            begins[at] = mention
    for mention in sorted(described, key=lambda m: -m.head):
        for _ in range(2):
            at = mention.last
            if at + 1 >= len(words) or words[at].pos != "ADP" or words[at].sent != mention.sent:
                break
            inner = begins.get(at + 1)
            if inner is None or not _attaches(words, mention, at, inner):
                break
            last = max(inner.phrase[1], inner.last)
            mention.last = last
            mention.end = max(inner.end, words[last - 1].end if inner.kind != "name" else inner.end)
            mention.phrase = (mention.phrase[0], last)
            mention.text = view.text[mention.start : mention.end]
            mention.modifiers |= {inner.form or inner.text.lower()}
            if words[at].lower == "van" and mention.owner is None and inner.kind != "pronoun":
                mention.owner = inner


def _attaches(words: Sequence[Word], mention: Mention, at: int, inner: Mention) -> bool:
    if words[at].lower == "van":
        return True
    governor = words[inner.head].head
    if inner.kind == "name":
        governors = {words[i].head for i in range(inner.phrase[0], inner.phrase[1])}
        return mention.head in governors
    return governor == mention.head


def _coordinations(view: View, names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names of the same label that are joined by commas and en: Rossi, Biaggi en Capirossi."""
    words = view.words
    run: list[Mention] = []
    for mention in names:
        if run and mention.label == run[-1].label and mention.label in {"PERSON", "GPE", "ORG"}:
            between = [w.lower for w in words[run[-1].last : mention.phrase[0]]]
            if between in (["en"], ["&"]):
                run.append(mention)
                yield _join(view, run)
                run = []
                continue
            if between == [","]:
                run.append(mention)
                continue
        run = [mention]


def _join(view: View, run: Sequence[Mention]) -> Mention:
    first, last = run[0], run[-1]
    person = first.label == "PERSON"
    return Mention(
        first.start,
        last.end,
        first.first,
        last.last,
        first.head,
        "description",
        None,
        view.text[first.start : last.end],
        (first.phrase[0], last.phrase[1]),
        first.sent,
        first.para,
        first.quote,
        sorts=frozenset({"group"}) if person else frozenset({"group", "org"}),
        gender=frozenset("fm"),
        number="p",
        definite="names",
        members=list(run),
    )


def _set_owners(view: View, mentions: list[Mention]) -> None:
    """Tie zijn advocaat and zijn advocaat Jan to the pronoun inside them."""
    at = {m.first: m for m in mentions if m.kind == "pronoun"}
    for mention in mentions:
        held = at.get(mention.phrase[0])
        if held is None or held is mention or held.pronoun is None:
            continue
        if held.pronoun.use == "possessive":
            mention.owner = held


def _set_role(words: Sequence[Word], mention: Mention) -> None:
    for i in range(mention.phrase[0], mention.phrase[1]):
        head = words[i].head
        if not mention.phrase[0] <= head < mention.phrase[1] or head == i:
            mention.verb = head
            dep = words[i].dep
            if dep.startswith("nsubj"):
                mention.role = "subject"
            elif dep in {"obj", "iobj"}:
                mention.role = "object"
            elif dep.startswith("obl"):
                mention.role = "oblique"
            elif dep == "nmod:poss":
                mention.role = "possessive"
            elif dep in {"ROOT", "root"}:
                mention.role = "root"
            elif dep in {"conj", "appos", "parataxis"}:
                mention.role = dep
            else:
                mention.role = "nominal"
            if i == mention.head or words[i].pos != "DET":
                return
