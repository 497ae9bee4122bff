"""The JSON Schema of a model: every field described, and true about what the reader takes."""

from __future__ import annotations

from floorwalker.science.simulation.reference import page
from floorwalker.science.simulation.schema import json_schema


def test_every_field_is_described() -> None:
    """No field without a sentence, in the schema and so on the page."""
    schema = json_schema()
    parts = {"Model": schema, **schema["$defs"]}
    silent = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, node in part.get("properties", {}).items()
        if len(node["description"]) < 5
    ]
    assert silent == []
    assert all(part["description"] for part in parts.values())


def test_unknown_names_are_refused_by_the_schema_too() -> None:
    """An editor with the schema marks a misspelt field as the reader does; kinds must be named."""
    schema = json_schema()
    objects = [part for part in (schema, *schema["$defs"].values()) if part["type"] == "object"]
    assert len(objects) > 25
    assert all(part["additionalProperties"] is False for part in objects)
    assert all("kind" in part["required"] for part in objects if "kind" in part["properties"])


def test_every_choice_is_explained_to_people() -> None:
    """The page says what each way of choosing does."""
    assert "| `against-target` | the largest wait as a share of the type's target seconds |" in page()
