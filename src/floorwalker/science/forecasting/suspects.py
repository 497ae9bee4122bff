"""What a queue usually does, told robustly, so that what it did not usually do stands out.

The usual count of an interval is ``base`` (weekday × slot, a trimmed mean) times the ``level`` of its day
(a weighted median over the day's intervals, so that neither an outage of hours nor one wild count moves it).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.day_matrix import by_day
from floorwalker.science.forecasting.demand import Demand, Floats

Flags = NDArray[np.bool_]
FEWEST_DAYS = 4  # of one weekday, before anything can be called unusual for it
TRIM = 0.2


@dataclass(frozen=True)
class Usual:
    """Usual counts of one history.

    ``counts`` (days × slots) what was known, NaN elsewhere; ``base`` (7 × slots) the usual count at level 1,
    NaN where the weekday was seen too seldom; ``level`` one value a day, NaN where nothing can be said;
    ``usually_open`` (7 × slots) where at least half of the seen days of the weekday brought contacts or rows.
    """

    counts: Floats
    base: Floats
    level: Floats
    usually_open: Flags
    weekdays: NDArray[np.int64]

    @property
    def expected(self) -> Floats:
        """Usual count of every day and slot at the level of its day."""
        return np.asarray(self.base[self.weekdays] * self.level[:, None])


def usual(demand: Demand) -> Usual:
    """Fit the usual counts of ``demand``."""
    counts = by_day(demand.offered, demand.grid)
    weekdays = np.asarray(demand.grid.weekdays, dtype=np.int64)
    busy_day = np.nansum(counts, axis=1) > 0
    level = np.where(busy_day, 1.0, np.nan)
    base = np.full((7, counts.shape[1]), np.nan)
    for _ in range(3):
        for weekday in range(7):
            rows = (weekdays == weekday) & (level > 0)
            if rows.sum() >= FEWEST_DAYS:
                base[weekday] = _trimmed_mean(counts[rows] / level[rows, None])
        level = np.array([level_of(row, usual_row) for row, usual_row in zip(counts, base[weekdays], strict=True)])
    return Usual(counts, base, level, _usually_open(counts, weekdays, busy_day), weekdays)


def noise(values: Floats) -> float:
    """Standard deviation by the median of absolute deviations from zero (exact for normal noise)."""
    return float(np.median(np.abs(values)) * 1.4826) if values.size else 0.0


def interval_scores(found: Usual) -> Floats:
    """How many standard deviations each count lies from the usual one, shape (days, slots); NaN where unknown.

    The variance is the Poisson one plus what each slot showed beyond it, both as robust medians.
    """
    expected = found.expected
    error = found.counts - expected
    with np.errstate(invalid="ignore", divide="ignore"):
        beyond = ((error * 1.4826) ** 2 - expected) / expected**2
    extra = np.zeros(expected.shape[1])
    for slot in range(expected.shape[1]):
        seen = beyond[:, slot][np.isfinite(beyond[:, slot])]
        if seen.size >= FEWEST_DAYS:
            extra[slot] = max(0.0, float(np.median(seen)))
    variance = expected + extra * expected**2
    return np.asarray(np.divide(error, np.sqrt(variance), out=np.full(error.shape, np.nan), where=variance > 0))


def day_scores(found: Usual, reach: int = 10) -> tuple[Floats, Floats]:
    """How far each day's level lies outside both its past and its future, and the noise of levels, in log units.

    A day is compared with the medians of the ``reach`` known days before and after it. It counts as outside
    only if both say so with the same sign: on the far side of a lasting shift one of the two agrees with it.
    """
    known = np.flatnonzero(found.level > 0)
    logs = np.log(found.level[known])
    outside = np.zeros(known.size)
    around = np.zeros(known.size)
    for i in range(known.size):
        before, after = logs[max(0, i - reach) : i], logs[i + 1 : i + 1 + reach]
        sides = [logs[i] - np.median(part) for part in (before, after) if part.size >= 3]
        around[i] = logs[i] - np.median(logs[max(0, i - reach) : i + 1 + reach])
        if sides and (min(sides) > 0 or max(sides) < 0):
            outside[i] = min(sides, key=abs)
    volume = np.nansum(found.base[found.weekdays[known]], axis=1) * found.level[known]
    scale = np.sqrt(noise(around) ** 2 + 1 / np.maximum(volume, 1.0))
    scores, scales = np.full(found.level.size, np.nan), np.full(found.level.size, np.nan)
    scores[known], scales[known] = outside, scale
    return scores, scales


def nearby(found: Usual, reach: int = 2) -> tuple[Floats, Floats, Floats]:
    """Lowest, middle and highest count around each interval, at the level of its day, each (days × slots).

    Around means the ``reach`` days of the same weekday before and after, and for the extremes also the slot to
    either side: what the weeks beside it show as well is a habit, such as an opening that moves with the sunset.
    The middle one is the lower of the weeks next to it: new opening hours agree with one of the two.
    """
    relative = found.counts / np.where(found.level > 0, found.level, np.nan)[:, None]
    days, slots = relative.shape
    padded = np.full((days + 14 * reach, slots + 2), np.nan)
    padded[7 * reach : 7 * reach + days, 1:-1] = relative
    weeks = [7 * week for week in range(2 * reach + 1) if week != reach]
    cube = np.stack([padded[week : week + days, side : side + slots] for week in weeks for side in (0, 1, 2)])
    level = found.level[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nothing known around: NaN is the answer
        return (
            np.nanmin(cube, axis=0) * level,
            np.fmin(cube[3 * reach - 2], cube[3 * reach + 1]) * level,
            np.nanmax(cube, axis=0) * level,
        )


def _usually_open(counts: Floats, weekdays: NDArray[np.int64], busy_day: Flags) -> Flags:
    """Weekday-slots in which at least half of the busy days brought contacts."""
    share = np.zeros((7, counts.shape[1]))
    for weekday in range(7):
        rows = (weekdays == weekday) & busy_day
        if rows.any():
            share[weekday] = np.mean(np.nan_to_num(counts[rows]) > 0, axis=0)
    return share >= 0.5


def _trimmed_mean(rows: Floats) -> Floats:
    """Mean of each column without its lowest and highest fifth; NaN columns seen fewer than FEWEST_DAYS times."""
    ordered = np.sort(rows, axis=0)  # NaN sorts last
    seen = np.sum(~np.isnan(rows), axis=0)
    cut = np.floor(seen * TRIM)
    place = np.arange(rows.shape[0])[:, None]
    kept = (place >= cut) & (place < seen - cut)
    total = np.where(kept, np.nan_to_num(ordered), 0.0).sum(axis=0)
    return np.where(seen >= FEWEST_DAYS, total / np.maximum(kept.sum(axis=0), 1), np.nan)


def level_of(counts: Floats, base: Floats) -> float:
    """Level of one day: weighted median of count over base, weighted by base; NaN where neither is known."""
    seen = ~np.isnan(counts) & (base > 0)
    if not seen.any():
        return np.nan
    ratio, weight = counts[seen] / base[seen], base[seen]
    order = np.argsort(ratio)
    reached = np.cumsum(weight[order])
    return float(ratio[order][np.searchsorted(reached, reached[-1] / 2)])
