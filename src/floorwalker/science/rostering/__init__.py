"""Who works when: shifts, people, rules, head counts, and rosters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from floorwalker.science.rostering.allotting import allot, numbered, reduced_by_days_off
from floorwalker.science.rostering.at_work import Stretch, people_at_work
from floorwalker.science.rostering.catalogue import default_catalogue
from floorwalker.science.rostering.model import Breach, Duty, Person, Roster, RosterProblem, Rule, Shift
from floorwalker.science.rostering.rules import (
    STANDARD_RULES,
    Availability,
    BreakWindow,
    ConsecutiveDays,
    DaysOff,
    Rest,
    WeeklyHours,
)

if TYPE_CHECKING:
    from floorwalker.science.rostering.aside import set_aside
    from floorwalker.science.rostering.calendar import CalendarEvent, calendar_bytes, event_uid
    from floorwalker.science.rostering.clashes import Clash
    from floorwalker.science.rostering.counting import HeadCountParams, HeadCounts, head_counts
    from floorwalker.science.rostering.crew import FULL_TIME, people_for
    from floorwalker.science.rostering.halfway import Halfway
    from floorwalker.science.rostering.presence import coverage
    from floorwalker.science.rostering.solver import SolveParams, solve
    from floorwalker.science.rostering.to_model import OnPhones, lucks, on_phones, roster_model

# Web pages import this room for its words and rules; what calculates is loaded when first asked for.
_CALCULATING = {
    "CalendarEvent": "calendar",
    "Clash": "clashes",
    "FULL_TIME": "crew",
    "Halfway": "halfway",
    "HeadCountParams": "counting",
    "HeadCounts": "counting",
    "OnPhones": "to_model",
    "SolveParams": "solver",
    "calendar_bytes": "calendar",
    "coverage": "presence",
    "event_uid": "calendar",
    "head_counts": "counting",
    "lucks": "to_model",
    "on_phones": "to_model",
    "people_for": "crew",
    "roster_model": "to_model",
    "set_aside": "aside",
    "solve": "solver",
}


def __getattr__(name: str) -> object:
    if name not in _CALCULATING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_CALCULATING[name]}"), name)


__all__ = [
    "FULL_TIME",
    "STANDARD_RULES",
    "Availability",
    "Breach",
    "BreakWindow",
    "CalendarEvent",
    "Clash",
    "ConsecutiveDays",
    "DaysOff",
    "Duty",
    "Halfway",
    "HeadCountParams",
    "HeadCounts",
    "OnPhones",
    "Person",
    "Rest",
    "Roster",
    "RosterProblem",
    "Rule",
    "Shift",
    "SolveParams",
    "Stretch",
    "WeeklyHours",
    "allot",
    "calendar_bytes",
    "coverage",
    "default_catalogue",
    "event_uid",
    "head_counts",
    "lucks",
    "numbered",
    "on_phones",
    "people_at_work",
    "people_for",
    "reduced_by_days_off",
    "roster_model",
    "set_aside",
    "solve",
]
