"""Clean-up of raw text that keeps one code point per code point, except for line ends."""

import re
from typing import NamedTuple

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_END = re.compile(r"\r\n?|[\v\f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_C1 = re.compile(r"[\x80-\x9f]")
_C1_AS_CP1252 = {
    code: bytes([code]).decode("cp1252", errors="ignore") or " " for code in range(0x80, 0xA0)
}


class Clean(NamedTuple):
    """A text and what was odd in it."""

    text: str
    warnings: tuple[str, ...]


def count_of(number: int, noun: str) -> str:
    """Return "1 noun" or "3 nouns"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clean(raw: str) -> Clean:
    r"""Make line ends ``\n``, drop a leading byte order mark, and replace what is no text.

    Lone surrogates become U+FFFD, control characters a space, and C1 controls the character that
    they are in Windows-1252: U+0093 for “ is what Latin-1 software leaves behind. Everything else
    stays as it is; nothing is normalised.
    """
    text = raw.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    text = _LINE_END.sub("\n", text)
    text, surrogates = _SURROGATE.subn(REPLACEMENT, text)
    text, controls = _CONTROL.subn(" ", text)
    text, c1 = _C1.subn(lambda match: _C1_AS_CP1252[ord(match[0])], text)
    found = (
        (surrogates, "lone surrogate", "replaced by U+FFFD"),
        (controls, "control character", "replaced by spaces"),
        (c1, "C1 control character", "read as Windows-1252"),
    )
    return Clean(text, tuple(f"{count_of(n, noun)} {done}" for n, noun, done in found if n))
