"""Which queues, and with them which requirements, an actor sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from floorwalker.apps.capacity.models import (
    DayAudit,
    DayRisk,
    RequiredDay,
    Requirement,
    StaffingOrder,
    StaffingPolicy,
    WeekStudy,
)
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import also_seen_with, pick, scoped


def queues(actor: Actor, permission: Permission = P.SEE) -> list[Queue]:
    """The queues in use, as lists show them."""
    return list(demand.queues_in_order(actor, permission))


def choose(found: Sequence[Queue], wanted: int | None) -> Queue | None:
    """The queue asked for, or the first; None where there is no queue, or the one asked for is not in sight."""
    if wanted is None:
        return found[0] if found else None
    return next((queue for queue in found if queue.pk == wanted), None)


def the_queue(actor: Actor, queue_id: Any, permission: Permission = P.SEE) -> Queue:
    return demand.the_queue(actor, queue_id, permission)


def visible_requirements(actor: Actor, permission: Permission = P.SEE) -> QuerySet[Requirement]:
    return Requirement.objects.filter(queue__in=demand.visible_queues(actor, permission))


def visible_required_days(actor: Actor, permission: Permission = P.SEE) -> QuerySet[RequiredDay]:
    return RequiredDay.objects.filter(requirement__queue__in=demand.visible_queues(actor, permission))


def visible_day_risks(actor: Actor, permission: Permission = P.SEE) -> QuerySet[DayRisk]:
    return DayRisk.objects.filter(queue__in=demand.visible_queues(actor, permission))


def visible_day_audits(actor: Actor, permission: Permission = P.SEE) -> QuerySet[DayAudit]:
    return DayAudit.objects.filter(queue__in=demand.visible_queues(actor, permission))


def audits_in(actor: Actor, queue_id: int | None, first: date | None, last: date | None) -> QuerySet[DayAudit]:
    """The days of a stretch; each bound may be left out."""
    return _between(visible_day_audits(actor), actor, queue_id, first, last)


def risks_in(actor: Actor, queue_id: int | None, first: date | None, last: date | None) -> QuerySet[DayRisk]:
    """The days of a stretch; each bound may be left out."""
    return _between(visible_day_risks(actor), actor, queue_id, first, last)


def _between(
    found: QuerySet[Any], actor: Actor, queue_id: int | None, first: date | None, last: date | None
) -> QuerySet[Any]:
    if queue_id is not None:
        found = found.filter(queue=the_queue(actor, queue_id))
    if first is not None:
        found = found.filter(day__gte=first)
    return found if last is None else found.filter(day__lte=last)


def visible_policies(actor: Actor, permission: Permission = P.SEE) -> QuerySet[StaffingPolicy]:
    return StaffingPolicy.objects.filter(queue__in=demand.visible_queues(actor, permission))


def visible_orders(actor: Actor, permission: Permission = P.PLAN) -> QuerySet[StaffingOrder]:
    """Orders all of whose queues are in reach."""
    beyond = Queue.objects.exclude(pk__in=demand.visible_queues(actor, permission).values("pk"))
    found = StaffingOrder.objects.exclude(queues__in=beyond)
    return found if actor.sight(permission).beyond_own else found.none()


def the_order(actor: Actor, order_id: Any) -> StaffingOrder:
    """An order; queues it left out are named to those who see them."""
    found: StaffingOrder = pick(visible_orders(actor), order_id)
    named = demand.visible_queues(actor, P.PLAN).filter(pk__in=[queue for queue, _name, _why in found.left_out])
    seen = set(named.values_list("pk", flat=True))
    found.left_out = [row for row in found.left_out if row[0] in seen]
    return found


def study_queues(actor: Actor, site_id: Any, permission: Permission = P.PLAN) -> list[Queue]:
    """The queues in use of one site, as far as they are in reach: what is simulated together."""
    try:
        return list(demand.queues_in_order(actor, permission).filter(site=site_id))
    except (ValueError, TypeError, OverflowError):
        return []


def visible_studies(actor: Actor, permission: Permission = P.SKILLS) -> QuerySet[WeekStudy]:
    """Studies all of whose queues are in reach: their people and callers are simulated together."""
    beyond = Queue.objects.exclude(pk__in=demand.visible_queues(actor, permission).values("pk"))
    found = WeekStudy.objects.exclude(queues__in=beyond)
    return found if actor.sight(permission).beyond_own else found.none()


def the_study(actor: Actor, study_id: Any) -> WeekStudy:
    """A study; queues it left out are named to those who see them."""
    found: WeekStudy = pick(visible_studies(actor).select_related("site", "taught"), study_id)
    named = demand.visible_queues(actor, P.SKILLS).filter(pk__in=[queue for queue, _name, _why in found.left_out])
    seen = set(named.values_list("pk", flat=True))
    found.left_out = [row for row in found.left_out if row[0] in seen]
    return found


also_seen_with(Queue, P.SEE, P.PLAN, P.SKILLS, relations=("team",))
scoped(
    Requirement,
    visible_requirements,
    P.SEE,
    canary=("forecast_name", "made_by"),
    relations=("team", "site", "client"),
    fixed=("zone",),
)
scoped(RequiredDay, visible_required_days, P.SEE, relations=("team", "site", "client"))
scoped(DayAudit, visible_day_audits, P.SEE, fixed=("currency",), relations=("team", "site", "client"))
scoped(DayRisk, visible_day_risks, P.SEE, relations=("team", "site", "client"))
scoped(StaffingPolicy, visible_policies, P.SEE, P.PLAN, key="policy_id", relations=("team", "site", "client"))
scoped(
    StaffingOrder, visible_orders, P.PLAN, canary="by_name", key="order_id", relations=("team", "site", "client")
)
scoped(
    WeekStudy,
    visible_studies,
    P.SKILLS,
    canary="by_name",
    key="study_id",
    relations=("team", "site", "client"),
)
