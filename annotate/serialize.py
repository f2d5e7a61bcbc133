"""Annotation to plain dictionaries and JSON lines, and back.

Writing follows the order of the dataclasses, with ``schema`` first. Reading is strict: what is not
exactly the contract ``annotate/1`` is refused with one sentence that says where it is wrong.
"""

import dataclasses
import json
import math
import re
import types
import typing
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Any, Literal, get_args, get_origin

from annotate.annotation import Annotation, Span
from annotate.errors import ArticleError
from annotate.labels import SCHEMA
from annotate.references import fault

CONFIDENCE_DIGITS = 4
HINT = "`annotate schema` prints the JSON Schema of what can be read"

UNSAFE_IN_LINE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Line ends and controls that JSON allows raw but many readers trip over, and lone surrogates."""


@cache
def field_names(cls: Any) -> tuple[str, ...]:
    """Names of the fields of a dataclass in the order of the contract: ``schema`` first."""
    names = [item.name for item in dataclasses.fields(cls)]
    return tuple(sorted(names, key=lambda name: name != "schema"))


@cache
def field_types(cls: Any) -> dict[str, Any]:
    """Types of the fields of a dataclass in the order of the contract."""
    hints = typing.get_type_hints(cls)
    return {name: hints[name] for name in field_names(cls)}


def to_dict(annotation: Annotation) -> dict[str, Any]:
    """The annotation as dictionaries, lists, texts and numbers, in the order of the contract.

    Confidences are rounded to four digits. Dates in the metadata become ISO texts; what JSON does
    not know becomes text, and a number that is not finite becomes null.
    """
    return {
        name: _free(value) if name == "metadata" else _plain(name, value)
        for name in field_names(Annotation)
        for value in (getattr(annotation, name),)
    }


def to_json_line(annotation: Annotation) -> str:
    """The annotation as one line of JSON without line end; deterministic.

    A lone surrogate, which no encoding can hold, becomes U+FFFD: offsets stay as they are.
    """
    return to_json(to_dict(annotation))


def to_json(value: Any) -> str:
    """A part of what ``to_dict`` gives as one line of JSON."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return UNSAFE_IN_LINE.sub(_escape, line)


def to_json_pretty(annotation: Annotation) -> str:
    """The annotation as indented JSON without a last line end, for people to read."""
    text = json.dumps(to_dict(annotation), ensure_ascii=False, allow_nan=False, indent=2)
    return UNSAFE_IN_LINE.sub(_escape, text)


def from_dict(mapping: Mapping[str, Any]) -> Annotation:
    """The annotation that a dictionary in the contract ``annotate/1`` describes.

    Raises:
        ArticleError: the schema version is unknown, a key is missing or too many, a value has the
            wrong type, a span lies outside the text, or an id refers to nothing.
    """
    if not isinstance(mapping, Mapping):
        raise _refusal(f"An annotation is a JSON object, not {_named(mapping)}")
    if "schema" not in mapping:
        raise _refusal("This JSON object is no annotation, it has no key 'schema'")
    if mapping["schema"] != SCHEMA:
        raise ArticleError(
            f"The annotation has schema {mapping['schema']!r}, which this version cannot read",
            hint=f"It reads {SCHEMA!r}; annotate the article again or update the program",
        )
    annotation: Annotation = _read(Annotation, mapping, "")
    if problem := fault(annotation):
        raise _refusal(f"Annotation {annotation.id!r}: {problem}")
    return annotation


def from_json_line(line: str) -> Annotation:
    """The annotation in one line of JSON.

    Raises:
        ArticleError: the line is no JSON, is cut off, or is not in the contract.
    """
    try:
        mapping = json.loads(line, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = f"The line is no complete JSON ({error.msg} at column {error.colno})"
        raise _refusal(message) from error
    except (ValueError, RecursionError) as error:
        message = "The line is JSON with a number or a nesting that is too big to be read"
        raise _refusal(message) from error
    return from_dict(mapping)


def _plain(name: str, value: Any) -> Any:
    """A value of the contract as JSON knows it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(value, CONFIDENCE_DIGITS) if name == "confidence" else _short(value)
    if isinstance(value, tuple | list):
        return [_plain(name, item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(key, item) for key, item in value.items()}
    kind: Any = type(value)
    return {item: _plain(item, getattr(value, item)) for item in field_names(kind)}


def _short(number: float) -> int | float:
    """A number without the noise of binary fractions: 3500000 for 3500000.0, 0.3 for 0.1 + 0.2."""
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def _free(value: Any) -> Any:
    """A value of the metadata as JSON knows it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _free(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_free(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _no_number(name: str) -> Any:
    raise _refusal(f"The line has the value {name}, which is no JSON")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return "\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"


def _read(kind: Any, value: Any, where: str) -> Any:
    """The value as the type says, or an ArticleError with the place in the mapping."""
    origin = get_origin(kind)
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _read_object(kind, value, where)
    if origin in (typing.Union, types.UnionType):
        return _read_union(kind, value, where)
    if origin is Literal:
        if value in get_args(kind):
            return value
    elif origin is tuple:
        if isinstance(value, list | tuple):
            return _read_list(kind, value, where)
    elif origin is not None:
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            inner = get_args(kind)[1]
            return {key: _read(inner, item, _path(where, key)) for key, item in value.items()}
    elif _is(kind, value):
        return float(value) if kind is float else value
    raise _refusal(f"{where} must be {_wanted(kind)}, not {_named(value)}")


def _read_object(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise _refusal(f"{where} must be an object, not {_named(value)}")
    hints = field_types(kind)
    place = f"{where} has" if where else "The annotation has"
    if missing := [name for name in hints if name not in value]:
        raise _refusal(f"{place} no key {missing[0]!r}")
    if extra := [name for name in value if name not in hints]:
        raise _refusal(f"{place} a key {extra[0]!r} that is not in the contract")
    return kind(**{name: _read(hints[name], value[name], _path(where, name)) for name in hints})


def _read_union(kind: Any, value: Any, where: str) -> Any:
    choices = get_args(kind)
    if value is None and types.NoneType in choices:
        return None
    plain = [choice for choice in choices if choice is not types.NoneType]
    if len(plain) == 1:
        return _read(plain[0], value, where)
    for choice in plain:
        if isinstance(choice, type) and type(value) is choice:
            return value
        if get_origin(choice) is tuple and isinstance(value, list | tuple):
            return _read(choice, value, where)
    raise _refusal(f"{where} must be {_wanted(kind)}, not {_named(value)}")


def _read_list(kind: Any, value: Any, where: str) -> Any:
    if kind == Span:
        if len(value) != 2 or not all(_is(int, item) for item in value):
            raise _refusal(f"{where} must be a pair of whole numbers [start, end]")
        return tuple(value)
    inner = get_args(kind)[0]
    return tuple(_read(inner, item, f"{where}[{place}]") for place, item in enumerate(value))


def _is(kind: Any, value: Any) -> bool:
    if kind is float:
        return type(value) in (int, float) and math.isfinite(value)
    return type(value) is kind


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _refusal(message: str) -> ArticleError:
    return ArticleError(message, hint=HINT)


def _wanted(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(repr(choice) for choice in get_args(kind))
    if get_origin(kind) in (typing.Union, types.UnionType):
        return " or ".join(_wanted(choice) for choice in get_args(kind))
    if get_origin(kind) is tuple:
        return "a list"
    names = {str: "text", int: "a whole number", float: "a number", types.NoneType: "null"}
    return names.get(kind, "an object")


def _named(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return "an object" if isinstance(value, Mapping) else "a list"
