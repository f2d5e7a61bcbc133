"""YAML front matter: fields between two ``---`` lines at the top of a text."""

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import yaml

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_LENGTH = 64 * 1024
"""Characters; longer "front matter" is a text between two rules."""

_MAX_DEPTH = 20
"""Levels of nesting; the parser's time grows with the square of them."""


class FrontMatter(NamedTuple):
    """Keys and plain values in the order of the file.

    Attributes:
        end: where the text after it begins; 0 where it is broken and stays part of the text.
    """

    end: int
    fields: list[tuple[str, Any]]
    warnings: tuple[str, ...] = ()


def read_front_matter(text: str, start: int) -> FrontMatter | None:
    """Return the front matter at ``start``, None where there is none."""
    if not text.startswith("---", start):
        return None
    match = _FRONT.match(text[start : start + _MAX_LENGTH])
    if match is None:
        return None
    try:
        loaded = _load(match[1])
    except ValueError as error:
        return FrontMatter(0, [], (f"the front matter is not valid YAML ({error}), kept as text",))
    if loaded is None:
        return FrontMatter(start + match.end(), [])
    if not isinstance(loaded, dict):
        return None
    return FrontMatter(start + match.end(), [(str(k), _plain(v)) for k, v in loaded.items()])


def _load(source: str) -> Any:
    """Load YAML; dates stay as they are written, aliases and tags are refused.

    An alias can make a few lines expand to gigabytes, or a value that contains itself.

    Raises:
        ValueError: it is not valid YAML, or too deep.
    """
    import yaml

    loader = _loader()
    try:
        depth = 0
        for event in yaml.parse(source, loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                raise ValueError("nested too deeply")
            if isinstance(event, yaml.AliasEvent):
                raise ValueError("aliases are not allowed")
            if getattr(event, "tag", None) is not None:
                raise ValueError("tags are not allowed")
        return yaml.load(source, loader)
    except yaml.MarkedYAMLError as error:
        where = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise ValueError(f"{error.problem or 'error'}{where}") from error
    except yaml.YAMLError as error:
        raise ValueError("a character that YAML does not allow") from error


@functools.cache
def _loader() -> "type[yaml.SafeLoader]":
    """Return a safe loader without timestamps: "2024-02-31" is a string like any other."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 - as in the base class
            first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _plain(value: Any) -> Any:
    """Return the value in types that JSON has."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and value - value == 0:
        return value
    return str(value)
