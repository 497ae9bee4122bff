"""Speed and accuracy of the Erlang formulas, beside pyworkforce in the same run.

    python benchmarks/queueing.py            half a minute
    FULL=1 python benchmarks/queueing.py     more random cases against 50-digit arithmetic

Speeds are the best of several runs, after compilation, whose time is a row of its own.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from math import inf
from pathlib import Path
from time import perf_counter

import numpy as np
from mpmath import mpf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.science.queueing import exact

from floorwalker.science.queueing import (
    Definition,
    Goals,
    ServiceTarget,
    erlang_a,
    erlang_b,
    erlang_c,
    smallest_staff,
    smallest_staff_each,
)

INTERVALS = 4800  # a hundred queues × a day of half hours
EIGHTY_TWENTY = ServiceTarget(0.8, 20)
Row = dict[str, object]


def run(full: bool) -> list[Row]:
    """Every measurement as a row: what, measured, unit, promised (None where nothing was promised)."""
    return [*speeds(), *accuracy(cases=400 if full else 60), *peers()]


def row(what: str, measured: float, unit: str, promised: float | None = None) -> Row:
    return {"what": what, "measured": measured, "unit": unit, "promised": promised}


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Best wall time of ``repeats`` runs."""
    best = inf
    for _ in range(repeats):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best


def demand() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Contacts per half hour, handling times and patiences of 4,800 intervals, up to about 2,000 Erlangs."""
    rng = np.random.default_rng(2)
    contacts = 10 ** rng.uniform(0, 4, INTERVALS)
    contacts[rng.random(INTERVALS) < 0.05] = 0
    return contacts, rng.uniform(120, 360, INTERVALS), rng.uniform(30, 600, INTERVALS)


def speeds() -> list[Row]:
    """What a planner waits for."""
    contacts, aht, patience = demand()
    goals = Goals(EIGHTY_TWENTY, max_occupancy=0.92)
    impatient = Goals(EIGHTY_TWENTY, max_abandon=0.05)
    first = seconds(lambda: smallest_staff_each(contacts, 1800, aht, impatient, patience), 1)
    return [
        row("first array call: import and compile Numba, or load its cache", first, "s"),
        row(
            f"{INTERVALS} intervals, smallest staff, Erlang A",
            seconds(lambda: smallest_staff_each(contacts, 1800, aht, impatient, patience), 5),
            "s",
            1.0,
        ),
        row(
            f"{INTERVALS} intervals, smallest staff, Erlang C",
            seconds(lambda: smallest_staff_each(contacts, 1800, aht, goals), 5),
            "s",
            0.1,
        ),
        row(
            "one Erlang A, 5,000 agents, plain Python",
            1000 * seconds(lambda: erlang_a(5000, 50_000, 1800, 180, 120, EIGHTY_TWENTY), 50),
            "ms",
            1.0,
        ),
        row(
            "one smallest staff near 5,000 agents, plain Python",
            1000 * seconds(lambda: smallest_staff(50_000, 1800, 180, impatient, 120), 20),
            "ms",
        ),
    ]


def accuracy(cases: int) -> list[Row]:
    """Worst relative error of any measure under any definition: 1 to 10,000 agents, loads 0 to 2 ×."""
    rng = random.Random(3)
    errors: dict[str, list[float]] = {"Erlang A": [], "Erlang B": [], "Erlang C": []}
    for _ in range(cases):
        agents = int(10 ** rng.uniform(0, 4))
        load = agents * rng.choice([rng.uniform(0, 2), rng.uniform(0.9, 1.1), 10 ** rng.uniform(-6, 0)])
        aht, within = rng.choice([30.0, 180.0, 612.5]), rng.choice([0, 5, 20, 60, 300])
        # In overload the exact sums grow with patience; hours are kept to where they end soon.
        patience = 10 ** rng.uniform(0, 4.2 if load - agents < 20 else 2.8)
        errors["Erlang A"] += impatient_errors(agents, load * 10, 10 * aht, aht, patience, within)
        errors["Erlang B"].append(error(erlang_b(agents, load), exact.loss(agents, exact.number(load))))
        if load < agents:
            found = erlang_c(agents, load * 10, 10 * aht, aht, ServiceTarget(0.8, within))
            truth = exact.erlang_c(agents, load * 10, 10 * aht, aht, within)
            errors["Erlang C"] += [error(getattr(found, measure), value) for measure, value in truth.items()]
    return [
        row(f"{formula}, worst relative error of {cases} random cases", max(found), "", 1e-9)
        for formula, found in errors.items()
    ]


def impatient_errors(
    agents: int, contacts: float, interval: float, aht: float, patience: float, within: float
) -> list[float]:
    """Of each measure, and of the service level under each definition."""
    truth = exact.erlang_a(agents, contacts, interval, aht, patience, within)
    errors = []
    for definition in Definition:
        found = erlang_a(agents, contacts, interval, aht, patience, ServiceTarget(0.8, within, definition))
        errors.append(error(found.service_level, truth.pop(definition)))
    return errors + [error(getattr(found, measure), value) for measure, value in truth.items()]


def error(found: float, truth: mpf) -> float:
    """Relative, where the truth is large enough for a float."""
    return float(abs((mpf(found) - truth) / truth)) if abs(truth) > 1e-290 else 0.0


def peers() -> list[Row]:
    """The same Erlang C intervals through pyworkforce: its time, and where its answers differ."""
    try:
        from pyworkforce.queuing import ErlangC
    except ImportError:
        return [row("pyworkforce is not installed", 0.0, "")]
    contacts, aht, _ = demand()
    few = np.flatnonzero((contacts > 0) & (contacts * aht / 1800 < 100))[:300]

    def theirs() -> list[int]:
        return [
            ErlangC(
                transactions=float(contacts[i]), aht=float(aht[i]) / 60, asa=20 / 60, interval=30
            ).required_positions(service_level=0.8, max_occupancy=0.92)["raw_positions"]
            for i in few
        ]

    goals = Goals(EIGHTY_TWENTY, max_occupancy=0.92)
    ours = [smallest_staff(contacts[i], 1800, aht[i], goals) for i in few]
    differences = sum(a != b for a, b in zip(ours, theirs(), strict=True))
    return [
        row(f"pyworkforce, {len(few)} Erlang C intervals below 100 Erlangs", seconds(theirs, 2), "s"),
        row(
            f"Floorwalker, the same {len(few)}, one by one in plain Python",
            seconds(lambda: [smallest_staff(contacts[i], 1800, aht[i], goals) for i in few], 3),
            "s",
        ),
        row("of these, answers that differ", float(differences), "intervals"),
    ]


def table(rows: list[Row]) -> str:
    """The rows as text."""
    lines = [f"{'what':64} {'measured':>12} {'promised':>9}"]
    for found in rows:
        promised = "" if found["promised"] is None else f"{found['promised']:g}"
        lines.append(f"{found['what']:64} {found['measured']:12.4g} {promised:>9} {found['unit']}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run(full=os.environ.get("FULL") == "1")))
