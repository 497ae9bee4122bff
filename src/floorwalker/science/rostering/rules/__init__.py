"""What no roster may break: one rule a file, in plain Python; its solver side is the ``_cp`` file beside it."""

from floorwalker.science.rostering.rules.availability import Availability
from floorwalker.science.rostering.rules.break_window import BreakWindow
from floorwalker.science.rostering.rules.consecutive_days import ConsecutiveDays
from floorwalker.science.rostering.rules.days_off import DaysOff
from floorwalker.science.rostering.rules.rest import Rest
from floorwalker.science.rostering.rules.weekly_hours import WeeklyHours

STANDARD_RULES = (WeeklyHours(), Rest(), ConsecutiveDays(), DaysOff(), Availability(), BreakWindow())

__all__ = [
    "STANDARD_RULES",
    "Availability",
    "BreakWindow",
    "ConsecutiveDays",
    "DaysOff",
    "Rest",
    "WeeklyHours",
]
