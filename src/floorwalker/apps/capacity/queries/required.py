"""The newest requirement of each day, joined over the versions, and what other rooms get of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.capacity.models import RequiredDay
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.scope import visible_required_days
from floorwalker.apps.demand import queries as demand
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import duration_words, percent_words

# Without the reasons of each interval, which are ten times the rest and nobody else's.
HANDED_ON = (
    "requirement__queue_id",
    "day",
    "requirement__step_seconds",
    "start",
    "scheduled",
    "required",
    "requirement__settings__goals",
)


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
    return list(_newest(actor, queue_ids, first, last).select_related("requirement"))


def _newest(actor: Actor, queue_ids: Iterable[int], first: date, last: date) -> QuerySet[RequiredDay]:
    rows = visible_required_days(actor, P.SEE).filter(
        requirement__queue__in=list(queue_ids), day__range=(first, last)
    )
    newest = rows.order_by("requirement__queue_id", "day", "-requirement__made_at", "-requirement_id")
    return newest.distinct("requirement__queue_id", "day")


def required(site_id: int, week: date, by: Actor) -> list[RequiredQueueDay]:
    """What the queues of a site need in the week from that day on."""
    ids = demand.visible_queues(by, P.SEE).filter(site=site_id, archived=False).values_list("pk", flat=True)
    rows = _newest(by, ids, week, week + timedelta(days=6)).values_list(*HANDED_ON)
    return [RequiredQueueDay(*numbers, goal_words(goals)) for *numbers, goals in rows]


def goal_words(goals: dict[str, Any]) -> str:
    """“80 % within 20 s”, or the average speed of answer."""
    if goals["asa_seconds"]:
        return _("answered after %(time)s on average") % {"time": duration_words(goals["asa_seconds"])}
    return _("%(share)s within %(time)s") % {
        "share": percent_words(goals["share"]),
        "time": duration_words(goals["seconds"]),
    }
