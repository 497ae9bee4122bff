"""Erlang A: callers wait only as long as their patience lasts."""

from __future__ import annotations

from floorwalker.science.queueing.arguments import check_agents, check_demand, check_patience
from floorwalker.science.queueing.metrics import QueueMetrics
from floorwalker.science.queueing.rows import metrics_of
from floorwalker.science.queueing.target import ServiceTarget


def erlang_a(
    agents: float,
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    patience_seconds: float,
    target: ServiceTarget,
) -> QueueMetrics:
    """Long-run behaviour of M/M/n+M: Erlang C whose callers hang up after an exponential patience.

    ``patience_seconds`` is the mean time a caller is willing to wait (not the mean wait of those who hung up:
    that is shorter, since most are answered before); infinite patience is Erlang C. Every load has a steady
    state, overload included. With no agents everybody abandons, and the wait of the answered is infinite
    because nobody ever is. Fractional agents are the mixture by time of both whole neighbours.
    Raises InvalidInput. Source: Palm (1957); Garnett, Mandelbaum and Reiman (2002); Zeltyn and Mandelbaum (2005).
    """
    check_agents(agents)
    check_demand(contacts, interval_seconds, aht_seconds)
    check_patience(patience_seconds)
    return metrics_of(agents, contacts, interval_seconds, aht_seconds, patience_seconds, target)
