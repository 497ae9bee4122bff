"""Whether a measure moved between two stretches of days, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from floorwalker.apps.performance.rules.baseline import DayValue
from floorwalker.apps.performance.rules.measures import UP
from floorwalker.kernel.student import t_quantile

FEWEST_DAYS = 5  # on each side; below that the difference says nothing


@dataclass(frozen=True)
class Change:
    """The means before and after, and the difference with its interval of 90 %."""

    before: float
    after: float
    low: float
    high: float
    days_before: int
    days_after: int

    @property
    def moved(self) -> bool:
        """Whether chance alone seldom makes such a difference."""
        return self.low > 0 or self.high < 0

    def better(self, direction: str) -> bool:
        return (self.after - self.before) * (1 if direction == UP else -1) > 0


def change(before: Sequence[DayValue], after: Sequence[DayValue]) -> Change | None:
    """The weighted means and Welch's interval, by the fewer degrees of freedom of the two so as not to promise.

    None with fewer than five days on a side.
    """
    if min(len(before), len(after)) < FEWEST_DAYS:
        return None
    (mean_before, error_before), (mean_after, error_after) = _mean(before), _mean(after)
    reach = t_quantile(0.95, min(len(before), len(after)) - 1) * sqrt(error_before**2 + error_after**2)
    difference = mean_after - mean_before
    return Change(mean_before, mean_after, difference - reach, difference + reach, len(before), len(after))


def _mean(days: Sequence[DayValue]) -> tuple[float, float]:
    """The weighted mean and its standard error; a day counts by what it rests on."""
    whole = sum(each.weight for each in days)
    mean = sum(each.weight * each.value for each in days) / whole
    usual = whole / len(days)
    variance = sum(each.weight / usual * (each.value - mean) ** 2 for each in days) / (len(days) - 1)
    return mean, sqrt(variance / len(days))
