"""Blend forecasts: ours, the client's and the planner's, each trusted as far as its track record goes.

python examples/blend_sources.py
"""

from datetime import date

import numpy as np

from floorwalker.science.forecasting import Forecast, Spread, TrackRecord, blend, earn
from floorwalker.science.timegrid import TimeGrid

rng = np.random.default_rng(7)
weeks = 20
actual = 3000 * (1 + 0.1 * np.sin(np.arange(weeks) / 4)) * rng.normal(1, 0.03, weeks)
record = TrackRecord(
    sources=("statistical", "client", "planner"),
    forecasts=np.array(
        [
            actual * rng.normal(1.00, 0.05, weeks),  # right on average, a little noisy
            actual * rng.normal(1.15, 0.03, weeks),  # steady, but always 15 % too high
            actual * rng.normal(1.00, 0.15, weeks),  # a guess by feel
        ]
    ),
    actual=actual,
)

grid = TimeGrid(date(2026, 11, 30), days=7, step_seconds=86_400, zone="Europe/Lisbon")
spread = Spread(day_cv=np.full(7, 0.06), slot_cv=np.zeros(7))


def week_of(total: float, method: str) -> Forecast:
    """A week of that many contacts, the weekdays alike."""
    contacts = total * np.array([0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0])
    return Forecast("calls", grid, contacts, np.full(7, 240.0), contacts > 0, spread, method)


said = {"statistical": 3100.0, "client": 3600.0, "planner": 2700.0}
forecasts = {source: week_of(total, source) for source, total in said.items()}

errors, earned = record.wape(), earn(record)
print("source       said   past error  trusted  corrected by")
for source, total in said.items():
    print(
        f"{source:11}  {total:4.0f}  {errors[source]:11.1%}  {earned.weights[source]:7.0%}  "
        f"{earned.correction[source] - 1:+12.1%}"
    )
print(f"\nBlend: {blend(forecasts, record).contacts.sum():.0f} contacts in the week.")

untried = blend(forecasts, TrackRecord.empty(tuple(said)))
print(f"Without a record all count alike: {untried.contacts.sum():.0f}.")
newcomer = blend({**forecasts, "consultant": week_of(4000.0, "consultant")}, record)
print(f"A consultant nobody has tried says 4000: {newcomer.contacts.sum():.0f}.")
