"""What holds of people, and how a file of people is read; plain Python."""

from floorwalker.apps.people.rules.columns import TARGETS, guess
from floorwalker.apps.people.rules.importing import Known, Plan, RowPlan, plan_rows, shown, unclear
from floorwalker.apps.people.rules.people import (
    LEVELS,
    NotAllowed,
    Stay,
    Tenure,
    hours_in_order,
    known_zone,
    moved,
    tenure,
    windows,
    windows_text,
)

__all__ = [
    "LEVELS",
    "TARGETS",
    "Known",
    "NotAllowed",
    "Plan",
    "RowPlan",
    "Stay",
    "Tenure",
    "guess",
    "hours_in_order",
    "known_zone",
    "moved",
    "plan_rows",
    "shown",
    "tenure",
    "unclear",
    "windows",
    "windows_text",
]
