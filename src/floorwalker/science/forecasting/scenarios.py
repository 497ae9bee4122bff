"""What if: growth, a new client, a new skill, laid over a forecast of weeks or months.

Each scenario is a small dataclass with a ``name`` and ``apply(forecast) -> Forecast``; the result says in its
notes what was assumed. Scenarios are steps from one forecast to the next, so they combine in the order given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.timegrid import TimeGrid


class Scenario(Protocol):
    """Anything that turns one forecast into another and has a name."""

    @property
    def name(self) -> str: ...

    def apply(self, forecast: Forecast) -> Forecast: ...


def apply_scenarios(forecast: Forecast, scenarios: Iterable[Scenario]) -> Forecast:
    """``forecast`` under all ``scenarios``, one after the other; each is listed in the notes by name."""
    for scenario in scenarios:
        forecast = scenario.apply(forecast)
    return forecast


def phased_in(grid: TimeGrid, starts: date, ramp_days: int, ends: date | None = None) -> Floats:
    """Share of a change that is in force on each day of ``grid``: 0 before ``starts``, then rising evenly.

    With a ramp of four days the first days hold 1/4, 2/4, 3/4, 4/4; without one the change is there at once. From
    ``ends`` (the first day after it) on it is 0 again.
    """
    if ramp_days < 0:
        raise InvalidInput(f"a ramp of {ramp_days} days is negative; give 0 for a change at once")
    if ends is not None and ends <= starts:
        raise InvalidInput(f"a change from {starts} cannot end on {ends}")
    days = np.array([(day - starts).days for day in grid.dates], dtype=np.float64)
    share = np.clip((days + 1) / max(ramp_days, 1), 0.0, 1.0)
    gone = np.zeros(grid.days, dtype=bool) if ends is None else np.array([day >= ends for day in grid.dates])
    return np.where(gone, 0.0, share)


@dataclass(frozen=True)
class Growth:
    """Contacts grow by ``yearly_rate`` (0.1: ten percent a year), compounding daily from ``starts`` on.

    ``uncertainty`` is the coefficient of variation of the growth reached after one year.
    """

    name: str
    yearly_rate: float
    starts: date
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        if not self.yearly_rate > -1:
            raise InvalidInput(
                f"a growth of {self.yearly_rate:.0%} a year leaves no contacts; give more than -100 %"
            )
        _check_uncertainty(self.uncertainty)

    def apply(self, forecast: Forecast) -> Forecast:
        years = np.array([max((day - self.starts).days, 0) / 365.25 for day in forecast.grid.dates])
        factor = (1 + self.yearly_rate) ** years
        note = f"{self.name}: {self.yearly_rate:+.1%} a year from {self.starts}."
        return _scaled(forecast, factor, self.uncertainty * years, note)


@dataclass(frozen=True)
class Scale:
    """Contacts times ``factor`` from ``starts`` until before ``ends``, phased in over ``ramp_days``.

    ``aht_factor`` changes the handling time alike. A campaign, a price change, a self-service that takes a share.
    """

    name: str
    factor: float
    starts: date
    ends: date | None = None
    ramp_days: int = 0
    aht_factor: float = 1.0
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        if not self.factor >= 0 or not self.aht_factor > 0:
            raise InvalidInput(
                f"factors of {self.factor:g} and {self.aht_factor:g} cannot scale contacts and handling"
            )
        _check_uncertainty(self.uncertainty)

    def apply(self, forecast: Forecast) -> Forecast:
        share = phased_in(forecast.grid, self.starts, self.ramp_days, self.ends)
        note = (
            f"{self.name}: contacts × {self.factor:g} from {self.starts}" + _until(self.ends, self.ramp_days) + "."
        )
        scaled = _scaled(forecast, 1 + share * (self.factor - 1), self.uncertainty * share, note)
        days = np.asarray(forecast.grid.day_index)
        return replace(scaled, aht_seconds=forecast.aht_seconds * (1 + share * (self.aht_factor - 1))[days])


@dataclass(frozen=True)
class NewClient:
    """A client whose contacts join the queue: ``contacts_per_week``, phased in over ``ramp_days``.

    They come when the queue is open, along ``profile`` (7 weekdays × slots, any scale) or, without one, along the
    weekly pattern of the forecast itself. ``aht_seconds`` is their handling time (None: as the queue's).
    """

    name: str
    contacts_per_week: float
    starts: date
    ramp_days: int = 0
    ends: date | None = None
    aht_seconds: float | None = None
    profile: Floats | None = None
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.contacts_per_week < np.inf:
            raise InvalidInput(f"a client cannot bring {self.contacts_per_week:g} contacts a week")
        if self.aht_seconds is not None and not self.aht_seconds > 0:
            raise InvalidInput(f"a handling time of {self.aht_seconds:g} seconds is not positive")
        _check_uncertainty(self.uncertainty)

    def apply(self, forecast: Forecast) -> Forecast:
        grid = forecast.grid
        days = np.asarray(grid.day_index)
        share = phased_in(grid, self.starts, self.ramp_days, self.ends)[days]
        added = self.contacts_per_week * share * self._weekly_shares(forecast)
        contacts = forecast.contacts + added
        part = np.divide(added, contacts, out=np.zeros_like(added), where=contacts > 0)
        aht = forecast.aht_seconds
        if self.aht_seconds is not None:
            theirs = np.where(np.isnan(aht), self.aht_seconds, aht)
            aht = np.where(part > 0, (1 - part) * theirs + part * self.aht_seconds, aht)
        day_total = np.bincount(days, contacts, grid.days)
        day_part = np.bincount(days, added, grid.days) / np.where(day_total > 0, day_total, 1.0)
        note = f"{self.name}: {self.contacts_per_week:,.0f} contacts a week from {self.starts}"
        grown = replace(forecast, contacts=contacts, aht_seconds=aht)
        return _with_note(grown, self.uncertainty * day_part, note + _until(self.ends, self.ramp_days) + ".")

    def _weekly_shares(self, forecast: Forecast) -> Floats:
        """Share of a full week's contacts that falls into each interval."""
        grid = forecast.grid
        weekdays = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
        slots = np.asarray(grid.slots)
        if self.profile is None:
            seen = np.bincount(weekdays * grid.slots_per_day + slots, minlength=7 * grid.slots_per_day)
            total = np.bincount(weekdays * grid.slots_per_day + slots, forecast.contacts, 7 * grid.slots_per_day)
            profile = (total / np.maximum(seen, 1)).reshape(7, -1)
        else:
            profile = np.asarray(self.profile, dtype=np.float64)
            if profile.shape != (7, grid.slots_per_day) or not np.all(profile >= 0):
                raise InvalidInput(
                    f"the profile of {self.name!r} needs 7 × {grid.slots_per_day} shares, none negative"
                )
        if not profile.sum() > 0:
            raise InvalidInput(f"the profile of {self.name!r} is empty: no hour would carry its contacts")
        return np.where(forecast.open, (profile / profile.sum())[weekdays, slots], 0.0)


@dataclass(frozen=True)
class NewSkill:
    """A share of the contacts moves to a queue of its own, such as a language or a product that gets specialists.

    ``apply`` gives what remains, ``moved`` the forecast of the new queue, with ``aht_seconds`` there if given.
    """

    name: str
    share: float
    starts: date
    ramp_days: int = 0
    aht_seconds: float | None = None
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise InvalidInput(f"a share of {self.share:g} does not lie between 0 and 1")
        if self.aht_seconds is not None and not self.aht_seconds > 0:
            raise InvalidInput(f"a handling time of {self.aht_seconds:g} seconds is not positive")
        _check_uncertainty(self.uncertainty)

    def apply(self, forecast: Forecast) -> Forecast:
        share = self.share * phased_in(forecast.grid, self.starts, self.ramp_days)
        note = f"{self.name}: {self.share:.0%} of contacts leave for it from {self.starts}" + _until(
            None, self.ramp_days
        )
        # What is unsure about the share is as many contacts here as there, but fewer of those that remain.
        doubt = self.uncertainty * share / np.maximum(1 - share, 1e-9)
        return _scaled(forecast, 1 - share, np.where(share < 1, doubt, 0.0), note + ".")

    def moved(self, forecast: Forecast) -> Forecast:
        """The forecast of the new queue, named after the scenario."""
        share = self.share * phased_in(forecast.grid, self.starts, self.ramp_days)
        note = f"{self.name}: {self.share:.0%} of the contacts of {forecast.queue} from {self.starts}"
        own = _scaled(
            forecast, share, np.full(share.size, self.uncertainty), note + _until(None, self.ramp_days) + "."
        )
        aht = own.aht_seconds if self.aht_seconds is None else np.full(len(own.grid), self.aht_seconds)
        return replace(own, queue=self.name, aht_seconds=aht)


def _scaled(forecast: Forecast, factor: Floats, doubt: Floats, note: str) -> Forecast:
    """Contacts times a factor of each day."""
    days = np.asarray(forecast.grid.day_index)
    return _with_note(replace(forecast, contacts=forecast.contacts * factor[days]), doubt, note)


def _with_note(forecast: Forecast, doubt: Floats, note: str) -> Forecast:
    """Add a coefficient of variation of each day to the spread (factors multiply), and a note."""
    day_cv = np.sqrt((1 + forecast.spread.day_cv**2) * (1 + doubt**2) - 1)
    spread = replace(forecast.spread, day_cv=day_cv)
    return replace(forecast, spread=spread, notes=(*forecast.notes, note))


def _until(ends: date | None, ramp_days: int) -> str:
    return (f" until before {ends}" if ends else "") + (f", phased in over {ramp_days} days" if ramp_days else "")


def _check_uncertainty(uncertainty: float) -> None:
    if not 0 <= uncertainty < np.inf:
        raise InvalidInput(f"an uncertainty of {uncertainty:g} is not a coefficient of variation; give 0 or more")
