"""Reads of forecasts: versions, the one in use, and what is expected of each day with the planner's layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from floorwalker.apps.demand.models import (
    ForecastDay,
    ForecastRun,
    ForecastVersion,
    Override,
    Queue,
    SpecialDay,
    VersionUse,
    Vouched,
)
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.queues import QUEUE_RELATIONS, visible_queues
from floorwalker.apps.demand.rules.days import day_grid
from floorwalker.apps.demand.rules.layers import Layer, handled_under, lay_over
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import not_scoped, pick, scoped
from floorwalker.science.timegrid import day_start, zone_info


def visible_versions(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[ForecastVersion]:
    return ForecastVersion.objects.filter(queue__in=visible_queues(actor, permission))


def the_version(actor: Actor, version_id: Any, permission: Permission = P.SEE_VOLUMES) -> ForecastVersion:
    return pick(visible_versions(actor, permission).select_related("queue"), version_id)


def visible_overrides(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[Override]:
    return Override.objects.filter(queue__in=visible_queues(actor, permission))


def visible_special_days(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[SpecialDay]:
    return SpecialDay.objects.filter(queue__in=visible_queues(actor, permission))


def visible_vouched(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[Vouched]:
    return Vouched.objects.filter(queue__in=visible_queues(actor, permission))


def visible_runs(actor: Actor, permission: Permission = P.MAKE_FORECASTS) -> QuerySet[ForecastRun]:
    """Runs all of whose queues are in reach."""
    beyond = Queue.objects.exclude(pk__in=visible_queues(actor, permission).values("pk"))
    found = ForecastRun.objects.exclude(queues__in=beyond)
    return found if actor.sight(permission).beyond_own else found.none()


def the_run(actor: Actor, run_id: Any) -> ForecastRun:
    return pick(visible_runs(actor), run_id)


def versions_of(queue: Queue, most: int = 60) -> list[ForecastVersion]:
    """Versions of a queue, the newest first, without their long parts."""
    found = ForecastVersion.objects.filter(queue=queue).order_by("-number")
    return list(found.defer("cleaned", "scores", "words", "special")[:most])


def in_use(queues: Iterable[Queue], as_of: datetime | None = None) -> dict[int, ForecastVersion]:
    """The version in use of each queue, by its id; as it was at a moment when one is given."""
    uses = VersionUse.objects.filter(queue__in=list(queues))
    if as_of is not None:
        uses = uses.filter(at__lte=as_of)
    latest = uses.order_by("queue_id", "-at", "-pk").distinct("queue_id").select_related("version")
    return {use.queue_id: use.version for use in latest}


@dataclass(frozen=True)
class ExpectedDay:
    """What is expected of a queue on a day: a version's values; ``mean`` and ``aht`` with the planner's layer."""

    day: date
    starts: Sequence[int]
    base: list[float]
    mean: list[float]
    p05: list[float]
    p50: list[float]
    p95: list[float]
    aht: list[float | None]
    usual: list[float | None]
    slot_cv: list[float | None]
    day_cv: float
    base_total: float
    total_p05: float
    total_p95: float

    @property
    def total(self) -> float:
        return sum(self.mean)

    @property
    def changed(self) -> bool:
        """Whether a planner's layer lies on it."""
        return any(abs(a - b) > 1e-9 for a, b in zip(self.base, self.mean, strict=True))


@dataclass(frozen=True)
class Expected:
    """A queue's forecast over some days."""

    queue: Queue
    version: ForecastVersion | None
    days: list[ExpectedDay] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)


def expected_days(
    queues: Sequence[Queue],
    first: date,
    last: date,
    *,
    as_of: datetime | None = None,
    version: ForecastVersion | None = None,
    with_layer: bool = True,
) -> dict[int, Expected]:
    """What is expected of these queues from ``first`` to ``last``, in three queries however many they are.

    As it stood at ``as_of``; of one ``version`` rather than the one in use.
    """
    versions = {version.queue_id: version} if version else in_use(queues, as_of)
    layers = _layers(queues, first, last, as_of) if with_layer else {}
    low, high = _reach(layers, first, last)
    rows: dict[int, list[ForecastDay]] = {}
    wanted = ForecastDay.objects.filter(version__in=[v.pk for v in versions.values()], day__range=(low, high))
    for row in wanted.order_by("day"):
        rows.setdefault(row.version_id, []).append(row)
    found = {}
    for queue in queues:
        used = versions.get(queue.pk)
        days = rows.get(used.pk, []) if used else []
        own = layers.get(queue.pk, [])
        found[queue.pk] = Expected(queue, used, _laid(used, days, own, first, last), own)
    return found


