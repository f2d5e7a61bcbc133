"""Pieces of XML as text: escaped, without what XML 1.0 forbids, line ends kept."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from annotate.exporters.characters import for_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

Attributes = Mapping[str, str | int | float | None]


def text(data: str) -> str:
    """Text between tags; a carriage return is kept from the reader's normalisation."""
    return escape(for_xml(data), {"\r": "&#13;"})


def element(name: str, attributes: Attributes, content: str | Iterable[str] | None = None) -> str:
    """An element with attributes that are not None; its content is XML, or None for no content."""
    start = [name]
    for key, value in attributes.items():
        if value is not None:
            start.append(f"{key}={quoteattr(for_xml(str(value)))}")
    if content is None:
        return f"<{' '.join(start)}/>"
    inner = content if isinstance(content, str) else "".join(content)
    return f"<{' '.join(start)}>{inner}</{name}>"
