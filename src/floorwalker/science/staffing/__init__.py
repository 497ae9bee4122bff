"""Required staff per interval, and why."""

from floorwalker.science.staffing.backlog import Backlog, BacklogPath
from floorwalker.science.staffing.business_clock import BusinessClock
from floorwalker.science.staffing.chat import Concurrency, chat_metrics, plan_chat, smallest_chat_staff
from floorwalker.science.staffing.cover import Achieved, Total, achieved
from floorwalker.science.staffing.coverage_risk import DayAtRisk, Risk, risk
from floorwalker.science.staffing.deferred import DeferredPlan, plan_deferred
from floorwalker.science.staffing.intervals import plan_intervals
from floorwalker.science.staffing.levelling import Balance, balance, level
from floorwalker.science.staffing.marginal import MarginalValue, marginal_value
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.shrinkage import scheduled_for
from floorwalker.science.staffing.span import DaySpan, check_span
from floorwalker.science.staffing.why import explain
from floorwalker.science.staffing.workload import Over

__all__ = [
    "Achieved",
    "Backlog",
    "BacklogPath",
    "Balance",
    "BusinessClock",
    "Concurrency",
    "DayAtRisk",
    "DaySpan",
    "DeferredPlan",
    "MarginalValue",
    "Over",
    "Requirement",
    "Risk",
    "Total",
    "achieved",
    "balance",
    "chat_metrics",
    "check_span",
    "explain",
    "level",
    "marginal_value",
    "plan_chat",
    "plan_deferred",
    "plan_intervals",
    "risk",
    "scheduled_for",
    "smallest_chat_staff",
]
