"""Reads shaped for the pages of queues and their past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.apps.demand.models import ForecastDay, ForecastVersion, HistoryDay, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.forecasts import in_use
from floorwalker.apps.demand.queries.history import Held, days_of, held_of
from floorwalker.apps.demand.queries.queues import queues_in_order
from floorwalker.apps.demand.rules.days import day_grid, days_between, moments, monday_of, padded, total
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class QueueLine:
    """One queue in the list."""

    queue: Queue
    held: Held
    version: ForecastVersion | None = None
    next_week: float | None = None  # contacts of the first seven days
    error: float | None = None  # of the chosen method, tried on the past
    stale: bool = False  # history has come since


def queue_lines(actor: Actor) -> list[QueueLine]:
    """Every queue in use with its past and what comes next, in five queries however many there are."""
    queues = list(queues_in_order(actor, P.SEE_VOLUMES))
    held = held_of(queues)
    used = in_use(queues)
    totals: dict[int, list[float]] = {}
    reach = {version.pk: version.first_day + timedelta(days=7) for version in used.values()}
    days = ForecastDay.objects.filter(version__in=reach).values_list("version_id", "day", "total")
    first = min((version.first_day for version in used.values()), default=date.min)
    for version_id, day, total_ in days.filter(day__range=(first, first + timedelta(days=VIEWS["quarter"]))):
        if day < reach[version_id]:
            totals.setdefault(version_id, []).append(total_)
    found = []
    for queue in queues:
        version, past = used.get(queue.pk), held.get(queue.pk, Held())
        chosen = version.scores.get("methods", {}).get(version.scores.get("chosen", "")) if version else None
        found.append(
            QueueLine(
                queue,
                past,
                version=version,
                error=chosen["wape"] if chosen else None,
                stale=bool(version and past.last and version.origin and past.last > version.origin),
                next_week=sum(totals[version.pk]) if version and version.pk in totals else None,
            )
        )
    return found


@dataclass(frozen=True)
class Span:
    """The stretch of days a page shows: one day, a week, or many weeks by the day."""

    view: str
    first: date
    last: date

    @property
    def by_interval(self) -> bool:
        return self.view in ("day", "week")

    @property
    def before(self) -> date:
        return self.first - timedelta(days=(self.last - self.first).days + 1)

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)


VIEWS = {"day": 1, "week": 7, "quarter": 91, "year": 364}


def span(view: str, day: date) -> Span:
    """The stretch that holds a day: the day itself, its week, or weeks from its Monday on."""
    if view == "day":
        return Span(view, day, day)
    view = view if view in VIEWS else "week"
    first = monday_of(day)
    return Span(view, first, first + timedelta(days=VIEWS[view] - 1))


@dataclass(frozen=True)
class Series:
    """A queue's history over a span: points with what came, answered, abandoned, and mean handling time."""

    points: Sequence[datetime] | Sequence[date]
    offered: list[float | None]
    answered: list[float | None]
    abandoned: list[float | None]
    aht: list[float | None]


def history_series(queue: Queue, shown: Span) -> Series:
    rows = {row.day: row for row in days_of(queue, shown.first, shown.last)}
    days = days_between(shown.first, shown.last)
    if not shown.by_interval or queue.step_minutes == 1440:
        return Series(
            days,
            [rows[day].total if day in rows else None for day in days],
            [total(rows[day].answered) if day in rows else None for day in days],
            [total(rows[day].abandoned) if day in rows else None for day in days],
            [_mean(total(rows[d].handling_seconds), total(rows[d].handled)) if d in rows else None for d in days],
        )
    points: list[datetime] = []
    found: dict[str, list[float | None]] = {name: [] for name in ("offered", "answered", "abandoned", "aht")}
    for day in days:
        starts = moments(day_grid(day, queue.step_minutes, queue.zone))
        points += starts
        row = rows.get(day) or HistoryDay()
        for name in ("offered", "answered", "abandoned"):
            found[name] += padded(getattr(row, name), len(starts))
        seconds, handled = padded(row.handling_seconds, len(starts)), padded(row.handled, len(starts))
        found["aht"] += [_mean(s, h) for s, h in zip(seconds, handled, strict=True)]
    return Series(points, **found)


def _mean(seconds: float | None, handled: float | None) -> float | None:
    return round(seconds / handled, 1) if seconds is not None and handled else None
