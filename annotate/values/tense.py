"""Does the clause around a date look back or forward? Cheap rules over the words of the sentence.

A pipeline that has tagged the verbs may hand them in as ``Verb``; without them the forms in
``lexicons/value_verbs.tsv`` and the shapes of Dutch weak pasts and participles decide. The word order
is that of the E-ANS, chapter 21: the finite verb is the second part of a main clause and stands at
the end of a subordinate one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from annotate.values.tables import read_table, spaced

VerbKind = Literal["past", "present", "participle", "infinitive"]

BACK, UNKNOWN, AHEAD = -1, 0, 1

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_END = re.compile(r"[.!?…]+[\"”’»)]*(?=\s+[\"“„‘'«(,]*[^\Wa-z])|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:prof|dr|drs|mr|mrs|ir|ing|ds|mevr|dhr|sen|gen|kol|st|nr|nrs|blz|art|jl|ca|plm|ptn|e\.a|o\.a"
    r"|d\.w\.z|m\.n|v\.d|[a-z])|\b[0-9]{1,2})$",
    re.IGNORECASE,
)
_BREAK = frozenset(',;:()[]“”„"‘’«»—–')
_PREFIX = re.compile(
    r"(?:aan|achter|af|be|bij|binnen|bijeen|door|er|her|in|kwijt|los|mee|mis|na|neer|om|omver|onder|ont"
    r"|op|open|over|plaats|samen|stil|tegen|terecht|terug|thuis|toe|uit|vast|ver|vol|voor|voort|weer|weg)"
)
_PARTICIPLE = re.compile(
    r"(?:(?:aan|achter|achteruit|af|bij|bijeen|binnen|bekend|dicht|door|dood|goed|groot|hoog|in|ineen"
    r"|kapot|klaar|klem|kwijt|leeg|los|mede|mee|na|neer|om|omhoog|omlaag|omver|onder|op|open|over|plaats"
    r"|plat|rond|samen|schoon|stil|stop|tegen|tekort|teleur|terecht|terug|teweeg|tewerk|thuis|toe|uit"
    r"|uiteen|vast|vol|voor|voorbij|voort|vooruit|vrij|waar|weg|wijs)?ge[^\W_]{2,}(?:d|t|en|an)"
    r"|(?:be|ver|ont|her|er|mis|over|onder|door)[^\W_]{3,9}(?:d|t|en))"
)
_ATTRIBUTIVE = re.compile(
    r"(?:[^\W_]*ge[^\W_]{2,}(?:de|te|en)|(?:be|ver|ont|her|over)[^\W_]{3,}(?:de|te|en))"
)
_WEAK_PAST = re.compile(r"[^\W_]{2,}(?:[kfp]te|[^s]ste|chte|tte|[^n]de|nde)")
_WEAK_PLURAL = re.compile(
    r"[^\W_]{2,}(?:[kp]ten|tten|[aeiou]{2}[lmnrgvz]den|[lnmrbgvz]{2}den|dden)"
)
_NO_WEAK = re.compile(r"(?:.*ende|ge.*|.*[a-z]st?e?|.*heden?)")
_BEFORE_NOUN = spaced(
    "de het een 't deze dit geen zijn haar hun mijn ons onze uw je elke elk iedere alle "
    "te van in op met voor door aan bij uit om tot naar over onder tegen zonder tussen "
    "sinds na zeer zo meer vele veel enkele twee drie vier vijf zes"
)
_SPLIT = spaced("past modal present")
_LIGHT = spaced("in op om vanaf sinds tot en maar want de het ook pas nog al reeds rond tegen na")
_FORWARD = spaced("tegen uiterlijk vanaf tot")
_ARTICLES = spaced("de een elke iedere geen mijn zijn haar hun onze alle")
_AFTERWARDS = spaced("toen nadat sinds")
_SPAN = 400


class Verb(NamedTuple):
    """A verb form that a tagger has found, with its place in the text."""

    start: int
    end: int
    kind: VerbKind


class _Word(NamedTuple):
    text: str
    start: int
    kind: str


@cache
def _forms() -> dict[str, str]:
    return {row[0]: row[1] for row in read_table("value_verbs")}


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence, within a line, around a stretch of text."""
    left, right = max(0, start - _SPAN), min(len(text), end + _SPAN)
    begin = left
    for match in _END.finditer(text, left, start):
        if not _inside(text, match):
            begin = match.end()
    for match in _END.finditer(text, end, right):
        if not _inside(text, match):
            return begin, match.end()
    return begin, right


