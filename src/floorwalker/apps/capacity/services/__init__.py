"""What is done about required staff."""

from __future__ import annotations

from floorwalker.apps.capacity.services.orders import (
    LONGEST_DAYS,
    ORDER,
    STAFF,
    BadPolicy,
    NoHandlingTime,
    NothingToAudit,
    NothingToStaff,
    TooManyDays,
    decide_policy,
    follow_change,
    follow_forecast,
    keep,
    order,
    order_for_forecast,
    order_for_roster,
)
from floorwalker.apps.capacity.services.studies import (
    STUDY,
    WEEK_STUDY,
    NobodyToTeach,
    NothingToSimulate,
    NotPublished,
    ask_study,
    keep_study,
)

__all__ = [
    "LONGEST_DAYS",
    "ORDER",
    "STAFF",
    "STUDY",
    "WEEK_STUDY",
    "BadPolicy",
    "NoHandlingTime",
    "NobodyToTeach",
    "NotPublished",
    "NothingToAudit",
    "NothingToSimulate",
    "NothingToStaff",
    "TooManyDays",
    "ask_study",
    "decide_policy",
    "follow_change",
    "follow_forecast",
    "keep",
    "keep_study",
    "order",
    "order_for_forecast",
    "order_for_roster",
]
