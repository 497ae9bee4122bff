"""Does the staffed day reach as far as the demand? First and last interval with contacts against staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast


@dataclass(frozen=True)
class DaySpan:
    """One day: UTC seconds at which demand and staff begin and end (None where there is none).

    ``missed_contacts`` are expected while nobody is there: ``before`` the first staffed minute, ``after`` the
    last, and in a ``gap`` between. ``idle_hours`` are agent-hours outside the span of the demand.
    """

    day: date
    demand: tuple[int, int] | None
    staffed: tuple[int, int] | None
    before: float
    after: float
    gap: float
    idle_hours: float

    @property
    def missed_contacts(self) -> float:
        return self.before + self.after + self.gap

    @property
    def covered(self) -> bool:
        """True where somebody is there whenever contacts are expected."""
        return self.missed_contacts == 0


def check_span(forecast: Forecast, agents: ArrayLike, *, from_contacts: float = 0.5) -> tuple[DaySpan, ...]:
    """Compare, day by day, the span of the demand with that of ``agents`` (one value an interval).

    Demand counts from ``from_contacts`` expected contacts an interval, so that one call a month at four in the
    morning does not stretch the day. Queues closed in the forecast expect nothing.
    """
    grid = forecast.grid
    staff = np.asarray(agents, dtype=np.float64)
    if staff.shape != (len(grid),):
        raise InvalidInput(f"agents has {staff.size} values for {len(grid)} intervals")
    if not from_contacts > 0:
        raise InvalidInput(f"from_contacts of {from_contacts:g} calls every interval demand; give more than 0")
    wanted = forecast.open & (forecast.contacts >= from_contacts)
    hours = np.asarray(grid.lengths) / 3600
    found = []
    for number, day in enumerate(grid.dates):
        part = grid.day_slice(number)
        index = np.arange(part.start, part.stop)
        busy, there = index[wanted[part]], index[staff[part] > 0]
        alone = busy[staff[busy] <= 0]
        missed = forecast.contacts[alone]
        first, last = (there[0], there[-1]) if there.size else (part.stop, part.stop)
        idle = there[(there < busy[0]) | (there > busy[-1])] if busy.size else there
        found.append(
            DaySpan(
                day=day,
                demand=_ends(forecast, busy),
                staffed=_ends(forecast, there),
                before=float(missed[alone < first].sum()),
                after=float(missed[alone > last].sum()),
                gap=float(missed[(alone > first) & (alone < last)].sum()),
                idle_hours=float((staff[idle] * hours[idle]).sum()),
            )
        )
    return tuple(found)


def _ends(forecast: Forecast, index: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[int, int] | None:
    if not index.size:
        return None
    grid = forecast.grid
    return grid.starts[index[0]], grid.starts[index[-1]] + grid.lengths[index[-1]]
