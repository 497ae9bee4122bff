"""Reads of schedules, each filtered by what the actor may see."""

from floorwalker.apps.schedules.queries.coverage import (
    rostered_counts,
    rostered_holders,
    rostered_members,
    rostered_skills,
    rostered_stretches,
    rostered_version,
    still_current,
)
from floorwalker.apps.schedules.queries.feeds import visible_feeds
from floorwalker.apps.schedules.queries.phones import phone_times
from floorwalker.apps.schedules.queries.planned import planned_day
from floorwalker.apps.schedules.queries.problems import plain_problem
from floorwalker.apps.schedules.queries.quiet import paid_from, paid_from_many
from floorwalker.apps.schedules.queries.requests import visible_entries, visible_requests
from floorwalker.apps.schedules.queries.shifts import visible_draft_shifts, visible_planned, visible_shifts
from floorwalker.apps.schedules.queries.weeks import (
    may_watch_week,
    visible_drafts,
    visible_edits,
    visible_patterns,
    visible_publications,
    visible_runs,
    visible_weeks,
)

__all__ = [
    "may_watch_week",
    "paid_from",
    "paid_from_many",
    "phone_times",
    "plain_problem",
    "planned_day",
    "rostered_counts",
    "rostered_holders",
    "rostered_members",
    "rostered_skills",
    "rostered_stretches",
    "rostered_version",
    "still_current",
    "visible_draft_shifts",
    "visible_drafts",
    "visible_edits",
    "visible_entries",
    "visible_feeds",
    "visible_patterns",
    "visible_planned",
    "visible_publications",
    "visible_requests",
    "visible_runs",
    "visible_shifts",
    "visible_weeks",
]
