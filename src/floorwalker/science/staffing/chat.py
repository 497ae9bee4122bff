"""Chats: agents who serve several contacts at once, each a little slower for it.

The queue is a birth-death process in the number of chats. New chats go to the agent with the fewest, so ``m``
chats in hand spread as evenly as they can over ``n`` agents, and the chats end at the sum of the agents' rates;
with all ``n × k`` places taken contacts wait, first come, first served, as long as their patience lasts. The
even spread is the one approximation: when a chat ends on a less busy agent, the real spread is for a while less
even, and a little slower. With one chat at a time it is Erlang C and A exactly.

While contacts wait, all agents are full and work at one constant rate, exactly as ``n × k`` places of Erlang A
with that rate. So everything about those who wait is taken from Erlang A (or C), and only the probability of
waiting is computed anew. (State-dependent queues of chat centres: Tezcan and Zhang, Operations Research 62,
2014; Luo and Zhang, Operations Research 61, 2013.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, QueueMetrics, ServiceTarget, erlang_a, erlang_c
from floorwalker.science.staffing.averaged import ANY_TARGET
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.shrinkage import check_share, scheduled_for
from floorwalker.science.staffing.smallest import check_min_staff
from floorwalker.science.staffing.workload import Floats, Workload

NOISE = 1e-12  # relative: a goal met exactly stays met


@dataclass(frozen=True)
class Concurrency:
    """Up to ``chats`` at once; each chat beyond the first makes all of an agent's chats ``slowdown`` longer.

    With a slowdown of 0.3 a chat that takes 300 s alone takes 390 s beside another and 480 s beside two, and an
    agent with three chats ends 3 ÷ 1.6 = 1.9 times as many as with one. Below 1 (checked) more chats always
    mean more throughput.
    """

    chats: int
    slowdown: float = 0.0

    def __post_init__(self) -> None:
        if self.chats != int(self.chats) or self.chats < 1:
            raise InvalidInput(f"an agent cannot have {self.chats} chats at once; give 1, 2, 3 …")
        check_share(self.slowdown, "a slowdown")

    def speed(self, chats: Floats) -> Floats:
        """Chats an agent with so many at once ends in the time one alone would take."""
        return np.asarray(chats / (1 + self.slowdown * np.maximum(chats - 1, 0)), dtype=np.float64)

    def total_speed(self, agents: int, chats: Floats) -> Floats:
        """The same for ``agents`` that share ``chats`` as evenly as possible."""
        each = np.floor(chats / agents)
        over = chats - agents * each
        speed = (agents - over) * self.speed(each) + over * self.speed(each + 1)
        return np.asarray(speed, dtype=np.float64)


def chat_metrics(
    agents: int,
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    target: ServiceTarget,
    concurrency: Concurrency,
    patience_seconds: float | None = None,
) -> QueueMetrics:
    """Long-run behaviour of a chat queue; ``aht_seconds`` is the length of a chat that has its agent alone.

    ``occupancy`` is the share of agents with at least one chat. ``load`` counts lone chats, in Erlangs.
    """
    if agents != int(agents) or agents < 0:
        raise InvalidInput(f"{agents} agents cannot share chats; give a whole number, 0 or more")
    places = agents * concurrency.chats
    full = float(concurrency.total_speed(agents, np.array(float(places)))) if agents else 1.0
    slot_aht = aht_seconds * (places / full if agents else 1.0)
    if patience_seconds is None:
        alike = erlang_c(places, contacts, interval_seconds, slot_aht, target)
    else:
        alike = erlang_a(places, contacts, interval_seconds, slot_aht, patience_seconds, target)
    load = contacts * aht_seconds / interval_seconds
    if not alike.stable or not agents or not contacts:
        return replace(alike, agents=float(agents), load=load)
    states = np.arange(1.0, places + 1)
    steps = np.log(load) - np.log(concurrency.total_speed(agents, states))
    heights = np.append(0.0, np.cumsum(steps))
    shares = np.exp(heights - heights.max())
    waiting = shares[-1] * _states_behind(load, full, aht_seconds, patience_seconds)
    total = shares[:-1].sum() + waiting
    wait = float(waiting / total) if np.isfinite(waiting) else 1.0
    busy = float((np.minimum(np.arange(places), agents) * shares[:-1]).sum() / total) + agents * wait
    return _rescaled(alike, wait, agents, load, min(1.0, busy / agents), target)


def _states_behind(load: float, full: float, aht_seconds: float, patience_seconds: float | None) -> float:
    """Probability of all states with every place taken, in units of the first of them."""
    if patience_seconds is None:
        return 1 / (1 - load / full)
    leaving = aht_seconds / patience_seconds
    depth = int(max(0.0, (2 * load - full) / leaving)) + 64
    total = 1.0
    for waiting in range(depth, 0, -1):
        total = 1 + total * load / (full + waiting * leaving)
    return total


def _rescaled(
    alike: QueueMetrics, wait: float, agents: int, load: float, occupancy: float, target: ServiceTarget
) -> QueueMetrics:
    """The measures of ``alike`` with another probability of waiting, the waits themselves being the same."""
    ratio = wait / alike.wait_probability if alike.wait_probability > 0 else 0.0
    abandon = alike.abandon_rate * ratio
    in_time = 1 - wait + (alike.answered_within - (1 - alike.wait_probability)) * ratio
    quick = alike.abandoned_within * ratio
    waited = alike.asa_seconds * (1 - alike.abandon_rate) * ratio
    return QueueMetrics(
        agents=float(agents),
        load=load,
        service_level=target.share_met(in_time, quick, 1 - abandon, 1.0),
        wait_probability=wait,
        abandon_rate=abandon,
        asa_seconds=waited / (1 - abandon),
        mean_wait_seconds=alike.mean_wait_seconds * ratio,
        queue_length=alike.queue_length * ratio,
        occupancy=occupancy,
        answered_within=in_time,
        abandoned_within=quick,
    )


def smallest_chat_staff(
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    goals: Goals,
    concurrency: Concurrency,
    patience_seconds: float | None = None,
) -> int:
    """Smallest whole number of agents that meets every goal; no contacts need nobody."""
    if goals.max_abandon is not None and patience_seconds is None:
        raise InvalidInput("max_abandon means nothing where nobody abandons; give patience_seconds as well")
    if contacts == 0:
        return 0
    target = goals.target or ANY_TARGET

    def enough(agents: int) -> bool:
        found = chat_metrics(
            agents, contacts, interval_seconds, aht_seconds, target, concurrency, patience_seconds
        )
        return _meets(found, goals)

    low, high = 0, 1
    while not enough(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _meets(found: QueueMetrics, goals: Goals) -> bool:
    """Whether every goal is met, misses below the noise of the arithmetic apart."""
    caps = (
        (found.abandon_rate, goals.max_abandon),
        (found.occupancy, goals.max_occupancy),
        (found.asa_seconds, goals.max_asa_seconds),
        (found.wait_probability, goals.max_wait_probability),
        (found.mean_wait_seconds, goals.max_mean_wait_seconds),
    )
    served = goals.target is None or found.service_level >= goals.target.share * (1 - NOISE)
    return found.stable and served and all(cap is None or value <= cap * (1 + NOISE) for value, cap in caps)


def plan_chat(
    forecast: Forecast,
    goals: Goals,
    concurrency: Concurrency,
    *,
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    min_staff: int = 0,
    measured_as: ServiceTarget | None = None,
) -> Requirement:
    """:func:`plan_intervals` for chats: the fewest agents in every interval, closed ones none."""
    target = measured_as or goals.target
    if target is None:
        raise InvalidInput("these goals name no service target; say with measured_as how service is reported")
    least = check_min_staff(min_staff)
    work = Workload.of(forecast)
    required = np.where(work.open, least, 0).astype(np.int64)
    measures = np.tile([1.0, 0.0, 0.0, 0.0], (required.size, 1))
    for i in np.flatnonzero(work.busy):
        demand = (float(work.contacts[i]), float(work.seconds[i]), float(work.aht_seconds[i]))
        required[i] = max(least, smallest_chat_staff(*demand, goals, concurrency, patience_seconds))
        found = chat_metrics(int(required[i]), *demand, target, concurrency, patience_seconds)
        measures[i] = found.service_level, found.abandon_rate, found.asa_seconds, found.occupancy
    return Requirement(
        queue=forecast.queue,
        grid=forecast.grid,
        target=target,
        required=required,
        scheduled=scheduled_for(required, shrinkage),
        service_level=measures[:, 0],
        abandon_rate=measures[:, 1],
        asa_seconds=measures[:, 2],
        occupancy=measures[:, 3],
        shrinkage=shrinkage,
    )
