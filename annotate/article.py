"""An article as it is read: one text with its metadata, before annotation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.annotation import Section


@dataclass(frozen=True, slots=True)
class Article:
    r"""One text with its metadata.

    Attributes:
        id: stable name of the article, for example its path relative to the folder that was given.
        text: what will be annotated, without header metadata, line ends as ``\\n``.
        title: the headline where it is known; it may also stand in ``text``, as its first section.
        date: ISO date as precise as known ("2024", "2024-02", "2024-02-20"), never the file's date.
        metadata: everything else that came with it (author, section, source file, columns).
        sections: headings and paragraphs of ``text``, in order, not overlapping.
        warnings: what was odd in reading it.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read or annotated; it travels in the stream in the article's place.

    Attributes:
        id: the id that the article has or would have had.
        message: one sentence that says why, without a trailing full stop.
        hint: what to do next, without a trailing full stop; may be empty.
    """

    id: str
    message: str
    hint: str = ""
