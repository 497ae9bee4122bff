"""Required staff per interval, and why."""

from floorwalker.science.staffing.backlog import Backlog, BacklogPath
from floorwalker.science.staffing.business_clock import BusinessClock
from floorwalker.science.staffing.cover import Achieved, Total, achieved
from floorwalker.science.staffing.deferred import DeferredPlan, plan_deferred
from floorwalker.science.staffing.intervals import plan_intervals
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.shrinkage import scheduled_for
from floorwalker.science.staffing.workload import Over

__all__ = [
    "Achieved",
    "Backlog",
    "BacklogPath",
    "BusinessClock",
    "DeferredPlan",
    "Over",
    "Requirement",
    "Total",
    "achieved",
    "plan_deferred",
    "plan_intervals",
    "scheduled_for",
]
