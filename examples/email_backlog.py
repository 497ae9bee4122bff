"""Work that may wait: how few people answer every e-mail in time, given what already lies there on Monday.

python examples/email_backlog.py
"""

from datetime import date

import numpy as np

from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.staffing import Backlog, plan_deferred
from floorwalker.science.timegrid import TimeGrid

AHT_SECONDS = 420.0
OVER_THE_WEEKEND = Backlog(items=60, aht_seconds=AHT_SECONDS, seconds_left=2 * 3600)

grid = TimeGrid(date(2026, 11, 30), days=5, step_seconds=3600, zone="Europe/Lisbon")
hour = np.asarray(grid.slots)
arriving = np.where((hour >= 7) & (hour < 23), 9.0, 2.0)  # mail comes day and night …
at_work = (hour >= 9) & (hour < 17)  # … people, and the promise, keep office hours
count = len(grid)
mail = Forecast(
    "mail",
    grid,
    arriving,
    np.full(count, AHT_SECONDS),
    np.ones(count, dtype=bool),
    Spread(np.zeros(grid.days), np.zeros(count)),
    "typed in",
)

print(f"{arriving.sum():.0f} e-mails in the week, {OVER_THE_WEEKEND.items:.0f} left from the weekend.\n")
print("promise  most people at once  agent-hours  on time  mean answer  left on Friday night")
for promised_hours in (2, 4, 8):
    plan = plan_deferred(mail, promised_hours * 3600, staffed=at_work, opening=(OVER_THE_WEEKEND,))
    path = plan.path
    print(
        f"{promised_hours:5} h  {plan.required.max():19}  {plan.agent_hours:11.0f}  {path.on_time_share:7.0%}  "
        f"{path.mean_response_seconds / 3600:9.1f} h  {path.waiting[-1]:14.0f}"
    )
    monday = plan.required[grid.day_slice(0)][9:17]

print(f"\nMonday from 9 to 17 with {promised_hours} hours to answer: {' '.join(map(str, monday))} people.")
print("The more time the promise leaves, the more evenly the work spreads, and the lower the peak.")
