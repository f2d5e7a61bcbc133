"""Bytes to text: Unicode first, then the best guess for a Dutch newspaper, never silently."""

import codecs
import re
from typing import NamedTuple

from annotate.errors import ArticleError
from annotate.text import REPLACEMENT, count_of

_BOMS = (  # UTF-32 before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850", "iso8859_15")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROLS = 0.05
_ASCII = bytes(range(0x80))
_MAX_ACCENTS = 0.2
_SAMPLE = 200_000
"""Bytes that a guess looks at; the decoding takes all of them."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = frozenset("éëïöüèêçáàóíúâîôûäñåøæœß")
_USUAL_LETTERS = frozenset("éëïöüèêç")
_OPENING = frozenset("‘“„«")
_CLOSING = frozenset("’”»")
_SIGNS = frozenset("–—…•€£§°©®²³½¼·×\N{NO-BREAK SPACE}")


class Decoded(NamedTuple):
    """A text and what was odd in its bytes."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file.

    Raises:
        ArticleError: they are no text.
    """
    for mark, name in _MAGIC:
        if data.startswith(mark):
            raise ArticleError(f"it is {name}, not a text file", hint="Save it as plain text first")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_lossy(data[len(bom) :], encoding)
    if b"\0" in data:
        wide = _wide_encoding(data)
        if wide is None:
            raise ArticleError(
                "it holds NUL bytes, so it is binary data, not text", hint="Save it as plain text"
            )
        lossy = _decode_lossy(data, wide)
        return lossy._replace(warnings=(f"no byte order mark, read as {wide}", *lossy.warnings))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS * len(data):
        raise ArticleError("it holds binary data, not text", hint="Save it as plain text")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _guess(data, error.start)


def _wide_encoding(data: bytes) -> str | None:
    """Return UTF-16 of the byte order in which nearly all NULs are the high bytes of ASCII."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if (even and odd) or even + odd < 0.4 * len(data) / 2:
        return None
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = data.decode(encoding, errors="replace")
    return None if _CONTROL.search(text) else encoding


def _decode_lossy(data: bytes, encoding: str) -> Decoded:
    """Decode, with U+FFFD and a warning for what is invalid."""
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        lost = count_of(text.count(REPLACEMENT), "place")
        return Decoded(text, (f"not valid {encoding.upper()} in {lost}, replaced by U+FFFD",))


def _guess(data: bytes, first_bad: int) -> Decoded:
    """Decode bytes that are not UTF-8; ``first_bad`` is where they stop being it."""
    if _is_damaged_utf8(data):
        return _decode_lossy(data, "utf-8")
    sample = data[max(0, first_bad - _SAMPLE // 2) :][:_SAMPLE]
    encoding = _western(sample) or _any_encoding(sample) or "cp1252"
    text = data.decode(encoding, errors="replace")
    lost = text.count(REPLACEMENT)
    also = f", {count_of(lost, 'byte')} replaced by U+FFFD" if lost else ""
    return Decoded(text, (f"not valid UTF-8, read as {encoding}{also}",))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether valid multi-byte characters outnumber the invalid bytes."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count(REPLACEMENT)
    return len(_NOT_ASCII.findall(text)) - bad > bad


def _western(sample: bytes) -> str | None:
    """Return the Western encoding whose non-ASCII characters stand where Dutch has them.

    Charset-normalizer takes most short Dutch texts for Central European, and tells Mac and DOS
    texts from Windows ones hardly better than by chance, because few of their bytes are not ASCII.
    """
    if len(sample.translate(None, _ASCII)) > _MAX_ACCENTS * len(sample):
        return None  # another alphabet
    scores = {name: _dutch_score(sample.decode(name, errors="replace")) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: scores[name])
    return best if scores[best] > 0 else None


def _dutch_score(text: str) -> int:
    """Add points for accented letters in words and signs outside words, subtract for the rest."""
    score = 0
    for match in _NOT_ASCII.finditer(text):
        char = match.group()
        before = text[match.start() - 1 : match.start()].isalpha()
        after = text[match.end() : match.end() + 1].isalpha()
        if char.lower() in _LETTERS:
            usual = char in _USUAL_LETTERS and (before or (char == "é" and after))
            odd = char.isupper() and before and not text[match.start() - 1].isupper()
            score += -2 if odd else 2 if usual else 1
        elif char == "’" and before:
            score += 2
        elif char in _OPENING:
            score += -2 if before else 2
        elif char in _CLOSING:
            score += -1 if after else 2
        elif char in _SIGNS:
            score += -2 if before and after else 2 if char == "€" else 1
        else:
            score -= 2
    return score


def _any_encoding(sample: bytes) -> str | None:
    """Return what charset-normalizer thinks of it."""
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else None
