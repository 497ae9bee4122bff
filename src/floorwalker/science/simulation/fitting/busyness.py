"""How far days differ beyond chance, and whether the types of contact are busy together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.fitting.estimated import Estimated, Floats
from floorwalker.science.simulation.intervals import student

FEWEST_DAYS = 10
WILDEST = 10.0  # a coefficient of variation beyond which nothing is looked for


@dataclass(frozen=True)
class BusynessFit:
    """Spread of the gamma factor of a day, beyond Poisson, for each type; and how far the types share it.

    ``day_cv`` goes into ``PerPeriod.day_cv``; ``correlation``, the mean over all pairs, into
    ``Model.busyness_correlation``. None with one type, or where days do not differ beyond chance.
    """

    day_cv: Mapping[str, Estimated]
    correlation: Estimated | None
    days: int

    @property
    def busyness_correlation(self) -> float:
        """As the model takes it: between 0 and 1."""
        return 0.0 if self.correlation is None else min(1.0, max(0.0, self.correlation.value))


def fit_busyness(
    contacts: Mapping[str, ArrayLike], alike: ArrayLike, *, expected: Mapping[str, ArrayLike] | None = None
) -> BusynessFit:
    """From contacts per day and type. ``alike`` names days that expect the same: weekdays, usually.

    Without ``expected`` the mean of days that are alike is expected, which takes a trend for busyness; give a
    forecast's means where there is one. Days with a gap (NaN) and days unlike all others are left out.
    Raises :class:`InvalidInput` below ten days.
    """
    counts = {name: np.asarray(values, dtype=np.float64) for name, values in contacts.items()}
    labels = np.asarray(alike)
    if not counts or any(values.shape != labels.shape or values.ndim != 1 for values in counts.values()):
        raise InvalidInput("contacts and alike need one value a day each, for at least one type")
    means = _expected(counts, labels, expected)
    known = np.all([np.isfinite(counts[name]) & (means[name] > 0) for name in counts], axis=0)
    if expected is None:
        known &= _not_alone(labels, known)
    lost = len(np.unique(labels[known])) if expected is None else 0
    freedom = int(known.sum()) - lost
    if freedom < FEWEST_DAYS:
        raise InvalidInput(
            f"{int(known.sum())} days of {lost} kinds are too few; give {FEWEST_DAYS + lost} or more"
        )
    if expected is None:
        means = _expected({name: np.where(known, counts[name], np.nan) for name in counts}, labels, None)
    spreads = {
        name: _spread(counts[name][known], means[name][known], freedom, int(known.sum())) for name in counts
    }
    together = _together({name: (counts[name][known], means[name][known], spreads[name].value) for name in counts})
    return BusynessFit(spreads, together, int(known.sum()))


def _expected(
    counts: Mapping[str, Floats], labels: np.ndarray, given: Mapping[str, ArrayLike] | None
) -> dict[str, Floats]:
    if given is not None:
        if set(given) != set(counts):
            raise InvalidInput(f"expected has {', '.join(given)}; give the types of contacts, {', '.join(counts)}")
        return {name: np.asarray(given[name], dtype=np.float64) for name in counts}
    found = {}
    for name, values in counts.items():
        mean = np.zeros(len(values))
        for label in np.unique(labels):
            same = (labels == label) & np.isfinite(values)
            if same.any():
                mean[labels == label] = values[same].mean()
        found[name] = mean
    return found


def _not_alone(labels: np.ndarray, known: np.ndarray) -> np.ndarray:
    names, counts = np.unique(labels[known], return_counts=True)
    return np.isin(labels, names[counts > 1])


def _spread(counts: Floats, means: Floats, freedom: int, days: int) -> Estimated:
    """The spread under which Pearson's sum of squares is what it should be, and those at the ends of its interval.

    The sum is nearly chi-squared; the tails of the gamma make it wider, as if there were fewer days.
    """

    from scipy.optimize import brentq
    from scipy.special import chdtri

    def squares(cv: float) -> float:
        return float(((counts - means) ** 2 / (means + cv**2 * means**2)).sum())

    def where(wanted: float) -> float:
        if squares(0.0) <= wanted:
            return 0.0
        return (
            float(brentq(lambda cv: squares(cv) - wanted, 0.0, WILDEST)) if squares(WILDEST) < wanted else WILDEST
        )

    value = where(freedom)
    tails = 6 * value**2 + 1 / float((means + value**2 * means**2).mean())
    fewer = freedom / (1 + tails / 2)
    low, high = (where(float(chdtri(fewer, above)) * freedom / fewer) for above in (0.025, 0.975))
    return Estimated(value, low, high, days)


def _together(types: Mapping[str, tuple[Floats, Floats, float]]) -> Estimated | None:
    """Mean correlation of the day factors over all pairs, without their Poisson noise; jackknife interval."""
    told = [each for each in types.values() if each[2] > 0]
    if len(told) < 2:
        return None
    scores = np.column_stack([(n - mean) / np.sqrt(mean + cv**2 * mean**2) for n, mean, cv in told])
    sure = np.array([float((cv**2 * mean / (1 + cv**2 * mean)).mean()) for _, mean, cv in told])
    days = len(scores)
    total, products = scores.sum(axis=0), scores.T @ scores
    value = float(_mean_correlation(total, products, days, sure))
    each = scores[:, :, None] * scores[:, None, :]
    without = np.arctanh(_mean_correlation(total - scores, products - each, days - 1, sure))
    middle = atanh(value)
    pseudo = days * middle - (days - 1) * without
    side = student(days - 1) * float(pseudo.std(ddof=1)) / sqrt(days)
    return Estimated(value, tanh(middle - side), tanh(middle + side), days)


def _mean_correlation(total: Floats, products: Floats, days: int, sure: Floats) -> Floats:
    """Over all pairs, from sums and sums of products; for many samples at once along the first axes."""
    spread = products - total[..., :, None] * total[..., None, :] / days
    scale = np.sqrt(np.diagonal(spread, axis1=-2, axis2=-1) * sure)
    one, two = np.triu_indices(len(sure), 1)
    pairs = (spread / (scale[..., :, None] * scale[..., None, :]))[..., one, two]
    return np.asarray(np.clip(pairs.mean(axis=-1), -0.999, 0.999))
