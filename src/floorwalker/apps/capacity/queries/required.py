"""The newest requirement of each day, joined over the versions, and what other rooms get of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.capacity.models import RequiredDay
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.scope import visible_required_days
from floorwalker.apps.demand import queries as demand
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import duration_words, percent_words


@dataclass(frozen=True)
class RequiredQueueDay:
    """One queue's day for those who schedule: people to schedule, agents on the phones, each interval."""

    queue_id: int
    date: date
    step_seconds: int
    start: datetime
    scheduled: list[int]
    on_phones: list[int]
    goal: str


def newest_days(actor: Actor, queue_ids: Iterable[int], first: date, last: date) -> list[RequiredDay]:
    """The newest row of each queue and day in a stretch, one query."""
    rows = visible_required_days(actor, P.SEE).filter(
        requirement__queue__in=list(queue_ids), day__range=(first, last)
    )
    newest = rows.order_by("requirement__queue_id", "day", "-requirement__made_at", "-requirement_id")
    return list(newest.distinct("requirement__queue_id", "day").select_related("requirement"))


def required(site_id: int, week: date, by: Actor) -> list[RequiredQueueDay]:
    """What the queues of a site need in the week from that day on."""
    ids = demand.visible_queues(by, P.SEE).filter(site=site_id, archived=False).values_list("pk", flat=True)
    rows = newest_days(by, ids, week, week + timedelta(days=6))
    return [
        RequiredQueueDay(
            row.requirement.queue_id,
            row.day,
            row.requirement.step_seconds,
            row.start,
            row.scheduled,
            row.required,
            goal_words(row.requirement.settings["goals"]),
        )
        for row in rows
    ]


def goal_words(goals: dict[str, Any]) -> str:
    """“80 % within 20 s”, or the average speed of answer."""
    if goals["asa_seconds"]:
        return _("answered after %(time)s on average") % {"time": duration_words(goals["asa_seconds"])}
    return _("%(share)s within %(time)s") % {
        "share": percent_words(goals["share"]),
        "time": duration_words(goals["seconds"]),
    }
