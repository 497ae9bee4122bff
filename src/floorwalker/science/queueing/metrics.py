"""The one result type of formula and simulation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QueueMetrics:
    """Long-run behaviour of one queue. Rates are per second of the model, shares are 0-1, times are seconds.

    ``load`` is offered work in Erlangs. ``asa_seconds`` is the mean wait of the answered,
    ``mean_wait_seconds`` of all offered. ``service_level`` follows the definition of the target asked for.
    Where the queue grows without limit the waits are infinite, ``service_level`` is 0 and ``stable`` False.
    """

    agents: float
    load: float
    service_level: float
    wait_probability: float
    abandon_rate: float
    asa_seconds: float
    mean_wait_seconds: float
    queue_length: float
    occupancy: float
    answered_within: float  # share of offered
    abandoned_within: float  # share of offered
    stable: bool = True
