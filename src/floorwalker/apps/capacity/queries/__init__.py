"""Reads of required staff, always what the actor may see."""

from __future__ import annotations

from floorwalker.apps.capacity.queries.audits import QueueLine, WeekAudit, site_audits
from floorwalker.apps.capacity.queries.curves import CurveDay, curves
from floorwalker.apps.capacity.queries.inputs import inputs_of, lacking, not_computed, off_phone_shares
from floorwalker.apps.capacity.queries.levers import levers_allowed
from floorwalker.apps.capacity.queries.orders import Progress, orders, progress, result_url
from floorwalker.apps.capacity.queries.policies import policy, policy_of
from floorwalker.apps.capacity.queries.required import RequiredQueueDay, newest_days, required
from floorwalker.apps.capacity.queries.scope import (
    audits_in,
    choose,
    queues,
    risks_in,
    study_queues,
    the_order,
    the_queue,
    the_study,
    visible_day_audits,
    visible_day_risks,
    visible_orders,
    visible_policies,
    visible_required_days,
    visible_requirements,
    visible_studies,
)
from floorwalker.apps.capacity.queries.studies import (
    StudyPage,
    StudyWeek,
    study_model,
    study_page,
    study_sites,
    study_table,
    study_url,
    study_week,
)
from floorwalker.apps.capacity.queries.study_inputs import lacking_for_study, published, study_inputs
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
    "StudyPage",
    "StudyWeek",
    "WeekAudit",
    "audits_in",
    "choose",
    "curves",
    "inputs_of",
    "lacking",
    "lacking_for_study",
    "levers_allowed",
    "newest_days",
    "not_computed",
    "off_phone_shares",
    "orders",
    "policy",
    "policy_of",
    "progress",
    "published",
    "queues",
    "required",
    "result_url",
    "risks_in",
    "site_audits",
    "study_inputs",
    "study_model",
    "study_page",
    "study_queues",
    "study_sites",
    "study_table",
    "study_url",
    "study_week",
    "the_order",
    "the_queue",
    "the_study",
    "visible_day_audits",
    "visible_day_risks",
    "visible_orders",
    "visible_policies",
    "visible_required_days",
    "visible_requirements",
    "visible_studies",
    "watch",
    "week",
    "week_table",
    "why",
]
