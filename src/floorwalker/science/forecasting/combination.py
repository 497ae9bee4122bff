"""Several methods averaged, each by the weight its track record has earned."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.method import Method
from floorwalker.science.timegrid import TimeGrid

SHARPNESS = 2.0  # how strongly weights follow the errors; 1 is Bates and Granger's rule on squared errors


class Combination:
    """Weighted mean of methods; ``weights`` by method name, equal where none are given.

    Averaging forecasts that err differently beats the best of them more often than not: Bates and Granger,
    "The combination of forecasts", Operational Research Quarterly 20 (1969).
    """

    name = "combination"

    def __init__(self, members: Sequence[Method], weights: Mapping[str, float] | None = None) -> None:
        if not members:
            raise InvalidInput("a combination needs at least one method")
        self.members = tuple(members)
        self.weights = weights

    def fit(self, demand: Demand, calendar: Calendar) -> Self:
        weights = self.weights or {m.name: 1.0 for m in self.members}
        self.weights_ = {m.name: float(weights.get(m.name, 0.0)) for m in self.members}
        if min(self.weights_.values()) < 0 or sum(self.weights_.values()) <= 0:
            raise InvalidInput("weights of a combination are not negative and at least one is positive")
        self.fitted_ = [copy.copy(m).fit(demand, calendar) for m in self.members if self.weights_[m.name] > 0]
        return self

    def predict(self, grid: TimeGrid) -> Forecast:
        return average([m.predict(grid) for m in self.fitted_], self.weights_)


def average(forecasts: Sequence[Forecast], weights: Mapping[str, float]) -> Forecast:
    """Weighted mean of forecasts of one queue and grid; the width is that of the heaviest."""
    share = np.array([weights.get(f.method, 0.0) for f in forecasts])
    share = share / share.sum()
    heaviest = forecasts[int(np.argmax(share))]
    contacts: Floats = np.average([f.contacts for f in forecasts], axis=0, weights=share)
    parts = ", ".join(f"{f.method} {s:.0%}" for f, s in zip(forecasts, share, strict=True) if s >= 0.005)
    return replace(
        heaviest,
        contacts=np.where(heaviest.open, contacts, 0.0),
        method=Combination.name,
        notes=(f"Several methods are averaged: {parts}.", *heaviest.notes),
    )


def earned_weights(errors: Mapping[str, float]) -> dict[str, float]:
    """Weights from mean squared errors; a method much worse than the best gets none.

    Half the best method's precision or less is too little to be worth its noise.
    """
    known = {name: e for name, e in errors.items() if np.isfinite(e)}
    if not known:
        return dict.fromkeys(errors, 1.0 / max(len(errors), 1))
    best = max(min(known.values()), 1e-12)
    raw = {name: (best / max(e, 1e-12)) ** SHARPNESS if e < 2 * best else 0.0 for name, e in known.items()}
    total = sum(raw.values())
    return {name: raw.get(name, 0.0) / total for name in errors}
