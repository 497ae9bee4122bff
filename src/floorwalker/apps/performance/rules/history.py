"""A measure over the days of one person: days made of their parts, and the best four weeks there were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.apps.performance.rules.baseline import BASELINE_DAYS, LEAST_DAYS, DayValue
from floorwalker.apps.performance.rules.measures import UP

SILENT_BELOW = 5  # agents; figures of fewer would be figures of a person


@dataclass(frozen=True)
class Stretch:
    """The mean of the days from a first to a last, and how many of them counted."""

    mean: float
    first: date
    last: date
    days: int


def by_day(parts: Iterable[tuple[date, float, float]]) -> list[DayValue]:
    """Figures of the same day become one, each by its weight; in the order of days."""
    sums: dict[date, tuple[float, float]] = {}
    for day, value, weight in parts:
        whole, of = sums.get(day, (0.0, 0.0))
        sums[day] = (whole + value * weight, of + weight)
    return [DayValue(day, whole / of, of) for day, (whole, of) in sorted(sums.items())]


def mean_of(values: Sequence[DayValue]) -> float:
    return sum(each.value * each.weight for each in values) / sum(each.weight for each in values)


def best_weeks(values: Sequence[DayValue], better: str) -> Stretch | None:
    """The best four weeks of ten counted days or more; of equals, the latest. ``values`` are in order of days."""
    best: Stretch | None = None
    for place, last in enumerate(values):
        first = last.day - timedelta(days=BASELINE_DAYS - 1)
        window = [each for each in values[: place + 1] if each.day >= first]
        if len(window) < LEAST_DAYS:
            continue
        mean = mean_of(window)
        if best is None or (mean >= best.mean if better == UP else mean <= best.mean):
            best = Stretch(mean, window[0].day, last.day, len(window))
    return best
