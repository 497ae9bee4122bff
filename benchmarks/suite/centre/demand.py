"""Queues with a year of history, forecasts, their record, what is required, and the days at risk."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.suite.centre.copying import copy
from benchmarks.suite.centre.size import Centre

STEP_MINUTES = 30
OPEN, CLOSE = 14, 44  # half-hours: from seven to ten in the evening
HORIZON_DAYS = 56
VERSIONS = 6
REQUIRED_WEEKS = 12
CURVE = [round(40 * 0.75**step, 3) for step in range(19)]  # callers who hang up, with ever more people
HOURS = [[[OPEN * STEP_MINUTES, CLOSE * STEP_MINUTES]]] * 7


def fill(centre: Centre) -> None:
    _queues(centre)
    _history(centre)
    _forecasts(centre)
    _record(centre)
    _requirements(centre)
    _risks(centre)


def shape(day: date, height: float) -> list[float]:
    """Contacts by half-hour: a hump while open, lower at the weekend."""
    level = height * (0.6 if day.weekday() > 4 else 1.0)
    return [
        round(level * math.sin(math.pi * (slot - OPEN + 0.5) / (CLOSE - OPEN)), 1) if OPEN <= slot < CLOSE else 0.0
        for slot in range(48)
    ]


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def _queues(centre: Centre) -> None:
    from floorwalker.apps.capacity.models import StaffingPolicy
    from floorwalker.apps.demand.models import Queue, QueueName

    size = centre.size
    centre.queues = Queue.objects.bulk_create(
        Queue(
            key=f"{site.name.lower()}-{number}",
            name=f"{site.name} line {number + 1}",
            site=site,
            zone=site.zone,
            client=centre.clients[number % len(centre.clients)],
            hours=HOURS,
            patience_seconds=120.0,
            skill=centre.skills[2 + place * size.queues_a_site + number],
        )
        for place, site in enumerate(centre.sites)
        for number in range(size.queues_a_site)
    )
    QueueName.objects.bulk_create(
        QueueName(queue=queue, system="switch", external_id=f"vq-{queue.key}", days=(date(2020, 1, 1), None))
        for queue in centre.queues
    )
    StaffingPolicy.objects.bulk_create(StaffingPolicy(queue=queue) for queue in centre.queues)


def _history(centre: Centre) -> None:
    from floorwalker.apps.demand.models import HistoryDay

    def rows() -> Iterator[Any]:
        for number, queue in enumerate(centre.queues):
            for day in days(centre.at.date() - timedelta(days=365), 365):
                offered = shape(day, 60 + 3 * number + day.toordinal() * 7 % 11)
                yield HistoryDay(
                    queue=queue,
                    day=day,
                    step_minutes=STEP_MINUTES,
                    offered=offered,
                    answered=offered,
                    abandoned=[0.0] * 48,
                    handled=offered,
                    handling_seconds=[240 * each for each in offered],
                    total=sum(offered),
                    stored_at=centre.at,
                )

    copy(HistoryDay, rows())


def _forecasts(centre: Centre) -> None:
    from floorwalker.apps.demand.models import ForecastDay, ForecastVersion, Override, SpecialDay, VersionUse

    versions = ForecastVersion.objects.bulk_create(
        ForecastVersion(
            queue=queue,
            number=number + 1,
            source="statistical",
            made_at=made,
            by_name="Planner",
            first_day=made.date(),
            days=HORIZON_DAYS,
            step_minutes=STEP_MINUTES,
            zone=queue.zone,
            origin=made.date() - timedelta(days=1),
            method="day-profile",
            notes=["Best of three on the past."],
            words=["Mondays are the busiest.", "The peak is at 14:30."],
            scores=_scores(),
            sha256="0" * 64,
            aht_known=True,
        )
        for queue in centre.queues
        for number in range(VERSIONS)
        for made in [centre.at - timedelta(weeks=4 * (VERSIONS - 1 - number), days=centre.at.weekday())]
    )
    VersionUse.objects.bulk_create(
        VersionUse(queue=version.queue, version=version, at=version.made_at, by_name="Planner")
        for version in versions
    )
    numbered = enumerate(versions)
    copy(
        ForecastDay,
        (
            _forecast_day(v, day, 60 + 3 * (n // VERSIONS))
            for n, v in numbered
            for day in days(v.first_day, v.days)
        ),
    )
    for queue in centre.queues:
        begin = datetime.combine(centre.monday + timedelta(days=9), time(12), UTC)
        Override.objects.create(
            queue=queue,
            start=begin,
            end=begin + timedelta(hours=4),
            kind="factor",
            value=1.2,
            reason="A mailing",
            by_name="Planner",
            at=centre.at,
        )
        SpecialDay.objects.create(
            queue=queue,
            day=centre.monday + timedelta(days=17),
            name="Fair",
            factor=1.4,
            by_name="Planner",
            at=centre.at,
        )


def _forecast_day(version: Any, day: date, height: float) -> Any:
    from floorwalker.apps.demand.models import ForecastDay

    mean = shape(day, height)
    total = sum(mean)
    return ForecastDay(
        version=version,
        day=day,
        mean=mean,
        p05=[each * 0.8 for each in mean],
        p50=mean,
        p95=[each * 1.2 for each in mean],
        aht=[240.0] * 48,
        slot_cv=[0.1] * 48,
        day_cv=0.08,
        total=total,
        total_p05=total * 0.9,
        total_p95=total * 1.1,
        usual=mean,
    )


def _scores() -> dict[str, Any]:
    one = {"wape": 0.11, "mase": 0.8, "bias": 0.01, "coverage": 0.9}
    return {
        "methods": dict.fromkeys(("day-profile", "slot-mean-8", "last-week"), one),
        "chosen": "day-profile",
        "origins": 8,
        "horizon_days": 7,
        "by_weekday": [[0.1] * 7] * 8,
    }


def _record(centre: Centre) -> None:
    from floorwalker.apps.demand.models import ClientForecast, ClientForecastDay, Expectation, RecordDay

    copy(
        RecordDay,
        (
            RecordDay(
                queue=queue,
                day=day,
                lead_days=7,
                source=source,
                expected=1000 + bias * 37,
                actual=1000.0,
                made_at=centre.at,
            )
            for queue in centre.queues
            for day in days(centre.at.date() - timedelta(days=365), 365)
            for bias, source in enumerate(("statistical", "client", "planner"))
        ),
    )
    submitted = ClientForecast.objects.bulk_create(
        ClientForecast(
            queue=queue,
            number=number + 1,
            grain="day",
            first_day=first,
            last_day=first + timedelta(days=27),
            total=28_000,
            submitted_by="Client",
            submitted_at=centre.at - timedelta(weeks=4 * (12 - number)),
            sha256="0" * 64,
        )
        for queue in centre.queues
        for number in range(13)
        for first in [centre.monday - timedelta(weeks=4 * (12 - number))]
    )
    copy(
        ClientForecastDay,
        (
            ClientForecastDay(forecast=each, day=day, total=1000)
            for each in submitted
            for day in days(each.first_day, 28)
        ),
    )
    Expectation.objects.bulk_create(
        Expectation(
            client=client,
            starts=centre.monday - timedelta(days=300),
            service_share=0.8,
            service_seconds=20,
            service_definition="late-abandons",
            callback_allowed=True,
            forecast_tolerance=0.1,
            by_name="Planner",
            at=centre.at - timedelta(days=301),
        )
        for client in centre.clients
    )


def _requirements(centre: Centre) -> None:
    from floorwalker.apps.capacity.models import RequiredDay, Requirement
    from floorwalker.apps.capacity.queries.inputs import goals_of
    from floorwalker.apps.capacity.rules import CURVE_OFFSETS, Staffing

    made = Requirement.objects.bulk_create(
        Requirement(
            queue=queue,
            first_day=centre.monday + timedelta(weeks=week),
            days=7,
            step_seconds=STEP_MINUTES * 60,
            zone=queue.zone,
            settings={"goals": goals_of(queue, {}), "policy": Staffing().to_dict()},
            curve_offsets=list(CURVE_OFFSETS),
            forecast_version=1,
            forecast_name="Version 6",
            made_at=centre.at - timedelta(days=1),
            made_by="Planner",
        )
        for queue in centre.queues
        for week in range(-4, REQUIRED_WEEKS - 4)
    )
    copy(RequiredDay, (_required_day(each, day) for each in made for day in days(each.first_day, 7)))


def _required_day(requirement: Any, day: date) -> Any:
    from floorwalker.apps.capacity.models import RequiredDay

    contacts = shape(day, 60)
    phones = [math.ceil(each * 240 / 1800 * 1.2) for each in contacts]
    full = [0.85] * 48
    return RequiredDay(
        requirement=requirement,
        day=day,
        start=datetime.combine(day, time(), ZoneInfo(requirement.zone)),
        contacts=contacts,
        aht_seconds=[240.0] * 48,
        required=phones,
        scheduled=[math.ceil(n / 0.7) for n in phones],
        service_level=full,
        abandon_rate=[0.02] * 48,
        asa_seconds=[12.0] * 48,
        occupancy=full,
        saved_by_one_more=[0.4] * 48,
        in_time_by_one_more=[1.5] * 48,
        abandoned=[[n, *CURVE] for n in contacts],
        reasons={
            str(slot): [{"name": name, "amount": 2.0, "because": "x"} for name in ("load", "safety", "shrinkage")]
            for slot in range(OPEN, CLOSE)
        },
    )


def _risks(centre: Centre) -> None:
    from floorwalker.apps.capacity.models import DayRisk

    DayRisk.objects.bulk_create(
        DayRisk(
            queue=queue,
            day=day,
            basis="rostered",
            probability=(number * 7 + day.toordinal() * 13) % 100 / 100,
            riskiest=start,
            short_hours=3.5,
            contacts=1000,
            repair_start=start,
            repair_end=start + timedelta(hours=2),
            repair_kept=2.5,
            repair_in_time=9.0,
            made_at=centre.at,
        )
        for number, queue in enumerate(centre.queues)
        for day in days(centre.at.date(), 15)
        for start in [datetime.combine(day, time(14), ZoneInfo(queue.zone))]
    )
