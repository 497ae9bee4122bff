"""A contact centre described in JSON, as the commands that simulate take it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floorwalker.science.simulation import Model


def read_centre(path: Path) -> Model:
    """The model in a file; every fault of it in one error, which begins with the file's name."""
    from floorwalker.science.errors import InvalidInput
    from floorwalker.science.simulation import MOST_BYTES, model_from_json

    with path.open("rb") as file:
        text = file.read(MOST_BYTES + 1)
    try:
        return model_from_json(text)
    except InvalidInput as error:
        if "queues" in (found := _names(text)) and not found & {"periods", "types", "groups"}:
            raise InvalidInput(
                f"{path.name} describes a made-up centre for planning, not one to simulate; "
                "begin with examples/centre.json, or take a week as a model on the suite's page Required staff"
            ) from error
        raise InvalidInput(f"{path.name}: {error}") from error


def _names(text: bytes) -> set[str]:
    """What stands at the top of a file; nothing, where it is no object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    return set(found) if isinstance(found, dict) else set()


def period_begins(model: Model, period: int) -> str:
    """Day, counted from 1, and time since its beginning: "day 2, 10:30"."""
    borders = model.periods.borders_seconds
    day = max(number for number, first in enumerate(model.periods.day_starts) if first <= period)
    minutes = round((borders[period] - borders[model.periods.day_starts[day]]) / 60)
    return f"day {day + 1}, {minutes // 60:02}:{minutes % 60:02}"
