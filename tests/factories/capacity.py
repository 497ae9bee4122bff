"""Queues with a forecast, and what is computed from it; and rows for the tests of access."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from floorwalker.apps.capacity.models import (
    DayAudit,
    DayRisk,
    RequiredDay,
    Requirement,
    StaffingOrder,
    StaffingPolicy,
    WeekStudy,
)
from floorwalker.apps.demand.models import ForecastVersion, Queue
from floorwalker.apps.demand.services.forecasts import keep_version
from floorwalker.apps.people.models import Site
from floorwalker.science.timegrid import TimeGrid
from tests.factories import Planted, Where
from tests.people import NOW, World

MONDAY = date(2026, 3, 9)
OFFICE = [[[8 * 60, 18 * 60]]] * 5 + [[]] * 2
# Contacts in each half-hour from eight to six.
BUSY = (20, 34, 48, 60, 66, 62, 55, 50, 44, 46, 52, 56, 54, 48, 42, 36, 30, 24, 18, 12)


def a_queue(world: World, site: Site | None = None, name: str = "Cards", **more: Any) -> Queue:
    """Office hours, 80 % in 20 seconds, callers wait two minutes."""
    site = site or world.north
    client = world.borealis if site == world.south else world.aurora
    values = {"hours": OFFICE, "patience_seconds": 120.0, "zone": site.zone, **more}
    return Queue.objects.create(key=name.lower().replace(" ", "-"), name=name, client=client, site=site, **values)


def a_forecast(
    queue: Queue, first_day: date = MONDAY, days: int = 7, *, times: float = 1.0, aht: float | None = 240.0
) -> ForecastVersion:
    """A version in use: the busy curve on every open day, a tenth uncertain."""
    rows = []
    for day in TimeGrid(first_day, days, queue.step_seconds, queue.zone).dates:
        grid = TimeGrid(day, 1, queue.step_seconds, queue.zone)
        is_open = queue.hours is None or bool(queue.hours[day.weekday()])
        mean = [_contacts(slot * queue.step_seconds, queue) * times * is_open for slot in grid.slots]
        rows.append(
            {
                "day": day.isoformat(),
                "mean": mean,
                "p05": [value * 0.8 for value in mean],
                "p50": mean,
                "p95": [value * 1.2 for value in mean],
                "aht": [aht] * len(mean),
                "slot_cv": [0.1] * len(mean),
                "day_cv": 0.1,
                "total": sum(mean),
                "total_p05": sum(mean) * 0.85,
                "total_p95": sum(mean) * 1.15,
                "usual": mean,
            }
        )
    made = {
        "first_day": first_day.isoformat(),
        "days": days,
        "step_minutes": queue.step_minutes,
        "zone": queue.zone,
        "origin": None,
        "method": "the busy curve",
        "notes": [],
        "words": [],
        "scores": {},
        "cleaned": [],
        "special": [],
        "slot_correlation": 0.3,
        "day_correlation": 0.3,
        "aht_known": aht is not None,
        "forecast_days": rows,
    }
    source = ForecastVersion.Source.STATISTICAL
    with transaction.atomic():
        return keep_version(queue=queue, made=made, source=source, by_id=None, by_name="Planner", at=NOW)


def _contacts(second_of_day: int, queue: Queue) -> float:
    """The busy curve by the clock, spread over the queue's own interval."""
    place = (second_of_day - 8 * 3600) // 1800
    return BUSY[place] * queue.step_seconds / 1800 if 0 <= place < len(BUSY) else 0.0


# Rows for the tests of access: a queue of the site and client of whose row it is.


def _queue(world: World, where: Where, marker: str) -> Queue:
    """The queue planted for that position, so that its pages have something to show; else one of its own."""
    planted = Queue.objects.filter(site=where.site, name__regex=rf"^zq\d+{where.key.replace('_', '')}qz$")
    return planted.first() or Queue.objects.create(
        key=marker, name=f"staffed {marker}", client=where.client, site=where.site, zone=where.site.zone
    )


def _planted(row: Any, where: Where, **more: Any) -> Planted:
    teams = frozenset(where.site.teams.values_list("pk", flat=True))
    return Planted(row, teams=teams, more=more)


def make_requirement(world: World, where: Where, marker: str) -> Planted:
    return _planted(_requirement(world, where, marker), where)


