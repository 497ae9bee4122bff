"""What children get to compute with: plain values out of the database."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.demand.models import ForecastRun, HistoryDay, Queue, SpecialDay, Vouched
from floorwalker.apps.demand.rules.days import padded, weekday_means
from floorwalker.kernel.models import Job


def forecast_problem(run_id: int) -> dict[str, Any]:
    """Everything a run of forecasts needs, in four queries."""
    run = ForecastRun.objects.get(pk=run_id)
    queues = list(run.queues.select_related("site", "client").order_by("pk"))
    history: dict[int, list[dict[str, Any]]] = {queue.pk: [] for queue in queues}
    rows = HistoryDay.objects.filter(queue__in=queues, superseded_at=None).order_by("day")
    for row in rows.values("queue_id", "day", "offered", "handled", "handling_seconds"):
        history[row.pop("queue_id")].append({**row, "day": row["day"].isoformat()})
    special: dict[int, list[list[Any]]] = {}
    for day in SpecialDay.objects.filter(queue__in=queues, removed_at=None).order_by("day"):
        special.setdefault(day.queue_id, []).append([day.day.isoformat(), day.name, day.closed, day.factor])
    vouched: dict[int, list[list[float]]] = {}
    for each in Vouched.objects.filter(queue__in=queues, undone_at=None):
        vouched.setdefault(each.queue_id, []).append([each.start.timestamp(), each.end.timestamp()])
    return {
        "queues": [
            {
                **about(queue),
                "first_day": run.first_day.isoformat() if run.first_day else None,
                "days": run.days,
                "history": history[queue.pk],
                "special": special.get(queue.pk, []),
                "vouched": vouched.get(queue.pk, []),
            }
            for queue in queues
        ]
    }


def about(queue: Queue) -> dict[str, Any]:
    """A queue as children know it."""
    return {
        "queue_id": queue.pk,
        "name": queue.name,
        "zone": queue.zone,
        "step_seconds": queue.step_seconds,
        "countries": [queue.site.country] if queue.site.country else [],
        "aht_seconds": queue.aht_seconds,
    }


def first_forecast_problem(queue_id: int, open_slots: list[list[bool]]) -> dict[str, Any]:
    """What a queue without a past is forecast from: its settings, its hours, and the shape of another queue."""
    queue = Queue.objects.select_related("site").get(pk=queue_id)
    settings = queue.first_forecast or {}
    profile = [[float(value) for value in row] for row in open_slots]
    if settings["like"]:
        days = HistoryDay.objects.filter(queue_id=settings["like"], superseded_at=None).order_by("-day")[:56]
        by_day = {row.day: row.offered for row in days}
        shapes = [weekday_means(by_day, weekday, 8) for weekday in range(7)]
        profile = [
            [max(value or 0.0, 0.0) for value in padded(shape, len(open_))]
            for shape, open_ in zip(shapes, open_slots, strict=True)
        ]
    return {
        **about(queue),
        **{name: settings[name] for name in ("starts", "days", "contacts_per_week", "ramp_days", "uncertainty")},
        "aht_seconds": settings["aht_seconds"] or queue.aht_seconds,
        "first_day": settings["starts"],
        "open": open_slots,
        "profile": profile,
    }


def starter(job_id: int) -> dict[str, Any]:
    """Who started a job, as versions name their maker."""
    job = Job.objects.get(pk=job_id)
    return {"by_id": job.started_by_user, "by_name": job.started_by_name}
