"""Staff one day: from a forecast to required people, what one person more would change, and why so many.

    python examples/staff_a_day.py

The forecast is typed in here; `forecast_a_queue.py` shows how to make one from history.
"""

from datetime import date

import numpy as np

from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.queueing import Goals, ServiceTarget
from floorwalker.science.staffing import explain, marginal_value, plan_intervals
from floorwalker.science.timegrid import TimeGrid

HOURLY_COST = 28.0
GOALS = Goals(ServiceTarget.parse("80/20"), max_abandon=0.04)
PATIENCE_SECONDS = 120  # how long callers would wait on average before they hang up
SHRINKAGE = 0.30  # share of paid time off the phones


def typed_in_forecast() -> Forecast:
    """A service line open from 8 to 18, one day in hours."""
    grid = TimeGrid(date(2026, 11, 30), days=1, step_seconds=3600, zone="Europe/Lisbon")
    contacts = np.zeros(24)
    contacts[8:18] = [180, 300, 427, 390, 310, 280, 300, 260, 190, 110]
    spread = Spread(day_cv=np.full(1, 0.08), slot_cv=np.full(24, 0.05))
    return Forecast("service", grid, contacts, np.full(24, 221.0), contacts > 0, spread, "typed in")


forecast = typed_in_forecast()
need = plan_intervals(forecast, GOALS, patience_seconds=PATIENCE_SECONDS, shrinkage=SHRINKAGE)

print("hour   contacts  on the phones  to roster  answered in 20 s  busy")
for i in np.flatnonzero(forecast.open).tolist():
    print(
        f"{forecast.grid.local(i):%H:%M}  {forecast.contacts[i]:9.0f}  {need.required[i]:13}  "
        f"{need.scheduled[i]:9}  {need.service_level[i]:16.0%}  {need.occupancy[i]:4.0%}"
    )

# Two people short all day: where does the first one back help most, and what does it cost to save a contact?
two_short = np.maximum(need.required - 2, 0)
value = marginal_value(forecast, two_short, GOALS, patience_seconds=PATIENCE_SECONDS)
best = int(value.where_one_more_wins_most(1)[0])
cost = value.cost_per_contact_saved(HOURLY_COST)[best]
print(
    f"\nWith two people fewer, one more at {forecast.grid.local(best):%H:%M} brings "
    f"{value.in_time_by_one_more[best]:.0f} contacts more in time within the hour and keeps "
    f"{value.saved_by_one_more[best]:.1f} from hanging up, {cost:.2f} each at {HOURLY_COST:.0f} an hour."
)

busiest = int(np.argmax(forecast.contacts))
why = explain(forecast, busiest, GOALS, patience_seconds=PATIENCE_SECONDS, shrinkage=SHRINKAGE)
print(f"\nWhy {why.total:.0f} at {forecast.grid.local(busiest):%H:%M}?")
for part in why.parts:
    print(f"{part.amount:+7.2f}  {part.name:17}  {part.because}")