def _inside(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop ends an abbreviation, an initial or an ordinal rather than a sentence."""
    at = match.start()
    return text[at] == "." and bool(_ABBREVIATED.search(text, max(0, at - 6), at))


def direction(
    text: str, start: int, end: int, *, heading: bool = False, verbs: Sequence[Verb] = ()
) -> int:
    """BACK, AHEAD or UNKNOWN for the date that stands from start to end."""
    begin, close = sentence_bounds(text, start, end)
    words = _words(text, begin, close, verbs)
    first = sum(word.start < start for word in words)
    last = sum(word.start < end for word in words)
    before = words[first - 1].text if first else ""
    if first < len(words) and words[first].text in _LIGHT:
        before = words[first].text
    if before == "sinds":
        return BACK
    if heading:
        modal = any(word.kind == "modal" for word in words)
        return AHEAD if modal or before in _FORWARD else BACK
    if last < len(words) and _ATTRIBUTIVE.fullmatch(words[last].text) and _opens_noun(words, last):
        return BACK
    left, right = _clause(words, first, last)
    found = _clause_direction(words, left, first, last, right)
    sure = any(word.kind == "past" for word in words[left:right])
    if before in _FORWARD and not sure:
        return AHEAD
    if found == UNKNOWN and _subordinate(words, left, first, last, right):
        return BACK if words[left - 1].text in _AFTERWARDS else AHEAD
    return found or _sentence_direction(words)


def _words(text: str, begin: int, close: int, verbs: Sequence[Verb]) -> list[_Word]:
    tagged = {verb.start: verb.kind for verb in verbs if begin <= verb.start < close}
    words: list[_Word] = []
    before = ""
    for match in _WORD.finditer(text, begin, close):
        word = match[0].lower()
        kind = _kind(word, before)
        if (tag := tagged.get(match.start())) and word not in _forms():
            kind = _tagged_kind(word, kind, tag)
        words.append(_Word(word, match.start(), kind))
        before = word
    return words


def _tagged_kind(word: str, kind: str, tag: VerbKind) -> str:
    """What the form and the tag of a word say together, for a word that is in no list.

    A tagger knows better than a form whether a word is a verb; the form knows better which: the strong
    pasts are listed, and all others end in -de(n) or -te(n). Where the two contradict, neither counts.
    """
    if kind == "weak":
        return kind if tag == "participle" else "past"
    if kind == "participle":
        return "present" if tag == "present" and _looks_present(word) else kind
    if kind or tag == "infinitive":
        return kind
    if tag == "past":
        return tag if word.endswith(("de", "te", "den", "ten")) else ""
    return tag


@lru_cache(maxsize=32768)
def _kind(word: str, before: str) -> str:
    """What the form of a word says: a kind of the list, participle, weak (perhaps a past), or ""."""
    if known := _forms().get(word):
        points = word in ("die", "dat", "zijn") and before in _BEFORE_NOUN
        describes = known == "past" and word.endswith(("de", "te")) and before in _ARTICLES
        return "" if known == "word" or points or describes else known
    if not word.isalpha():
        return "break" if word in _BREAK else ""
    if (stem := _PREFIX.match(word)) and (base := _forms().get(word[stem.end() :])) in _SPLIT:
        return "past" if base == "past" else "present"
    if _PARTICIPLE.fullmatch(word):
        return "" if before == "te" else "participle"
    if before in _BEFORE_NOUN or _NO_WEAK.fullmatch(word):
        return ""
    return "weak" if _WEAK_PAST.fullmatch(word) or _WEAK_PLURAL.fullmatch(word) else ""


def _opens_noun(words: list[_Word], i: int) -> bool:
    """Whether the participle at i stands before a noun: "de zaterdag gepresenteerde plannen"."""
    after = words[i + 1] if i + 1 < len(words) else None
    return bool(after and after.text.isalpha() and after.kind in ("", "weak", "participle"))


def _clause(words: list[_Word], first: int, last: int) -> tuple[int, int]:
    """Indices of the words of the clause that the date stands in."""
    left, right = first, last
    while left > 0 and words[left - 1].kind not in ("break", "join"):
        left -= 1
    while right < len(words) and words[right].kind not in ("break", "join"):
        right += 1
    return left, right


def _subordinate(words: list[_Word], left: int, first: int, last: int, right: int) -> bool:
    """Whether the date stands in a subordinate clause, so that the clause has a verb that is unknown.

    In "sprak dat zondag tegen" the word "dat" is a pronoun.
    """
    if left == 0 or words[left - 1].kind != "join":
        return False
    after = sum(word.text.isalpha() for word in words[last:right])
    return after > 0 and (first > left or after > 1)


_FINITE = frozenset(("past", "aux", "passive", "modal", "present", "would", "report", "weak"))


def _clause_direction(words: list[_Word], left: int, first: int, last: int, right: int) -> int:
    opens = all(word.text in _LIGHT for word in words[left:first])
    joined = left > 0 and words[left - 1].kind == "join"
    ahead = _finite(words, range(last, right))
    behind = _finite(words, range(first - 1, left - 1, -1))
    after, before = (found[0] if found else -1 for found in (ahead, behind))
    if after < 0 or before < 0:
        verb = max(after, before)
    elif _sureness(words[after]) != _sureness(words[before]):
        verb = max(after, before, key=lambda i: _sureness(words[i]))
    else:
        verb = after if opens or joined else before
    clause = words[left:right]
    participle = any(word.kind == "participle" or _both(word) for word in clause)
    if verb < 0:
        sure = any(word.kind == "participle" and not _perhaps_present(word) for word in clause)
        return BACK if sure else UNKNOWN
    return _verb_direction(words[verb].kind, participle, clause)


def _finite(words: list[_Word], places: Iterable[int]) -> list[int]:
    """Places of the finite verbs, the sure ones first, then by nearness."""
    found = [i for i in places if words[i].kind in _FINITE]
    return sorted(found, key=lambda i: -_sureness(words[i]))


def _sureness(word: _Word) -> int:
    """2 for a form that is surely finite, 1 for one that may be an infinitive, 0 for a mere shape."""
    if word.kind == "weak":
        return 0
    return 1 if word.kind == "report" and word.text.endswith("en") else 2


def _both(word: _Word) -> bool:
    """Whether the form is a past and a participle: begonnen, verloren, overleden."""
    return word.kind == "past" and _PARTICIPLE.fullmatch(word.text) is not None


def _perhaps_present(word: _Word) -> bool:
    """Whether the form may be a present too: bereikt, verwacht, beginnen."""
    return _looks_present(word.text)


def _looks_present(word: str) -> bool:
    return word.endswith(("t", "en")) and "ge" not in word[:6]


def _verb_direction(kind: str, participle: bool, clause: list[_Word]) -> int:
    if kind in ("past", "weak", "report"):
        return BACK
    perfect = ("hebben", "zijn") if kind == "would" else ("hebben",)
    if kind == "aux":
        return BACK if participle else AHEAD
    if kind in ("would", "modal") and participle:
        return BACK if any(word.text in perfect for word in clause) else AHEAD
    return AHEAD


def _sentence_direction(words: list[_Word]) -> int:
    """What the whole sentence says where the clause has no verb that is known."""
    kinds = {word.kind for word in words}
    if "past" in kinds or ({"aux", "participle"} <= kinds) or "report" in kinds:
        return BACK
    if kinds & {"passive", "modal", "would", "aux", "present"}:
        return AHEAD
    if "weak" in kinds or "participle" in kinds:
        return BACK
    return AHEAD if len(words) > 3 else UNKNOWN