def _requirement(world: World, where: Where, marker: str) -> Requirement:
    from floorwalker.apps.capacity.queries.inputs import goals_of
    from floorwalker.apps.capacity.rules import Staffing

    queue = _queue(world, where, marker)
    return Requirement.objects.create(
        queue=queue,
        first_day=MONDAY,
        days=1,
        step_seconds=queue.step_seconds,
        zone=queue.zone,
        settings={"goals": goals_of(queue, {}), "policy": Staffing().to_dict()},
        forecast_version=1,
        forecast_name=marker,
        made_at=NOW,
        made_by=marker,
    )


def make_requiredday(world: World, where: Where, marker: str) -> Planted:
    requirement = _requirement(world, where, marker)
    slots = len(TimeGrid(MONDAY, 1, requirement.step_seconds, requirement.zone))
    row = RequiredDay.objects.create(
        requirement=requirement,
        day=MONDAY,
        start=datetime(2026, 3, 9, tzinfo=UTC),
        reasons={"20": [{"name": "load", "amount": 2.0, "because": marker}]},
        **{name: [1.0] * slots for name in ("contacts", "aht_seconds", "service_level", "abandon_rate")},
        **{
            name: [1.0] * slots
            for name in ("asa_seconds", "occupancy", "saved_by_one_more", "in_time_by_one_more")
        },
        **{name: [2] * slots for name in ("required", "scheduled")},
    )
    return _planted(row, where)


def make_dayrisk(world: World, where: Where, marker: str) -> Planted:
    row = DayRisk.objects.create(
        queue=_queue(world, where, marker),
        day=NOW.date() + timedelta(days=1),
        basis=DayRisk.Basis.REQUIRED,
        probability=0.6,
        riskiest=NOW,
        short_hours=1.5,
        contacts=100,
        made_at=NOW,
    )
    return _planted(row, where)


def make_dayaudit(world: World, where: Where, marker: str) -> Planted:
    slots = 48
    row = DayAudit.objects.create(
        queue=_queue(world, where, marker),
        day=MONDAY,
        basis=DayAudit.Basis.REQUIRED,
        forecast_version=1,
        people=[2] * slots,
        **{name: [1.0] * slots for name in ("contacts", "claimed", "achieved", "low", "high")},
        **dict.fromkeys(("day_claimed", "day_achieved", "day_low", "day_high"), 0.8),
        **dict.fromkeys(("abandoned_claimed", "abandoned", "abandoned_low", "abandoned_high"), 3.0),
        day_contacts=100,
        replications=100,
        made_at=NOW,
    )
    return _planted(row, where)


def make_staffingpolicy(world: World, where: Where, marker: str) -> Planted:
    return _planted(StaffingPolicy.objects.create(queue=_queue(world, where, marker)), where)


def make_staffingorder(world: World, where: Where, marker: str) -> Planted:
    order = StaffingOrder.objects.create(first_day=MONDAY, days=7, by_name=marker, at=NOW)
    order.queues.set([_queue(world, where, marker)])
    return _planted(order, where)


def make_weekstudy(world: World, where: Where, marker: str) -> Planted:
    study = WeekStudy.objects.create(
        site=where.site,
        first_day=MONDAY,
        slower=0.15,
        training_hours=40,
        seed=1,
        by_name=marker,
        at=NOW,
        done_at=NOW,
        model=json.dumps({"types": [{"name": marker}]}),
        found={
            "lines": [
                {
                    "skill": marker,
                    "group": marker,
                    "home": marker,
                    "agents": 1,
                    "contacts_saved": [3.0, 2.0, 4.0],
                    "in_time_gained": [3.0, 2.0, 4.0],
                    "value_gained": [3.0, 2.0, 4.0],
                    "hours_replaced": [3.0, 2.0, 4.0],
                    "hours_at_least": False,
                    "training_hours": 40.0,
                }
            ],
            "measure": "contacts_saved",
            "by_value": False,
            "offered": 100.0,
            "lessons": 1,
            "looked_at": 1,
            "finished": 1,
            "replications": 80,
            "draws": 8,
            "arrangements": [],
            "people": {marker: 1},
            "able": [],
        },
    )
    study.queues.set([_queue(world, where, marker)])
    return _planted(study, where)


VALUES = {"day": lambda world: MONDAY.isoformat(), "number": lambda world: 20}
