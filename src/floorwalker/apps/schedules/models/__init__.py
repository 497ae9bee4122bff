"""Tables of schedules."""

from floorwalker.apps.schedules.models.changes import ChangeEntry, ChangeRequest
from floorwalker.apps.schedules.models.edits import Edit
from floorwalker.apps.schedules.models.feeds import Feed, LastLook
from floorwalker.apps.schedules.models.patterns import ShiftPattern
from floorwalker.apps.schedules.models.runs import Run
from floorwalker.apps.schedules.models.shifts import Draft, DraftShift, Planned, Shift
from floorwalker.apps.schedules.models.weeks import Publication, Week

__all__ = [
    "ChangeEntry",
    "ChangeRequest",
    "Draft",
    "DraftShift",
    "Edit",
    "Feed",
    "LastLook",
    "Planned",
    "Publication",
    "Run",
    "Shift",
    "ShiftPattern",
    "Week",
]
