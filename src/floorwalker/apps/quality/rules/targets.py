"""Whether the scores of a group keep what was agreed with a client, as far as so many reviews can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def mean_of(agents: Sequence[tuple[int, float]]) -> Mean | None:
    """From the reviews and the mean score of each agent; None below two agents.

    The ratio estimator of a sample of clusters: Cochran, Sampling Techniques (1977), 6.3 with agents as clusters.
    """
    number = sum(n for n, _mean in agents)
    if len(agents) < 2 or not number:
        return None
    mean = sum(n * value for n, value in agents) / number
    freedom = len(agents) - 1
    squares = sum((n * (value - mean)) ** 2 for n, value in agents)
    reach = t_quantile(0.975, freedom) * sqrt(len(agents) / freedom * squares) / number
    return Mean(mean, max(0.0, mean - reach), min(100.0, mean + reach))


def in_force(targets: Iterable[tuple[date, int]], day: date) -> int | None:
    """The score agreed for a day, from first days and scores; of two of one day the one written later holds."""
    held = [each for each in enumerate(targets) if each[1][0] <= day]
    return max(held, key=lambda each: (each[1][0], each[0]))[1][1] if held else None
