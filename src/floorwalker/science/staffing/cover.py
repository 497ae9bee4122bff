"""What a given cover is expected to achieve on a forecast, per interval and over days or weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import ServiceTarget, evaluate
from floorwalker.science.staffing.workload import Bools, Floats, Over, Workload
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Total:
    """A stretch of time taken together, every contact counting once.

    ``service_level`` under the target's definition, ``asa_seconds`` the mean wait of the answered, ``occupancy``
    busy time ÷ time on the phones. Without contacts the service level is 1.
    """

    contacts: float
    answered: float
    abandoned: float
    service_level: float
    abandon_rate: float
    asa_seconds: float
    occupancy: float
    agent_hours: float


@dataclass(frozen=True)
class Achieved:
    """Expected measures of a cover, one value an interval.

    ``agents`` are on the phones (fractions allowed), ``answered_within`` and ``abandoned_within`` shares of
    the offered within the target's seconds. Where nobody calls the service level is 1 and the rest 0; where
    the queue grows without limit (no patience, too few agents) ``stable`` is False, the wait infinite and
    the service level 0.
    """

    grid: TimeGrid
    target: ServiceTarget
    agents: Floats
    contacts: Floats
    service_level: Floats
    abandon_rate: Floats
    asa_seconds: Floats
    occupancy: Floats
    answered_within: Floats
    abandoned_within: Floats
    stable: Bools

    @property
    def abandoned(self) -> Floats:
        """Contacts lost in each interval."""
        return self.contacts * self.abandon_rate

    def total(self, part: slice = slice(None)) -> Total:
        """The intervals of ``part`` (all by default) taken together."""
        contacts = self.contacts[part]
        offered, abandoned = float(contacts.sum()), float(self.abandoned[part].sum())
        answered = contacts - self.abandoned[part]
        seconds = np.asarray(self.grid.lengths, dtype=np.float64)[part]
        staffed = float((self.agents[part] * seconds).sum())
        busy = float((self.occupancy[part] * self.agents[part] * seconds).sum())
        waits = np.where(answered > 0, self.asa_seconds[part] * np.where(answered > 0, answered, 1.0), 0.0)
        return Total(
            contacts=offered,
            answered=offered - abandoned,
            abandoned=abandoned,
            service_level=self.target.share_met(
                float((contacts * self.answered_within[part]).sum()),
                float((contacts * self.abandoned_within[part]).sum()),
                offered - abandoned,
                offered,
            ),
            abandon_rate=abandoned / offered if offered else 0.0,
            asa_seconds=float(waits.sum()) / (offered - abandoned) if offered > abandoned else 0.0,
            occupancy=busy / staffed if staffed else 0.0,
            agent_hours=staffed / 3600,
        )

    def totals(self, over: str = Over.DAY) -> list[Total]:
        """One total a day or week of the grid."""
        return [self.total(part) for part in Over.named(over).slices(self.grid)]


def achieved(
    forecast: Forecast,
    agents_on_phones: ArrayLike,
    target: ServiceTarget,
    patience_seconds: float | None = None,
) -> Achieved:
    """Expected service, abandonment, speed of answer and occupancy of ``agents_on_phones`` on the forecast.

    ``agents_on_phones`` has one value an interval and may hold fractions: for a roster it is the people
    covering the interval × (1 − shrinkage) × (1 − absence). Erlang A with a mean patience, Erlang C without one.
    """
    work = Workload.of(forecast)
    agents = np.asarray(agents_on_phones, dtype=np.float64)
    if agents.shape != work.contacts.shape:
        raise InvalidInput(f"agents_on_phones has {agents.size} values for {work.contacts.size} intervals")
    if not np.all(np.isfinite(agents)) or np.any(agents < 0):
        where = int(np.flatnonzero(~(np.isfinite(agents) & (agents >= 0)))[0])
        raise InvalidInput(
            f"agents_on_phones is {agents[where]:g} at {forecast.grid.local(where).isoformat()}; "
            "give finite numbers, 0 or more"
        )
    return measure(forecast.grid, work, agents, target, patience_seconds)


def measure(
    grid: TimeGrid, work: Workload, agents: Floats, target: ServiceTarget, patience_seconds: float | None
) -> Achieved:
    """:func:`achieved` on a workload already read."""
    busy = work.busy
    part = work.part(busy)
    found = evaluate(agents[busy], part.contacts, part.seconds, part.aht_seconds, target, patience_seconds)

    def spread(values: object, elsewhere: float) -> Floats:
        full = np.full(busy.shape, elsewhere)
        full[busy] = np.asarray(values, dtype=np.float64)
        return full

    return Achieved(
        grid=grid,
        target=target,
        agents=agents,
        contacts=work.contacts,
        service_level=spread(found.service_level, 1.0),
        abandon_rate=spread(found.abandon_rate, 0.0),
        asa_seconds=spread(found.asa_seconds, 0.0),
        occupancy=spread(found.occupancy, 0.0),
        answered_within=spread(found.answered_within, 0.0),
        abandoned_within=spread(found.abandoned_within, 0.0),
        stable=spread(found.stable, 1.0).astype(np.bool_),
    )
