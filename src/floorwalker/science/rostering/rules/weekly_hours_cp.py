"""The solver side of :mod:`weekly_hours`: sums of duties and paid minutes in each week."""

from __future__ import annotations

from math import ceil, floor

from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.rules.weekly_hours import TOLERANCE_HOURS, WEEK, WeeklyHours


def add_to(rule: WeeklyHours, crew: CrewModel) -> None:
    """Write the rule into the model of a crew."""
    days = crew.grid.days
    for number, person in enumerate(crew.people):
        for first in range(0, days, WEEK):
            groups = [g for day in range(first, min(first + WEEK, days)) for g in crew.groups_by_day[day]]
            works = crew.works[number]
            crew.cp.add(sum(works[g] for g in groups) <= person.max_days)
            minutes = sum(crew.paid_minutes[g] * works[g] for g in groups)
            crew.cp.add(minutes <= floor((min(person.max_hours, 24 * WEEK) + TOLERANCE_HOURS) * 60))
            if first + WEEK <= days:
                crew.cp.add(minutes >= ceil((rule.min_hours(person) - TOLERANCE_HOURS) * 60))
