"""From the settings of a queue to its truth: draws what differs from seed to seed, sizes the volume."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np

from floorwalker.science.sample.calibration import ROSTER_FIT, scale_to_hours
from floorwalker.science.sample.plan import Handling, QueuePlan, SitePlan, Volume
from floorwalker.science.sample.streams import stream
from floorwalker.science.sample.truth import Floats, Outage, QueueTruth
from floorwalker.science.timegrid import TimeGrid

_JITTER = 0.03  # how far seeds move the factors of a plan, standard deviation
_OUTAGE_MINUTES = (60, 90, 120, 180)
_COMES_BACK = 0.4
_REBOUND_SECONDS = 7200


@lru_cache(maxsize=64)
def public_holidays(country: str, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Public holidays of a country (ISO code) from ``first`` to ``last``, with their names, in order."""
    years = range(first.year, last.year + 1)
    found = holidays.country_holidays(country, years=years, language="en_US")
    return tuple((day, name) for day, name in sorted(found.items()) if first <= day <= last)


def plant(
    plan: QueuePlan, site: SitePlan, grid: TimeGrid, ahead_days: int, weekly_hours: float, seed: int
) -> QueueTruth:
    """Draw the truth of one queue whose people can be on the phones ``weekly_hours`` hours a week."""
    rng = stream(seed, "truth", plan.name)
    until = grid.first_day + timedelta(days=grid.days)
    weekdays = _weekday_factors(plan, rng)
    profile = _profile(plan, grid.step_seconds, rng)
    slots = _slot_factors(plan.handling, profile, weekdays)
    week = np.array(weekdays)[:, None] * profile
    aht = plan.handling.seconds * np.broadcast_to(slots, week.shape)
    contacts_per_day = scale_to_hours(week, aht, grid.step_seconds, weekly_hours * ROSTER_FIT)
    special = _special_factors(plan, site, grid.first_day, until + timedelta(days=ahead_days), rng)
    volume = plan.volume
    closed = frozenset(day for day, factor in special.items() if factor == 0)
    return QueueTruth(
        queue=plan.name,
        until=until,
        step_seconds=grid.step_seconds,
        contacts_per_day=contacts_per_day,
        weekday_factors=weekdays,
        profile=profile,
        season_height=volume.season,
        season_top_day=float(rng.uniform(0, 366)),
        growth=(1 + volume.growth) * float(np.exp(rng.normal(0, 0.01))) - 1,
        shift_day=grid.first_day + timedelta(days=int(grid.days * rng.uniform(0.35, 0.6))),
        shift=volume.level_shift,
        special_factors=special,
        month_start=volume.month_start,
        outages=_outages(plan, grid, closed, stream(seed, "outages", plan.name)),
        day_cv=volume.day_cv,
        slot_cv=volume.slot_cv,
        abandon_share=volume.abandon_share,
        aht_seconds=plan.handling.seconds,
        aht_cv=plan.handling.cv,
        aht_trend=plan.handling.trend,
        aht_slot_factors=slots,
        patience_seconds=plan.patience_seconds,
    )


def _weekday_factors(plan: QueuePlan, rng: np.random.Generator) -> tuple[float, ...]:
    """Factors of mean 1 over the open days of the week; 0 for closed ones."""
    drawn = np.array(plan.volume.weekdays) * np.exp(rng.normal(0, _JITTER, 7))
    is_open = np.array([span is not None for span in plan.hours])
    drawn = np.where(is_open, drawn, 0.0)
    return tuple(float(x) for x in drawn / drawn[is_open].mean())


def _profile(plan: QueuePlan, step_seconds: int, rng: np.random.Generator) -> Floats:
    """Shares of each weekday's contacts by slot: peaks over a floor, cut to the opening hours, by the minute."""
    minutes = np.arange(1440) + 0.5
    curve = np.full(1440, plan.volume.floor)
    for peak in plan.volume.peaks:
        top = peak.minute + rng.normal(0, 10)
        weight = peak.weight * np.exp(rng.normal(0, _JITTER))
        curve += weight * np.exp(-0.5 * ((minutes - top) / peak.width_minutes) ** 2)
    by_day = np.zeros((7, 1440))
    for weekday, span in enumerate(plan.hours):
        if span is not None:
            by_day[weekday, slice(*span)] = curve[slice(*span)]
            by_day[weekday] /= by_day[weekday].sum()
    return np.asarray(by_day.reshape(7, -1, step_seconds // 60).sum(axis=2))


def _slot_factors(handling: Handling, profile: Floats, weekdays: tuple[float, ...]) -> Floats:
    """Handling time by slot relative to its mean over all contacts of a week."""
    slots = profile.shape[1]
    minutes = (np.arange(slots) + 0.5) * 1440 / slots
    wave = 1 + handling.swing * np.cos(2 * np.pi * (minutes - handling.slowest_minute) / 1440)
    weight = np.array(weekdays) @ profile
    return np.asarray(wave * weight.sum() / (wave @ weight))


def _special_factors(
    plan: QueuePlan, site: SitePlan, first: date, last: date, rng: np.random.Generator
) -> Mapping[date, float]:
    """Factor of every holiday, of the days beside one, and of dates closed anyway. A name keeps its factor."""
    volume = plan.volume
    found = public_holidays(site.country, first - timedelta(days=1), last + timedelta(days=1))
    by_name = {name: volume.holiday * float(np.exp(rng.normal(0, 0.1))) for name in sorted({n for _, n in found})}
    on = {day: by_name[name] for day, name in found}
    factors: dict[date, float] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        factor = _factor_of(day, on, volume)
        if factor != 1:
            factors[day] = factor
    return factors


def _factor_of(day: date, on: Mapping[date, float], volume: Volume) -> float:
    if (day.month, day.day) in volume.closed_on:
        return 0.0
    if day in on:
        return on[day]
    before = volume.holiday_before if day + timedelta(days=1) in on else 1.0
    return before * (volume.holiday_after if day - timedelta(days=1) in on else 1.0)


def _outages(
    plan: QueuePlan, grid: TimeGrid, closed: frozenset[date], rng: np.random.Generator
) -> tuple[Outage, ...]:
    """Outages on days of their own, within opening hours."""
    count = int(rng.poisson(plan.volume.outages_a_year * grid.days / 365.25))
    spans = {
        number: span
        for number, day in enumerate(grid.dates)
        if (span := plan.hours[day.weekday()]) is not None and day not in closed
    }
    days = rng.choice(sorted(spans), size=min(count, len(spans)), replace=False)
    drawn = []
    for day in sorted(int(d) for d in days):
        opens, closes = spans[day]
        minutes = min(int(rng.choice(_OUTAGE_MINUTES)), closes - opens)
        begin = opens + 5 * int(rng.integers(0, (closes - opens - minutes) // 5 + 1))
        start = grid.instant(day, begin)
        drawn.append(Outage(plan.name, start, start + 60 * minutes, _COMES_BACK, _REBOUND_SECONDS))
    return tuple(drawn)
