"""Whether the scores of a group keep what was agreed with a client, as far as so many reviews can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from floorwalker.kernel.student import t_quantile

KEPT, MISSED, OPEN = "kept", "missed", "open"


@dataclass(frozen=True)
class Mean:
    """The mean of all reviews with its interval of 95 %: agents are the sample, for their reviews are alike."""

    value: float
    low: float
    high: float

    def against(self, target: float) -> str:
        """Kept or missed where the whole interval says so; else nobody can tell yet."""
        if self.low >= target:
            return KEPT
        return MISSED if self.high < target else OPEN


@dataclass(frozen=True)
class Clusters:
    """The agents of a group in sums, as a database adds up: n reviews of an agent, S their scores together."""

    agents: int
    reviews: float  # Σ n
    scores: float  # Σ S
    scores_squared: float  # Σ S²
    scores_by_reviews: float  # Σ S n
    reviews_squared: float  # Σ n²


def mean_of(group: Clusters) -> Mean | None:
    """The mean of all reviews of a group; None below two agents.

    The ratio estimator of a sample of clusters: Cochran, Sampling Techniques (1977), 6.3 with agents as clusters.
    """
    if group.agents < 2 or not group.reviews:
        return None
    mean = group.scores / group.reviews
    freedom = group.agents - 1
    # Σ (S − n mean)², multiplied out; rounding must not make it negative where all are alike.
    squares = max(
        0.0, group.scores_squared - 2 * mean * group.scores_by_reviews + mean * mean * group.reviews_squared
    )
    reach = t_quantile(0.975, freedom) * sqrt(group.agents / freedom * squares) / group.reviews
    return Mean(mean, max(0.0, mean - reach), min(100.0, mean + reach))


def in_force(targets: Iterable[tuple[date, int]], day: date) -> int | None:
    """The score agreed for a day, from first days and scores; of two of one day the one written later holds."""
    held = [each for each in enumerate(targets) if each[1][0] <= day]
    return max(held, key=lambda each: (each[1][0], each[0]))[1][1] if held else None
