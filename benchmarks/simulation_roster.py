"""The suite's own job on a published roster: 120 people for a week put to the test and priced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from time import perf_counter, process_time
from typing import Any

from floorwalker.apps.capacity.work import staff
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid

PEOPLE, ZONE, MONDAY = 120, "Europe/Lisbon", date(2026, 6, 1)
STARTS = (7, 8, 9, 10, 11, 12, 13)  # hours at which shifts of eight hours and half an hour's meal begin
AHT_SECONDS, BUSY, SHRINKAGE = 240.0, 1.02, 0.3
POLICY = {
    "shrinkage": SHRINKAGE,
    "absence": 0.0,
    "min_staff": 1,
    "confidence": None,
    "max_occupancy": None,
    "max_abandon": None,
    "over": "interval",
    "value_in_time": 4.0,
    "cost_lost": 12.0,
}
GOALS = {
    "share": 0.8,
    "seconds": 20,
    "definition": "late-abandons",
    "asa_seconds": None,
    "patience_seconds": 120.0,
    "max_abandon": None,
}


def rows() -> list[dict[str, Any]]:
    """Wall and CPU seconds of the whole job, and its longest silence: so long may a stop take."""
    found = []
    for step_minutes in (30, 15):
        plain = {"purpose": "audit", "queues": [a_queue(60 * step_minutes)]}
        what = f"published roster audited, priced: {PEOPLE} people, week by {step_minutes} minutes"
        found.append({"what": what, **watched(lambda watch, plain=plain: staff(plain, watch))})
    helped = watched(lambda watch: staff({"purpose": "audit", "queues": [two_queues()]}, watch))
    return [*found, {"what": f"the same by 30 minutes with {PEOPLE} people of another queue who help", **helped}]


def watched(work: Callable[[Watch], Any]) -> dict[str, Any]:
    told = [perf_counter()]
    wall, used = in_seconds(lambda: work(Watch(lambda _told: told.append(perf_counter()))))
    silent = max(after - before for before, after in pairwise(told))
    return {"who": "Floorwalker", "wall s": round(wall, 1), "CPU s": round(used, 1), "silent s": round(silent, 1)}


def two_queues() -> dict[str, Any]:
    """The queue beside a second one like it; each one's people help the other."""
    one, other = a_queue(1800), a_queue(1800)
    week = one["weeks"][0]
    beside = {name: other[name] for name in ("of", "days", "rostered")}
    people = [[each, [1]] for each in week["stretches"]]
    queues = [{"id": 2, "name": "Sales (2)", **beside, "people": people}]
    return {**one, "weeks": [{**week, "beside": {"also": [[each, [2]] for each, _ in people], "queues": queues}}]}


def in_seconds(work: Callable[[], Any]) -> tuple[float, float]:
    wall, used = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - used


def a_queue(step_seconds: int) -> dict[str, Any]:
    """A queue whose people are a little fewer than its contacts would want, all week alike."""
    grid = TimeGrid(MONDAY, 7, step_seconds, ZONE)
    stretches = [list(each) for each in shifts(grid)]
    people = people_at_work(grid, [Stretch(*each) for each in stretches])
    per_interval = BUSY * (1 - SHRINKAGE) * step_seconds / AHT_SECONDS
    days, counts = [], []
    for number, day in enumerate(grid.dates):
        part = grid.day_slice(number)
        there = people[part]
        counts.append(there)
        days.append(
            {
                "day": day.isoformat(),
                "contacts": [per_interval * each for each in there],
                "aht_seconds": [AHT_SECONDS] * len(there),
                "slot_cv": [0.05] * len(there),
                "day_cv": 0.08,
                "open": [each > 0 for each in there],
            }
        )
    of = {
        "goals": GOALS,
        "policy": POLICY,
        "version": 1,
        "method": "given",
        "step_seconds": step_seconds,
        "zone": ZONE,
        "slot_correlation": 0.2,
        "day_correlation": 0.0,
    }
    week = {
        "days": days,
        "required": [[0] * len(c) for c in counts],
        "rostered": counts,
        "stretches": stretches,
        "roster": None,
    }
    return {"id": 1, "name": "Service", "days": days, "rostered": counts, "of": of, "weeks": [week]}


def shifts(grid: TimeGrid) -> Iterator[tuple[int, int, int, int, int]]:
    """Five shifts each, two neighbouring days off, begun at seven to one o'clock, the meal after four hours."""
    for person in range(PEOPLE):
        for day in range(grid.days):
            if (day - person) % 7 not in (5, 6):
                start = grid.instant(day, 60 * STARTS[person % len(STARTS)])
                meal = start + 4 * 3600 + 1800 * (person % 3)
                yield start, start + 8 * 3600 + 1800, meal, meal + 1800, 1
