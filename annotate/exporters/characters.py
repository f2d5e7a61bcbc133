"""Texts that encodings and XML can hold; every character is replaced by one, so offsets stay."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
SURROGATES = re.compile("[\ud800-\udfff]")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the production Char of XML 1.0 leaves out."""


def encodable(text: str) -> str:
    """Text with U+FFFD for lone surrogates."""
    return SURROGATES.sub(REPLACEMENT, text)


def for_xml(text: str) -> str:
    """Text with U+FFFD for what XML 1.0 forbids."""
    return NOT_IN_XML.sub(REPLACEMENT, text)
