"""Required staff per interval, and why."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floorwalker.science.staffing.audits import Audit, Check, QueueAudit, audit, audit_day
    from floorwalker.science.staffing.backlog import Backlog, BacklogPath
    from floorwalker.science.staffing.business_clock import BusinessClock
    from floorwalker.science.staffing.chat import Concurrency, chat_metrics, plan_chat, smallest_chat_staff
    from floorwalker.science.staffing.cover import Achieved, Total, achieved
    from floorwalker.science.staffing.coverage_risk import DayAtRisk, Risk, risk
    from floorwalker.science.staffing.deferred import DeferredPlan, plan_deferred
    from floorwalker.science.staffing.intervals import plan_intervals
    from floorwalker.science.staffing.levelling import Balance, balance, level
    from floorwalker.science.staffing.marginal import MarginalValue, marginal_value
    from floorwalker.science.staffing.multi_skill import MultiSkillStaff, staff_each_period, staff_multi_skill
    from floorwalker.science.staffing.requirement import Requirement
    from floorwalker.science.staffing.shrinkage import scheduled_for
    from floorwalker.science.staffing.simulated import (
        Served,
        common_grid,
        contact_types,
        counted_model,
        periods_of,
    )
    from floorwalker.science.staffing.span import DaySpan, check_span
    from floorwalker.science.staffing.why import explain, explain_each
    from floorwalker.science.staffing.workload import Over

# One formula must not pay for all of them: each is loaded when first asked for.
_HOMES = {
    "Achieved": "cover",
    "Audit": "audits",
    "Backlog": "backlog",
    "BacklogPath": "backlog",
    "Balance": "levelling",
    "BusinessClock": "business_clock",
    "Check": "audits",
    "Concurrency": "chat",
    "DayAtRisk": "coverage_risk",
    "DaySpan": "span",
    "DeferredPlan": "deferred",
    "MarginalValue": "marginal",
    "MultiSkillStaff": "multi_skill",
    "Over": "workload",
    "QueueAudit": "audits",
    "Requirement": "requirement",
    "Risk": "coverage_risk",
    "Served": "simulated",
    "Total": "cover",
    "achieved": "cover",
    "audit": "audits",
    "audit_day": "audits",
    "balance": "levelling",
    "chat_metrics": "chat",
    "check_span": "span",
    "common_grid": "simulated",
    "contact_types": "simulated",
    "counted_model": "simulated",
    "explain": "why",
    "explain_each": "why",
    "level": "levelling",
    "marginal_value": "marginal",
    "periods_of": "simulated",
    "plan_chat": "chat",
    "plan_deferred": "deferred",
    "plan_intervals": "intervals",
    "risk": "coverage_risk",
    "scheduled_for": "shrinkage",
    "smallest_chat_staff": "chat",
    "staff_each_period": "multi_skill",
    "staff_multi_skill": "multi_skill",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Achieved",
    "Audit",
    "Backlog",
    "BacklogPath",
    "Balance",
    "BusinessClock",
    "Check",
    "Concurrency",
    "DayAtRisk",
    "DaySpan",
    "DeferredPlan",
    "MarginalValue",
    "MultiSkillStaff",
    "Over",
    "QueueAudit",
    "Requirement",
    "Risk",
    "Served",
    "Total",
    "achieved",
    "audit",
    "audit_day",
    "balance",
    "chat_metrics",
    "check_span",
    "common_grid",
    "contact_types",
    "counted_model",
    "explain",
    "explain_each",
    "level",
    "marginal_value",
    "periods_of",
    "plan_chat",
    "plan_deferred",
    "plan_intervals",
    "risk",
    "scheduled_for",
    "smallest_chat_staff",
    "staff_each_period",
    "staff_multi_skill",
]
