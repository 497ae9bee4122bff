"""What an hour off the phones costs, from the published roster simulated with and without people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from floorwalker.apps.capacity.rules import PRICE_LEVELS
from floorwalker.apps.capacity.work.case import Plain, moment
from floorwalker.apps.capacity.work.roster import Crew
from floorwalker.apps.capacity.work.steps import Steps
from floorwalker.science.outcome import Stop
from floorwalker.science.rostering import lucks
from floorwalker.science.simulation import PriceTable, price_of_hour

REPLICATIONS, LUCKS = 40, 2  # of 120 people for a week half a minute on two cores; bands hold whatever they are
APART = 1_000_003  # between the seeds of two lucks: their errors must not go together, or the band is too narrow
LEVELS = tuple(int(level) for level in PRICE_LEVELS)


def hour_prices(crew: Crew, stop: Stop, steps: Steps, roster: Sequence[int] | None = None) -> list[Plain] | None:
    """Callers lost by one, two, five and ten agents off the phones in each interval of the roster, day by day.

    The mean over days as busy as the forecast takes them to be and over rosters whose fractions of people are
    rounded down and up, each with callers of its own; the band is the 95 % band of that mean. In money too, where
    it is known what a contact is worth. Where queues help each other, callers of all of them count. ``roster`` is
    the version they are of and its number. Nothing where nobody hangs up: a price would be a guess. None where it
    was stopped before every interval had its price. Each of those rosters is a step.
    """
    if any(case.patience_seconds is None for case in crew.cases):
        return []
    grid = crew.cases[0].forecast.grid
    tables: list[Plain] = []
    for number, luck in enumerate(lucks(LUCKS)):
        piece = stop.piece(number / LUCKS, 1 / LUCKS)
        table = steps.once(f"prices {number}", partial(_of_luck, crew, number, luck, piece))
        if table is None:
            return None
        tables.append(table)
    hours = np.asarray(grid.lengths) / 3600 * np.asarray(LEVELS)[:, None]
    callers = _in_all(hours, [each["callers"] for each in tables])
    money = None
    if any(case.worth_known for case in crew.cases):
        money = _in_all(hours, [each["money"] for each in tables])
    found = []
    for number in range(grid.days):
        part = grid.day_slice(number)
        sides = [_plain(each[:, part]) for each in callers]
        found.append(
            {
                "start": moment(grid, part.start),
                "step_seconds": grid.step_seconds,
                **dict(zip(("callers", "low", "high"), sides, strict=True)),
                "money": None if money is None else [_plain(each[:, part]) for each in money],
                "roster": roster,
            }
        )
    return found


def _of_luck(crew: Crew, number: int, luck: float, stop: Stop, _steps: Steps) -> Plain | None:
    """Prices of an hour by one roster of whole people: mean and half the width of the band."""
    seed = 1 + APART * number
    model = crew.model(luck, paths=REPLICATIONS, seed=seed)
    own = crew.groups(model)
    table = price_of_hour(model, groups=own, levels=LEVELS, replications=REPLICATIONS, seed=seed, stop=stop)
    if np.isnan(table.contacts[:, table.agent_hours > 0]).any():
        return None
    return {
        "callers": [each.tolist() for each in _mean(table, table.contacts, table.contacts_half_width)],
        "money": [each.tolist() for each in _mean(table, table.value, table.value_half_width)],
    }


def _in_all(hours: np.ndarray, tables: Sequence[Sequence[list[list[float]]]]) -> list[np.ndarray]:
    """What agents away for an interval cost in all, and both ends of its band, rising with the agents."""
    means = np.asarray([mean for mean, _half in tables]).mean(axis=0) * hours
    halves = np.asarray([half for _mean, half in tables])
    reach = np.sqrt((halves**2).sum(axis=0)) / len(tables) * hours
    return [np.maximum.accumulate(np.maximum(each, 0.0), axis=0) for each in (means, means - reach, means + reach)]


def _mean(table: PriceTable, mean: np.ndarray, half: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Over the groups of the queue, each agent-hour counting once; errors of groups are taken to go together.

    One price for all people of a queue: who buys time asks for a queue, and cannot say what else somebody can do.
    """
    weights = table.agent_hours / np.maximum(table.agent_hours.sum(axis=1, keepdims=True), 1e-9)
    return (np.nan_to_num(mean) * weights).sum(axis=2), (np.nan_to_num(half) * weights).sum(axis=2)


def _plain(rising: np.ndarray) -> list[list[float]]:
    """A row an interval, a number a level."""
    return [[round(float(each), 5) for each in row] for row in rising.T]
