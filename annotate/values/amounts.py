"""Read money, percentages, quantities, counts and ranks."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from annotate.annotation import Value
from annotate.values.context import Meaning, Scene, always
from annotate.values.merging import join_groups, merge_numbers
from annotate.values.numerals import Number, fold, plain, roman_number
from annotate.values.tables import read_table, spaced
from annotate.values.tokens import Token, tokenise

_TAIL = re.compile(r"(?<=[0-9])[,.](?:-+|–+|—+|=)")
_GAME = r"[0-9]{1,3} ?[-–] ?[0-9]{1,3}(?: ?\([0-9]{1,2}(?:[-–][0-9]{1,2})?\))?"
_SCORE = re.compile(
    rf"{_GAME}(?:(?:,| en) {_GAME})*"
    r"|[0-9]*½ ?[-–] ?[0-9]*½|[0-9]{1,2}&[0-9]{1,2}"
)
_CURRENCY_TEXT = re.compile(
    r"(?:us|hk|nz|can|aus|[acrs])?\$|[^\W\d_]+(?:[.'’-][^\W\d_]+)*|[€£¥₽₴₩₹₺₪₦]"
)
_PERCENT_WORDS = {
    "procent": "%",
    "procenten": "%",
    "percent": "%",
    "percenten": "%",
    "pct": "%",
    "pc": "%",
    "%": "%",
    "procentpunt": "pp",
    "procentpunten": "pp",
    "percentpunt": "pp",
    "percentpunten": "pp",
    "%-punt": "pp",
    "%-punten": "pp",
    "promille": "‰",
    "‰": "‰",
}
_PERCENT = re.compile(
    r"%-punt(?:en)?|[%‰]|pct\b\.?|pro?centpunt(?:en)?|percentpunt(?:en)?|pro?cent(?:en)?|percent(?:en)?|promille|\bpc\b"
)
_TOKENS = spaced("NUM ONE YEAR RANGE VAGUE")
_FREE = spaced("IN VAN DET EN A OF TOT FILLER COMMA DASH BIJ OM PER")
_WIND = re.compile(r"windkracht\s+(.+)")
_BELOW_ZERO = re.compile(r"\s*(?:onder (?:nul|het vriespunt)|vorst)\s*$")
_JOINED = re.compile(r"(?:tot(?: en met)?|en|a|of|naar|[-–]) ?(?:de )?(?=[\w€$£])")
_SHORT_SCALE = re.compile(r"(?<=[€$£])( ?[0-9.,]+) ?(mn?|bn?|k)\b", re.IGNORECASE)
_SCALES = {"m": " mln", "mn": " mln", "b": " mld", "bn": " mld", "k": " duizend"}
_SMALLER = {
    ("m", "dm"): 0.1,
    ("m", "cm"): 0.01,
    ("cm", "mm"): 0.1,
    ("km", "m"): 0.001,
    ("kg", "g"): 0.001,
    ("L", "dL"): 0.1,
    ("L", "cL"): 0.01,
    ("L", "mL"): 0.001,
}
_COUNTRY_LETTERS = 5
_RANKS = {"eerst": 1}


class Currency(NamedTuple):
    """What a word or sign for money stands for.

    Attributes:
        code: ISO 4217; "" where the word does not say which.
        factor: how many of the currency one of it is.
        kind: name, coin or open, see ``lexicons/value_currencies.tsv``.
        old: the code before the year ``until``.
        until: the first year of the present code, 0 where there is no older one.
    """

    code: str
    factor: float
    kind: str
    old: str
    until: int


@cache
def currencies() -> dict[str, Currency]:
    """The currencies by folded form."""
    return {
        form: Currency(code, float(factor), kind, old, int(until or 0))
        for form, code, factor, kind, old, until in read_table("value_currencies")
    }


@cache
def units() -> dict[str, tuple[str, float]]:
    """UCUM code and factor of the units by folded form."""
    return {form: (code, float(factor or 1)) for form, code, factor in read_table("value_units")}


def numbers_of(text: str, *, decimal_comma: bool = True) -> tuple[list[Token], list[Token]]:
    """The numbers of an amount, and the other tokens."""
    tokens = merge_numbers(tokenise(text), amounts=True, decimal_comma=decimal_comma)
    found = [token for token in tokens if token.tag in _TOKENS]
    if len(found) > 1:
        found = [token for token in found if token.tag != "ONE"]
    return found, [token for token in tokens if token.tag not in _TOKENS]


def _amount(token: Token, factor: float) -> Number | tuple[Number, Number] | None:
    if token.tag == "VAGUE":
        return None
    if token.tag == "RANGE":
        low, high = token.value[:2]
        return plain(low * factor), plain(high * factor)
    return plain(token.value * factor)


def _valued(kind: str, token: Token, unit: str | None, factor: float = 1) -> Value | None:
    amount = _amount(token, factor)
    return None if amount is None else Value(kind, amount, unit)


@lru_cache(maxsize=4096)
def money_expression(text: str) -> Meaning | None:
    """The meaning of a MONEY mention: 3,5 miljoen euro, € 12,50, "5 ton", een tientje."""
    text = _TAIL.sub("", join_groups(text))
    text = _SHORT_SCALE.sub(lambda match: match[1] + _SCALES[match[2].lower()], text)
    found = _currency(fold(text))
    numbers, _ = numbers_of(text, decimal_comma=False)
    if not numbers and found and found[1].kind == "coin":
        numbers = [Token("NUM", 1, "")]
    if len(numbers) != 1:
        return _subunits(numbers, found[1]) if found else None
    number = numbers[0]

    def meaning(scene: Scene) -> Value | None:
        money, scaled = found, number
        if money is None and (shared := _shared(scene, number)):
            scaled, rest = shared
            money = _currency(" ".join(rest.split()[:2]))
        elif money is None:
            money = _currency_behind(scene)
        if money is None:
            return _valued("money", scaled, None)
        name, currency = money
        return _valued("money", scaled, _code(name, currency, scene) or None, currency.factor)

    return meaning


def _currency_behind(scene: Scene) -> tuple[str, Currency] | None:
    """The currency behind a mention that was cut too short: "[3 miljoen] euro"."""
    words = scene.after.split()[:1]
    found = _currency(words[0].strip(".,;:)")) if words else None
    return found if found and found[1].code and len(found[0]) > 2 else None


def _shared(scene: Scene, number: Token) -> tuple[Token, str] | None:
    """The number with the scale of the one it is joined to, and the text after that one.

    In "tussen [10] en 15 miljoen euro" ten is millions of euros too.
    """
    joint = _JOINED.match(scene.after)
    if joint is None or number.tag not in ("NUM", "YEAR", "ONE"):
        return None
    rest = scene.after[joint.end() :]
    tokens = merge_numbers(tokenise(rest), amounts=True)
    if not tokens or tokens[0].tag not in ("NUM", "YEAR", "ONE"):
        return None
    if tokens[0].scale > 1 and number.scale == 1 and number.value < 1000:
        number = number._replace(value=plain(number.value * tokens[0].scale))
    return number, rest[tokens[0].end :]


def _subunits(numbers: Sequence[Token], currency: Currency) -> Meaning | None:
    """As in "2 euro 50"."""
    if len(numbers) != 2 or any(token.tag not in ("NUM", "ONE") for token in numbers):
        return None
    whole, cents = numbers[0].value, numbers[1].value
    if not (isinstance(whole, int) and isinstance(cents, int) and 0 <= cents < 100):
        return None
    return always(Value("money", plain(whole + cents / 100), currency.code or None))


def _currency(text: str) -> tuple[str, Currency] | None:
    """The currency in a folded expression: the longest form of three, two or one words."""
    words = [word.rstrip(".") for word in _CURRENCY_TEXT.findall(text)]
    table = currencies()
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            form = " ".join(words[i : i + size])
            if form in table:
                return form, table[form]
    for i, word in enumerate(words):
        if word.endswith("$") and i < len(words):
            return "$", table["$"]
    return None


def _code(name: str, currency: Currency, scene: Scene) -> str:
    """The ISO code: by the year of the article, by a country named in it, or as listed."""
    if currency.kind == "open":
        return _code_by_country(name, scene)
    if currency.until and scene.anchor and scene.anchor.year < currency.until:
        return currency.old
    if name.startswith("fr") and len(name) > 2 and scene.context:
        text = scene.context.text.lower()
        if "zwitser" in text and "belgi" not in text:
            return "CHF"
    return currency.code


def _code_by_country(name: str, scene: Scene) -> str:
    """The code of "kroon" or "peso" where one of its countries alone is spoken of in the text."""
    if scene.context is None:
        return ""
    text = fold(scene.context.text)
    codes = set()
    for form, currency in currencies().items():
        country, _, head = form.rpartition(" ")
        if country and head == name and country[:_COUNTRY_LETTERS] in text:
            codes.add(currency.code)
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=4096)
def percent_expression(text: str) -> Meaning | None:
    """The meaning of a PERCENT mention: 4,5 procent, 2 procentpunt; "een kwart" is no percentage."""
    folded = fold(join_groups(text))
    word = _PERCENT.search(folded)
    numbers, others = numbers_of(_PERCENT.sub(" ", folded))
    if len(numbers) != 1 or any(token.tag in ("ORD", "OP", "HELFT", "KWART") for token in others):
        return always(None)
    share = numbers[0].value in (0.25, 0.5, 0.75) and not any(c.isdigit() for c in folded)
    if word is None and (share or numbers[0].tag == "ONE"):
        return always(None)
    unit = _PERCENT_WORDS[word[0].rstrip(".")] if word else "%"
    return always(
        _valued("percent", numbers[0], "%" if unit == "‰" else unit, 0.1 if unit == "‰" else 1)
    )


def names_percentage(text: str) -> bool:
    """Whether a word or sign for a percentage stands in the text."""
    return _PERCENT.search(fold(text)) is not None


def names_currency(text: str) -> bool:
    """Whether a word or sign that is surely money stands in the text."""
    found = _currency(fold(text))
    return (found is not None and found[1].code != "" and len(found[0]) != 1) or "€" in text


@lru_cache(maxsize=4096)
def quantity_expression(text: str) -> Meaning | None:
    """The meaning of a QUANTITY mention: 400 kilometer, 35 graden, 1 meter 85, windkracht 9."""
    folded = fold(join_groups(text)).strip()
    if match := _WIND.fullmatch(folded):
        numbers, _ = numbers_of(match[1])
        return always(_valued("quantity", numbers[0], "{Bft}")) if len(numbers) == 1 else None
    folded, frozen = _BELOW_ZERO.subn("", folded)
    tokens = merge_numbers(tokenise(folded), amounts=True)
    found = [token for token in tokens if token.tag in _TOKENS]
    if not found or len(found) > 3:
        return None
    first = " ".join(folded[found[0].end :].split())
    unit = units().get(first)
    found = found[:1] if unit else found
    unit = unit or _unit(folded[found[-1].end :])
    sign = -1 if frozen else 1
    if len(found) == 1 and unit:
        return always(_valued("quantity", found[0], unit[0], sign * unit[1]))
    if len(found) == 2:
        return _two_numbers(folded, found, unit)
    if len(found) == 1 and not folded[found[0].end :].strip():
        return lambda scene: _shared_quantity(scene, found[0])
    return None


def _shared_quantity(scene: Scene, number: Token) -> Value | None:
    """As in "tussen [10] en 15 meter"."""
    shared = _shared(scene, number) or (number, scene.after)
    unit = _unit(shared[1])
    if shared[1] is scene.after and len(scene.after.split(" ", 1)[0].strip(".,;:)")) < 3:
        return None
    return _valued("quantity", shared[0], unit[0], unit[1]) if unit else None


def _two_numbers(
    text: str, found: Sequence[Token], unit: tuple[str, float] | None
) -> Meaning | None:
    """As in "1 meter 85", "25 bij 10 meter"."""
    low, high = found
    between = text[low.end : high.start].strip()
    inner = _unit(between.removesuffix(" en"))
    if any(token.tag not in ("NUM", "ONE", "YEAR") for token in found):
        return None
    if inner and inner[0] == "m" and not text[high.end :].strip() and 0 < high.value < 100:
        return always(Value("quantity", plain(low.value + high.value / 100), "m"))
    if inner and unit and (share := _SMALLER.get((inner[0], unit[0]))):
        return always(Value("quantity", plain(low.value + share * high.value), inner[0]))
    if unit and (between in ("x", "bij", "op", "×", "tot", "a", "en", "of") or inner == unit):
        pair = plain(low.value * unit[1]), plain(high.value * unit[1])
        return always(Value("quantity", pair, unit[0]))
    return None


def _unit(text: str) -> tuple[str, float] | None:
    """UCUM code and factor of the folded text after a number."""
    form = " ".join(text.strip(" .-–").split())
    known = units()
    if form in known:
        return known[form]
    form = form.replace(". ", " ").replace(".", "")
    if form in known:
        return known[form]
    words = form.split()
    for size in range(min(len(words), 4), 0, -1):
        if (head := " ".join(words[:size])) in known:
            return known[head]
    return None


@lru_cache(maxsize=4096)
def count_expression(text: str) -> Meaning | None:
    """The meaning of a CARDINAL mention: twintig, 1,2 miljoen, 3-2; tientallen is unknown."""
    text = text.strip()
    if _SCORE.fullmatch(text):
        return always(Value("number", re.sub(r" ?[-–] ?", "-", text)))
    numbers, others = numbers_of(join_groups(text), decimal_comma=False)
    strange = [token for token in others if token.tag not in _FREE or token.tag == "OF"]
    if len(numbers) != 1 or strange or _fraction(text):
        unknown = _known_unknown(others) or (numbers and not strange)
        return always(None) if unknown else None
    return always(_valued("number", numbers[0], None))


def _fraction(text: str) -> bool:
    return re.fullmatch(r"[0-9]+/[0-9]+", text) is not None


def _known_unknown(tokens: Sequence[Token]) -> bool:
    """Whether it is a number that is not known: "de helft", "een derde"."""
    return any(token.tag in ("HELFT", "KWART", "ORD", "HALF") for token in tokens)


@lru_cache(maxsize=4096)
def rank_expression(text: str) -> Meaning | None:
    """The meaning of an ORDINAL mention: eerste, 19e, XIVe; voorlaatste is unknown."""
    folded = fold(text).strip(" '.")
    tokens = merge_numbers(tokenise(folded), amounts=True)
    ranks = [token.value for token in tokens if token.tag == "ORD"]
    others = [token for token in tokens if token.tag not in {"ORD", *_FREE, "SLASH", "JL"}]
    if ranks and not others and len(ranks) <= 2:
        return always(Value("ordinal", ranks[0] if len(ranks) == 1 else (ranks[0], ranks[1])))
    number = _RANKS.get(folded) or roman_number(folded)
    return always(Value("ordinal", number)) if number else None
