"""The text of a PDF: its lines, joined to paragraphs by their length and their last character."""

import io
import logging
import re
import statistics
from collections.abc import Iterator, Sequence

from annotate.archive.optional import need
from annotate.archive.streams import too_large
from annotate.errors import ArticleError

_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(\w)[-\N{SOFT HYPHEN}\N{HYPHEN}]$")
SHORT = 0.75
"""A line that is shorter than this part of the usual length can end a paragraph."""


def read_pdf(data: bytes, limit: int) -> tuple[str | None, str | None, list[str]]:
    """Return title, author and paragraphs.

    Raises:
        ArticleError: there is no text in it, it is encrypted, or pypdf is not installed.
    """
    pypdf = need("pypdf", "Reading a PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters is a failure here
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError("it is encrypted", hint="Save it without a password first")
    lines: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > limit:
            raise too_large(limit)
        lines.extend(text.splitlines())
    if not "".join(lines).strip():
        raise ArticleError(
            "it holds no text, only pictures of it",
            hint="Run it through text recognition (OCR) first",
        )
    about = reader.metadata
    title = str(about.title).strip() if about and about.title else None
    author = str(about.author).strip() if about and about.author else None
    return title or None, author or None, list(join_lines(lines))


def join_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the next paragraph of lines as they stand on a page; hyphenated words are joined."""
    lengths = [len(line.strip()) for line in lines if line.strip()]
    usual = statistics.quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0.0
    paragraph = ""
    for line in (*lines, ""):
        text = " ".join(line.split())
        if not text:
            if paragraph:
                yield paragraph
            paragraph = ""
            continue
        hyphen = _HYPHEN.search(paragraph)
        if hyphen and text[0].islower():
            paragraph = paragraph[: hyphen.start() + 1] + text
        else:
            paragraph = f"{paragraph} {text}" if paragraph else text
        ends = len(text) < SHORT * usual and (_END.search(text) or len(text.split()) <= 9)
        if ends:
            yield paragraph
            paragraph = ""
