"""The next step to suggest: one's own past a little better, in a figure that can be said, with its chance."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

from floorwalker.apps.performance.rules.baseline import (
    BASELINE_DAYS,
    FURTHEST_DAYS,
    LEAST_DAYS,
    Baseline,
    Step,
    next_step,
    probability_of,
)
from floorwalker.apps.performance.rules.facts import HIGHEST
from floorwalker.apps.performance.rules.measures import (
    AN_HOUR,
    MEASURES,
    POINTS,
    SECONDS,
    SHARE,
    UP,
    at_least_as_good,
)

# The smallest difference a target is said in.
GRAIN: Mapping[str, float] = {POINTS: 0.5, SHARE: 0.005, SECONDS: 1.0, AN_HOUR: 0.05}


def days_ahead(found: Baseline, calendar_days: int) -> int:
    """How many days will count in so many days of the calendar, if they come as often as they did."""
    return max(1, round(found.days * calendar_days / found.span))


def suggestion(found: Baseline, key: str) -> Step | None:
    """The step to suggest for as long as ten days take; none for who is at the best there can be."""
    measure, days = MEASURES[key], days_ahead(found, days_needed(found))
    raw, grain = next_step(found, measure.better, days).target, GRAIN[measure.unit]
    # Where days have been getting worse, the step is back to the usual: no step lies below one's own mean.
    if measure.better == UP:
        target = min(ceil(round(max(raw, found.mean + grain / 2) / grain, 6)) * grain, HIGHEST[measure.unit])
    else:
        target = max(floor(round(min(raw, found.mean - grain / 2) / grain, 6)) * grain, grain)
    target = round(target, 6)
    if target == found.mean or not at_least_as_good(target, found.mean, measure.better):
        return None
    return Step(target, probability_of(target, found, measure.better, days), days)


def days_needed(found: Baseline, counted: int = LEAST_DAYS) -> int:
    """In how many days of the calendar so many will count, in whole weeks; four at least, half a year at most."""
    weeks = ceil(counted * found.span / found.days / 7)
    return min(max(7 * weeks, BASELINE_DAYS), FURTHEST_DAYS)


def chance(target: float, found: Baseline, key: str, calendar_days: int) -> float:
    """How likely a target is reached in so many days of the calendar, if everything goes on as it did."""
    return probability_of(target, found, MEASURES[key].better, days_ahead(found, calendar_days))
