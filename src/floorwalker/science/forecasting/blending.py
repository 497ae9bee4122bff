"""Blend forecasts of several sources – statistical, client, planner – by weights they have earned.

Weights minimise the squared error of the blend over the record of past forecasts, none negative, adding up to
one (Bates & Granger, "The combination of forecasts", Operational Research Quarterly 20, 1969). A short record
earns little: a ridge, worth ``prior_periods`` periods of the best source's error, draws the weights to equality,
which is hard to beat with few data (Claeskens et al., "The forecast combination puzzle", International Journal of
Forecasting 32, 2016). Before blending, each source is relieved of the bias its record proves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.forecast import Forecast, Spread

FEWEST_FOR_BIAS = 4


@dataclass(frozen=True)
class TrackRecord:
    """What each source had said, before the fact, and what came.

    ``forecasts`` has shape (sources, periods), oldest period first, NaN where a source said nothing; ``actual``
    has one total for each period (a day or a week), NaN where unknown.
    """

    sources: tuple[str, ...]
    forecasts: Floats
    actual: Floats

    def __post_init__(self) -> None:
        forecasts, actual = np.asarray(self.forecasts, dtype=float), np.asarray(self.actual, dtype=float)
        if forecasts.shape != (len(self.sources), actual.size):
            raise InvalidInput(
                f"a record of {len(self.sources)} sources and {actual.size} periods cannot have forecasts "
                f"of shape {forecasts.shape}"
            )
        if len(set(self.sources)) != len(self.sources):
            raise InvalidInput(f"a source stands twice in the record: {', '.join(self.sources)}")
        if np.any(forecasts < 0) or np.any(actual < 0):
            raise InvalidInput("a record holds negative counts")
        object.__setattr__(self, "forecasts", forecasts)
        object.__setattr__(self, "actual", actual)

    @classmethod
    def empty(cls, sources: tuple[str, ...] = ()) -> TrackRecord:
        """A record before anything came: every source weighs the same."""
        return cls(sources, np.empty((len(sources), 0)), np.empty(0))

    def wape(self) -> dict[str, float]:
        """Weighted absolute percentage error of each source over the periods it spoke for; NaN without any."""
        errors = {}
        for source, row in zip(self.sources, self.forecasts, strict=True):
            both = ~np.isnan(row) & ~np.isnan(self.actual)
            total = self.actual[both].sum()
            errors[source] = float(np.abs(row - self.actual)[both].sum() / total) if total > 0 else np.nan
        return errors


@dataclass(frozen=True)
class Earned:
    """What a record earned each source: ``weights`` (adding up to 1), ``correction`` factors for bias."""

    weights: dict[str, float]
    correction: dict[str, float]


def earn(
    record: TrackRecord,
    *,
    prior_periods: float = 8.0,
    half_life_periods: float | None = 26.0,
    correct_bias: bool = True,
) -> Earned:
    """Weights and bias corrections from a record.

    ``prior_periods``: how many periods the belief in equal weights counts for. ``half_life_periods``: the age at
    which a period counts half (None: all the same). ``correct_bias``: multiply each source by actual over forecast
    as far as that ratio stands out of its noise.
    """
    if not prior_periods >= 0:
        raise InvalidInput(f"a prior of {prior_periods:g} periods is negative")
    if half_life_periods is not None and not half_life_periods > 0:
        raise InvalidInput(f"a half-life of {half_life_periods:g} periods is not positive")
    sources = record.sources
    age = np.arange(record.actual.size)[::-1]
    recency = np.ones(age.size) if half_life_periods is None else 0.5 ** (age / half_life_periods)
    known = ~np.isnan(record.forecasts) & ~np.isnan(record.actual)
    corrections = np.ones(len(sources))
    if correct_bias:
        for s in range(len(sources)):
            corrections[s] = _correction(record.forecasts[s][known[s]], record.actual[known[s]], recency[known[s]])
    errors = np.where(known, record.forecasts * corrections[:, None] - record.actual, np.nan)
    weights = _weights(errors, recency, prior_periods)
    return Earned(
        dict(zip(sources, weights.tolist(), strict=True)), dict(zip(sources, corrections.tolist(), strict=True))
    )


def blend(
    forecasts: Mapping[str, Forecast],
    record: TrackRecord,
    *,
    prior_periods: float = 8.0,
    half_life_periods: float | None = 26.0,
    correct_bias: bool = True,
) -> Forecast:
    """One forecast from several of the same queue and grid, by the weights ``record`` earned (see :func:`earn`).

    A source the record does not know is trusted as little as the worst that it does. An interval is open when
    the sources saying so weigh at least half; there the weights of the sources that are open decide. Handling
    times blend alike where known. :class:`InvalidInput` when the grids or queues differ or nothing is given.
    """
    first = _checked(forecasts)
    names = tuple(forecasts)
    rows = [_row(record, name) for name in names]
    known = TrackRecord(names, np.array(rows).reshape(len(names), record.actual.size), record.actual)
    earned = earn(
        known, prior_periods=prior_periods, half_life_periods=half_life_periods, correct_bias=correct_bias
    )
    weights = np.array([earned.weights[name] for name in names])
    factors = np.array([earned.correction[name] for name in names])
    parts = list(forecasts.values())
    opens = np.array([part.open for part in parts])
    is_open = weights @ opens >= 0.5 - 1e-12
    contacts = _average(np.array([part.contacts for part in parts]) * factors[:, None], weights, opens)
    ahts = np.array([part.aht_seconds for part in parts])
    aht = _average(np.nan_to_num(ahts), weights, ~np.isnan(ahts))
    spreads = [part.spread for part in parts]
    spread = Spread(
        np.sqrt(weights @ np.array([s.day_cv**2 for s in spreads])),
        np.sqrt(weights @ np.array([s.slot_cv**2 for s in spreads])),
        float(weights @ np.array([s.slot_correlation for s in spreads])),
        float(weights @ np.array([s.day_correlation for s in spreads])),
    )
    return Forecast(
        queue=first.queue,
        grid=first.grid,
        contacts=np.where(is_open, np.nan_to_num(contacts), 0.0),
        aht_seconds=aht,
        open=is_open,
        spread=spread,
        method="blend of " + ", ".join(names),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)) + _say(known, earned),
    )


def _average(values: Floats, weights: Floats, valid: Floats) -> Floats:
    """Weighted mean over the sources that are valid in each interval; NaN where none is."""
    share = weights[:, None] * valid
    lonely = (share.sum(axis=0) == 0) & valid.any(axis=0)  # only sources of no weight speak: they count alike
    share = np.where(lonely, valid, share)
    total = share.sum(axis=0)
    mean: Floats = np.divide((share * values).sum(axis=0), total, out=np.full(total.size, np.nan), where=total > 0)
    return mean


def _weights(errors: Floats, recency: Floats, prior_periods: float) -> Floats:
    """Minimise ``w' (S + ridge) w`` over weights that are not negative and add up to one."""
    count = errors.shape[0]
    equal = np.full(count, 1 / count) if count else np.empty(0)
    seen = ~np.isnan(errors)
    filled = np.where(seen, errors, 0.0)
    together = (seen * recency) @ seen.T.astype(float)
    periods = np.diag(together)
    if not np.any(periods > 0):
        return equal
    moments = np.divide((filled * recency) @ filled.T, together, out=np.zeros((count, count)), where=together > 0)
    squared = np.diag(moments)[periods > 0]
    ridge = prior_periods / periods.max() * squared.min()
    newcomers = periods == 0
    moments[newcomers, newcomers] = squared.max()
    values, vectors = np.linalg.eigh(moments + ridge * np.eye(count))
    floor = 1e-9 * max(float(values.max()), 1e-300)
    root = (vectors * np.sqrt(np.maximum(values, floor))).T
    # The quadratic form is homogeneous: its minimum lies in the same direction whatever the sum is worth.
    scale = np.sqrt(np.maximum(values.max(), floor))
    from scipy.optimize import nnls  # slow to import, and most forecasts are never blended

    solution, _ = nnls(np.vstack([root / scale, np.ones(count)]), np.append(np.zeros(count), 1.0))
    return np.asarray(solution / solution.sum())


