"""The smallest staff that meets its goals."""

from __future__ import annotations

from math import inf

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import kernel
from floorwalker.science.queueing.arguments import check_demand, check_patience
from floorwalker.science.queueing.goals import Goals


def smallest_staff(
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    goals: Goals,
    patience_seconds: float | None = None,
) -> int:
    """Smallest whole number of agents that meets every goal; one agent fewer misses at least one.

    Erlang A with ``patience_seconds``, Erlang C without (None or infinite), whose answer always is a stable staff.
    No contacts need no agents. Measures are compared unrounded; only a miss below 1e-12 of the goal, which the
    arithmetic cannot tell from meeting it exactly, counts as met. Raises InvalidInput, also for a cap on
    abandonment without patience, where nobody would ever abandon.
    """
    patience = inf if patience_seconds is None else float(patience_seconds)
    check_demand(contacts, interval_seconds, aht_seconds)
    check_patience(patience)
    check_goals_fit(goals, patience_seconds)
    return kernel.smallest(float(contacts), float(interval_seconds), float(aht_seconds), patience, goals.limits())


def check_goals_fit(goals: Goals, patience_seconds: object) -> None:
    """A cap on abandonment means something only where callers abandon."""
    if goals.max_abandon is not None and patience_seconds is None:
        raise InvalidInput(
            f"max_abandon is {goals.max_abandon:g}, but without patience_seconds nobody abandons; give it"
        )
