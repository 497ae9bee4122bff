"""The plan itself: forecast, required staff and roster of each queue, from a snapshot and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from floorwalker.cli.interrupt import ended_by_interrupt
from floorwalker.cli.output import Stages
from floorwalker.cli.planning.auditing import simulated
from floorwalker.cli.planning.forecasting import forecast_queues
from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.planning.resolve import Decisions, handling_guesses, resolve
from floorwalker.cli.planning.settings import PlanSettings
from floorwalker.cli.planning.snapshot import Snapshot
from floorwalker.cli.planning.warnings import warnings
from floorwalker.contacts import Guess
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import QueueForecast
from floorwalker.science.outcome import Outcome, Status, Stop
from floorwalker.science.rostering import (
    FULL_TIME,
    HeadCountParams,
    HeadCounts,
    Person,
    Roster,
    RosterProblem,
    Shift,
    allot,
    coverage,
    default_catalogue,
    head_counts,
    numbered,
    people_for,
    reduced_by_days_off,
    solve,
)
from floorwalker.science.staffing import Requirement, achieved, plan_intervals


@dataclass(frozen=True)
class Kept:
    """What repeats the roster of a queue: units of work, and how many people were made up for it."""

    work: int
    people: int


HEAD_COUNT_SECONDS = 60.0  # far above what a week takes; only round-the-clock centres with many shifts come near


def make_plan(
    settings: PlanSettings, snapshot: Snapshot, stages: Stages, kept: Mapping[str, Kept] | None = None
) -> Plan:
    """Make the plan. ``kept``, from an earlier run, by queue, repeats its rosters."""
    decisions = resolve(settings, snapshot)
    grids = dict.fromkeys(snapshot.demands, decisions.grid)
    forecasts = forecast_queues(snapshot.demands, grids, snapshot.calendar, decisions.aht_seconds, stages)
    needs = {queue: _requirement(found, decisions) for queue, found in forecasts.items()}
    people = None if snapshot.people is None else reduced_by_days_off(snapshot.people, _open_days(needs.values()))
    scheduled = {queue: need.scheduled.tolist() for queue, need in needs.items()}
    everyone = None if people is None else allot(people, scheduled)
    queues, taken = [], 0
    for queue, need in needs.items():
        with stages.stage(f"Rostering {queue}"):
            named = None if everyone is None else everyone[queue]
            with ended_by_interrupt(stages) as interrupted:
                before = None if kept is None else kept[queue]
                limit = Stop(work=before.work) if before else Stop(seconds=settings.time_limit / len(needs))
                stop = replace(limit, cancelled=interrupted, told=stages.progress)
                bound, outcome = _roster(need, named, snapshot.shifts, settings.seed, taken, before, stop)
        taken += len(outcome.value.people) if outcome.value else 0
        queues.append(_queue_plan(forecasts[queue], need, bound, outcome, decisions))
    queues = [_audited(each, decisions, settings, stages) for each in queues]
    known = {queue: found.aht_known for queue, found in forecasts.items()}
    # What weighs most comes first; how the file was read, a planner sees at a glance.
    guesses = (
        *decisions.guesses,
        *handling_guesses(settings, known),
        *_people_guesses(snapshot, people, queues),
        *snapshot.guesses,
    )
    left_out = 0 if everyone is None else len(people or ()) - sum(len(group) for group in everyone.values())
    plan = Plan(settings, decisions, snapshot, tuple(queues), guesses, left_out)
    return replace(plan, warnings=warnings(plan))


def _requirement(found: QueueForecast, decisions: Decisions) -> Requirement:
    return plan_intervals(
        found.forecast,
        decisions.goals,
        patience_seconds=decisions.patience_seconds,
        shrinkage=decisions.shrinkage,
        min_staff=decisions.min_staff,
        over=decisions.over,
        confidence=decisions.confidence,
        absence=decisions.absence,
    )


def _roster(
    need: Requirement,
    people: tuple[Person, ...] | None,
    shifts: tuple[Shift, ...] | None,
    seed: int,
    taken: int,
    kept: Kept | None,
    stop: Stop,
) -> tuple[Outcome[HeadCounts], Outcome[Roster]]:
    needed = tuple(int(n) for n in need.scheduled)
    if not any(needed):
        raise InvalidInput(f"nobody is needed for {need.queue} in that week: the forecast holds no contacts")
    catalogue = shifts or default_catalogue(need.grid, needed)
    problem = RosterProblem(need.grid, needed, (), catalogue)
    limit = Stop(seconds=HEAD_COUNT_SECONDS)
    bound = head_counts(problem, stop=limit, params=HeadCountParams(cover=True))
    if bound.status is Status.INFEASIBLE:
        # Hours no shift reaches stay short and are named; the rest is rostered.
        unreached, bound = bound, head_counts(problem, stop=limit)
        bound = replace(bound, clashes=unreached.clashes, repair=unreached.repair)
    if bound.value is None:
        return bound, Outcome(bound.status, None, clashes=bound.clashes, repair=bound.repair)
    if people is None:
        # How long the head counts may take is wall time, so a rerun goes by the number it came to.
        made_up = (FULL_TIME,) * kept.people if kept else people_for(bound.value)
        people = reduced_by_days_off(numbered(made_up, taken), _open_days([need]))
    problem = RosterProblem(need.grid, needed, people, catalogue)
    return bound, solve(problem, stop=stop, seed=seed)


def _open_days(needs: Iterable[Requirement]) -> set[date]:
    """Days on which anybody is needed."""
    return {
        need.grid.dates[day]
        for need in needs
        for day in set(np.asarray(need.grid.day_index)[need.scheduled > 0].tolist())
    }


def _queue_plan(
    found: QueueForecast,
    need: Requirement,
    bound: Outcome[HeadCounts],
    outcome: Outcome[Roster],
    decisions: Decisions,
) -> QueuePlan:
    at_work = np.zeros(len(need.grid)) if outcome.value is None else coverage(outcome.value).astype(float)
    on_phones = at_work * (1 - decisions.shrinkage) * (1 - decisions.absence)
    assert decisions.goals.target is not None
    expected = achieved(found.forecast, on_phones, decisions.goals.target, decisions.patience_seconds)
    return QueuePlan(found, need, bound, outcome, at_work, on_phones, expected)


def _audited(each: QueuePlan, decisions: Decisions, settings: PlanSettings, stages: Stages) -> QueuePlan:
    """The same with what a simulation makes of its roster."""
    roster = each.outcome.value
    if roster is None or not settings.replications:
        return each
    with stages.stage(f"Simulating {each.queue}"), ended_by_interrupt(stages) as interrupted:
        found = simulated(
            each.forecasting.forecast,
            roster,
            each.expected,
            decisions,
            replications=settings.replications,
            seed=settings.seed,
            stop=Stop(cancelled=interrupted),
        )
    return replace(each, audit=found)


def _people_guesses(
    snapshot: Snapshot, people: tuple[Person, ...] | None, queues: list[QueuePlan]
) -> tuple[Guess, ...]:
    guesses = []
    if people is not None and people != snapshot.people:
        reduced = [now.id for now, given in zip(people, snapshot.people or (), strict=True) if now != given]
        names = ", ".join(reduced[:10]) + (" …" if len(reduced) > 10 else "")
        why = f"days off and closed days count as worked towards their least hours: {names}"
        guesses.append(Guess("weekly hours", f"fewer for {len(reduced)} people", why, "min_hours in --people"))
    if snapshot.people is None:
        count = sum(len(each.outcome.value.people) for each in queues if each.outcome.value)
        why = "as many full-time agents as the head counts need, 11 hours of rest, at most 5 days a week"
        guesses.append(Guess("people", f"{count} full-time agents", why, "--people"))
    if snapshot.shifts is None:
        why = "8 paid hours with a 30-minute unpaid meal, and shorter ones of 4 and 6, from opening to close"
        guesses.append(Guess("shifts", "made to fit the opening hours", why, "--shifts"))
    return tuple(guesses)
