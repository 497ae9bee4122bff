"""The solver side of :mod:`days_off`: no shift that touches a day off."""

from __future__ import annotations

from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.limits import limits_of
from floorwalker.science.rostering.rules.days_off import DaysOff


def add_to(rule: DaysOff, crew: CrewModel) -> None:
    """Write the rule into the model of a crew."""
    for number, person in enumerate(crew.people):
        allowed = limits_of(person, (rule,), crew.options.shifts, crew.grid).allowed(crew.options)
        for group in (~allowed).nonzero()[0].tolist():
            crew.forbid(number, group)
