"""The pattern of a queue in words: when it peaks, when it tapers off, how it grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.science.forecasting.closed_hours import WEEKDAY_NAMES
from floorwalker.science.forecasting.day_matrix import by_day
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.suspects import usual
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

PEAK_SHARE = 0.9  # the peak is the stretch around the busiest interval that holds at least this share of it
TAPER_SHARE = 0.5
NEGLIGIBLE = 0.02  # below this share of its peak a weekday has no demand worth a sentence
WEEKS_FOR_A_TREND = 6
INTERVAL_WORDS = {900: "quarter-hour", 1800: "half-hour", 3600: "hour"}


@dataclass(frozen=True)
class Peak:
    """The peak of one weekday in slots: from ``first`` to ``stop`` (exclusive), ``height`` contacts an interval at
    its highest; from ``taper`` on the day stays below half of that; ``opens`` and ``closes`` bound its demand."""

    first: int
    stop: int
    height: float
    taper: int
    opens: int
    closes: int


def profile_in_words(source: Forecast | Demand) -> tuple[str, ...]:
    """Sentences on the week of a history or a forecast: busiest weekday, peak and taper of each, hours, growth.

    Means over the days of each weekday; unknown values are left out. Growth needs six weeks and is named only when
    it stands out of the noise. Empty when there is no demand at all.
    """
    values = source.contacts if isinstance(source, Forecast) else source.offered
    week = weekly_profile(source.grid, values)
    totals = np.nansum(week, axis=1)
    if not totals.max() > 0:
        return ()
    sentences = [_busiest(totals)]
    if source.grid.step_seconds != DAY_SECONDS:
        peaks = {w: peak_of(week[w]) for w in range(7) if totals[w] >= NEGLIGIBLE * totals.max()}
        sentences += [_peak_words(WEEKDAY_NAMES[w], peak, source.grid.step_seconds) for w, peak in peaks.items()]
        sentences.append(_hours(peaks, source.grid.step_seconds))
    growth = _growth(source)
    return (*sentences, growth) if growth else tuple(sentences)


def weekly_profile(grid: TimeGrid, values: Floats) -> Floats:
    """Mean by weekday and slot, shape (7, slots); NaN where nothing is known."""
    matrix = by_day(np.asarray(values, dtype=np.float64), grid)
    weekdays = np.asarray(grid.weekdays)
    week = np.full((7, matrix.shape[1]), np.nan)
    for weekday in range(7):
        rows = matrix[weekdays == weekday]
        seen = (~np.isnan(rows)).sum(axis=0)
        week[weekday] = np.where(seen > 0, np.nansum(rows, axis=0) / np.maximum(seen, 1), np.nan)
    return week


def peak_of(row: Floats) -> Peak:
    """Peak, taper and hours of one weekday's mean counts (some of them positive)."""
    counts = np.nan_to_num(row)
    top = int(np.argmax(counts))
    height = float(counts[top])
    first, stop = top, top + 1
    while first > 0 and counts[first - 1] >= PEAK_SHARE * height:
        first -= 1
    while stop < counts.size and counts[stop] >= PEAK_SHARE * height:
        stop += 1
    above = np.flatnonzero(counts >= TAPER_SHARE * height)
    positive = np.flatnonzero(counts > 0)
    return Peak(first, stop, height, int(above[-1]) + 1, int(positive[0]), int(positive[-1]) + 1)


def _busiest(totals: Floats) -> str:
    order = np.argsort(-totals, kind="stable")
    top = order[0]
    open_days = [w for w in order if totals[w] >= NEGLIGIBLE * totals[top]]
    said = f"{WEEKDAY_NAMES[top]} is the busiest day with {_count(totals[top])} contacts"
    if len(open_days) == 1:
        return said + ", the only one with demand."
    low = open_days[-1]
    share = f"{100 * totals[low] / totals[top]:.0f} %"
    return f"{said}; {WEEKDAY_NAMES[low]} the quietest with {_count(totals[low])} ({share})."


def _peak_words(weekday: str, peak: Peak, step_seconds: int) -> str:
    interval = INTERVAL_WORDS.get(step_seconds, f"{step_seconds // 60} minutes")
    peaks = f"{weekday}s peak {_clock(peak.first, step_seconds)}–{_clock(peak.stop, step_seconds)}"
    said = f"{peaks} at {_count(peak.height)} contacts per {interval}"
    if peak.taper >= peak.closes:
        return f"{said} and stay above half of that to the end."
    return f"{said} and stay below half of that from {_clock(peak.taper, step_seconds)}."


def _hours(peaks: dict[int, Peak], step_seconds: int) -> str:
    opens, closes = min(p.opens for p in peaks.values()), max(p.closes for p in peaks.values())
    if closes - opens == DAY_SECONDS // step_seconds:
        return "Contacts come round the clock."
    begin, end = _clock(opens, step_seconds), _clock(closes - 1, step_seconds)
    return f"The first interval with demand starts at {begin}, the last at {end}."


def _growth(source: Forecast | Demand) -> str:
    """Robust slope of the weekly level, said only when its 99 % interval excludes zero."""
    values = source.contacts if isinstance(source, Forecast) else source.offered
    level = usual(Demand(source.queue, source.grid, np.asarray(values, dtype=np.float64))).level
    weeks = [level[start : start + 7] for start in range(0, level.size - 6, 7)]
    medians = np.array([np.median(week[week > 0]) if np.any(week > 0) else np.nan for week in weeks])
    known = np.flatnonzero(~np.isnan(medians))
    if known.size < WEEKS_FOR_A_TREND:
        return ""
    from scipy.stats import theilslopes  # a second to import

    slope, _, low, high = theilslopes(np.log(medians[known]), known, alpha=0.99)
    span = f"over these {len(weeks)} weeks"
    if low <= 0 <= high:
        return f"Volume shows no clear growth or decline {span}."
    yearly = len(weeks) >= 104
    rate = np.expm1(slope * (365.25 / 7 if yearly else 1))
    word = "grows" if rate > 0 else "shrinks"
    return f"Volume {word} by about {100 * abs(rate):.1f} % a {'year' if yearly else 'week'} {span}."


def _clock(slot: int, step_seconds: int) -> str:
    minutes = slot * step_seconds // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
