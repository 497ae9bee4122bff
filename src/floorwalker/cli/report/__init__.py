"""The report of a plan: one self-contained HTML page, its charts drawn as SVG, no JavaScript."""

from floorwalker.cli.report.advice import OneMore, one_more_person, overstaffed, short_hours
from floorwalker.cli.report.content import (
    Advice,
    Guess,
    MethodScore,
    PlanReport,
    QueueReport,
    RosterResult,
)
from floorwalker.cli.report.page import render

__all__ = [
    "Advice",
    "Guess",
    "MethodScore",
    "OneMore",
    "PlanReport",
    "QueueReport",
    "RosterResult",
    "one_more_person",
    "overstaffed",
    "render",
    "short_hours",
]
