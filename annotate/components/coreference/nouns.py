"""What nouns and first names say about those they name: sort, gender, and nouns that stand for the same."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from annotate.components.coreference.wordlists import wordlist
from annotate.lexicon import read_table

SHORTEST = 3
"""Letters that the last part of a compound must have to be looked up."""


class Noun(NamedTuple):
    """A noun of the lexicon.

    Attributes:
        sorts: what it can name, likeliest first: person, group, org, place, facility, event, work, thing.
        gender: of a person f, m or fm; empty else.
        sets: names of the sets of nouns that can stand for the same one.
        form: the entry that was found; the last part of a compound.
    """

    sorts: tuple[str, ...]
    gender: str
    sets: frozenset[str]
    form: str


UNKNOWN = Noun((), "", frozenset(), "")
_SUFFIXES: tuple[tuple[str, str], ...] = (
    ("ster", "f"),
    ("trice", "f"),
    ("euse", "f"),
    ("loog", "fm"),
    ("loge", "f"),
    ("ist", "fm"),
    ("iste", "f"),
    ("icus", "m"),
    ("eur", "fm"),
    ("aris", "fm"),
    ("ent", "fm"),
    ("ant", "fm"),
)
"""Endings of nouns for persons that the lexicon lacks, with their gender."""
_NO_PERSON = wordlist("no_person")


@cache
def _table() -> Mapping[str, Noun]:
    rows = read_table("coref_nouns", ("noun", "sorts", "gender", "sets"))
    return MappingProxyType(
        {
            noun: Noun(tuple(sorts.split()), gender, frozenset(sets.split()), noun)
            for noun, sorts, gender, sets in rows
        }
    )


@lru_cache(maxsize=16384)
def noun(form: str) -> Noun:
    """Look a lower-case noun up: itself, its singular, then the longest last part of a compound."""
    table = _table()
    for candidate in singulars(form):
        if candidate in table:
            return table[candidate]
    if form.endswith(("'er", "’er", "'ers", "’ers")):
        return Noun(("person",), "fm", frozenset({"politician"}), "'er")
    if form.endswith("loge"):
        return noun(form[:-4] + "loog")._replace(gender="f")
    _, hyphen, last = form.rpartition("-")
    if hyphen and last:
        return noun(last)
    for cut in range(1, len(form) - SHORTEST + 1):
        for candidate in singulars(form[cut:]):
            if candidate in table and len(candidate) >= SHORTEST:
                found = table[candidate]
                if len(candidate) > SHORTEST or found.sorts[0] == "person":
                    return found
    return _by_suffix(form)


def _by_suffix(form: str) -> Noun:
    for candidate in singulars(form):
        if len(candidate) < 6 or candidate in _NO_PERSON:
            continue
        for suffix, gender in _SUFFIXES:
            if candidate.endswith(suffix) and not candidate.endswith(("ment", "minister")):
                return Noun(("person",), gender, frozenset(), candidate)
    return UNKNOWN


@lru_cache(maxsize=16384)
def singulars(form: str) -> tuple[str, ...]:
    """Return a form and what its singular could be: mannen man, spelers speler, foto's foto."""
    found = [form]
    if form.endswith("'s") or form.endswith("’s"):
        found.append(form[:-2])
    elif form.endswith("s") and len(form) > 3:
        found.append(form[:-1])
    if form.endswith("en") and len(form) > 4:
        stem = form[:-2]
        found.append(stem)
        if len(stem) > 2 and stem[-1] == stem[-2]:
            found.append(stem[:-1])
        elif len(stem) > 2 and stem[-2] in "aeou" and stem[-1] not in "aeiou":
            found.append(stem[:-1] + stem[-2] + stem[-1])
        if stem.endswith("v"):
            found.append(stem[:-1] + "f")
        if stem.endswith("z"):
            found.append(stem[:-1] + "s")
        found.append(form[:-1])
    if form.endswith("ici"):
        found.append(form[:-1] + "us")
    if form.endswith("koeien"):
        found.append(form[:-3])
    if form.endswith("ieën"):
        found.append(form[:-2])
    if form.endswith("ën"):
        found.append(form[:-2])
    if form.endswith("lieden") or form.endswith("lui"):
        found.append(form.replace("lieden", "man").replace("lui", "man"))
    if form.endswith("eren"):
        found.append(form[:-4])
    if form.endswith(("je", "tje")):
        found.append(form[:-2])
    return tuple(dict.fromkeys(found))


@cache
def _first_names() -> Mapping[str, str]:
    rows = read_table("coref_first_names", ("name", "gender"))
    return MappingProxyType({row[0]: row[1] for row in rows})


def first_name_gender(name: str) -> str:
    """Return f, m, fm, or nothing for a first name that is not in the list; Jan-Peter as Jan."""
    table = _first_names()
    return table.get(name) or table.get(name.partition("-")[0], "") if name else ""
