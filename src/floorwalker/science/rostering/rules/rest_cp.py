"""The solver side of :mod:`rest`: a shift forbids those that start before one is rested.

For each shift and later day, all shifts that start too early exclude it together; that is one clause a shift
instead of one a pair.
"""

from __future__ import annotations

from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.rules.rest import Rest


def add_to(rule: Rest, crew: CrewModel) -> None:
    """Write the rule into the model of a crew."""
    for number, person in enumerate(crew.people):
        rest = rule.hours(person) * 3600
        works = crew.works[number]
        for day, groups in enumerate(crew.groups_by_day):
            for later in range(day + 1, crew.grid.days):
                tired = False
                for group in groups:
                    rested = crew.spans[group][1] + rest
                    early = [works[g] for g in crew.groups_by_day[later] if crew.spans[g][0] < rested]
                    if early:
                        tired = True
                        crew.cp.add_at_most_one(works[group], *early)
                if not tired:
                    break
