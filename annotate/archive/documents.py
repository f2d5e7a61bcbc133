"""One item to an article: plain text, Markdown, HTML, Word and PDF."""

import dataclasses
import io
import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from annotate.annotation import Section
from annotate.archive.items import Item, ItemKind, Limits
from annotate.archive.optional import need
from annotate.archive.pdf import read_pdf
from annotate.archive.streams import read_whole, too_large
from annotate.archive.walk import unreadable
from annotate.article import Article, Failure
from annotate.errors import ArticleError
from annotate.labels import SectionKind
from annotate.sources import parse_article
from annotate.sources.dates import parse_date
from annotate.sources.encoding import decode
from annotate.sources.frontmatter import read_front_matter
from annotate.text import clean


class Block(NamedTuple):
    """A heading or a paragraph."""

    kind: SectionKind
    text: str


class Document(NamedTuple):
    """What a document holds.

    Attributes:
        head: text in front of the blocks that is parsed as a header.
    """

    blocks: list[Block]
    title: str | None = None
    date: str | None = None
    metadata: Mapping[str, Any] = {}
    warnings: tuple[str, ...] = ()
    head: str = ""


def load(item: Item, limits: Limits) -> Item | Failure:
    """Return the item with the bytes of its file."""
    if item.path is None:
        return item
    try:
        with open(item.path, "rb") as stream:  # noqa: PTH123 - a path is not needed
            data = read_whole(stream, limits.article_bytes)
    except ArticleError as error:
        return Failure(item.id, error.message, error.hint)
    except OSError as error:
        return Failure(item.id, unreadable(error))
    return dataclasses.replace(item, data=data, path=None)


def parse(item: Item, limits: Limits) -> Article | Failure:
    """Return the article of a loaded item, or why it holds none."""
    if item.data is None:
        return Failure(item.id, "it has not been read")
    try:
        if item.kind == "text":
            return _finish(item, item.data, None)
        data = item.data if isinstance(item.data, bytes) else item.data.encode()
        document = _READERS[item.kind](data, limits)
        return _finish(item, document.head, document)
    except ArticleError as error:
        return Failure(item.id, error.message, error.hint)
    except Exception as error:  # the libraries for these formats raise anything on damaged files
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        return Failure(item.id, f"it cannot be read as {item.kind} ({reason})")


def _finish(item: Item, head: str | bytes, document: Document | None) -> Article:
    """Return the article of a text, or of a document whose sections are known."""
    metadata = dict(item.metadata)
    raw: str | bytes = head
    blocks: list[Block] = []
    body = ""
    if document is not None:
        metadata |= {key: value for key, value in document.metadata.items() if value}
        blocks = [Block(kind, _trimmed(text)) for kind, text in document.blocks]
        blocks = [block for block in blocks if block.text]
        body = "\n\n".join(block.text for block in blocks)
        if not body and not document.head:
            raise ArticleError("it holds no text")
        raw = f"{document.head}{body}"
    article = parse_article(raw, id=item.id, metadata=metadata)
    changes: dict[str, Any] = {"warnings": (*item.warnings, *article.warnings)}
    if document is not None:
        changes["warnings"] += document.warnings
        if blocks and article.text.strip() == body:
            article = dataclasses.replace(article, text=body)
            changes["sections"] = tuple(_sections(blocks))
    changes["title"] = item.title or (document and document.title) or article.title
    changes["date"] = item.date or article.date or (document and document.date) or None
    return dataclasses.replace(article, **changes)


def _trimmed(text: str) -> str:
    r"""Return a block as one paragraph: valid text, no blank lines, no white space around it."""
    lines = (" ".join(line.split(" ")).strip() for line in clean(text).text.split("\n"))
    return "\n".join(line for line in lines if line)


def _sections(blocks: list[Block]) -> Iterator[Section]:
    """Yield the next section of blocks that are joined by blank lines."""
    start = 0
    for block in blocks:
        yield Section(start, start + len(block.text), block.kind)
        start += len(block.text) + 2


def _read_markdown(data: bytes, limits: Limits) -> Document:
    """Return the text of Markdown; front matter is kept for the header."""
    from markdown_it import MarkdownIt

    text, warnings = decode(data)
    text = clean(text).text
    front = read_front_matter(text, 0)
    end = front.end if front else 0
    blocks: list[Block] = []
    kind: SectionKind = "paragraph"
    for token in MarkdownIt("commonmark").enable("table").parse(text[end:]):
        if token.type in ("heading_open", "paragraph_open", "td_open", "th_open"):
            kind = "heading" if token.type == "heading_open" else "paragraph"
        elif token.type == "inline":
            parts = (_inline(child) for child in token.children or ())
            blocks.append(Block(kind, "".join(parts)))
        elif token.type in ("fence", "code_block"):
            blocks.append(Block("paragraph", token.content))
    return Document(blocks, warnings=warnings, head=text[:end])


def _inline(token: Any) -> str:
    """Return the text of a piece of Markdown inside a paragraph; a picture has none."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n" if token.type == "hardbreak" else " "
    return token.content if token.type in ("text", "code_inline") else ""


def _read_html(data: bytes, limits: Limits) -> Document:
    """Return the article in a page as trafilatura finds it, without menus, scripts and comments."""
    trafilatura = need("trafilatura", "Reading HTML")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what matters is a failure here
    page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    if page is None or page.body is None:
        raise ArticleError("no article was found in this page")
    blocks = [
        Block("heading" if element.tag == "head" else "paragraph", "".join(element.itertext()))
        for element in _blocks_of(page.body)
    ]
    metadata = {"author": page.author, "url": page.url, "site": page.sitename}
    date = parse_date(page.date) if page.date else None
    return Document(blocks, title=page.title, date=date, metadata=metadata)


def _blocks_of(element: Any) -> Iterator[Any]:
    """Yield the next element that holds text and no further blocks."""
    inner = ("p", "head", "list", "item", "quote", "table", "row", "cell")
    for child in element:
        if any(grandchild.tag in inner for grandchild in child):
            yield from _blocks_of(child)
        elif isinstance(child.tag, str):
            yield child


def _read_docx(data: bytes, limits: Limits) -> Document:
    """Return the paragraphs of a Word document; the styles say which are headings."""
    docx = need("docx", "Reading Word documents")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        unpacked = sum(info.file_size for info in parts.infolist())
    if unpacked > limits.ratio_from and unpacked > limits.ratio * len(data):
        raise too_large(limits.ratio * len(data), option="")
    document = docx.Document(io.BytesIO(data))
    blocks: list[Block] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            cells = (cell.text for row in part.rows for cell in row.cells)
            blocks.extend(Block("paragraph", text) for text in dict.fromkeys(cells))
            continue
        style = (part.style.name or "").lower() if part.style is not None else ""
        is_heading = style.startswith(("heading", "kop", "title", "titel"))
        blocks.append(Block("heading" if is_heading else "paragraph", part.text))
    properties = document.core_properties
    metadata = {"author": properties.author}
    return Document(blocks, title=properties.title.strip() or None, metadata=metadata)


def _read_pdf(data: bytes, limits: Limits) -> Document:
    """Return the text of a PDF; its lay-out decides which lines are headings, as for plain text."""
    title, author, paragraphs = read_pdf(data, limits.article_bytes)
    return Document([], title=title, metadata={"author": author}, head="\n\n".join(paragraphs))


_READERS: dict[ItemKind, Callable[[bytes, Limits], Document]] = {
    "markdown": _read_markdown,
    "html": _read_html,
    "docx": _read_docx,
    "pdf": _read_pdf,
}
