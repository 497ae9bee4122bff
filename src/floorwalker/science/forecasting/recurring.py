"""Special days the data show by themselves: dates that stood out before and come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from floorwalker.science.forecasting.demand import Floats

EASTER_DAYS = {
    -3: "Maundy Thursday",
    -2: "Good Friday",
    0: "Easter Sunday",
    1: "Easter Monday",
    39: "Ascension Day",
    49: "Whit Sunday",
    50: "Whit Monday",
    60: "Corpus Christi",
}
SEASON_DAYS = 90
AGREEING = 1.5  # standard deviations that say "this year too"
OUTLYING = 4.0  # residuals, in standard deviations, from which a day is taken to be of its own kind


def recurring_keys(day: date) -> tuple[str, ...]:
    """Ways in which a date may come back: by its distance from Easter, or on the same date each year."""
    fixed = f"{day.day} {day.strftime('%B')}"
    offset = (day - easter(day.year)).days
    return (EASTER_DAYS[offset], fixed) if offset in EASTER_DAYS else (fixed,)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature 13, 1876, p. 487)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


def recurring_days(days: Sequence[date], residuals: Floats, sigma: float) -> tuple[str, ...]:
    """Keys of the dates that stood out and may do so again.

    A date met in several years counts only where it stood out the same way in each; one met once is believed
    until it comes back. Days of the latest :data:`SEASON_DAYS` cannot come back within any sensible horizon.
    """
    scaled: dict[str, list[float]] = {}
    for day, residual in zip(days, residuals / max(sigma, 1e-12), strict=True):
        for key in recurring_keys(day):
            scaled.setdefault(key, []).append(float(residual))
    found = set()
    for i in np.flatnonzero(np.abs(residuals) > OUTLYING * sigma).tolist():
        key = recurring_keys(days[i])[0]
        alike = [r * np.sign(residuals[i]) > AGREEING for r in scaled[key]]
        if all(alike) and (days[-1] - days[i]).days > SEASON_DAYS:
            found.add(key)
    return tuple(sorted(found))
