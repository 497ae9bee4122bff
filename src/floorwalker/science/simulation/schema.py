"""The JSON Schema of a model, from the dataclasses and the words below their fields."""

from __future__ import annotations

from typing import Any

from floorwalker.science.simulation.reading import adapter, periods_adapter

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Schema:
    """JSON Schema (draft 2020-12) of what :func:`model_from_json` reads.

    It says names, types and choices. What values may be beyond that (a share from 0 to 1, names that must be
    found) is in the descriptions, and in the refusals of the reader.
    """
    schema = adapter().json_schema()
    parts = schema["$defs"]
    parts["EqualPeriods"] = periods_adapter().json_schema()
    either = [{"$ref": "#/$defs/EqualPeriods"}, {"$ref": "#/$defs/Periods"}]
    words = schema["properties"]["periods"]["description"]
    schema["properties"]["periods"] = {"oneOf": either, "description": words}
    for part in parts.values():
        kind = part.get("properties", {}).get("kind")
        if kind:
            del kind["default"]
            kind["description"] = "Which kind this is."
            part["required"] = ["kind", *part.get("required", [])]
            part["properties"] = {"kind": kind, **part["properties"]}
    for part in (schema, *parts.values()):
        part["description"] = _sentences(part.get("description", ""))
        for field in part.get("properties", {}).values():
            field.pop("title", None)
            field["description"] = _sentences(field.get("description") or _of_choice(field, parts))
    schema["$defs"] = dict(sorted(parts.items()))
    return {"$schema": DRAFT, **schema, "title": "A contact centre to be simulated"}


def _of_choice(field: Schema, parts: Schema) -> str:
    """What a field is whose words are those of its choices."""
    words: str = parts.get(field.get("$ref", "").rpartition("/")[2], {}).get("description", "")
    return words


def _sentences(text: str) -> str:
    return " ".join(text.replace("``", "`").split())
