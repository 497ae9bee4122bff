"""A made-up plan with realistic shapes, for the tests of the report and for looking at it.

Run as a script it writes the pages a reviewer looks at: ``python sample_plan.py FOLDER``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from floorwalker.cli.report import (
    Guess,
    MethodScore,
    OneMore,
    PlanReport,
    QueueReport,
    RosterResult,
    one_more_person,
    overstaffed,
    render,
    short_hours,
)
from floorwalker.science.forecasting import Demand
from floorwalker.science.outcome import Status
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.rostering import Duty, Person, Roster, Shift
from floorwalker.science.staffing import Achieved, Requirement
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

WEEKDAY = np.array([1.25, 1.05, 1.0, 0.98, 1.02, 0.45, 0.0])
SHIFTS = (
    Shift("early", 8 * 60, 510, 30, 180, 300),
    Shift("mid", 9 * 60 + 30, 510, 30, 180, 300),
    Shift("late", 11 * 60 + 30, 510, 30, 180, 300),
)


def volume(grid: TimeGrid, peak: float, all_hours: bool = False) -> np.ndarray:
    """A two-humped day from 08:00 to 20:00, busiest on Monday, closed on Sunday; or round the clock."""
    hour = np.asarray(grid.slots) * grid.step_seconds / 3600
    if grid.step_seconds == DAY_SECONDS:
        return peak * 18 * WEEKDAY[np.asarray(grid.weekdays)]
    day = np.exp(-(((hour - 10.5) / 1.8) ** 2)) + 0.8 * np.exp(-(((hour - 15.5) / 2.4) ** 2))
    if all_hours:
        return peak * (day + 0.08) * grid.step_seconds / 1800
    weekday = WEEKDAY[np.asarray(grid.weekdays)[np.asarray(grid.day_index)]]
    return np.where((hour >= 8) & (hour < 20), peak * (day + 0.08) * weekday, 0.0) * grid.step_seconds / 1800


def sample_queue(
    queue: str = "Bank calls",
    *,
    people: int = 24,
    peak: float = 60.0,
    first_day: date = date(2003, 9, 1),
    zone: str = "America/New_York",
    step_seconds: int = 1800,
    days: int = 7,
    history_days: int = 70,
    names: str = "Agent {}",
    all_hours: bool = False,
    patience_seconds: float | None = 180.0,
    seed: int = 7,
) -> QueueReport:
    """One queue with history, forecast, requirement and a simple roster of ``people``."""
    rng = np.random.default_rng(seed)
    grid = TimeGrid(first_day, days, step_seconds, zone)
    mean = volume(grid, peak, all_hours)
    needed = np.ceil(mean * 200 / step_seconds + np.sqrt(mean * 200 / step_seconds)).astype(np.int64)
    scheduled = np.ceil(needed / 0.7).astype(np.int64)
    roster = sample_roster(grid, people, names)
    rostered = coverage(roster)
    on_phones = rostered * 0.7
    expected = sample_service(grid, mean, on_phones, needed)
    requirement = Requirement(
        queue,
        grid,
        ServiceTarget(0.8, 20),
        needed,
        scheduled,
        np.full(len(grid), 0.83),
        np.full(len(grid), 0.02),
        np.full(len(grid), 14.0),
        np.full(len(grid), 0.8),
        shrinkage=0.3,
    )
    history = None
    if history_days:
        past = TimeGrid(date.fromordinal(first_day.toordinal() - history_days), history_days, step_seconds, zone)
        offered = rng.poisson(volume(past, peak * 0.96, all_hours)).astype(float)
        gap = past.day_slice(history_days // 2)
        offered[gap] = np.nan
        history = Demand(queue, past, offered)
    difference = rostered - scheduled
    busiest = int(mean.argmax())
    level = float(expected.service_level[busiest])
    value = OneMore(busiest, busiest + 1, level, level + 0.4 * (1 - level), 4.0, 2.6)
    day_mean = np.array([mean[grid.day_slice(d)].sum() for d in range(days)])
    return QueueReport(
        requirement=requirement,
        expected=expected,
        contacts_p05=np.maximum(mean - 1.65 * np.sqrt(mean + 0.02 * mean**2), 0),
        contacts_p95=mean + 1.65 * np.sqrt(mean + 0.02 * mean**2),
        aht_seconds=np.where(mean > 0, 200.0, np.nan),
        rostered=rostered,
        patience_seconds=patience_seconds,
        result=RosterResult(
            Status.FEASIBLE, roster, bound_hours=0.93 * roster.paid_hours, gap=0.021, seconds=28.0
        ),
        advice=(
            short_hours(grid, difference, service=expected.service_level),
            one_more_person(grid, value if mean.any() else None),
            overstaffed(grid, difference, paid_hours=roster.paid_hours or None),
        ),
        history=history,
        day_p05=tuple(day_mean * 0.85),
        day_p95=tuple(day_mean * 1.16),
        special_days={date(2003, 9, 1): "Labor Day", date(2003, 7, 4): "Independence Day"},
        profile="Mondays are 25 % above the mean of the week, Saturdays 55 % below; the day peaks at 10:30.",
        method="day level × intraday profile",
        scores=(
            MethodScore("day level × intraday profile", 0.092, 0.71, -0.012, 0.91, chosen=True),
            MethodScore("same weekday, four weeks", 0.118, 0.93, 0.021, 0.88),
            MethodScore("gradient boosting", 0.101, 0.78, 0.034, 0.86),
        ),
        changes=("Tue 5 Aug 2003: no contact in any open interval; taken as a gap, not as zeros.",),
    )


def sample_roster(grid: TimeGrid, people: int, names: str = "Agent {}") -> Roster:
    """Five days a person, shifts dealt in turn, never on a Sunday."""
    staff = tuple(Person(f"A{n + 1:03d}", names.format(n + 1)) for n in range(people))
    duties = []
    for n, person in enumerate(staff):
        worked = [
            d for d in range(grid.days) if grid.weekdays[d] < 6 and (d != n % 5 if n % 3 == 0 else d % 7 != 5)
        ]
        shift = SHIFTS[n % 3]
        duties += [Duty(person.id, d, shift.name, shift.start_minute + 180 + 30 * (n % 5)) for d in worked]
    return Roster(grid, staff, SHIFTS, tuple(duties))


def coverage(roster: Roster) -> np.ndarray:
    """People at work in each interval, by its middle."""
    middles = np.asarray(roster.grid.starts) + np.asarray(roster.grid.lengths) / 2
    here = np.zeros(len(roster.grid))
    for duty in roster.duties:
        start, end = roster.span(duty)
        here += (start <= middles) & (middles < end)
        if meal := roster.meal(duty):
            here -= (meal[0] <= middles) & (middles < meal[1])
    return here


def sample_service(grid: TimeGrid, mean: np.ndarray, on_phones: np.ndarray, needed: np.ndarray) -> Achieved:
    """Service that rises with cover and abandonment that falls with it: the right shapes, not a queue model."""
    ratio = np.divide(on_phones, needed, out=np.zeros(len(grid)), where=needed > 0)
    busy = mean > 0
    abandon = np.where(busy, 0.2 * np.exp(-2.2 * ratio**2), 0.0)
    level = np.where(busy, 1 - np.exp(-1.75 * ratio**2), 1.0)
    return Achieved(
        grid=grid,
        target=ServiceTarget(0.8, 20),
        agents=on_phones,
        contacts=mean,
        service_level=level,
        abandon_rate=abandon,
        asa_seconds=300 * abandon,
        occupancy=np.where(busy, 0.82, 0.0),
        answered_within=np.where(busy, level * (1 - 0.2 * abandon), 0.0),
        abandoned_within=0.2 * abandon,
        stable=np.ones(len(grid), dtype=bool),
    )


def sample_plan(**changes: object) -> PlanReport:
    """A plan of one queue; arguments are those of :func:`sample_queue`."""
    return PlanReport(
        queues=(sample_queue(**changes),),
        guesses=(
            Guess("Zone", "America/New_York", "The opening hours of the history fit it best.", "--zone"),
            Guess("Service target", "80/20, late abandons count", "The usual target of the field.", "--service"),
            Guess("Handling time", "200 s", "Mean of 212,330 handled contacts in the history.", "--aht"),
            Guess("Shrinkage", "30 %", "The usual share lost to breaks, training and absence.", "--shrinkage"),
            Guess("People", "24 full-time agents, A001 to A024", "As many as the head counts need.", "--people"),
        ),
        rejects=("3 of 212,333 lines were set aside, the first is line 17: the time '24:61' does not exist.",),
        settings=(("Week", "2003-09-01"), ("Service", "80/20"), ("Shrinkage", "30 %"), ("Seed", "1")),
        version="0.1.0",
        input_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        directory="plan-2003-09-01",
    )


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    plans = {
        "ordinary": sample_plan(),
        "five": sample_plan(people=5, peak=12.0),
        "big": sample_plan(people=320, peak=800.0, names="Agent with a rather long given and family name {}"),
        "empty": sample_plan(peak=0.0, people=0, history_days=0),
        "daily": sample_plan(step_seconds=DAY_SECONDS),
        "dst": sample_plan(first_day=date(2003, 10, 20), all_hours=True, people=60),
        "five-minutes": sample_plan(step_seconds=300),
        "two": replace(sample_plan(), queues=(sample_queue("Bank calls"), sample_queue("Cards " * 20, peak=20.0))),
    }
    for name, plan in plans.items():
        path = folder / f"{name}.html"
        path.write_text(render(plan), encoding="utf-8")
        sys.stdout.write(f"{path} {path.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
