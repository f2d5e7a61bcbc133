"""Bytes to text."""

import codecs
import subprocess
import sys

import pytest

from annotate.errors import ArticleError
from annotate.sources.encoding import decode

TEXT = (
    "Belgische ploeg één punt te kort\n\n„Wij zijn niet teleurgesteld”, zegt coach Zoë Daniëls –"
    " ‘hoogstens een beetje’. De reünie met de coördinator in Oekraïne kost € 1.250.\n"
)


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_without_a_warning(bom: bytes, encoding: str) -> None:
    assert decode(bom + TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_old_encodings_of_dutch_are_recognised_and_said(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, (f"not valid UTF-8, read as {encoding}",))


@pytest.mark.parametrize("encoding", ["cp850", "iso8859_15"])
def test_old_encodings_without_curly_quotes(encoding: str) -> None:
    text = "De coördinator van de reünie in Oekraïne en België vroeg één hèle cent."
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert len(decoded.warnings) == 1


def test_euro_sign_of_latin_9() -> None:
    text = "De financiële schade is € 300."
    assert decode(text.encode("iso8859_15")).text == text


def test_an_encoding_that_dutch_never_had_is_left_to_charset_normalizer() -> None:
    text = "Мэр города сказал в понедельник, что мост останется закрытым до конца месяца. " * 5
    decoded = decode(text.encode("koi8_r"))
    assert decoded.text == text
    assert decoded.warnings == ("not valid UTF-8, read as koi8_r",)


def test_damaged_utf8_stays_utf8() -> None:
    data = "Zoë, Daniël en één reünie: ".encode() + b"caf\xe9"
    assert decode(data) == (
        "Zoë, Daniël en één reünie: caf\ufffd",
        ("not valid UTF-8 in 1 place, replaced by U+FFFD",),
    )


def test_utf16_without_a_mark_is_read_and_said() -> None:
    decoded = decode(TEXT.encode("utf-16-le"))
    assert decoded == (TEXT, ("no byte order mark, read as utf-16-le",))
    assert decode(TEXT.encode("utf-16-be")).text == TEXT


def test_half_a_character_at_the_end_of_utf16() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "Zoë".encode("utf-16-le") + b"\x41")
    assert decoded.text == "Zoë\ufffd"
    assert decoded.warnings == ("not valid UTF-16-LE in 1 place, replaced by U+FFFD",)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"{\\rtf1\\ansi De brug}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"De brug\0is dicht", "NUL bytes"),
        (bytes(range(1, 256)) * 4, "binary data"),
        (b"a\x01", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=what):
        decode(data)


def test_charset_normalizer_is_loaded_only_when_it_is_asked() -> None:
    code = (
        "import sys; from annotate.sources import parse_article;"
        "parse_article('De brug blijft dicht, zegt de wethouder.'.encode(), id='a');"
        "assert not {'charset_normalizer', 'yaml', 'py3langid', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
