"""What each source had said before the fact, as of any moment, and how good it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from floorwalker.apps.demand.models import (
    ClientForecastDay,
    ForecastDay,
    ForecastVersion,
    HistoryDay,
    Override,
    Queue,
    RecordDay,
    VersionUse,
)
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.queues import QUEUE_RELATIONS, visible_queues
from floorwalker.apps.demand.rules.days import day_grid, days_between
from floorwalker.apps.demand.rules.layers import Layer, lay_over
from floorwalker.apps.demand.rules.record import Said, Score, before, on_the_same_days, score
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped
from floorwalker.science.timegrid import day_start, zone_info

S = RecordDay.Source


def visible_record(actor: Actor, permission: Permission = P.SEE_RECORD) -> QuerySet[RecordDay]:
    return RecordDay.objects.filter(queue__in=visible_queues(actor, permission))


@dataclass(frozen=True)
class DayAgainstForecast:
    """What was forecast for a queue's day shortly before it, and what came."""

    queue: Queue
    day: date
    expected: float
    actual: float


def days_against_forecast(actor: Actor, first: date, last: date) -> list[DayAgainstForecast]:
    """Days of the queues whose volumes this actor sees, by the planner's forecast where there is one."""
    seen = visible_queues(actor, P.SEE_VOLUMES)
    rows = RecordDay.objects.filter(queue__in=seen, day__range=(first, last), days=1).select_related("queue")
    order = {S.PLANNER: 0, S.BLEND: 1, S.STATISTICAL: 2}
    best: dict[tuple[int, date], RecordDay] = {}
    for row in sorted(rows.exclude(source=S.CLIENT), key=lambda row: (order[S(row.source)], row.lead_days)):
        best.setdefault((row.queue_id, row.day), row)
    return [DayAgainstForecast(row.queue, row.day, row.expected, row.actual) for row in best.values()]


