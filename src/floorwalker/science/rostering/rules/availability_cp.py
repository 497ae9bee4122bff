"""The solver side of :mod:`availability`: what a person may never work is forbidden."""

from __future__ import annotations

from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.rules.availability import Availability


def add_to(rule: Availability, crew: CrewModel) -> None:
    """Write the rule into the model of a crew."""
    for number, person in enumerate(crew.people):
        for group in range(len(crew.spans)):
            if not rule.allows(person, crew.shift(group)):
                crew.forbid(number, group)
