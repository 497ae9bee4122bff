"""The solver side of :mod:`consecutive_days`: of any run one day longer than allowed, one day is free."""

from __future__ import annotations

from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.rules.consecutive_days import ConsecutiveDays


def add_to(rule: ConsecutiveDays, crew: CrewModel) -> None:
    """Write the rule into the model of a crew."""
    for number, person in enumerate(crew.people):
        limit = rule.limit(person)
        for first in range(crew.grid.days - limit):
            run = range(first, first + limit + 1)
            crew.cp.add(sum(var for day in run for var in crew.on_day(number, day)) <= limit)
