"""What pydantic found wrong with a model, in sentences: the JSON path, the value found, what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from floorwalker.science.simulation.checks import Fault, InvalidModel

if TYPE_CHECKING:
    from pydantic import ValidationError

LONGEST_VALUE = 60
Schema = dict[str, Any]
Place = tuple[str | int, ...]


def faults_of(error: ValidationError, found: Any, schema: Schema, path: str = "") -> list[Fault]:
    """Every fault of ``error`` about ``found``, whose JSON Schema is ``schema`` and which stands at ``path``."""
    return [fault for each in error.errors(include_url=False) for fault in _faults(each, found, schema, path)]


def _faults(each: Any, found: Any, schema: Schema, start: str) -> Iterator[Fault]:
    kind, place = each["type"], each["loc"]
    path = _path(place, found, start)
    here = _at(schema, place)
    if kind == "value_error":
        yield from _said_by_the_model(each["ctx"]["error"], each["input"], path)
    elif kind == "missing":
        yield Fault(path, f"is missing; give {_allowed(here, schema)}{_meaning(here)}")
    elif kind == "unexpected_keyword_argument":
        yield Fault(path, _unknown(str(place[-1]), list(_at(schema, place[:-1]).get("properties", {}))))
    elif kind == "union_tag_not_found":
        yield Fault(f"{path}.kind", f"is missing; give {_allowed(here, schema, of_kind=True)}")
    elif kind == "union_tag_invalid":
        value = _shown(each["ctx"]["tag"])
        yield Fault(f"{path}.kind", f"is {value}; give {_allowed(here, schema, of_kind=True)}")
    elif kind == "json_invalid":
        yield Fault("the model", "is nested too deeply; nothing in a model needs more than ten levels")
    else:
        finite = "a finite number" if kind == "finite_number" else _allowed(here, schema)
        yield Fault(path or "the model", f"is {_shown(each['input'])}; give {finite}")


def _said_by_the_model(error: Exception, value: Any, path: str) -> Iterator[Fault]:
    """A sentence of ours. One that begins with the name of a field goes on from the path."""
    if isinstance(error, InvalidModel):
        yield from error.faults
        return
    sentence = str(error)
    name, _, rest = sentence.partition(" ")
    if isinstance(value, dict) and (name.split("[")[0] in value or rest.startswith("is missing")):
        yield Fault(f"{path}.{name}" if path else name, rest)
    else:
        yield Fault(f"{path}:" if path else "", sentence)


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, 1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    return f"is not known here{meant}; known are {', '.join(known)}"


def _path(place: Place, found: Any, start: str) -> str:
    """The place as people write it. pydantic names the kind of an object on the way, which is no key of it."""
    path, node = start, found
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
            node = node[step] if isinstance(node, list | tuple) and step < len(node) else None
        elif not (isinstance(node, dict) and step not in node and node.get("kind") == step):
            path += f".{step}" if path else step
            node = node.get(step) if isinstance(node, dict) else None
    return path


def _at(schema: Schema, place: Place) -> Schema:
    """What the schema says about the place; empty where it says nothing."""
    node = _resolved(schema, schema)
    for step in place:
        if isinstance(step, int):
            pairs = node.get("prefixItems", ())
            below: Any = pairs[step] if step < len(pairs) else node.get("items", {})
        elif step in node.get("properties", {}):
            below = node["properties"][step]
        else:
            below = {"$ref": node.get("discriminator", {}).get("mapping", {}).get(step, "")}
        node = _resolved(below, schema)
    return node


def _resolved(node: Schema, schema: Schema) -> Schema:
    """Without references and without the choice of null; the description nearest to the field is kept."""
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            return {**_resolved(choice, schema), "or_null": True, **_description(node)}
    reference = node.get("$ref")
    if not reference:
        return node
    return {**schema.get("$defs", {}).get(reference.rpartition("/")[2], {}), **_description(node)}


def _description(node: Schema) -> Schema:
    return {"description": node["description"]} if "description" in node else {}


def _meaning(node: Schema) -> str:
    words = node.get("description", "").replace("``", "").split("\n\n")[0].rstrip(".")
    return f" ({' '.join(words.split())})" if words else ""


def _allowed(node: Schema, schema: Schema, *, of_kind: bool = False) -> str:
    if "discriminator" in node:
        kinds = ", ".join(f'"{kind}"' for kind in node["discriminator"]["mapping"])
        words = f"one of {kinds}" if of_kind else f"an object with kind, one of {kinds}"
    elif "enum" in node:
        words = "one of " + ", ".join(f'"{value}"' for value in node["enum"])
    elif node.get("type") == "array":
        words = _list(node, schema)
    elif node.get("type") == "object":
        parts = node.get("required") or list(node.get("properties", {}))
        words = f"an object with {', '.join(parts)}"
    else:
        words = ONE.get(node.get("type", ""), "something else")
    return f"{words}, or null" if node.get("or_null") and not of_kind else words


def _list(node: Schema, schema: Schema) -> str:
    pair = node.get("prefixItems")
    if pair:
        return f"a list of {len(pair)} {MANY.get(pair[0].get('type', ''), 'values')}"
    below = _resolved(node.get("items", {}), schema)
    if below.get("type") == "array":
        return f"a list, each of it {_list(below, schema)}"
    return f"a list of {MANY.get(below.get('type', ''), 'objects')}"


ONE = {
    "number": "a number",
    "integer": "a whole number",
    "string": "a text",
    "boolean": "true or false",
}
MANY = {"number": "numbers", "integer": "whole numbers", "string": "texts", "object": "objects"}


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
