"""Rosters of made-up weeks: the time of the head counts, and the distance from the bound as time passes.

Two shapes of the real centres the product is measured on, drawn from formulas: a bank open Monday to Friday with
some 320 full-time people, and a small centre with long days, a short Friday and a Saturday evening.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp
from time import monotonic
from typing import Any

from floorwalker.science.outcome import Stop
from floorwalker.science.rostering import RosterProblem, default_catalogue, head_counts, people_for, solve
from floorwalker.science.timegrid import TimeGrid

SHORT_LIMITS, FULL_LIMITS = (0, 10), (0, 10, 30)  # seconds; 0 is the first roster alone


def bank() -> RosterProblem:
    """Monday to Friday 07:00-21:00, two peaks, up to some 240 people."""
    grid = TimeGrid(date(2003, 9, 1), 7, 1800, "America/New_York")
    level = (1.1, 1.05, 1.0, 0.97, 1.02, 0.0, 0.0)

    def need(weekday: int, hour: float) -> float:
        peaks = 150 * exp(-(((hour - 10.5) / 2.6) ** 2)) + 110 * exp(-(((hour - 15) / 2.6) ** 2))
        return level[weekday] * (60 + peaks) if 7 <= hour < 21 else 0.0

    return _problem(grid, need)


def small_centre() -> RosterProblem:
    """Sunday to Thursday 07:00-24:00, Friday to 14:00, Saturday from 20:00; 4 to 13 people."""
    grid = TimeGrid(date(1999, 2, 7), 7, 1800, "Asia/Jerusalem")
    opening = {4: (7, 14), 5: (20, 24)}

    def need(weekday: int, hour: float) -> float:
        opens, closes = opening.get(weekday, (7, 24))
        peaks = 9 * exp(-(((hour - 11) / 3) ** 2)) + 6 * exp(-(((hour - 18) / 3) ** 2))
        return 4 + peaks if opens <= hour < closes else 0.0

    return _problem(grid, need)


def _problem(grid: TimeGrid, need: Any) -> RosterProblem:
    hours = (slot * grid.step_seconds / 3600 for slot in grid.slots)
    needed = tuple(round(need(grid.weekdays[d], hour)) for d, hour in zip(grid.day_index, hours, strict=True))
    return RosterProblem(grid, needed, (), default_catalogue(grid, needed))


def run(full: bool) -> list[dict[str, Any]]:
    """One row for each week: people, seconds, and the gap in percent after each time limit."""
    rows = []
    for name, problem in (("bank-like", bank()), ("small centre", small_centre())):
        started = monotonic()
        counted = head_counts(problem)
        row: dict[str, Any] = {
            "week": name,
            "head counts s": monotonic() - started,
            "proven": counted.status.value,
        }
        assert counted.value is not None
        staffed = replace(problem, people=people_for(counted.value))
        row |= {"proven": counted.status.value, "people": len(staffed.people), "head counts h": counted.objective}
        for limit in FULL_LIMITS if full else SHORT_LIMITS:
            outcome = solve(staffed, stop=Stop(seconds=limit) if limit else Stop(work=0))
            assert outcome.gap is not None
            assert outcome.objective is not None
            assert counted.bound is not None
            when = f"{limit} s" if limit else "first roster"
            row[f"{when}: gap %"] = 100 * outcome.gap
            row[f"{when}: above head counts %"] = 100 * (outcome.objective / counted.bound - 1)
            if not limit:
                row["first roster s"] = outcome.seconds
        rows.append(row)
    return rows
