"""Sieves for names: the same name, short names, acronyms and other forms of one name."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.utterances import Speech
from annotate.components.coreference.wordlists import wordlist
from annotate.components.coreference.words import View
from annotate.lexicon import read_table

_SMALL = wordlist("small")
PARTICLES = wordlist("particle")
_SPELLINGS = (
    ("ou", "u"),
    ("oe", "u"),
    ("ae", "a"),
    ("kh", "ch"),
    ("gh", "g"),
    ("ph", "f"),
    ("q", "k"),
    ("tsj", "tch"),
    ("sj", "sh"),
    ("dzj", "j"),
    ("dj", "j"),
    ("ij", "i"),
    ("y", "i"),
    ("w", "v"),
)
"""Letters of transliterated names (Taalunie, Buitenlandse namen) and what they are taken for here."""
LEAST_SOUND = 5
"""Letters that a name needs for its sound to tell it."""
_GENITIVE = re.compile(r"(?:['’]s|['’]|s)$")
PLACES = frozenset({"GPE", "LOC"})


def names_of(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names in text order."""
    return [m for m in mentions if m.kind == "name"]


@lru_cache(maxsize=8192)
def parts(name: str) -> tuple[str, ...]:
    """Return a name as lower-case words without accents and leading article: De Friesche Elf Steden."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.findall(r"[\w&]+(?:['.]\w+)*\.?", plain.replace("-", " "))
    if len(words) > 1 and words[0] in {"de", "het", "the", "een"}:
        words = words[1:]
    return tuple(word.rstrip(".") if len(word) > 3 else word for word in words)


@cache
def _aliases() -> Mapping[tuple[str, ...], str]:
    table = {}
    for name, *_ in list(read_table("coref_aliases", ("name", "canonical"))):
        table[parts(name)] = ""
    for name, canonical in read_table("coref_aliases", ("name", "canonical")):
        table[parts(name)] = canonical
        table[parts(canonical)] = canonical
    return MappingProxyType(table)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Return a lower-case word in one of the spellings that papers give it: Muallem, Moualem.

    Names from other scripts are written down by ear; vowels and double letters differ most.
    """
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1", r"\1", word)


