"""How many callers hang up with fewer or more people than required, for the rooms that change who works when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.scope import visible_required_days
from floorwalker.apps.capacity.rules import Curve
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class CurveDay:
    """One queue's day; without curves where the patience of its callers is not known."""

    queue_id: int
    queue: str
    day: date
    step_seconds: int
    zone: str
    scheduled: list[int]
    curves: list[Curve]


def curves(actor: Actor, queue_ids: Collection[int], first: date, last: date) -> list[CurveDay]:
    """The newest of each queue and day, one query, of the queues whose required staff the actor sees."""
    rows = visible_required_days(actor, P.SEE).filter(requirement__queue__in=queue_ids, day__range=(first, last))
    newest = rows.order_by("requirement__queue_id", "day", "-requirement__made_at", "-requirement_id")
    found = newest.distinct("requirement__queue_id", "day").values_list(
        "requirement__queue_id",
        "requirement__queue__name",
        "day",
        "requirement__step_seconds",
        "requirement__zone",
        "scheduled",
        "requirement__curve_offsets",
        "abandoned",
    )
    return [
        CurveDay(queue, name, day, step, zone, scheduled, _curves(scheduled, offsets, kept))
        for queue, name, day, step, zone, scheduled, offsets, kept in found
    ]


def _curves(scheduled: list[int], offsets: list[int], kept: list[list[float]]) -> list[Curve]:
    return [Curve.of(people, offsets, row) for people, row in zip(scheduled, kept, strict=True)] if kept else []