class Sayings:
    """Everything said about a queue's days in a stretch, to be asked what stood at a moment; six queries."""

    def __init__(self, queue: Queue, first: date, last: date, as_of: datetime | None = None) -> None:
        self.queue, self.first, self.last = queue, first, last
        self.zone = zone_info(queue.zone)
        until = {"as_of": as_of} if as_of else {}
        self.actual = _actuals(queue, first - timedelta(days=6), last, as_of)
        versions = ForecastVersion.objects.filter(queue=queue, first_day__lte=last).order_by("made_at", "pk")
        versions = versions.filter(made_at__lte=as_of) if until else versions
        self.versions = list(versions.only("pk", "source", "made_at", "step_minutes", "zone", "first_day", "days"))
        rows = ForecastDay.objects.filter(
            version__in=[v.pk for v in self.versions], day__range=(first - timedelta(days=6), last)
        )
        self.totals = {(v, day): total for v, day, total in rows.values_list("version_id", "day", "total")}
        uses = VersionUse.objects.filter(queue=queue).order_by("at", "pk")
        uses = uses.filter(at__lte=as_of) if until else uses
        by_id = {version.pk: version for version in self.versions}
        self.uses = [(at, by_id[v]) for at, v in uses.values_list("at", "version_id") if v in by_id]
        self.client = _client_sayings(queue, first - timedelta(days=6), last, as_of)
        changes = Override.objects.filter(queue=queue, **_touching(first, last))
        # How long a contact takes is no word on how many come.
        self.overrides = list(changes.exclude(kind=Override.Kind.HANDLING).order_by("at", "pk"))

    def moment(self, day: date, lead_days: int) -> datetime:
        """The last moment at which a forecast counts: the local start of the day so many days before."""
        return datetime.fromtimestamp(day_start(day - timedelta(days=lead_days - 1), self.zone), UTC)

    def of_version(self, source: str, day: date, moment: datetime) -> tuple[datetime, float] | None:
        """The day's total in the latest version of a source made before the moment that reaches the day."""
        found = None
        for version in self.versions:
            if version.made_at >= moment:
                break
            if version.source == source and (version.pk, day) in self.totals:
                found = version.made_at, self.totals[version.pk, day]
        return found

    def of_client(self, day: date, moment: datetime) -> tuple[datetime, tuple[float, int]] | None:
        """What the client had said of the day (or the week that begins then)."""
        return before(self.client.get(day, []), moment)

    def of_planner(self, day: date, moment: datetime) -> tuple[datetime, float] | None:
        """The forecast then in use with the planner's changes then in force; nothing where there was none."""
        used = before(self.uses, moment)
        if used is None or (used[1].pk, day) not in self.totals:
            return None
        standing = [o for o in self.overrides if o.at < moment and (o.undone_at is None or o.undone_at >= moment)]
        version = used[1]
        grid = day_grid(day, version.step_minutes, version.zone)
        begin, end = grid.starts[0], grid.starts[-1] + grid.lengths[-1]
        touching = [o for o in standing if o.start.timestamp() < end and o.end.timestamp() > begin]
        if not touching:
            return used[0], self.totals[version.pk, day]
        return max(o.at for o in touching), self._laid(version, day, touching)

    def _laid(self, version: ForecastVersion, day: date, overrides: Sequence[Override]) -> float:
        low = min([day, *(o.start.astimezone(self.zone).date() for o in overrides)])
        high = max([day, *(o.end.astimezone(self.zone).date() for o in overrides)])
        rows = list(ForecastDay.objects.filter(version=version, day__range=(low, high)).order_by("day"))
        starts, values, here = [], [], slice(0)
        for row in rows:
            grid = day_grid(row.day, version.step_minutes, version.zone)
            if row.day == day:
                here = slice(len(values), len(values) + len(row.mean))
            starts += grid.starts
            values += [value or 0.0 for value in row.mean]
        layers = [Layer(o.pk, o.start.timestamp(), o.end.timestamp(), o.kind, o.value) for o in overrides]
        return sum(lay_over(starts, values, layers)[here])


def said_of(sayings: Sayings, lead_days: int) -> list[RecordDay]:
    """What each source had said of every known day, so many days before it; weeks where a client says weeks."""
    found = []
    for day in days_between(sayings.first, sayings.last):
        actual = sayings.actual.get(day)
        moment = sayings.moment(day, lead_days)
        client = sayings.of_client(day, moment)
        if client and client[1][1] == 7:
            found += _week(sayings, day, lead_days, moment, client)
        if actual is None:
            continue
        said: dict[str, tuple[datetime, float] | None] = {
            S.STATISTICAL: sayings.of_version(ForecastVersion.Source.STATISTICAL, day, moment),
            S.BLEND: sayings.of_version(ForecastVersion.Source.BLEND, day, moment),
            S.PLANNER: sayings.of_planner(day, moment),
            S.CLIENT: (client[0], client[1][0]) if client and client[1][1] == 1 else None,
        }
        found += [_row(sayings.queue, day, 1, lead_days, s, told, actual) for s, told in said.items() if told]
    return found


def _week(
    sayings: Sayings, monday: date, lead: int, moment: datetime, client: tuple[datetime, tuple[float, int]]
) -> list[RecordDay]:
    days = [monday + timedelta(days=number) for number in range(7)]
    actuals = [sayings.actual.get(day) for day in days]
    if any(actual is None for actual in actuals):
        return []
    whole = float(sum(actual or 0.0 for actual in actuals))
    said: dict[str, tuple[datetime, float] | None] = {S.CLIENT: (client[0], client[1][0])}
    for source, ask in (
        (S.STATISTICAL, lambda day: sayings.of_version(ForecastVersion.Source.STATISTICAL, day, moment)),
        (S.BLEND, lambda day: sayings.of_version(ForecastVersion.Source.BLEND, day, moment)),
        (S.PLANNER, lambda day: sayings.of_planner(day, moment)),
    ):
        told = [ask(day) for day in days]
        if all(told):
            said[source] = max(t[0] for t in told if t), sum(t[1] for t in told if t)
    return [_row(sayings.queue, monday, 7, lead, s, told, whole) for s, told in said.items() if told]


