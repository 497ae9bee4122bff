"""How queues are staffed."""

from __future__ import annotations

from collections.abc import Iterable

from floorwalker.apps.capacity.models import StaffingPolicy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.rules import Staffing
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import Actor, Permission

NAMES = tuple(Staffing().to_dict())


def policy(actor: Actor, queue_id: int, permission: Permission = P.PLAN) -> tuple[Queue, StaffingPolicy]:
    """A queue and what is decided for it; the usual settings until somebody has decided."""
    queue = demand.the_queue(actor, queue_id, permission)
    return queue, StaffingPolicy.objects.filter(queue=queue).first() or StaffingPolicy(queue=queue)


def policy_of(kept: StaffingPolicy) -> Staffing:
    """A policy as plain values."""
    return Staffing(**{name: getattr(kept, name) for name in NAMES})


def policies_of(queues: Iterable[Queue]) -> dict[int, Staffing]:
    """What is decided for each of these queues, in one query."""
    rows = list(queues)
    kept = {each.queue_id: policy_of(each) for each in StaffingPolicy.objects.filter(queue__in=rows)}
    return {queue.pk: kept.get(queue.pk, Staffing()) for queue in rows}