def _correction(forecast: Floats, actual: Floats, recency: Floats) -> float:
    """Actual over forecast, drawn to 1 as far as it may be noise (positive-part James-Stein)."""
    if forecast.size < FEWEST_FOR_BIAS or recency @ forecast <= 0 or recency @ actual <= 0:
        return 1.0
    ratio = float(recency @ actual / (recency @ forecast))
    residual = recency * (actual - ratio * forecast)
    doubt = float(np.sqrt(residual @ residual * forecast.size / (forecast.size - 1)) / (recency @ actual))
    log_ratio = np.log(ratio)
    if log_ratio == 0:
        return 1.0
    return float(np.exp(log_ratio * max(0.0, 1 - (doubt / log_ratio) ** 2)))


def _row(record: TrackRecord, name: str) -> Floats:
    if name in record.sources:
        return np.asarray(record.forecasts[record.sources.index(name)])
    return np.full(record.actual.size, np.nan)


def _checked(forecasts: Mapping[str, Forecast]) -> Forecast:
    if not forecasts:
        raise InvalidInput("there is nothing to blend; give at least one forecast")
    first_name, first = next(iter(forecasts.items()))
    for name, forecast in forecasts.items():
        if forecast.grid != first.grid or forecast.queue != first.queue:
            raise InvalidInput(
                f"the forecasts of {first_name!r} and {name!r} are not of the same queue and days; "
                "bring them to one grid before blending"
            )
    return first


def _say(record: TrackRecord, earned: Earned) -> tuple[str, ...]:
    wape = record.wape()
    notes = []
    for name, weight in earned.weights.items():
        past = "no record yet" if np.isnan(wape[name]) else f"off by {wape[name]:.1%} so far"
        factor = earned.correction[name]
        bias = "" if abs(factor - 1) < 0.0005 else f", corrected by {factor - 1:+.1%}"
        notes.append(f"{name}: weight {weight:.0%} ({past}{bias}).")
    return tuple(notes)
