"""How good a forecast was: WAPE, MASE, bias, coverage."""

from __future__ import annotations

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats


def _compared(actual: Floats, expected: Floats) -> tuple[Floats, Floats]:
    if actual.shape != expected.shape:
        raise InvalidInput(f"{actual.shape} real counts cannot be compared with {expected.shape} expected ones")
    known = ~np.isnan(actual) & ~np.isnan(expected)
    return actual[known], expected[known]


def wape(actual: Floats, expected: Floats) -> float:
    """Weighted absolute percentage error, ``Σ|y − f| / Σy``, as a share; NaN where nothing came."""
    y, f = _compared(actual, expected)
    return float(np.abs(y - f).sum() / y.sum()) if y.sum() > 0 else float("nan")


def bias(actual: Floats, expected: Floats) -> float:
    """``Σ(f − y) / Σy``: positive where too much was expected."""
    y, f = _compared(actual, expected)
    return float((f - y).sum() / y.sum()) if y.sum() > 0 else float("nan")


def mase(actual: Floats, expected: Floats, scale: float) -> float:
    """Mean absolute error in units of ``scale``, the seasonal naive method's error in the history.

    Hyndman and Koehler, "Another look at measures of forecast accuracy", IJF 22 (2006).
    """
    y, f = _compared(actual, expected)
    return float(np.abs(y - f).mean() / scale) if y.size and scale > 0 else float("nan")


def seasonal_scale(rates: Floats) -> float:
    """Mean absolute difference from the same slot a week before, over days × slots of a history."""
    if len(rates) < 8:
        return float("nan")
    steps = np.abs(rates[7:] - rates[:-7])
    return float(np.nanmean(steps)) if not np.isnan(steps).all() else float("nan")


def coverage(actual: Floats, low: Floats, high: Floats) -> float:
    """Share of the real counts within ``low`` and ``high``, borders included."""
    known = ~np.isnan(actual) & ~np.isnan(low) & ~np.isnan(high)
    if not known.any():
        return float("nan")
    return float(np.mean((actual[known] >= low[known]) & (actual[known] <= high[known])))


def pinball(actual: Floats, quantile: Floats, probability: float) -> float:
    """Mean pinball loss of a quantile: the proper score of one."""
    y, q = _compared(actual, quantile)
    loss = np.maximum(probability * (y - q), (probability - 1) * (y - q))
    return float(np.mean(loss)) if y.size else float("nan")
