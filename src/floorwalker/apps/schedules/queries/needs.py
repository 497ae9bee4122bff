"""What the rooms below say: the queues of a site, and the people each needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.queries import visible_queues
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.rules.cover import Need
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import also_seen_with


@dataclass(frozen=True)
class QueueRow:
    id: int
    name: str
    skill: int | None
    site: int


def queues_of(actor: Actor, site_id: int, permission: Permission = P.SEE_ROSTER) -> list[QueueRow]:
    """The queues in use at a site, by name."""
    rows = visible_queues(actor, permission).filter(site=site_id, archived=False).order_by("name")
    return [QueueRow(*values) for values in rows.values_list("pk", "name", "skill_id", "site_id")]


def needs_of(actor: Actor, site_id: int, first_day: date) -> list[Need]:
    """People to schedule by queue and day, as the room of required staff says; none while it has said nothing."""
    return [
        Need(each.queue_id, each.date, each.step_seconds, tuple(each.scheduled), str(each.goal))
        for each in capacity.required(site_id, first_day, actor)
    ]


also_seen_with(Queue, P.SEE_ROSTER)  # a roster names the queues its shifts are for
