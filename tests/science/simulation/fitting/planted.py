"""Contacts drawn with a known truth, for fits to find again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from scipy.stats import gamma

Floats = NDArray[np.float64]
Random = np.random.Generator


def lognormal(random: Random, mean: float, cv: float, count: int) -> Floats:
    variance = np.log1p(cv**2)
    return np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * random.standard_normal(count))


def patience(family: str, random: Random, count: int) -> Floats:
    if family == "exponential":
        return random.exponential(180.0, count)
    if family == "weibull":
        return 300.0 * random.weibull(0.7, count)
    return lognormal(random, 240.0, 1.3, count)


def waits(family: str, random: Random, count: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Two in five are answered at once, the others after a while unless they give up before."""
    willing = patience(family, random, count)
    offered = np.where(random.random(count) < 0.4, 0.0, random.exponential(80.0, count))
    return np.minimum(willing, offered), willing < offered


def days(
    random: Random, count: int, cv: float, correlation: float
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
    """Contacts of three types on so many days with a weekly shape and shared busyness."""
    weekday = np.arange(count) % 7
    shape = np.array([300, 280, 270, 260, 250, 90, 60])[weekday]
    common, own = random.standard_normal((count, 1)), random.standard_normal((count, 3))
    factors = gamma.ppf(
        ndtr(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own), 1 / cv**2, scale=cv**2
    )
    sizes = {"sales": 1.0, "service": 3.0, "tech": 0.5}
    counts = {name: random.poisson(shape * size * factors[:, i]) for i, (name, size) in enumerate(sizes.items())}
    return counts, weekday


def repeated_calls(random: Random, probability: float, *, count: int = 6_000) -> Floats:
    """Customer, start, end, gave up. 15 % give up; of those so many call again after 900 s on average."""
    callers, starts = random.integers(0, 3_000, count).astype(float), random.uniform(0, 1e6, count)
    ahead = list(zip(callers.tolist(), starts.tolist(), strict=True))
    rows = []
    while ahead:
        who, start = ahead.pop()
        end, left = start + random.exponential(60.0), random.random() < 0.15
        rows.append((who, start, end, float(left)))
        if left and random.random() < probability:
            ahead.append((who, end + float(lognormal(random, 900.0, 1.5, 1)[0])))
    return np.array(rows)