def active_overrides(queue: Queue, first: date, last: date) -> list[Override]:
    """A planner's changes in force that touch these days, in the order in which they apply."""
    zone = zone_info(queue.zone)
    begin, end = day_start(first, zone), day_start(last + timedelta(days=1), zone)
    touching = Q(start__lt=_moment(end), end__gt=_moment(begin))
    return list(Override.objects.filter(touching, queue=queue, undone_at=None).order_by("at", "pk"))


def the_override(actor: Actor, override_id: Any) -> Override:
    return pick(visible_overrides(actor, P.MAKE_FORECASTS).select_related("queue"), override_id)


def the_special_day(actor: Actor, special_id: Any) -> SpecialDay:
    return pick(visible_special_days(actor, P.MAKE_FORECASTS).select_related("queue"), special_id)


def the_vouched(actor: Actor, vouched_id: Any) -> Vouched:
    return pick(visible_vouched(actor, P.MAKE_FORECASTS).select_related("queue"), vouched_id)


def special_days_of(queue: Queue) -> list[SpecialDay]:
    return list(SpecialDay.objects.filter(queue=queue, removed_at=None).order_by("day"))


def vouched_of(queue: Queue) -> list[Vouched]:
    return list(Vouched.objects.filter(queue=queue, undone_at=None).order_by("start"))


def _layers(queues: Sequence[Queue], first: date, last: date, as_of: datetime | None) -> dict[int, list[Layer]]:
    """Changes in force by queue; of those that touch any of the days in any of the zones."""
    begin = datetime.combine(first - timedelta(days=1), time.min, UTC)
    end = datetime.combine(last + timedelta(days=2), time.min, UTC)
    found = Override.objects.filter(queue__in=list(queues), start__lt=end, end__gt=begin)
    if as_of is None:
        found = found.filter(undone_at=None)
    else:
        found = found.filter(at__lte=as_of).filter(Q(undone_at=None) | Q(undone_at__gt=as_of))
    layers: dict[int, list[Layer]] = {}
    for each in found.order_by("at", "pk"):
        layer = Layer(each.pk, each.start.timestamp(), each.end.timestamp(), each.kind, each.value, each.reason)
        layers.setdefault(each.queue_id, []).append(layer)
    return layers


def _reach(layers: dict[int, list[Layer]], first: date, last: date) -> tuple[date, date]:
    """Days to read: a number set for a stretch needs all of the stretch."""
    every = [layer for own in layers.values() for layer in own]
    low = min([first, *(_moment(layer.start).date() - timedelta(days=1) for layer in every)])
    high = max([last, *(_moment(layer.end).date() + timedelta(days=1) for layer in every)])
    return low, high


def _laid(
    version: ForecastVersion | None, rows: list[ForecastDay], layers: list[Layer], first: date, last: date
) -> list[ExpectedDay]:
    if version is None or not rows:
        return []
    grids = [day_grid(row.day, version.step_minutes, version.zone) for row in rows]
    base = [value or 0.0 for row in rows for value in row.mean]
    mean = lay_over([start for grid in grids for start in grid.starts], base, layers) if layers else base
    found, place = [], 0
    for row, grid in zip(rows, grids, strict=True):
        here = slice(place, place + len(row.mean))
        place = here.stop
        if not first <= row.day <= last:
            continue
        ratios = [m / b if b > 0 else 1.0 for m, b in zip(mean[here], base[here], strict=True)]
        whole = sum(mean[here]) / row.total if row.total > 0 else 1.0

        def scaled(values: Sequence[float | None], ratios: Sequence[float] = ratios) -> list[float]:
            return [(value or 0.0) * ratio for value, ratio in zip(values, ratios, strict=True)]

        found.append(
            ExpectedDay(
                row.day,
                grid.starts,
                base[here],
                mean[here],
                scaled(row.p05),
                scaled(row.p50),
                scaled(row.p95),
                handled_under(grid.starts, row.aht, layers),
                row.usual,
                row.slot_cv,
                row.day_cv,
                row.total,
                row.total_p05 * whole,
                row.total_p95 * whole,
            )
        )
    return found


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


for _model, _visible, _canary, _key, _fixed in (
    (ForecastVersion, visible_versions, "method", "version_id", ("zone", "sha256")),
    (Override, visible_overrides, "reason", "override_id", ()),
    (SpecialDay, visible_special_days, "name", "special_id", ()),
    (Vouched, visible_vouched, "reason", "vouched_id", ()),
):
    scoped(_model, _visible, P.SEE_VOLUMES, canary=_canary, key=_key, relations=QUEUE_RELATIONS, fixed=_fixed)
scoped(ForecastRun, visible_runs, P.MAKE_FORECASTS, canary="by_name", key="run_id", relations=("site",))
not_scoped(ForecastDay, "read only through its version")
not_scoped(VersionUse, "read only to find a queue's version")
