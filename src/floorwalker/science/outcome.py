"""What every solver answers with, when it stops, and how it tells its progress. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic
from typing import Generic, TypeVar

from floorwalker.science.errors import InvalidInput

T = TypeVar("T")


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"  # proven: nothing better exists
    FEASIBLE = "feasible"  # legal, not proven best
    INFEASIBLE = "infeasible"  # proven: nothing legal exists; `clashes` names why
    OUT_OF_TIME = "out-of-time"  # stopped before anything legal was found


@dataclass(frozen=True)
class Progress:
    """One line of progress: best objective so far, proven bound, seconds since the start.

    ``share`` of the work that is done, 0 to 1, where it is known how much there is.
    """

    best: float | None
    bound: float | None
    seconds: float
    note: str = ""
    share: float | None = None

    @property
    def gap(self) -> float | None:
        """Distance of the best from the bound as a share of the bound; None while either is unknown."""
        if self.best is None or self.bound is None:
            return None
        return (self.best - self.bound) / max(abs(self.bound), 1e-9)


@dataclass(frozen=True)
class Stop:
    """When a search ends: wall seconds, units of deterministic work, or a caller that cancels.

    ``seconds`` makes a run end on time; ``work`` makes it repeatable on any machine (what a unit is, each
    solver says). ``cancelled`` is asked now and then and ends the search, keeping the best so far. ``told`` hears
    of every step of the search.
    """

    seconds: float | None = None
    work: int | None = None
    cancelled: Callable[[], bool] = field(default=lambda: False, compare=False)
    told: Callable[[Progress], object] = field(default=lambda _: None, compare=False)

    def __post_init__(self) -> None:
        if self.seconds is not None and not self.seconds >= 0:
            raise InvalidInput(f"a time limit cannot be {self.seconds}; give seconds, 0 or more")
        if self.work is not None and self.work < 0:
            raise InvalidInput(f"a work limit cannot be {self.work}; give 0 or more")

    def clock(self) -> Clock:
        """Start counting now."""
        return Clock(self, monotonic())

    def piece(self, done: float, share: float) -> Stop:
        """The same limits for a piece of the work, whose own shares are told as shares of the whole."""

        def told(step: Progress) -> None:
            self.told(step if step.share is None else replace(step, share=done + share * step.share))

        return replace(self, told=told)


@dataclass(frozen=True)
class Clock:
    """A running :class:`Stop`."""

    stop: Stop
    started: float

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds left, infinite without a limit."""
        return float("inf") if self.stop.seconds is None else max(0.0, self.stop.seconds - self.seconds)

    def over(self, work: int = 0) -> bool:
        """True once time or work is used up or the caller cancelled."""
        out_of_work = self.stop.work is not None and work >= self.stop.work
        return out_of_work or self.left <= 0 or self.stop.cancelled()


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """The answer of a solver. No solution is a value, not a fake row.

    ``value`` is None exactly when the status is infeasible or out-of-time. ``clashes`` are sentences that
    name what cannot be had together, ``repair`` the cheapest change found that would make it possible.
    ``work`` is the deterministic work done up to the answer: :class:`Stop` with it repeats the run.
    """

    status: Status
    value: T | None
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    work: int = 0
    clashes: tuple[str, ...] = ()
    repair: str = ""
    history: tuple[Progress, ...] = ()

    def __post_init__(self) -> None:
        has_value = self.status in (Status.OPTIMAL, Status.FEASIBLE)
        if has_value != (self.value is not None):
            raise InvalidInput(f"an outcome that is {self.status} must{'' if has_value else ' not'} carry a value")

    @property
    def gap(self) -> float | None:
        """Distance of the objective from the bound, as a share of the bound."""
        return Progress(self.objective, self.bound, self.seconds).gap
