"""Erlang C: everybody waits as long as it takes."""

from __future__ import annotations

from math import inf

from floorwalker.science.queueing.arguments import check_agents, check_demand
from floorwalker.science.queueing.metrics import QueueMetrics
from floorwalker.science.queueing.rows import metrics_of
from floorwalker.science.queueing.target import ServiceTarget


def erlang_c(
    agents: float, contacts: float, interval_seconds: float, aht_seconds: float, target: ServiceTarget
) -> QueueMetrics:
    """Long-run behaviour of M/M/n: random arrivals, exponential handling times, endless patience.

    ``contacts`` arrive per ``interval_seconds``. Where the load reaches the agents the answer has ``stable``
    False and infinite waits; no error is raised. Fractional agents are the mixture by time of both whole
    neighbours. Raises InvalidInput. Source: Erlang (1917); Gans, Koole and Mandelbaum (2003), §4.1.
    """
    check_agents(agents)
    check_demand(contacts, interval_seconds, aht_seconds)
    return metrics_of(agents, contacts, interval_seconds, aht_seconds, inf, target)
