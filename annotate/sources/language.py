"""The language of a text: a look at Dutch function words, then py3langid for the rest."""

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_DUTCH = frozenset(
    word
    for line in (
        "als bij dan deze door dus een er geen hadden hebben heeft hem hij hun ik kon kunnen mij",
        "naar niet over tegen tussen toch voor waren werd werden wij wordt worden zal ze zegt zei",
        "zelf zich zij zijn zo zou zouden",
    )
    for word in line.split()
)
"""Frequent function words and forms of the auxiliaries, a selection of the closed classes in the
Algemene Nederlandse Spraakkunst (https://e-ans.ivdnt.org). Words as frequent in Afrikaans (het,
van, die, wat, maar, ook) or in German, English or Frisian (de, in, was) are left out."""

_NAMES = {
    "af": "Afrikaans",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "fy": "Frisian",
    "id": "Indonesian",
    "it": "Italian",
    "lb": "Luxembourgish",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000
"""Characters that are looked at."""
_MIN_LETTERS, _MIN_WORDS = 40, 8
"""A shorter text has no language that a machine can tell."""
_MIN_DUTCH_WORDS, _MIN_DUTCH_SHARE = 3, 0.05
_MIN_CONFIDENCE = 0.9


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language, None where the text is too short to tell.

    Looks at the first 4,000 characters. A text that is plainly Dutch is recognised without
    loading py3langid (https://github.com/adbar/py3langid, a model of 139 languages).
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) < _MIN_WORDS and sum(map(len, words)) < _MIN_LETTERS:
        return None
    dutch = [word for word in words if word in _DUTCH]
    if len(set(dutch)) >= _MIN_DUTCH_WORDS and len(dutch) >= _MIN_DUTCH_SHARE * len(words):
        return "nl"
    language, confidence = _identifier().classify(sample)
    return str(language) if confidence >= _MIN_CONFIDENCE else None


def language_name(code: str) -> str:
    """Return the English name of a language that articles may well be in, else its code."""
    return _NAMES.get(code, f"like another language ({code})")


@functools.cache
def _identifier() -> "LanguageIdentifier":
    """Load the model, a third of a second, once per process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
