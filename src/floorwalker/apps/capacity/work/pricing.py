"""What an hour off the phones costs, from the published roster simulated with and without people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from floorwalker.apps.capacity.rules import PRICE_LEVELS
from floorwalker.apps.capacity.work.case import Case, Plain, moment
from floorwalker.apps.capacity.work.roster import people_of, served
from floorwalker.science.outcome import Stop
from floorwalker.science.rostering import lucks, roster_model
from floorwalker.science.simulation import price_of_hour

REPLICATIONS, LUCKS = 40, 2  # of 120 people for a week half a minute on two cores; bands hold whatever they are
APART = 1_000_003  # between the seeds of two lucks: their errors must not go together, or the band is too narrow
LEVELS = tuple(int(level) for level in PRICE_LEVELS)


def hour_prices(case: Case, stretches: Sequence[Sequence[int | None]], stop: Stop) -> list[Plain] | None:
    """Callers lost by one, two, five and ten agents off the phones in each interval of the roster, day by day.

    The mean over days as busy as the forecast takes them to be and over rosters whose fractions of people are
    rounded down and up, each with callers of its own; the band is the 95 % band of that mean. Nothing
    where nobody hangs up: a price would be a guess. None where it was stopped before every interval had its price.
    """
    if case.patience_seconds is None:
        return []
    queue, grid = case.forecast.queue, case.forecast.grid
    people = people_of(queue, stretches)
    tables = []
    for number, luck in enumerate(lucks(LUCKS)):
        piece = stop.piece(number / LUCKS, 1 / LUCKS)
        seed = 1 + APART * number
        model = roster_model(
            [served(case)], people, presence=case.presence, luck=luck, paths=REPLICATIONS, seed=seed
        )
        table = price_of_hour(model, levels=LEVELS, replications=REPLICATIONS, seed=seed, stop=piece)
        tables.append(table)
        if np.isnan(table.contacts[:, table.agent_hours > 0]).any():
            return None
    hours = np.asarray(grid.lengths) / 3600 * np.asarray(LEVELS)[:, None]
    means = np.nan_to_num(np.stack([table.contacts[:, :, 0] for table in tables])).mean(axis=0) * hours
    halves = np.nan_to_num(np.stack([table.contacts_half_width[:, :, 0] for table in tables]))
    reach = np.sqrt((halves**2).sum(axis=0)) / len(tables) * hours
    sides = {"callers": means, "low": means - reach, "high": means + reach}
    rising = {name: np.maximum.accumulate(np.maximum(each, 0.0), axis=0) for name, each in sides.items()}
    found = []
    for number in range(grid.days):
        part = grid.day_slice(number)
        found.append(
            {
                "start": moment(grid, part.start),
                "step_seconds": grid.step_seconds,
                **{
                    name: [[round(float(c), 5) for c in row] for row in each[:, part].T]
                    for name, each in rising.items()
                },
            }
        )
    return found
