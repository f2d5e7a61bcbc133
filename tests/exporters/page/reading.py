"""Reads a page back as a browser would: its elements, its records, the text of its script."""

import json
from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page with their attributes and text.

    Attributes:
        elements: (name, attributes) in the order in which they open.
        raw: (name, attributes, text) of the script and style elements.
        words: text of the body outside scripts, without the numbers of the statements.
    """

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.raw, self.words = [], [], []
        self._inside = None
        self._body = self._number = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._body = self._body or tag == "body"
        self._number = tag == "a" and dict(attrs).get("class", "").startswith("number")
        if tag in ("script", "style"):
            self._inside = (tag, dict(attrs))
            self.raw.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag):
        self._number = False
        if tag in ("script", "style"):
            self._inside = None

    def handle_data(self, data):
        if self._inside:
            tag, attrs, text = self.raw.pop()
            self.raw.append((tag, attrs, text + data))
        elif self._body and not self._number:
            self.words.append(data)

    def records(self):
        """The records of the articles."""
        return [
            json.loads(text)
            for tag, attrs, text in self.raw
            if tag == "script" and attrs.get("class") == "article"
        ]

    def scripts(self):
        """Texts of what a browser runs."""
        return [text for tag, attrs, text in self.raw if tag == "script" and "type" not in attrs]

    def styles(self):
        return [text for tag, _, text in self.raw if tag == "style"]

    def attribute(self, tag, name):
        """Values of an attribute on all elements of this name."""
        return [attrs[name] for element, attrs in self.elements if element == tag and name in attrs]


def units(text):
    """The text as a browser indexes it: one item per UTF-16 code unit."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[place : place + 2] for place in range(0, len(raw), 2)]


def cut(text_units, start, end):
    return b"".join(text_units[start:end]).decode("utf-16-le", "surrogatepass")


def pairs(flat):
    """Spans from a flat list of edges; 0 stands for none."""
    edges = flat or []
    return list(zip(edges[::2], edges[1::2], strict=True))


def padded(parts, size):
    return [*parts, *[0] * (size - len(parts))]
