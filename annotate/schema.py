"""The JSON Schema of the contract ``annotate/1``, generated from the dataclasses."""

import dataclasses
import re
import types
import typing
from typing import Any, Literal, get_args, get_origin

from annotate.annotation import Annotation, Span
from annotate.labels import SCHEMA
from annotate.references import ID_PATTERN
from annotate.serialize import field_types

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    types.NoneType: {"type": "null"},
}
LIMITS: dict[str, dict[str, Any]] = {
    "id": {"pattern": f"^{ID_PATTERN}$"},
    "start": {"minimum": 0},
    "end": {"minimum": 1},
    "confidence": {"minimum": 0, "maximum": 1},
}
"""What the types of these fields do not say; the id of an article may be anything."""
SPAN = {
    "description": "Start and end (exclusive) in Unicode code points of the text.",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}],
    "items": False,
    "minItems": 2,
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one annotated article."""
    definitions: dict[str, Any] = {"Span": SPAN}
    root = _object(Annotation, definitions)
    root["properties"]["schema"] = {"const": SCHEMA}
    head = {"$schema": DIALECT, "$id": f"urn:{SCHEMA.replace('/', ':')}", "title": SCHEMA}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    summary, meanings = _documented(cls)
    properties = {}
    for name, kind in field_types(cls).items():
        limits = LIMITS.get(name, {}) if cls is not Annotation else {}
        properties[name] = {**_type(kind, definitions), **limits}
        if name in meanings:
            properties[name] = {"description": meanings[name], **properties[name]}
    return {
        "description": summary,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind == Span:
        return {"$ref": "#/$defs/Span"}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (typing.Union, types.UnionType):
        return _either([_type(choice, definitions) for choice in inner])
    if origin is tuple:
        return {"type": "array", "items": _type(inner[0], definitions)}
    if origin is not None:
        return {"type": "object", "additionalProperties": _type(inner[1], definitions)}
    return dict(PLAIN[kind])


def _either(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """One of the choices: as a list of types where that says all, else as ``anyOf``."""
    if all(set(choice) == {"type"} for choice in choices):
        names = [choice["type"] for choice in choices]
        if "number" in names and "integer" in names:
            names.remove("integer")
        return {"type": names[0] if len(names) == 1 else names}
    if len(choices) == 2 and "enum" in choices[0] and choices[1] == {"type": "null"}:
        return {"enum": [*choices[0]["enum"], None]}
    return {"anyOf": choices}


def _documented(cls: type) -> tuple[str, dict[str, str]]:
    """Summary of a dataclass and the meaning of its fields, from its docstring in Google style."""
    head, _, tail = (cls.__doc__ or "").partition("Attributes:")
    meanings: dict[str, str] = {}
    name = ""
    for line in tail.splitlines():
        if match := re.match(r"        (\w+): (.*)", line):
            name, meaning = match.groups()
            meanings[name] = meaning
        elif name and line.strip():
            meanings[name] += " " + line.strip()
    in_json = {key: re.sub(r"\bNone\b", "null", meaning) for key, meaning in meanings.items()}
    return " ".join(head.split()), in_json
