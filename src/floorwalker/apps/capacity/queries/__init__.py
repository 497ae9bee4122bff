"""Reads of required staff, always what the actor may see."""

from __future__ import annotations

from floorwalker.apps.capacity.queries.audits import QueueLine, WeekAudit, site_audits
from floorwalker.apps.capacity.queries.curves import CurveDay, curves
from floorwalker.apps.capacity.queries.inputs import inputs_of, lacking, not_computed
from floorwalker.apps.capacity.queries.orders import Progress, orders, progress, result_url
from floorwalker.apps.capacity.queries.policies import policy, policy_of
from floorwalker.apps.capacity.queries.required import RequiredQueueDay, newest_days, required
from floorwalker.apps.capacity.queries.scope import (
    audits_in,
    choose,
    queues,
    risks_in,
    the_order,
    the_queue,
    visible_day_audits,
    visible_day_risks,
    visible_orders,
    visible_policies,
    visible_required_days,
    visible_requirements,
)
from floorwalker.apps.capacity.queries.watch import RiskyDay, watch
from floorwalker.apps.capacity.queries.week import QueueWeek, week, week_table
from floorwalker.apps.capacity.queries.why import Reasons, why

__all__ = [
    "CurveDay",
    "Progress",
    "QueueLine",
    "QueueWeek",
    "Reasons",
    "RequiredQueueDay",
    "RiskyDay",
    "WeekAudit",
    "audits_in",
    "choose",
    "curves",
    "inputs_of",
    "lacking",
    "newest_days",
    "not_computed",
    "orders",
    "policy",
    "policy_of",
    "progress",
    "queues",
    "required",
    "result_url",
    "risks_in",
    "site_audits",
    "the_order",
    "the_queue",
    "visible_day_audits",
    "visible_day_risks",
    "visible_orders",
    "visible_policies",
    "visible_required_days",
    "visible_requirements",
    "watch",
    "week",
    "week_table",
    "why",
]
