"""The plan put to the test: each roster simulated, beside what the formulas expect of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.planning.resolve import Decisions
from floorwalker.cli.report import words
from floorwalker.science.forecasting import Forecast
from floorwalker.science.outcome import Stop
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.rostering import Roster, lucks, on_phones, roster_model
from floorwalker.science.staffing import Achieved, Check, QueueAudit, Served, audit

LUCKS = 5  # models of one roster, among which the fractions of people there are spread
AUDIT_COLUMNS = (
    "queue",
    "start",
    "contacts",
    "claimed",
    "achieved",
    "low",
    "high",
    "within_two_points",
    "abandoned_claimed",
    "abandoned",
)


def simulated(
    forecast: Forecast,
    roster: Roster,
    expected: Achieved,
    decisions: Decisions,
    *,
    replications: int,
    seed: int,
    stop: Stop,
) -> QueueAudit:
    """The audit of one queue's roster: people there, a share of them away, contacts as expected."""
    assert isinstance(decisions.goals.target, ServiceTarget)
    served = Served(forecast, decisions.goals.target, decisions.patience_seconds)
    people = on_phones(roster, forecast.queue)
    presence = (1 - decisions.shrinkage) * (1 - decisions.absence)
    models = [roster_model([served], people, presence=presence, luck=luck) for luck in lucks(LUCKS)]
    found = audit(models, {forecast.queue: expected}, replications=replications, seed=seed, stop=stop)
    return found.of(forecast.queue)


def audit_rows(plan: Plan) -> Iterator[Sequence[object]]:
    """One row an interval in which contacts are expected."""
    for each in plan.queues:
        if each.audit is not None:
            for start, check in zip(each.audit.grid.isoformat(), each.audit.intervals, strict=True):
                if check is not None:
                    yield each.queue, start, *_row(check)


def _row(check: Check) -> tuple[object, ...]:
    low, high = check.achieved.low, check.achieved.high
    numbers = (check.contacts, check.claimed, check.achieved.mean, max(0.0, low), min(1.0, high))
    lost = (check.abandoned_claimed, check.abandoned.mean)
    return (*map(_short, numbers), "yes" if check.within else "no", *map(_short, lost))


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def verdict(each: QueuePlan) -> str:
    """“simulated 78.1 % (77.5–78.7)”, and on how many days the claim is off; nothing without an audit."""
    if each.audit is None:
        return ""
    total = each.audit.total
    days = [check for check in each.audit.days if check]
    off = sum(not check.within for check in days)
    found = f"simulated {words.band(total)}"
    if off:
        return f"{found}, {off} of {len(days)} days off by more than 2 points"
    return f"{found}, every day within 2 points"