def _row(
    queue: Queue, day: date, days: int, lead: int, source: str, told: tuple[datetime, float], actual: float
) -> RecordDay:
    return RecordDay(
        queue=queue,
        day=day,
        days=days,
        lead_days=lead,
        source=source,
        expected=told[1],
        actual=actual,
        made_at=told[0],
    )


@dataclass(frozen=True)
class SourceScore:
    """One source in the record of a queue."""

    source: str
    label: str
    score: Score
    best: bool


@dataclass(frozen=True)
class QueueRecord:
    """The record of a queue: its sources on the same days, the best first."""

    queue: Queue
    sources: list[SourceScore]
    same_days: bool
    by_week: bool


def last_judged(queues: Sequence[Queue]) -> date | None:
    """The latest day anything was judged on."""
    rows = RecordDay.objects.filter(queue__in=list(queues)).order_by("-day")
    return rows.values_list("day", flat=True).first()


def record_of(queues: Sequence[Queue], first: date, last: date, lead_days: int) -> list[QueueRecord]:
    """The record of queues over a stretch, in one query."""
    rows = RecordDay.objects.filter(queue__in=list(queues), day__range=(first, last), lead_days=lead_days)
    said: dict[tuple[int, int], dict[str, list[Said]]] = {}
    wanted = rows.order_by("day").values_list("queue_id", "source", "day", "days", "expected", "actual")
    for queue, source, *one in wanted:
        told = Said(*one)
        said.setdefault((queue, told.days), {}).setdefault(source, []).append(told)
    return [_scored(queue, said) for queue in queues]


def _scored(queue: Queue, said: dict[tuple[int, int], dict[str, list[Said]]]) -> QueueRecord:
    by_week = S.CLIENT in said.get((queue.pk, 7), {}) and S.CLIENT not in said.get((queue.pk, 1), {})
    shared, same = on_the_same_days(said.get((queue.pk, 7 if by_week else 1), {}))
    scores = {source: score(each) for source, each in shared.items()}
    known = {source: s.wape for source, s in scores.items() if s.wape is not None and not s.too_few}
    best = min(known, key=lambda source: known[source]) if len(known) > 1 else None
    ordered = sorted(scores.items(), key=lambda each: (each[1].wape is None, each[1].wape or 0.0))
    return QueueRecord(
        queue, [SourceScore(s, str(S(s).label), each, s == best) for s, each in ordered], same, by_week
    )


def _actuals(queue: Queue, first: date, last: date, as_of: datetime | None) -> dict[date, float]:
    rows = HistoryDay.objects.filter(queue=queue, day__range=(first, last), total__isnull=False)
    rows = rows.filter(superseded_at=None) if as_of is None else rows.filter(stored_at__lte=as_of)
    return dict(rows.order_by("stored_at").values_list("day", "total"))


def _client_sayings(
    queue: Queue, first: date, last: date, as_of: datetime | None
) -> dict[date, list[tuple[datetime, tuple[float, int]]]]:
    rows = ClientForecastDay.objects.filter(forecast__queue=queue, day__range=(first, last))
    rows = rows.filter(forecast__submitted_at__lte=as_of) if as_of else rows
    found: dict[date, list[tuple[datetime, tuple[float, int]]]] = {}
    ordered = rows.order_by("forecast__number").values_list("day", "days", "total", "forecast__submitted_at")
    for day, days, total, at in ordered:
        found.setdefault(day, []).append((at, (total, days)))
    return found


