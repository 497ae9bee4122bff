"""A queue and its roster as the simulator takes them."""

from __future__ import annotations

from collections.abc import Sequence

from floorwalker.apps.capacity.work.case import Case
from floorwalker.science.rostering import OnPhones
from floorwalker.science.staffing import Served


def served(case: Case) -> Served:
    return Served(case.forecast, case.measured, case.patience_seconds, value=case.worth)


def people_of(queue: str, stretches: Sequence[Sequence[int | None]]) -> list[OnPhones]:
    """One agent for each person of each stretch (start, end, meal start, meal end, people)."""
    found = []
    for start, end, meal_start, meal_end, people in stretches:
        assert start is not None
        assert end is not None
        spans: tuple[tuple[float, float], ...] = ((start, end),)
        if meal_start is not None and meal_end is not None and meal_start < meal_end:
            spans = tuple((low, high) for low, high in ((start, meal_start), (meal_end, end)) if low < high)
        found += [OnPhones(f"{len(found) + place}", queue, spans) for place in range(people or 0)]
    return found
