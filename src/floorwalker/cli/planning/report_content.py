"""A plan as the report shows it."""

from __future__ import annotations

import numpy as np

from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.report import (
    Advice,
    MethodScore,
    OneMore,
    PlanReport,
    QueueReport,
    RosterResult,
    one_more_person,
    overstaffed,
    short_hours,
)
from floorwalker.science.forecasting import Change, profile_in_words
from floorwalker.science.staffing import achieved
from floorwalker.science.timegrid import TimeGrid

DAY_PATHS = 500
WINDOW_HOURS = 4  # half a shift: the smallest piece of work one more person would be asked for
SHOWN_CHANGES = 40


def report_content(plan: Plan, directory: str) -> PlanReport:
    """Everything the page shows, from the plan alone."""
    facts = plan.snapshot.facts
    rejects = list(facts.rejects)
    if facts.rejected > len(rejects):
        rejects.append(f"… and {facts.rejected - len(rejects)} more lines like these")
    if facts.left_out:
        rejects.append(f"{facts.left_out} sound lines that are no contacts for an agent were left out")
    if facts.duplicates:
        rejects.append(f"{facts.duplicates} lines came twice and count once")
    settings = {k: v for k, v in plan.settings.to_dict().items() if v is not None}
    return PlanReport(
        queues=tuple(_queue(each, plan) for each in plan.queues),
        guesses=plan.guesses,
        warnings=plan.warnings,
        rejects=tuple(rejects),
        settings=tuple((name, str(value)) for name, value in settings.items()),
        version=plan.version,
        input_sha256=facts.source_sha256,
        directory=directory,
    )


def _queue(each: QueuePlan, plan: Plan) -> QueueReport:
    forecast, expected, outcome = each.forecasting.forecast, each.expected, each.outcome
    grid = forecast.grid
    daily = _daily_paths(each)
    names = plan.snapshot.calendar.names(grid.dates)
    return QueueReport(
        requirement=each.requirement,
        expected=expected,
        contacts_p05=forecast.quantile(0.05),
        contacts_p95=forecast.quantile(0.95),
        aht_seconds=forecast.aht_seconds,
        rostered=each.at_work,
        result=RosterResult(
            status=outcome.status,
            roster=outcome.value,
            bound_hours=each.shifts_bound,
            gap=outcome.gap,
            seconds=outcome.seconds,
            clashes=outcome.clashes,
            repair=outcome.repair,
        ),
        audit=each.audit,
        patience_seconds=plan.decisions.patience_seconds,
        advice=advice(each, plan.decisions.patience_seconds),
        history=each.forecasting.history,
        day_p05=tuple(float(v) for v in np.quantile(daily, 0.05, axis=0)),
        day_p95=tuple(float(v) for v in np.quantile(daily, 0.95, axis=0)),
        special_days={day: name for day, name in zip(grid.dates, names, strict=True) if name},
        profile=" ".join((*profile_in_words(forecast), *forecast.notes)),
        method=forecast.method,
        scores=_scores(each),
        changes=tuple(change_sentence(c) for c in each.forecasting.cleaned.changes[:SHOWN_CHANGES]),
    )


def change_sentence(change: Change) -> str:
    """A change of the history in words: when and why."""
    return f"{change.start:%a %-d %b %Y %H:%M}: {change.because}"


def _daily_paths(each: QueuePlan) -> np.ndarray:
    """Daily volumes of joint samples, shape (samples, days)."""
    forecast = each.forecasting.forecast
    paths = forecast.paths(DAY_PATHS, seed=1)
    days = np.zeros((DAY_PATHS, forecast.grid.days))
    np.add.at(days, (slice(None), np.asarray(forecast.grid.day_index)), paths)
    return days


def _scores(each: QueuePlan) -> tuple[MethodScore, ...]:
    choice = each.forecasting.choice
    return tuple(
        MethodScore(name, s.wape, s.mase, s.bias, s.coverage, chosen=name == choice.name)
        for name, s in choice.scores.items()
    )


def advice(each: QueuePlan, patience_seconds: float | None) -> tuple[Advice, ...]:
    """The three things a planner would do next."""
    grid = each.requirement.grid
    difference = each.at_work - each.requirement.scheduled
    paid = each.outcome.value.paid_hours if each.outcome.value else None
    return (
        short_hours(grid, difference, service=list(each.expected.service_level)),
        one_more_person(grid, _one_more(each, patience_seconds)),
        overstaffed(grid, difference, paid_hours=paid),
    )


def _one_more(each: QueuePlan, patience_seconds: float | None) -> OneMore | None:
    """The stretch of half a shift in which one more person on the phones answers most contacts in time."""
    forecast, now, grid = each.forecasting.forecast, each.expected, each.requirement.grid
    more = achieved(forecast, each.on_phones + forecast.open, now.target, patience_seconds)
    gain = forecast.contacts * (more.answered_within - now.answered_within)
    windows = _windows(grid)
    if not windows or not np.any(gain > 0):
        return None
    first, stop = max(windows, key=lambda w: (float(gain[w[0] : w[1]].sum()), -w[0]))
    part = slice(first, stop)
    before, after = now.total(part), more.total(part)
    return OneMore(first, stop, before.service_level, after.service_level, before.abandoned, after.abandoned)


def _windows(grid: TimeGrid) -> list[tuple[int, int]]:
    length = max(1, WINDOW_HOURS * 3600 // grid.step_seconds)
    found = []
    for day in range(grid.days):
        part = grid.day_slice(day)
        found += [(i, i + length) for i in range(part.start, part.stop - length + 1)]
    return found
