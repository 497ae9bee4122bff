"""Where somebody stands by their own past, how sure that is, and what a next step would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist

from floorwalker.apps.performance.rules.measures import UP
from floorwalker.kernel.student import t_quantile

LEAST_DAYS = 10
BASELINE_DAYS = 28
FURTHEST_DAYS = 182  # back, for what is measured less often than daily
STEP_PROBABILITY = 1 / 3  # of reaching a suggested step if everything stays as it is
TREND_IS_REAL = 2.0  # standard errors


@dataclass(frozen=True)
class DayValue:
    """A measure of one day; ``weight`` is what it rests on: evaluations, contacts, hours."""

    day: date
    value: float
    weight: float = 1.0


@dataclass(frozen=True)
class Baseline:
    """The mean of one's own days with its interval of 90 %; ``spread`` is that of a day of ordinary weight.

    ``daily`` is the trend a day, 0 where the days do not show one. ``span`` is how many days of the calendar it
    looks back on: four weeks, or as many as hold ten days.
    """

    mean: float
    low: float
    high: float
    days: int
    spread: float
    weight: float
    daily: float
    last_day: date
    span: int = BASELINE_DAYS


def baseline(values: Sequence[DayValue], until: date) -> Baseline | None:
    """From the last four weeks, or the last ten days there were within half a year.

    None below ten days, for then a number would say nothing. What is evaluated twice a month has its baseline too,
    with the width it deserves; a trend is only sought where days follow each other.
    """
    own = window(values, until)
    if len(own) < LEAST_DAYS:
        return None
    span = max(BASELINE_DAYS, (until - min(each.day for each in own)).days)
    whole = sum(each.weight for each in own)
    mean = sum(each.weight * each.value for each in own) / whole
    usual = whole / len(own)
    freedom = len(own) - 1
    spread = sqrt(sum(each.weight / usual * (each.value - mean) ** 2 for each in own) / freedom)
    reach = t_quantile(0.95, freedom) * spread / sqrt(whole / usual)
    return Baseline(
        mean,
        mean - reach,
        mean + reach,
        len(own),
        spread,
        usual,
        _trend(own, mean, whole) if span == BASELINE_DAYS else 0.0,
        until - timedelta(days=1),
        span,
    )


def window(values: Sequence[DayValue], until: date) -> list[DayValue]:
    """The days a baseline rests on, or would if there were ten."""
    past = sorted((each for each in values if each.day < until and each.weight > 0), key=lambda each: each.day)
    recent = [each for each in past if each.day >= until - timedelta(days=BASELINE_DAYS)]
    if len(recent) >= LEAST_DAYS:
        return recent
    return [each for each in past if each.day >= until - timedelta(days=FURTHEST_DAYS)][-LEAST_DAYS:]


def _trend(own: Sequence[DayValue], mean: float, whole: float) -> float:
    """The slope a day by weighted least squares, where it stands out of the noise; else 0."""
    middle = sum(each.weight * each.day.toordinal() for each in own) / whole
    places = [each.day.toordinal() - middle for each in own]
    width = sum(each.weight * place**2 for each, place in zip(own, places, strict=True))
    if width == 0:
        return 0.0
    slope = sum(e.weight * place * (e.value - mean) for e, place in zip(own, places, strict=True)) / width
    rest = sum(e.weight * (e.value - mean - slope * place) ** 2 for e, place in zip(own, places, strict=True))
    error = sqrt(rest / (len(own) - 2) / width)
    return slope if error == 0 or abs(slope) > TREND_IS_REAL * error else 0.0


@dataclass(frozen=True)
class Step:
    """A next level to aim for, and how likely it is reached if everything goes on as it did."""

    target: float
    probability: float
    days: int


def next_step(found: Baseline, better: str, days: int) -> Step:
    """The level reached in one of three such periods as it is: above one's own mean, and within reach."""
    sign = 1 if better == UP else -1
    lift = NormalDist().inv_cdf(1 - STEP_PROBABILITY) * _error_ahead(found, days)
    return Step(_expected(found, days) + sign * lift, STEP_PROBABILITY, days)


def probability_of(target: float, found: Baseline, better: str, days: int) -> float:
    """How likely the mean of the next ``days`` days reaches ``target`` if everything goes on as it did."""
    error = _error_ahead(found, days)
    if error == 0:
        return float((_expected(found, days) - target) * (1 if better == UP else -1) >= 0)
    short = (target - _expected(found, days)) / error
    return 1 - NormalDist().cdf(short) if better == UP else NormalDist().cdf(short)


def _expected(found: Baseline, days: int) -> float:
    """The mean ahead: a trend goes on for half of the time it was seen, since few last."""
    ahead = min((days + BASELINE_DAYS) / 2, BASELINE_DAYS)
    return found.mean + found.daily * ahead / 2


def _error_ahead(found: Baseline, days: int) -> float:
    """Of a mean of days to come: what is not known of the past, and the chance of the days themselves."""
    return found.spread * sqrt(1 / found.days + 1 / days)
