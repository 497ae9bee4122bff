"""A plan put to the test: the service level it claims beside the one a simulation of it achieves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.outcome import Stop
from floorwalker.science.queueing import Definition, ServiceTarget
from floorwalker.science.simulation import Estimate, Model, Simulation, ratio, simulate
from floorwalker.science.staffing.cover import Achieved, achieved
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.simulated import Served, counted_model
from floorwalker.science.staffing.workload import Floats
from floorwalker.science.timegrid import TimeGrid

TOLERANCE = 0.02  # of a service level: a claim is right within two points
REPLICATIONS = 100
WITHOUT_LIMIT = Stop()
MEASURES = ("offered", "answered", "abandoned", "answered_within", "abandoned_within", "value", "lost_cost")


@dataclass(frozen=True)
class Check:
    """One stretch of time of one queue: service level and lost contacts, claimed and achieved (95 % band)."""

    contacts: float
    claimed: float
    achieved: Estimate
    abandoned_claimed: float
    abandoned: Estimate
    worth: Estimate  # of those answered in time, less the cost of those lost; 0 where the model gives no value

    @property
    def gap(self) -> float:
        """Achieved less claimed; below 0 the plan promises too much."""
        return self.achieved.mean - self.claimed

    @property
    def within(self) -> bool:
        """Whether the claim is right within two points."""
        return abs(self.gap) <= TOLERANCE

    @property
    def sure(self) -> bool:
        """Whether the whole band says the same as :attr:`within`."""
        off, half = abs(self.gap), self.achieved.half_width
        return off + half <= TOLERANCE if self.within else off - half > TOLERANCE

    def to_dict(self) -> dict[str, Any]:
        return {
            "contacts": self.contacts,
            "claimed": self.claimed,
            "achieved": self.achieved.mean,
            "low": self.achieved.low,
            "high": self.achieved.high,
            "within_two_points": self.within,
            "sure": self.sure,
            "abandoned_claimed": self.abandoned_claimed,
            "abandoned": self.abandoned.mean,
            "abandoned_low": self.abandoned.low,
            "abandoned_high": self.abandoned.high,
        }


@dataclass(frozen=True)
class QueueAudit:
    """One queue: every interval (None where no contacts are expected), every day, and all of it."""

    queue: str
    grid: TimeGrid
    target: ServiceTarget
    intervals: tuple[Check | None, ...]
    days: tuple[Check | None, ...]
    total: Check

    def to_dict(self) -> dict[str, Any]:
        dates = zip(self.grid.dates, self.days, strict=True)
        starts = zip(self.grid.isoformat(), self.intervals, strict=True)
        return {
            "queue": self.queue,
            "target": str(self.target),
            "definition": self.target.definition.value,
            "total": self.total.to_dict(),
            "days": [{"day": day.isoformat(), **check.to_dict()} for day, check in dates if check],
            "intervals": [{"start": start, **check.to_dict()} for start, check in starts if check],
        }


@dataclass(frozen=True)
class Audit:
    """All queues of a plan, from so many replications."""

    queues: tuple[QueueAudit, ...]
    replications: int
    seed: int

    def of(self, queue: str) -> QueueAudit:
        """The audit of that queue."""
        for each in self.queues:
            if each.queue == queue:
                return each
        names = ", ".join(each.queue for each in self.queues)
        raise InvalidInput(f"queue {queue!r} is not in the audit; it has {names}")

    def to_dict(self) -> dict[str, Any]:
        queues = [each.to_dict() for each in self.queues]
        return {"replications": self.replications, "seed": self.seed, "queues": queues}


def audit(
    models: Model | Sequence[Model],
    claimed: Mapping[str, Achieved],
    *,
    replications: int = REPLICATIONS,
    seed: int = 0,
    workers: int | None = None,
    stop: Stop = WITHOUT_LIMIT,
) -> Audit:
    """Simulate a plan and hold what ``claimed`` says of each queue against it.

    Several ``models`` of one plan (as by ``roster_model`` with luck spread evenly) share the replications. Service
    levels are ratios of sums over all replications: every contact counts once, intervals with many weigh more.
    """
    given = (models,) if isinstance(models, Model) else tuple(models)
    each_time = max(2, -(-replications // len(given)))
    runs: list[Simulation] = []
    for number, model in enumerate(given):
        told = seed if len(given) == 1 else seed + 1_000_003 * number
        piece = stop.piece(number / len(given), 1 / len(given))
        runs.append(simulate(model, replications=each_time, seed=told, workers=workers, stop=piece))
    found = {name: np.concatenate([run.batches(name) for run in runs]) for name in MEASURES}
    sizes = np.concatenate([run.kept.sizes for run in runs])
    names = given[0].type_names
    unknown = sorted(set(names) - set(claimed))
    if unknown:
        raise InvalidInput(f"nothing is claimed of the queue {unknown[0]!r}; give what each queue is to achieve")
    queues = tuple(
        _queue_audit(name, claimed[name], {what: values[:, place] for what, values in found.items()}, sizes)
        for place, name in enumerate(names)
    )
    return Audit(queues, sum(run.replications for run in runs), seed)


def audit_day(
    forecast: Forecast,
    need: Requirement,
    day: int,
    *,
    patience_seconds: float | None = None,
    replications: int = REPLICATIONS,
    seed: int = 0,
    workers: int | None = None,
) -> QueueAudit:
    """One day of a requirement (``day`` counts from 0), whole agents on the phones as required, simulated."""
    part = forecast.grid.day_slice(day)
    grid = TimeGrid(forecast.grid.dates[day], 1, forecast.grid.step_seconds, forecast.grid.zone)
    spread = replace(forecast.spread, day_cv=forecast.spread.day_cv[[day]], slot_cv=forecast.spread.slot_cv[part])
    alone = replace(
        forecast,
        grid=grid,
        contacts=forecast.contacts[part],
        aht_seconds=forecast.aht_seconds[part],
        open=forecast.open[part],
        spread=spread,
    )
    agents = need.required[part]
    model = counted_model([Served(alone, need.target, patience_seconds)], {forecast.queue: agents})
    claimed = achieved(alone, agents, need.target, patience_seconds)
    found = audit(model, {forecast.queue: claimed}, replications=replications, seed=seed, workers=workers)
    return found.of(forecast.queue)


def _queue_audit(queue: str, claimed: Achieved, counts: dict[str, Floats], sizes: Floats) -> QueueAudit:
    """``counts`` have shape (batches, intervals), ``sizes`` are the replications of each batch."""
    grid = claimed.grid
    cells = [slice(i, i + 1) for i in range(len(grid))]
    days = [grid.day_slice(day) for day in range(grid.days)]
    whole = _check(claimed, counts, sizes, slice(0, len(grid)))
    return QueueAudit(
        queue=queue,
        grid=grid,
        target=claimed.target,
        intervals=tuple(_check_if_busy(claimed, counts, sizes, part) for part in cells),
        days=tuple(_check_if_busy(claimed, counts, sizes, part) for part in days),
        total=whole,
    )


def _check_if_busy(claimed: Achieved, counts: dict[str, Floats], sizes: Floats, part: slice) -> Check | None:
    return _check(claimed, counts, sizes, part) if claimed.contacts[part].sum() > 0 else None


def _check(claimed: Achieved, counts: dict[str, Floats], sizes: Floats, part: slice) -> Check:
    total = claimed.total(part)
    sums = {name: values[:, part].sum(axis=1) for name, values in counts.items()}
    return Check(
        contacts=total.contacts,
        claimed=total.service_level,
        achieved=service_level(claimed.target, sums, int(sizes.sum())),
        abandoned_claimed=total.abandoned,
        abandoned=ratio(sums["abandoned"], sizes, int(sizes.sum())),
        worth=ratio(sums["value"] - sums["lost_cost"], sizes, int(sizes.sum())),
    )


def service_level(target: ServiceTarget, sums: Mapping[str, Floats], replications: int) -> Estimate:
    """The service level over all replications, from one sum a batch; 1 where nobody counts."""
    met, of = sums["answered_within"], sums["offered"]
    if target.definition is Definition.LATE_ABANDONS:
        of = of - sums["abandoned_within"]
    elif target.definition is Definition.ANSWERED_ONLY:
        of = sums["answered"]
    elif target.definition is Definition.QUICK_ABANDONS_MET:
        met = met + sums["abandoned_within"]
    return ratio(met, of, replications) if of.sum() > 0 else Estimate(1.0, 0.0, replications)
