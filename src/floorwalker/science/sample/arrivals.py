"""History grown from a truth: contacts offered and handled and their handling time, interval by interval."""

from __future__ import annotations

import numpy as np

from floorwalker.science.forecasting import Demand
from floorwalker.science.sample.streams import stream
from floorwalker.science.sample.truth import Floats, QueueTruth
from floorwalker.science.timegrid import TimeGrid

_MOST_ABANDONED = 0.5


def grow(truth: QueueTruth, grid: TimeGrid, seed: int) -> Demand:
    """Draw the history of one queue.

    Offered contacts are doubly stochastic: Poisson with the expected rate times one gamma factor a day and one an
    interval, all of mean 1 – so days are busier or quieter as a whole, as in real centres (A. N. Avramidis,
    A. Deslauriers, P. L'Ecuyer, "Modeling daily arrivals to a telephone call center", Management Science 50(7),
    2004). The share that abandons is the planted one times the square of offered ÷ planned, at most half:
    a busy interval loses more than its part. Handling times are lognormal; their sum over an interval is drawn
    as the lognormal of the same mean and variance (L. Fenton, IRE Transactions 8(1), 1960), exact for one contact.
    """
    rng = stream(seed, "arrivals", truth.queue)
    planned = truth.rates(grid)
    expected = truth.with_outages(grid, planned)
    busy_day = _gamma(rng, truth.day_cv, grid.days)[np.asarray(grid.day_index)]
    offered = rng.poisson(expected * busy_day * _gamma(rng, truth.slot_cv, len(grid)))
    pressure = np.divide(offered, planned, out=np.zeros(len(grid)), where=planned > 0)
    abandoned = rng.binomial(offered, np.minimum(_MOST_ABANDONED, truth.abandon_share * pressure**2))
    handled = offered - abandoned
    seconds = _handling(rng, handled, truth.aht(grid), truth.aht_cv)
    return Demand(truth.queue, grid, offered.astype(np.float64), handled.astype(np.float64), seconds)


def _gamma(rng: np.random.Generator, cv: float, count: int) -> Floats:
    """Gamma factors of mean 1 and that coefficient of variation."""
    if cv == 0:
        return np.ones(count)
    return rng.gamma(cv**-2, cv**2, count)


def _handling(rng: np.random.Generator, handled: np.ndarray, aht_seconds: Floats, cv: float) -> Floats:
    """Total handling seconds of each interval, whole seconds."""
    spread = np.sqrt(np.log1p(cv**2 / np.maximum(handled, 1)))
    drawn = np.exp(spread * rng.standard_normal(handled.size) - spread**2 / 2)
    return np.asarray(np.rint(handled * aht_seconds * drawn), dtype=np.float64)
