"""Durations as the kernel draws them: kind and two numbers, or a list of values."""

from __future__ import annotations

from math import inf, log, sqrt

from floorwalker.science.simulation.durations import Patience
from floorwalker.science.simulation.kernel import layout


class Durations:
    """Durations met so far, each once, with the values of the empirical ones."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, float, float, int, int]] = []
        self.values: list[float] = []
        self._known: dict[Patience, int] = {}

    def place(self, duration: Patience) -> int:
        """The row of a duration."""
        if duration not in self._known:
            self._known[duration] = len(self.rows)
            self.rows.append(self._row(duration))
        return self._known[duration]

    def _row(self, duration: Patience) -> tuple[int, float, float, int, int]:
        if duration.kind == "empirical":
            first = len(self.values)
            self.values.extend(sorted(duration.seconds))
            return layout.EMPIRICAL, 0.0, 0.0, first, len(duration.seconds)
        return (*_two_numbers(duration), 0, 0)


def _two_numbers(duration: Patience) -> tuple[int, float, float]:
    """Kind and two parameters, as the draws want them."""
    if duration.kind == "exponential":
        return layout.EXPONENTIAL, duration.mean_seconds, 0.0
    if duration.kind == "lognormal":
        variance = log(1 + duration.cv**2)
        return layout.LOGNORMAL, log(duration.mean_seconds) - variance / 2, sqrt(variance)
    if duration.kind == "gamma":
        return layout.GAMMA, duration.cv**-2, duration.mean_seconds * duration.cv**2
    if duration.kind == "weibull":
        return layout.WEIBULL, duration.scale_seconds, 1 / duration.shape
    if duration.kind == "uniform":
        return layout.UNIFORM, duration.low_seconds, duration.high_seconds - duration.low_seconds
    if duration.kind == "deterministic":
        return layout.FIXED, duration.seconds, 0.0
    return layout.INFINITE, inf, 0.0
