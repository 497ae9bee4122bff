"""Shapes of the API's description: the smallest value of one, and where in it ids of rows stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

EACH = "*"  # every element of a list
Schema = dict[str, Any]


def resolved(schema: Schema, shape: Schema) -> Schema:
    """The shape itself, behind its name and out of what it may be instead of nothing."""
    while True:
        if "$ref" in shape:
            shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        elif joined := next((name for name in ("anyOf", "allOf", "oneOf") if name in shape), ""):
            shape = shape[joined][0]
        else:
            return shape


def places_of_ids(schema: Schema, shape: Schema, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where an id, or a list of ids, stands in a body: `("queue_ids",)`, `("placings", EACH, "queue_id")`."""
    shape = resolved(schema, shape)
    if shape.get("type") == "array":
        yield from places_of_ids(schema, shape["items"], (*before, EACH))
    for name, part in shape.get("properties", {}).items():
        inner = resolved(schema, part)
        if (name.endswith("_id") and inner.get("type") == "integer") or (
            name.endswith("_ids") and inner.get("type") == "array"
        ):
            yield (*before, name)
        elif len(before) < 6:
            yield from places_of_ids(schema, part, (*before, name))


def put(schema: Schema, shape: Schema, body: Any, place: tuple[str, ...], value: Any) -> None:
    """Set what stands there, making what leads to it where the body has none."""
    shape = resolved(schema, shape)
    name, rest = place[0], place[1:]
    if name == EACH:
        inner = shape["items"]
        if not body:
            body.append(example(schema, inner))
        put(schema, inner, body[0], rest, value)
        return
    if not rest:
        body[name] = value
        return
    inner = shape["properties"][name]
    if body.get(name) is None:
        body[name] = example(schema, inner)
    put(schema, inner, body[name], rest, value)


def example(schema: Schema, shape: Schema) -> Any:
    """The smallest value of a shape."""
    shape = resolved(schema, shape)
    if "enum" in shape:
        return shape["enum"][0]
    kind, form = shape.get("type"), shape.get("format")
    if kind == "object":
        needed = shape.get("required", ())
        return {
            name: example(schema, part) for name, part in shape.get("properties", {}).items() if name in needed
        }
    if kind == "array":
        return [example(schema, shape["items"]) for _each in range(shape.get("minItems", 0))]
    texts = {"date": "2026-03-02", "date-time": "2026-03-02T10:00:00Z"}
    plain = {"integer": max(1, shape.get("minimum", 1)), "number": 1, "boolean": True, "null": None}
    return plain[kind] if kind in plain else texts.get(form or "", "x" * max(1, shape.get("minLength", 1)))
