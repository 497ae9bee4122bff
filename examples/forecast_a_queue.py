"""Forecast a queue: history, cleaning, the method its own past speaks for, a band, and the week in words.

    python examples/forecast_a_queue.py

The history is the made-up corner help desk, half a year of it. It has an outage or two planted in it; the
cleaning is not told.
"""

from datetime import date

import numpy as np

from floorwalker.science.forecasting import (
    Calendar,
    ChangeKind,
    CountRegression,
    DayProfile,
    choose,
    clean,
    profile_in_words,
)
from floorwalker.science.sample import make_centre

MONDAY = date(2026, 11, 30)

centre = make_centre("corner", seed=1, until=MONDAY, weeks=26)
history = centre.demand["helpdesk"]
calendar = Calendar(
    special={day.day: day.name for day in centre.special_days},
    closed=frozenset(day.day for day in centre.special_days if "helpdesk" in day.closed),
)

cleaned = clean(history, calendar=calendar)
print(f"{history.grid.days} days of history, {np.nansum(history.offered):.0f} contacts. What the cleaning found:")
for change in cleaned.changes:
    when = "" if change.kind is ChangeKind.CLOSED else f"{change.start:%a %d %b %H:%M} to {change.end:%H:%M}: "
    print(f"  {when}{change.because}")

# Every method forecasts four past weeks from what was known before each; two methods keep this example quick.
choice = choose(
    cleaned.demand, horizon_days=7, calendar=calendar, origins=4, methods=[DayProfile(), CountRegression()]
)
print("\nhow they would have done   error (WAPE)  bias    inside the 90 % band")
for name, score in choice.scores.items():
    mark = "  <- chosen" if name == choice.name else ""
    print(f"{name:25}  {score.wape:12.1%}  {score.bias:+6.1%}  {score.coverage:.0%}{mark}")
print(choice.notes[-1])

forecast = choice.predict(history.grid.following(7))
low, high = forecast.quantile(0.05), forecast.quantile(0.95)
print(f"\nMonday {MONDAY:%d %B}, forecast by {forecast.method}:")
for i in np.flatnonzero(forecast.contacts > 0)[:24:4].tolist():
    band = f"nine times in ten {low[i]:.0f} to {high[i]:.0f}"
    print(f"  {forecast.grid.local(i):%H:%M}  {forecast.contacts[i]:5.1f} contacts, {band}")

print()
for sentence in profile_in_words(forecast):
    print(sentence)