def _bases(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a name and what it is without a genitive s: kims kim, trump's trump."""
    if not name:
        return [name]
    last = _GENITIVE.sub("", name[-1])
    return [name, (*name[:-1], last)] if last and last != name[-1] else [name]


def same_family(a: Mention, b: Mention) -> bool:
    """Whether the labels of two names can be of one entity; models confuse some of them."""
    if a.label == b.label:
        return True
    if "PERSON" in {a.label, b.label}:
        return a.label != b.label and {a.label, b.label} <= {"PERSON", "ORG"}
    return "NORP" not in {a.label, b.label}


def exact_names(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """The same name again, with or without a genitive s or an article, whatever its label."""
    seen: dict[tuple[str, ...], Mention] = {}
    for mention in names_of(mentions):
        bases = _bases(parts(mention.text))
        if not bases[0]:
            continue
        found = next((seen[base] for base in bases if base in seen), None)
        if found is None and len(bases) == 1:
            found = seen.get((*bases[0][:-1], bases[0][-1] + "s"))
            if found is not None and not found.text.endswith("s"):
                found = None
        if found is not None and same_family(mention, found):
            clusters.join(mention, found, "exact_name", force=True)
        for base in bases:
            seen.setdefault(base, mention)


def aliases(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """Names that the lexicon knows for one: VS and Verenigde Staten, OM and Openbaar Ministerie."""
    seen: dict[str, Mention] = {}
    table = _aliases()
    for mention in names_of(mentions):
        if mention.label == "PERSON":
            continue
        for base in _bases(parts(mention.text)):
            canonical = table.get(base)
            if canonical:
                if canonical in seen:
                    clusters.join(mention, seen[canonical], "alias", force=True)
                seen.setdefault(canonical, mention)
                break


def acronyms(view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech) -> None:
    """The initials of a longer name, and whatever short name stands in brackets behind one."""
    names = [m for m in names_of(mentions) if m.label not in {"PERSON", "NORP"}]
    long = [m for m in names if len(parts(m.text)) > 1]
    for short in names:
        if not _is_acronym(short.text):
            continue
        letters = re.sub(r"[^a-z0-9]", "", short.text.lower())
        for full in long:
            if full is not short and letters in initials(full.text):
                clusters.join(short, full, "acronym", force=True)
                break
    for full, short in itertools.pairwise(names):
        between = view.text[full.end : short.start].strip()
        closing = view.text[short.end : short.end + 2].strip()[:1]
        if between != "(" or closing != ")" or full.label in PLACES or short.label in PLACES:
            continue
        initial = parts(full.text)[:1]
        named = _is_acronym(short.text) or (initial and parts(short.text)[:1] == initial)
        if named and len(short.text) < len(full.text):
            clusters.join(short, full, "bracketed", force=True)


def _is_acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(letters) <= 7 and " " not in text and sum(c.isupper() for c in letters) >= 2


@lru_cache(maxsize=4096)
def initials(name: str) -> frozenset[str]:
    """Return what a name can be abbreviated to by its first letters, small words with or without."""
    words = list(re.findall(r"\w+", name.lower()))
    full = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL)
    capital = "".join(c for c in name if c.isupper()).lower()
    return frozenset(x for x in (full, large, capital) if len(x) > 1)


def short_names(
    view: View, mentions: Sequence[Mention], clusters: Clusters, speech: Speech
) -> None:
    """A part of a fuller name: surname or first name of a person, first or last words of another name.

    Of several persons with that surname the one named last counts, unless a title tells them apart. A
    fuller name may stand behind the short one (headlines).
    """
    names = names_of(mentions)
    for mention in names:
        words = parts(mention.text)
        if not words:
            continue
        person = mention.label == "PERSON"
        before = [m for m in names if m.index < mention.index]
        if person and mention.title_forms:
            before.sort(key=_titled_as(mention))
        after = [m for m in names if m.index > mention.index]
        for candidates in (reversed(before), after):
            found = next(
                (
                    c
                    for c in candidates
                    if not clusters.same(c, mention)
                    and (_shortens_person(mention, c) if person else _shortens(mention, c))
                    and clusters.may_join(mention, c)
                    and not _clash(clusters, mention, c)
                ),
                None,
            )
            if found is not None:
                clusters.join(mention, found, "short_name")
                break


def _titled_as(mention: Mention) -> Callable[[Mention], tuple[bool, int]]:
    """Order names so that those with the same title come last, and so are tried first."""
    forms = set(mention.title_forms)

    def key(other: Mention) -> tuple[bool, int]:
        return bool(forms & set(other.title_forms)), other.index

    return key


def _clash(clusters: Clusters, a: Mention, b: Mention) -> bool:
    """Whether two clusters hold full personal names that differ (Frank Visser, Tim Visser)."""
    fulls = [
        [parts(m.text) for m in clusters.of(x) if m.label == "PERSON" and len(parts(m.text)) > 1]
        for x in (a, b)
    ]
    return any(not _same_person(x, y) for x in fulls[0] for y in fulls[1])


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, full = sorted((a, b), key=len)
    if short == full:
        return True
    rest = iter(full)
    return all(any(_fits(word, other) for other in rest) for word in short)


def _fits(word: str, other: str) -> bool:
    if word == other or _sounds_like(word, other):
        return True
    return len(word.rstrip(".")) == 1 and other.startswith(word.rstrip("."))


def _sounds_like(word: str, other: str) -> bool:
    """Tell whether two words are spellings of one name."""
    return min(len(word), len(other)) >= LEAST_SOUND and sound(word) == sound(other)


def _shortens_person(short: Mention, full: Mention) -> bool:
    if full.label != "PERSON":
        return False
    long = parts(full.text)
    for words in _bases(parts(short.text)):
        if len(words) == len(long) > 1 and _same_person(words, long):
            return True
        if not words or len(words) >= len(long):
            continue
        surname = _surname(long)
        bare = words[1:] if words[0] in PARTICLES and len(words) > 1 else words
        if len(words) == 1 and _sounds_like(words[0], long[-1]):
            return True
        if words == long[-len(words) :] or (bare == long[-len(bare) :] and bare[-1] == surname[-1]):
            return True
        if len(words) == 1 and words[0] == long[0] and len(words[0]) > 1:
            return True
        if len(words) > 1 and _same_person(words, long):
            return True
        if len(words) == 1 and len(long) > 2 and words == surname:
            return True
    return False


def _surname(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a surname with its particles: van den goorbergh."""
    for i in range(1, len(name)):
        if name[i] in PARTICLES:
            return name[i:]
    return name[-1:]


def _shortens(short: Mention, full: Mention) -> bool:
    if (
        full.label == "PERSON"
        or not same_family(short, full)
        or "NORP" in {short.label, full.label}
    ):
        return False
    if (short.label in PLACES) != (full.label in PLACES):
        return False
    words, long = parts(short.text), parts(full.text)
    if len(words) >= len(long) or all(w in _SMALL for w in words):
        return False
    if short.label in PLACES:
        return False
    if words == long[: len(words)] or words == long[-len(words) :]:
        return len("".join(words)) > 2
    return False
