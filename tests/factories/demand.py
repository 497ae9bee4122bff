"""Rows of demand for the tests of access, and a small past and forecast for its own."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import (
    ClientForecast,
    ClientForecastDay,
    Expectation,
    ForecastDay,
    ForecastRun,
    ForecastVersion,
    HistoryDay,
    Launch,
    LaunchItem,
    Override,
    Queue,
    QueueName,
    RecordDay,
    SpecialDay,
    Statement,
    VersionUse,
    Vouched,
)
from floorwalker.apps.demand.rules.days import day_grid
from floorwalker.apps.people.models import Client, Site, Team
from tests.factories import Planted, Where
from tests.people import NOW, World

DAY = date(2026, 3, 2)


def a_queue(client: Client, site: Site, name: str, **more: Any) -> Queue:
    """A queue open on weekdays from 8 to 18."""
    hours = [[[480, 1080]]] * 5 + [[], []]
    return Queue.objects.create(
        key=name.lower().replace(" ", "-"),
        name=name,
        client=client,
        site=site,
        zone=site.zone,
        hours=hours,
        **more,
    )


def a_shape(day: date, height: float, zone: str, step_minutes: int = 30) -> list[float]:
    """Contacts of a day: none at night and on weekends, a hump between 8 and 18."""
    slots = day_grid(day, step_minutes, zone).slots
    if day.weekday() > 4:
        return [0.0] * len(slots)
    return [
        float(round(height * math.sin(math.pi * (slot - 16) / 20))) if 16 <= slot < 36 else 0.0 for slot in slots
    ]


def a_past(queue: Queue, first: date, days: int, height: float = 20.0, at: datetime = NOW) -> None:
    """History of so many days."""
    rows = []
    for number in range(days):
        day = first + timedelta(days=number)
        offered = a_shape(day, height * (1 + 0.02 * (number * 7 % 5)), queue.zone, queue.step_minutes)
        rows.append(
            HistoryDay(
                queue=queue,
                day=day,
                step_minutes=queue.step_minutes,
                offered=offered,
                answered=offered,
                abandoned=[0.0] * len(offered),
                handled=offered,
                handling_seconds=[300 * v for v in offered],
                total=sum(offered),
                stored_at=at,
            )
        )
    HistoryDay.objects.bulk_create(rows)


def a_version(
    queue: Queue,
    first: date,
    days: int,
    height: float = 20.0,
    at: datetime = NOW,
    source: str = "statistical",
    closed: Collection[date] = (),
) -> ForecastVersion:
    """A forecast of so many days, in use since it was made; nobody is expected on those ``closed``."""
    made = []
    for number in range(days):
        day = first + timedelta(days=number)
        mean = a_shape(day, 0.0 if day in closed else height, queue.zone, queue.step_minutes)
        total = sum(mean)
        made.append(
            {
                "day": day.isoformat(),
                "mean": mean,
                "p05": [v * 0.7 for v in mean],
                "p50": mean,
                "p95": [v * 1.3 for v in mean],
                "aht": [300.0] * len(mean),
                "slot_cv": [0.1] * len(mean),
                "day_cv": 0.05,
                "total": total,
                "total_p05": total * 0.9,
                "total_p95": total * 1.1,
                "usual": mean,
            }
        )
    return services.keep_version(
        queue=queue,
        source=source,
        by_id=None,
        by_name="the planner",
        at=at,
        made={
            "first_day": first.isoformat(),
            "days": days,
            "step_minutes": queue.step_minutes,
            "zone": queue.zone,
            "origin": (first - timedelta(days=1)).isoformat(),
            "method": "day-profile",
            "notes": ["As it was."],
            "words": ["Mondays peak at 11:00."],
            "scores": {},
            "cleaned": [],
            "special": [],
            "slot_correlation": 0.0,
            "day_correlation": 0.0,
            "aht_known": True,
            "forecast_days": made,
        },
    )


def _planted(row: Any, where: Where, **more: Any) -> Planted:
    """A queue is answered at its site: every team there sees it."""
    teams = frozenset(Team.objects.filter(site=where.site).values_list("pk", flat=True))
    return Planted(row, teams=teams, **more)


def _queue(where: Where, marker: str = "") -> Queue:
    number = Queue.objects.count()
    return Queue.objects.create(
        key=f"q-{where.key}-{number}".replace("_", "-"),
        name=marker or f"Queue {where.key} {number}",
        client=where.client,
        site=where.site,
        zone=where.site.zone,
    )


def _version(where: Where, marker: str = "") -> ForecastVersion:
    queue = _queue(where)
    version = ForecastVersion.objects.create(
        queue=queue,
        number=1,
        source="statistical",
        made_at=NOW,
        by_name=marker or "x",
        first_day=DAY,
        days=1,
        step_minutes=30,
        zone=queue.zone,
        method=marker or "m",
        sha256="0" * 64,
    )
    VersionUse.objects.create(queue=queue, version=version, at=NOW, by_name="x")
    return version


def make_queue(world: World, where: Where, marker: str) -> Planted:
    return _planted(_queue(where, marker), where)


def make_queuename(world: World, where: Where, marker: str) -> Planted:
    queue = _queue(where)
    name = QueueName.objects.create(queue=queue, system=marker, external_id=marker, days=(DAY, None))
    return _planted(name, where, more={"queue_id": queue.pk})


def make_historyday(world: World, where: Where, marker: str) -> Planted:
    return _planted(HistoryDay.objects.create(queue=_queue(where), day=DAY, step_minutes=30, stored_at=NOW), where)


def make_forecastversion(world: World, where: Where, marker: str) -> Planted:
    return _planted(_version(where, marker), where)


def make_override(world: World, where: Where, marker: str) -> Planted:
    version = _version(where)
    day = [10.0] * 48
    ForecastDay.objects.create(
        version=version,
        day=DAY,
        total=480,
        total_p05=400,
        total_p95=500,
        **dict.fromkeys(("mean", "p05", "p50", "p95", "aht", "slot_cv", "usual"), day),
    )
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    layer = Override.objects.create(
        queue=version.queue,
        start=begin,
        end=begin + timedelta(hours=2),
        kind="factor",
        value=1.2,
        reason=marker,
        by_name=marker,
        undone_by=marker,
        at=NOW,
    )
    return _planted(layer, where)


def make_specialday(world: World, where: Where, marker: str) -> Planted:
    special = SpecialDay.objects.create(
        queue=_queue(where), day=DAY, name=marker, by_name=marker, removed_by=marker, at=NOW
    )
    return _planted(special, where)


def make_vouched(world: World, where: Where, marker: str) -> Planted:
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    vouched = Vouched.objects.create(
        queue=_queue(where),
        start=begin,
        end=begin + timedelta(hours=1),
        reason=marker,
        by_name=marker,
        undone_by=marker,
        at=NOW,
    )
    return _planted(vouched, where)


def make_forecastrun(world: World, where: Where, marker: str) -> Planted:
    run = ForecastRun.objects.create(days=7, by_name=marker, at=NOW)
    run.queues.add(_queue(where))
    return _planted(run, where)


def make_clientforecast(world: World, where: Where, marker: str) -> Planted:
    submission = ClientForecast.objects.create(
        queue=_queue(where),
        number=1,
        grain="day",
        first_day=DAY,
        last_day=DAY,
        total=100,
        note=marker,
        source_name=marker,
        submitted_by=marker,
        submitted_at=NOW,
        sha256="0" * 64,
    )
    ClientForecastDay.objects.create(forecast=submission, day=DAY, total=100)
    return _planted(submission, where)


def make_recordday(world: World, where: Where, marker: str) -> Planted:
    row = RecordDay.objects.create(
        queue=_queue(where), day=DAY, lead_days=7, source="client", expected=100, actual=90, made_at=NOW
    )
    return _planted(row, where)


def agreed(client: Client, starts: date, **more: Any) -> Expectation:
    """What was agreed with a client from a day on."""
    values = {"service_share": 0.8, "service_seconds": 20, "service_definition": "late-abandons", **more}
    return Expectation.objects.create(
        client=client, starts=starts, forecast_tolerance=0.1, by_name="Planner", at=NOW, **values
    )


def make_expectation(world: World, where: Where, marker: str) -> Expectation:
    return Expectation.objects.create(
        client=where.client,
        starts=DAY,
        service_share=0.8,
        service_seconds=20,
        service_definition="late-abandons",
        forecast_tolerance=0.1,
        callback_rule=marker,
        note=marker,
        by_name=marker,
        at=NOW,
    )


def make_statement(world: World, where: Where, marker: str) -> Statement:
    number = Statement.objects.filter(client=where.client).count() + 1
    return Statement.objects.create(
        client=where.client,
        month=date(2025, number, 1),
        number=number,
        reason=marker,
        issued_by=marker,
        issued_at=NOW,
        labels={"client": "", "queues": {}},
        sha256="0" * 64,
        body='{"queues":[],"labels":{"client":"","queues":{}},"tolerance":0.1,"lead_days":7,"whole":{}}',
    )


def make_launch(world: World, where: Where, marker: str) -> Planted:
    found = Launch.objects.create(
        client=where.client, name=marker, signed_on=DAY, go_live=DAY + timedelta(days=60), by_name=marker, at=NOW
    )
    item = LaunchItem.objects.create(launch=found, kind="training", owner=where.user, due=DAY)
    return Planted(found, more={"launch_item_id": item.pk})


NAMED = {Launch: ("launch_item_id",)}  # an item is reached through its account, and is in sight where that is


def _stretch(world: World, where: Where) -> dict[str, Any]:
    return {"start": "2026-03-02T10:00:00Z", "end": "2026-03-02T12:00:00Z", "reason": "x"}


BODIES = {
    "demand_make_override": lambda world, where: _stretch(world, where) | {"kind": "factor", "value": 1.1},
    "demand_vouch": _stretch,
}
