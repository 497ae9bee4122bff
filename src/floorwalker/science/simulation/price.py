"""What an agent-hour off the phones costs: contacts and value lost, period by period and group by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Stop
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.steady_state import WAITED_FOR

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
MEASURES = ("contacts", "late", "value")
WINDOW_SECONDS = 3_600.0  # so long after its end a missing agent is still felt, where nobody waits for ever
REDIALS = 3.0  # nearly all who call again do so within this many mean delays
PATIENT_SECONDS = 1_200.0  # people willing to wait longer on average carry the effect through the whole day


@dataclass(frozen=True)
class Price:
    """One cell: what one agent-hour costs, mean and 95 % band."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class PriceTable:
    """Prices per agent-hour off the phones, ``[level, period, group]``; nan where nobody is on the phones.

    ``contacts``: contacts no longer answered at all; ``late``: no longer answered within the seconds of their
    target (the former among them); ``value``: value not earned plus cost of the lost. Calls and chats count for
    the first two, everything for the value. A price of level k is the mean over k agents of the group away at
    once for the whole period. ``*_half_width`` are of the 95 % band. Contacts are counted until
    ``window_seconds`` after the period. Of the types in ``never_lost`` nobody gives up or is turned away, so none
    of them is ever lost: their price in contacts is 0 by the description alone.

    ``agent_hours`` ``[period, group]`` are on the phones in the model as it stands, of whose contacts ``lost`` are
    not answered and ``offered`` came, on average a replication.
    """

    groups: tuple[str, ...]
    starts_seconds: tuple[float, ...]
    lengths_seconds: tuple[float, ...]
    levels: tuple[int, ...]
    contacts: Floats
    contacts_half_width: Floats
    late: Floats
    late_half_width: Floats
    value: Floats
    value_half_width: Floats
    agent_hours: Floats
    offered: float
    lost: float
    never_lost: tuple[str, ...]
    window_seconds: float
    replications: int
    seed: int

    def at(self, group: str, period: int, *, measure: str = "contacts", level: int = 1) -> Price:
        """The price of one cell."""
        cell = self._level(level), period, self._group(group)
        mean = float(self._means(measure)[cell])
        half = float(getattr(self, f"{measure}_half_width")[cell])
        return Price(mean, mean - half, mean + half)

    def losses(self, group: str, period: int, *, measure: str = "contacts") -> tuple[tuple[float, float], ...]:
        """What 1, 2 … agents away for the whole period cost in all: never below 0 and never less than fewer cost.

        The single prices carry noise of both signs; put in order like this they can be bought from.
        """
        hours = self.lengths_seconds[period] / 3600
        means = self._means(measure)[:, period, self._group(group)]
        total = np.maximum.accumulate(np.maximum(np.nan_to_num(means), 0.0) * np.array(self.levels) * hours)
        return tuple((float(level), float(each)) for level, each in zip(self.levels, total, strict=True))

    @property
    def plain_share(self) -> float:
        """Contacts lost per agent-hour if each hour counted alike: all that are lost by all that is staffed."""
        hours = float(self.agent_hours.sum())
        return self.lost / hours if hours else 0.0

    def mean_price(self, measure: str = "contacts", level: int = 1) -> float:
        """Price of an hour taken anywhere, each staffed agent-hour as likely as another."""
        prices = self._means(measure)[self._level(level)]
        known = np.isfinite(prices)
        return float(np.average(prices[known], weights=self.agent_hours[known])) if known.any() else 0.0

    def cheapest(self, group: str, count: int = 5, *, measure: str = "contacts") -> tuple[int, ...]:
        """Periods in which an hour of this group costs least."""
        prices = self._means(measure)[0, :, self._group(group)]
        order = np.argsort(prices, kind="stable")
        return tuple(int(each) for each in order[:count] if isfinite(prices[each]))

    def rows(self) -> Iterator[dict[str, float | int | str]]:
        """One dictionary a cell with a price."""
        for k, level in enumerate(self.levels):
            for p, start in enumerate(self.starts_seconds):
                for g, group in enumerate(self.groups):
                    if isfinite(self.contacts[k, p, g]):
                        row: dict[str, float | int | str] = {
                            "group": group,
                            "period": p,
                            "start_seconds": start,
                            "agents": level,
                        }
                        for measure in MEASURES:
                            row[measure] = float(self._means(measure)[k, p, g])
                            row[f"{measure}_half_width"] = float(getattr(self, f"{measure}_half_width")[k, p, g])
                        yield row

    def to_frame(self) -> pd.DataFrame:
        """One row a cell, per agent-hour."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))

    def to_dict(self) -> dict[str, object]:
        """Plain values."""
        return {
            "unit": "per agent-hour off the phones",
            "window_seconds": self.window_seconds,
            "replications": self.replications,
            "seed": self.seed,
            "offered": self.offered,
            "lost": self.lost,
            "never_lost": list(self.never_lost),
            "plain_share": self.plain_share,
            "cells": list(self.rows()),
        }

    def _means(self, measure: str) -> Floats:
        if measure not in MEASURES:
            raise InvalidInput(f"there is no price in {measure!r}; the measures are {', '.join(MEASURES)}")
        found: Floats = getattr(self, measure)
        return found

    def _group(self, group: str) -> int:
        if group not in self.groups:
            raise InvalidInput(f"there is no group {group!r}; the groups are {', '.join(self.groups)}")
        return self.groups.index(group)

    def _level(self, level: int) -> int:
        if level not in self.levels:
            raise InvalidInput(f"no price of {level} agents at once; known are {', '.join(map(str, self.levels))}")
        return self.levels.index(level)


def price_of_hour(
    model: Model,
    *,
    groups: Sequence[str] | None = None,
    levels: Sequence[int] = (1,),
    window_seconds: float | None = None,
    replications: int = 80,
    seed: int = 0,
    workers: int | None = None,
    stop: Stop | None = None,
) -> PriceTable:
    """Price every period and group of ``model``: it is run with agents away and without, on the same numbers.

    Many cells are priced by one run: agents are taken away in periods so far apart that the effect of one has
    ended before the next begins (``window_seconds``; left out: an hour or six handling times and the delay of
    redials, or to the end of the day where people wait long or redial late; where they redial after more than a
    quarter of a day, to the end of the model). With ``stop`` the search ends at its limit; cells not reached
    stay nan.
    """
    from floorwalker.science.simulation.price_runs import priced

    wanted = tuple(model.group(name).name for name in (groups if groups is not None else model.group_names))
    steps = tuple(int(level) for level in levels)
    if not steps or list(steps) != sorted(set(steps)) or steps[0] < 1:
        raise InvalidInput(f"levels are {list(levels)}; give numbers of agents, 1 or more, ascending")
    if replications < 2:
        raise InvalidInput(f"replications is {replications}; a band needs 2 or more")
    window = _window(model) if window_seconds is None else float(window_seconds)
    if not window >= 0:
        raise InvalidInput(f"window_seconds is {window:g}; give 0 or more")
    return priced(model, wanted, steps, window, replications, seed, workers, stop or Stop())


def _window(model: Model) -> float:
    """How long after its end an absence may still be felt, the redials of those it lost among it."""
    waiting = [kind for kind in model.types if kind.channel in WAITED_FOR]
    delay = max((kind.redial.delay.mean_seconds for kind in waiting if kind.redial is not None), default=0.0)
    whole = model.periods.borders_seconds[-1]
    if delay > whole / len(model.periods.day_starts) / 4:  # the next day's cell would be credited with them
        return whole
    patient = any(kind.patience.mean_seconds > PATIENT_SECONDS or kind.callback for kind in waiting)
    if patient or REDIALS * delay > WINDOW_SECONDS:
        return float("inf")
    handling = [kind.handling.mean_seconds + kind.after_contact.mean_seconds for kind in waiting]
    return max([WINDOW_SECONDS, *(6 * seconds for seconds in handling)]) + REDIALS * delay


__all__ = ["Price", "PriceTable", "price_of_hour"]