def _touching(first: date, last: date) -> dict[str, Any]:
    low = datetime.combine(first - timedelta(days=7), datetime.min.time(), UTC)
    high = datetime.combine(last + timedelta(days=2), datetime.min.time(), UTC)
    return {"start__lt": high, "end__gt": low}


scoped(RecordDay, visible_record, P.SEE_RECORD, canary=(), key="record_day_id", relations=QUEUE_RELATIONS)


def latest_statistical(queue: Queue) -> ForecastVersion | None:
    """The newest forecast from the history."""
    found = ForecastVersion.objects.filter(queue=queue, source=ForecastVersion.Source.STATISTICAL)
    return found.order_by("-number").first()


def client_ahead(queue: Queue, first: date) -> bool:
    """Whether the client has said something about days from ``first`` on."""
    return ClientForecastDay.objects.filter(forecast__queue=queue, day__gte=first).exists()


BLEND_LEAD = 7


def blend_problem(queue_id: int) -> dict[str, Any]:
    """Our newest forecast, the client's newest numbers for its days, and the record of both."""
    queue = Queue.objects.get(pk=queue_id)
    version = latest_statistical(queue)
    if version is None:
        raise LookupError(f"queue {queue_id} has no forecast from its history")
    days = list(ForecastDay.objects.filter(version=version).order_by("day"))
    last = version.first_day + timedelta(days=version.days - 1)
    rows = ClientForecastDay.objects.filter(
        forecast__queue=queue, day__range=(version.first_day - timedelta(days=6), last)
    )
    newest: dict[date, ClientForecastDay] = {}
    for row in rows.select_related("forecast").order_by("forecast__number"):
        newest[row.day] = row
    return {
        "name": queue.name,
        "version": version.pk,
        "first_day": version.first_day.isoformat(),
        "days": version.days,
        "step_seconds": version.step_minutes * 60,
        "zone": version.zone,
        "ours": [{"mean": d.mean, "aht": d.aht, "slot_cv": d.slot_cv, "day_cv": d.day_cv} for d in days],
        "usual": [d.usual for d in days],
        **{
            name: getattr(version, name)
            for name in ("notes", "words", "scores", "cleaned", "special", "aht_known")
        },
        "method": version.method,
        "slot_correlation": version.slot_correlation,
        "day_correlation": version.day_correlation,
        "origin": version.origin.isoformat() if version.origin else None,
        "client": [[row.day.isoformat(), row.days, row.total, row.values] for row in newest.values()],
        "client_forecasts": sorted({row.forecast_id for row in newest.values()}),
        "record": _record_for(queue),
    }


def _record_for(queue: Queue) -> dict[str, list[float | None]]:
    """Ours and the client's on the stretches the client speaks in, oldest first."""
    rows = RecordDay.objects.filter(queue=queue, lead_days=BLEND_LEAD, source__in=[S.STATISTICAL, S.CLIENT])
    told: dict[tuple[date, int], dict[str, float]] = {}
    for row in rows.order_by("day"):
        told.setdefault((row.day, row.days), {"actual": row.actual})[row.source] = row.expected
    spans = [each for each in told.values() if S.CLIENT in each]
    return {
        "actual": [each["actual"] for each in spans],
        S.STATISTICAL.value: [each.get(S.STATISTICAL) for each in spans],
        S.CLIENT.value: [each.get(S.CLIENT) for each in spans],
    }


def record_reach(queue: Queue) -> tuple[date, date] | None:
    """The days a queue's record can be kept for: from its first saying on, as far as history is known."""
    said = [
        day
        for day in (
            ForecastVersion.objects.filter(queue=queue)
            .order_by("first_day")
            .values_list("first_day", flat=True)
            .first(),
            ClientForecastDay.objects.filter(forecast__queue=queue)
            .order_by("day")
            .values_list("day", flat=True)
            .first(),
        )
        if day
    ]
    last = (
        HistoryDay.objects.filter(queue=queue, superseded_at=None)
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )
    return (min(said), last) if said and last and last >= min(said) else None
