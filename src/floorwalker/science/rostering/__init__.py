"""Who works when: shifts, people, rules, head counts, and rosters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from floorwalker.science.rostering.catalogue import default_catalogue
from floorwalker.science.rostering.model import Breach, Duty, Person, Roster, RosterProblem, Rule, Shift
from floorwalker.science.rostering.rules import STANDARD_RULES

if TYPE_CHECKING:
    from floorwalker.science.rostering.counting import HeadCountParams, HeadCounts, head_counts
    from floorwalker.science.rostering.crew import FULL_TIME, people_for
    from floorwalker.science.rostering.presence import coverage
    from floorwalker.science.rostering.solver import SolveParams, solve

# Web pages import this room for its words and rules; what calculates is loaded when first asked for.
_CALCULATING = {
    "FULL_TIME": "crew",
    "HeadCountParams": "counting",
    "HeadCounts": "counting",
    "SolveParams": "solver",
    "coverage": "presence",
    "head_counts": "counting",
    "people_for": "crew",
    "solve": "solver",
}


def __getattr__(name: str) -> object:
    if name not in _CALCULATING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_CALCULATING[name]}"), name)


__all__ = [
    "FULL_TIME",
    "STANDARD_RULES",
    "Breach",
    "Duty",
    "HeadCountParams",
    "HeadCounts",
    "Person",
    "Roster",
    "RosterProblem",
    "Rule",
    "Shift",
    "SolveParams",
    "coverage",
    "default_catalogue",
    "head_counts",
    "people_for",
    "solve",
]
