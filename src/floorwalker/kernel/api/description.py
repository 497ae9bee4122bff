"""The OpenAPI description turned into what a page shows: groups of operations, each with what goes in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """A parameter, or a field of what is sent or answered."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True)
class Described:
    """One operation as people read it."""

    method: str
    path: str
    title: str
    about: str
    parameters: list[Part]
    sent: list[Part]
    answered: list[Part]
    success: str
    refusals: list[str] = field(default_factory=list)


def described(schema: dict[str, Any]) -> list[tuple[str, list[Described]]]:
    """Operations by their group, in the order they were declared."""
    groups: dict[str, list[Described]] = {}
    for path, operations in schema["paths"].items():
        for method, each in operations.items():
            tag = (each.get("tags") or ["Other"])[0]
            groups.setdefault(tag, []).append(_operation(schema, method, path, each))
    return list(groups.items())


def _operation(schema: dict[str, Any], method: str, path: str, each: dict[str, Any]) -> Described:
    statuses = sorted(str(status) for status in each["responses"])
    success = next(status for status in statuses if status < "4")
    return Described(
        method=method.upper(),
        path=path,
        title=each.get("summary", ""),
        about=each.get("description", ""),
        parameters=[
            Part(p["name"], _kind(schema, p["schema"]), p["required"], p["schema"].get("description", ""))
            for p in each.get("parameters", ())
        ],
        sent=_fields(schema, each.get("requestBody", {})),
        answered=_fields(schema, _find(each["responses"], success)),
        success=success,
        refusals=[status for status in statuses if status >= "4"],
    )


def _find(responses: dict[Any, Any], status: str) -> dict[str, Any]:
    return next(answer for key, answer in responses.items() if str(key) == status)


def _fields(schema: dict[str, Any], body: dict[str, Any]) -> list[Part]:
    for content in body.get("content", {}).values():
        found = _resolve(schema, content["schema"])
        if found.get("type") == "array":
            found = _resolve(schema, found["items"])
        needed = set(found.get("required", ()))
        return [
            Part(name, _kind(schema, each), name in needed, each.get("description", ""))
            for name, each in found.get("properties", {}).items()
        ]
    return []


def _resolve(schema: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    name = each.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["components"]["schemas"][name] if name else each
    return found


def _kind(schema: dict[str, Any], each: dict[str, Any]) -> str:
    """`text`, `number or nothing`, `list of AgentOut`: the type in words."""
    if "$ref" in each:
        return str(each["$ref"]).rpartition("/")[2]
    for joined in ("anyOf", "allOf"):
        if joined in each:
            return " or ".join(dict.fromkeys(_kind(schema, one) for one in each[joined]))
    if "enum" in each:
        return " | ".join(str(value) for value in each["enum"])
    if each.get("type") == "array":
        return f"list of {_kind(schema, each['items'])}"
    words = {"string": each.get("format", "text"), "null": "nothing", "integer": "whole number"}
    return words.get(each.get("type", ""), each.get("type", "anything"))
