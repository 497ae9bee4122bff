"""Intraclass correlation: the share of the spread of scores that lies in the contacts, not in who scored them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput

Raters = Literal["any", "random", "fixed"]


@dataclass(frozen=True)
class IntraclassCorrelation:
    """An intraclass correlation with its interval.

    ``value`` is 1 where all raters give each contact the same score and can fall below 0 in small samples;
    ``low`` and ``high`` bound it with ``confidence``.
    """

    value: float
    low: float
    high: float
    confidence: float
    contacts: int
    raters: int


def intraclass_correlation(
    scores: npt.ArrayLike, *, raters: Raters = "random", averaged: bool = False, confidence: float = 0.95
) -> IntraclassCorrelation:
    """The six coefficients of Shrout and Fleiss, with F-based intervals.

    ``scores`` is contacts × raters without gaps. ``raters``: ``any`` – other raters for each contact, ICC(1);
    ``random`` – the same raters, a sample of many, their leniency counts against agreement, ICC(2); ``fixed`` –
    just these raters, leniency set aside, ICC(3). ``averaged`` asks for the mean of all of them, not for one.
    Raises InvalidInput. Source: Shrout and Fleiss, Psychological Bulletin 86 (1979); for the interval of
    ICC(2) McGraw and Wong, Psychological Methods 1 (1996).
    """
    table = np.asarray(scores, dtype=float)
    if table.ndim != 2 or min(table.shape) < 2 or not np.isfinite(table).all():
        raise InvalidInput("scores are contacts × raters, two of each or more, without gaps")
    if not 0 < confidence < 1:
        raise InvalidInput(f"a confidence lies between 0 and 1, not {confidence}")
    if np.ptp(table) == 0:
        raise InvalidInput("all scores are the same: there is no spread to divide")
    if raters not in _SINGLE:
        raise InvalidInput(f"raters are any, random or fixed, not {raters!r}")
    contacts, judges = table.shape
    value, low, high = _SINGLE[raters](*_mean_squares(table), contacts, judges, (1 - confidence) / 2)
    if averaged:
        value, low, high = (_of_mean(each, judges) for each in (value, low, high))
    return IntraclassCorrelation(value, low, high, confidence, contacts, judges)


def _mean_squares(table: npt.NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Mean squares between contacts, within contacts, between raters and of what is left."""
    n, k = table.shape
    mean = table.mean()
    contacts = k * ((table.mean(axis=1) - mean) ** 2).sum()
    judges = n * ((table.mean(axis=0) - mean) ** 2).sum()
    total = ((table - mean) ** 2).sum()
    return (
        contacts / (n - 1),
        (total - contacts) / (n * (k - 1)),
        judges / (k - 1),
        max(total - contacts - judges, 0.0) / ((n - 1) * (k - 1)),
    )


def _of_mean(single: float, raters: int) -> float:
    """Spearman–Brown: the reliability of the mean of that many raters."""
    return raters * single / (1 + (raters - 1) * single)


def _quantile(tail: float, upper: float, lower: float) -> float:
    from scipy.stats import f

    return float(f.ppf(1 - tail, upper, lower))


def _one_way(
    between: float, within: float, _judges: float, _rest: float, n: int, k: int, tail: float
) -> tuple[float, float, float]:
    ratio = _divided(between, within)
    free, other = n - 1, n * (k - 1)
    return (
        _from_ratio(ratio, k),
        _from_ratio(ratio / _quantile(tail, free, other), k),
        _from_ratio(ratio * _quantile(tail, other, free), k),
    )


def _fixed(
    between: float, _within: float, _judges: float, rest: float, n: int, k: int, tail: float
) -> tuple[float, float, float]:
    ratio = _divided(between, rest)
    free, other = n - 1, (n - 1) * (k - 1)
    return (
        _from_ratio(ratio, k),
        _from_ratio(ratio / _quantile(tail, free, other), k),
        _from_ratio(ratio * _quantile(tail, other, free), k),
    )


def _random(
    between: float, _within: float, judges: float, rest: float, n: int, k: int, tail: float
) -> tuple[float, float, float]:
    value = (between - rest) / (between + (k - 1) * rest + k * (judges - rest) / n)
    a = k * value / (n * (1 - value)) if value < 1 else float("inf")
    b = 1 + k * value * (n - 1) / (n * (1 - value)) if value < 1 else float("inf")
    if not np.isfinite(a):
        return value, value, value
    freedom = (a * judges + b * rest) ** 2 / ((a * judges) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1)))
    upper, lower = _quantile(tail, n - 1, freedom), _quantile(tail, freedom, n - 1)
    noise = k * judges + (k * n - k - n) * rest
    return (
        value,
        n * (between - upper * rest) / (upper * noise + n * between),
        n * (lower * between - rest) / (noise + n * lower * between),
    )


def _divided(upper: float, lower: float) -> float:
    return upper / lower if lower > 0 else float("inf")


def _from_ratio(ratio: float, raters: int) -> float:
    return (ratio - 1) / (ratio + raters - 1) if np.isfinite(ratio) else 1.0


_SINGLE = {"any": _one_way, "random": _random, "fixed": _fixed}
