"""Reads of required staff, always what the actor may see."""

from __future__ import annotations

from floorwalker.apps.capacity.queries.curves import CurveDay, curves
from floorwalker.apps.capacity.queries.inputs import inputs_of, lacking
from floorwalker.apps.capacity.queries.orders import Progress, orders, progress, result_url
from floorwalker.apps.capacity.queries.policies import policy, policy_of
from floorwalker.apps.capacity.queries.required import RequiredQueueDay, newest_days, required
from floorwalker.apps.capacity.queries.scope import (
    choose,
    queues,
    risks_in,
    the_order,
    the_queue,
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
    "QueueWeek",
    "Reasons",
    "RequiredQueueDay",
    "RiskyDay",
    "choose",
    "curves",
    "inputs_of",
    "lacking",
    "newest_days",
    "orders",
    "policy",
    "policy_of",
    "progress",
    "queues",
    "required",
    "result_url",
    "risks_in",
    "the_order",
    "the_queue",
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
