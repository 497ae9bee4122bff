"""The runs behind a price table: which cells share one, and what each run says of its cells."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.simulation.experiment import simulate
from floorwalker.science.simulation.intervals import student
from floorwalker.science.simulation.kernel.measured import TYPE_MEASURES
from floorwalker.science.simulation.measures import Simulation
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.paired import REACHED, waited_for
from floorwalker.science.simulation.price import MEASURES, PriceTable
from floorwalker.science.simulation.stability import never_lost
from floorwalker.science.simulation.steady_state import agents_in
from floorwalker.science.simulation.taken_off import take_off

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """One period priced in a run, and the periods ``first`` to before ``end`` in which its effect is counted."""

    period: int
    first: int
    end: int


@dataclass(frozen=True)
class Run:
    """One changed model: agents of one group away in several periods far apart."""

    group: str
    level: int
    cells: tuple[Cell, ...]


def priced(
    model: Model,
    groups: tuple[str, ...],
    levels: tuple[int, ...],
    window: float,
    replications: int,
    seed: int,
    workers: int | None,
    stop: Stop,
) -> PriceTable:
    """The table, from one run as it stands and one for each set of cells that do not touch each other."""
    from joblib import Parallel, delayed

    clock = stop.clock()
    hours = np.array(
        [
            [agents_in(model, model.group(name), period) * length / 3600 for name in groups]
            for period, length in enumerate(model.periods.lengths_seconds)
        ]
    )
    runs = [
        Run(name, level, cells)
        for level in levels
        for g, name in enumerate(groups)
        for cells in far_apart(model, window, [p for p in range(len(model.periods)) if hours[p, g] > 0])
    ]
    until = Stop(cancelled=clock.over)  # of each run: what is cut short says nothing of its cells
    first = Stop(cancelled=clock.over, told=stop.told).piece(0.0, 1 / (len(runs) + 1))
    plain = simulate(model, replications=replications, seed=seed, workers=workers, stop=first)
    base, whole = outcome(plain), plain.replications == replications
    offered = float(by_period(plain, "offered")[:, waited_for(model)].sum(axis=(1, 2)).mean())
    shape = (len(MEASURES), len(levels), len(model.periods), len(groups))
    means, halves = np.full(shape, np.nan), np.full(shape, np.nan)
    batches = base.shape[1]
    factor = student(batches - 1) / batches**0.5 if batches > 1 else np.nan
    found = Parallel(n_jobs=-1 if workers is None else workers, prefer="threads", return_as="generator")(
        delayed(lost_in_cells)(model, run, base, replications, seed, until)
        for run in runs
        if whole and not clock.over()
    )
    # First what was found, so that it is taken to its end, also where nobody is on the phones and nothing runs.
    for done, (lost, run) in enumerate(zip(found, runs, strict=False), start=1):
        k, g = levels.index(run.level), groups.index(run.group)
        for n, cell in enumerate(run.cells if lost is not None else ()):
            means[:, k, cell.period, g] = lost[n].mean(axis=1)
            halves[:, k, cell.period, g] = factor * lost[n].std(axis=1, ddof=1)
        stop.told(Progress(None, None, clock.seconds, f"{done} of {len(runs)} runs", (done + 1) / (len(runs) + 1)))
    borders = model.periods.borders_seconds
    return PriceTable(
        groups=groups,
        starts_seconds=borders[:-1],
        lengths_seconds=model.periods.lengths_seconds,
        levels=levels,
        contacts=means[0],
        contacts_half_width=halves[0],
        late=means[1],
        late_half_width=halves[1],
        value=means[2],
        value_half_width=halves[2],
        agent_hours=hours,
        offered=offered,
        lost=offered - float(base[0].sum(axis=1).mean()),
        never_lost=never_lost(model),
        window_seconds=window,
        replications=replications,
        seed=seed,
    )


def far_apart(model: Model, window: float, periods: list[int]) -> list[tuple[Cell, ...]]:
    """``periods`` dealt to as few runs as possible: the windows of one run do not touch.

    A window begins one period early, because who waits when the agent leaves came before, and ends ``window``
    seconds after the period; an endless one ends with its day.
    """
    borders = model.periods.borders_seconds
    days = [*model.periods.day_starts, len(model.periods)]
    runs: list[list[Cell]] = []
    for period in periods:
        if window == float("inf"):
            end = next(day for day in days[1:] if day > period)
        else:
            end = min(bisect_left(borders, borders[period + 1] + window), len(model.periods))
        cell = Cell(period, max(period - 1, 0), end)
        for run in runs:
            if run[-1].end <= cell.first or (window == float("inf") and run[-1].end <= period):
                run.append(cell)
                break
        else:
            runs.append([cell])
    return [tuple(run) for run in runs]


def outcome(run: Simulation) -> Floats:
    """Contacts reached, answered in time and value per replication, by period: ``[measure, batch, period]``."""
    asked = waited_for(run.model)
    reached = by_period(run, *REACHED)[:, asked].sum(axis=1)
    in_time = by_period(run, "answered_within")[:, asked].sum(axis=1)
    value = (by_period(run, "value") - by_period(run, "lost_cost")).sum(axis=1)
    return np.stack([reached, in_time, value])


def by_period(run: Simulation, *measures: str) -> Floats:
    """Measures added up, per replication: ``[batch, type, period]``; up to some hundred, each batch is one."""
    places = [TYPE_MEASURES.index(each) for each in measures]
    found: Floats = run.kept.type_periods[..., places].sum(axis=3) / run.kept.sizes[:, None, None]
    return found


def lost_in_cells(
    model: Model, run: Run, base: Floats, replications: int, seed: int, until: Stop
) -> Floats | None:
    """What each cell of a run costs per agent-hour: ``[cell, measure, replication]``; None if it was cut short."""
    away = take_off(model, run.group, [cell.period for cell in run.cells], run.level)
    found = simulate(away.model, replications=replications, seed=seed, workers=1, stop=until)
    if found.replications < replications:
        return None
    lost = base - outcome(found)
    return np.array(
        [
            lost[:, :, cell.first : cell.end].sum(axis=2) / hours
            for cell, hours in zip(run.cells, away.hours, strict=True)
        ]
    )
