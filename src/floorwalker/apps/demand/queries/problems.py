"""What children get to compute with: plain values out of the database."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.demand.models import ForecastRun, HistoryDay, Queue, SpecialDay, Vouched


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
