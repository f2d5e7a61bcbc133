"""ISO 3166 codes of countries, from their Dutch names, adjectives and inhabitants."""

import re
import unicodedata
from functools import cache, lru_cache

from annotate.lexicon import read_table

LABELS = frozenset({"GPE", "LOC", "NORP"})
"""Labels whose mentions can be countries or their people; a language (Frans) is no country."""

_CONTINENTS = frozenset({"Amerika"})
_LONGEST = 60
_PLAIN = re.compile(r"[\s.\-–'’]+")
_GENITIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^(?:de|het|den|'t)\s+", re.IGNORECASE)
_WORD_OF_CAPITALS = re.compile(r"[A-Z]\.?(?:[A-Z]\.?)+")


def country_code(name: str, label: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country, or of the country of an adjective or a people.

    "Noord-Korea", "Noord-Koreaanse" and "Noord-Koreanen" are KP, "Ruslands" is RU. A country that is no
    more has its code of four letters from ISO 3166-3 (Sovjet-Unie: SUHH); Kosovo has XK. Parts of a
    country (Vlaams, Engeland), continents and cities have none.

    Args:
        name: the mention or canonical name as written.
        label: its label; only GPE, LOC and NORP can be countries.
    """
    if label not in LABELS or len(name) > _LONGEST or (label == "LOC" and name in _CONTINENTS):
        return None
    return _code(name)


@lru_cache(maxsize=4096)
def _code(name: str) -> str | None:
    name = _ARTICLE.sub("", name.strip())
    short = _WORD_OF_CAPITALS.fullmatch(name) is not None
    codes = _codes()
    for form in (name, _GENITIVE.sub("", name), name.removesuffix("s")):
        code = codes.get(_key(form))
        if code and (short or len(_key(form)) > 3 or form[:1].isupper()):
            return code
    return None


@cache
def _codes() -> dict[str, str]:
    """Codes by the bare form of every name, adjective and people."""
    found: dict[str, str] = {}
    for code, name in read_table("country_names"):
        found[_key(name)] = code
    for code, names, adjectives, people in read_table("countries"):
        for form in filter(None, [*names.split("|"), *people.split("|")]):
            found.setdefault(_key(form), code)
        for form in filter(None, adjectives.split("|")):
            found.setdefault(_key(form), code)
            found.setdefault(_key(inflected(form)), code)
    return found


def inflected(adjective: str) -> str:
    """The Dutch adjective with -e: Noord-Koreaans gives Noord-Koreaanse, Iraaks Iraakse, Grieks Griekse."""
    if adjective.endswith("ees"):
        return adjective[:-3] + "ese"
    if adjective.endswith("iaas"):
        return adjective[:-2] + "se"
    return adjective + "e"


def _key(name: str) -> str:
    """The name without case, accents, spaces, hyphens and points: old papers write Westduitse."""
    plain = unicodedata.normalize("NFD", _PLAIN.sub("", name).lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
