"""What a roster run is given: everything it reads, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from floorwalker.apps.schedules.models import Run, ShiftPattern, Week
from floorwalker.apps.schedules.queries.needs import QueueRow
from floorwalker.apps.schedules.rules.checking import labels
from floorwalker.apps.schedules.rules.cover import Need, needed_on
from floorwalker.apps.schedules.rules.patterns import Pattern, catalogue
from floorwalker.apps.schedules.rules.stints import Worker
from floorwalker.science.rostering import Shift
from floorwalker.science.timegrid import TimeGrid


def patterns_of(site_id: int) -> list[Pattern]:
    """The shifts a site offers; none: the solver makes them to fit the opening hours."""
    rows = ShiftPattern.objects.filter(site=site_id, archived=False).order_by(
        "starts_from", "length_minutes", "pk"
    )
    return [pattern_of(row) for row in rows]


def pattern_of(row: ShiftPattern) -> Pattern:
    def minute(clock: Any) -> int:
        return clock.hour * 60 + clock.minute

    return Pattern(
        row.name,
        minute(row.starts_from),
        minute(row.starts_until),
        row.every_minutes,
        row.length_minutes,
        row.meal_minutes,
        row.meal_slack_minutes,
        frozenset(row.weekdays),
    )


def problem_of(
    week: Week,
    people: Sequence[Worker],
    needs: Iterable[Need],
    queues: Sequence[QueueRow],
    *,
    effort: str,
    seed: int,
) -> dict[str, Any]:
    """The problem as JSON keeps it."""
    return {
        "first_day": week.first_day.isoformat(),
        "zone": week.site.zone,
        "effort": effort,
        "seed": seed,
        "needs": list(_needs(week, list(needs), queues)),
        "shifts": [_shift(each) for each in catalogue(patterns_of(week.site_id))],
        "people": [_person(each, label, week) for each, label in zip(people, labels(people), strict=True)],
    }


def plain_problem(run_id: int) -> dict[str, Any]:
    """What the work of a run is given; named after the run, so that its shifts are."""
    run = Run.objects.get(pk=run_id)
    return {"run": f"run {run.pk}", **run.problem}


def _needs(week: Week, needs: list[Need], queues: Sequence[QueueRow]) -> Iterable[dict[str, Any]]:
    for queue in queues:
        own = [need for need in needs if need.queue == queue.id]
        if not own:
            continue
        step = min(need.step_seconds for need in own)
        grid = TimeGrid(week.first_day, 7, step, week.site.zone)
        needed = [n for day in grid.dates for n in needed_on(TimeGrid(day, 1, step, week.site.zone), own)]
        yield {"queue": queue.id, "name": queue.name, "step_seconds": step, "needed": needed}


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "name": shift.name,
        "start_minute": shift.start_minute,
        "length_minutes": shift.length_minutes,
        "meal_minutes": shift.meal_minutes,
        "meal_earliest": shift.meal_earliest,
        "meal_latest": shift.meal_latest,
        "weekdays": sorted(shift.weekdays),
    }


def _person(worker: Worker, label: str, week: Week) -> dict[str, Any]:
    return {
        "id": worker.id,
        "label": label,
        "least_hours": worker.least_hours,
        "most_hours": worker.most_hours,
        "most_days": worker.most_days,
        "least_rest_hours": worker.least_rest_hours,
        "most_days_in_a_row": worker.most_days_in_a_row,
        "days_off": sorted(day.isoformat() for day in {*worker.days_off, *_not_here(worker, week)}),
        "available": [list(window) for window in worker.available],
        "queues": sorted(worker.queues) if worker.queues is not None else [],
    }


def _not_here(worker: Worker, week: Week) -> set[date]:
    """Days of the week before the first or after the last of their days here."""
    return {day for day in TimeGrid(week.first_day, 7, 3600, week.site.zone).dates if not worker.employed(day)}
