"""The peers of the simulator's benchmark: a loop written by hand, SimPy and Ciw, all with exponential times.

``crews``: per group the types it takes, the first first, and its agents. Each simulates one day of ``hours`` with
luck of its own.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from itertools import count
from typing import Any

from benchmarks.simulation_answers import WITHIN_SECONDS, Day

AHT, PATIENCE = 180.0, 120.0
Crews = list[tuple[tuple[int, ...], int]]


def preferred(kinds: int, crews: Crews) -> list[list[int]]:
    """Per type the groups that take it, those that prefer it first."""
    return [
        sorted((g for g in range(len(crews)) if t in crews[g][0]), key=lambda g, t=t: crews[g][0].index(t))
        for t in range(kinds)
    ]


def heap_loop(  # noqa: C901 - a peer in one piece, as one would write it
    rates: list[float], crews: Crews, hours: float, seed: int
) -> Day:
    """What one would write by hand: a heap of events, a queue per type, idle agents counted per group."""
    luck, order, end = random.Random(seed), count(), hours * 3600
    idle = [agents for _, agents in crews]
    takers = preferred(len(rates), crews)
    queues: list[deque[list[Any]]] = [deque() for _ in rates]
    events: list[tuple[float, int, int, int, Any]] = []
    offered = lost = answered = in_time = 0
    waited = 0.0
    for kind, rate in enumerate(rates):
        heapq.heappush(events, (luck.expovariate(rate / 3600), next(order), 0, kind, None))
    while events:
        now, _, what, where, contact = heapq.heappop(events)
        if what == 0:
            if now >= end:
                continue
            offered += 1
            heapq.heappush(events, (now + luck.expovariate(rates[where] / 3600), next(order), 0, where, None))
            for crew in takers[where]:
                if idle[crew]:
                    idle[crew] -= 1
                    answered += 1
                    in_time += 1
                    heapq.heappush(events, (now + luck.expovariate(1 / AHT), next(order), 1, crew, None))
                    break
            else:
                waiting = [now, True]
                queues[where].append(waiting)
                heapq.heappush(events, (now + luck.expovariate(1 / PATIENCE), next(order), 2, where, waiting))
        elif what == 1:
            for kind in crews[where][0]:
                queue = queues[kind]
                while queue and not queue[0][1]:
                    queue.popleft()
                if queue:
                    waiting = queue.popleft()
                    waiting[1] = False
                    waited += now - waiting[0]
                    answered += 1
                    in_time += now - waiting[0] <= WITHIN_SECONDS
                    heapq.heappush(events, (now + luck.expovariate(1 / AHT), next(order), 1, where, None))
                    break
            else:
                idle[where] += 1
        elif contact[1]:
            contact[1] = False
            lost += 1
    return Day(offered, lost, answered, in_time, waited)


def with_simpy(  # noqa: C901 - a peer in one piece, too
    rates: list[float], crews: Crews, hours: float, seed: int
) -> Day:
    """The same in SimPy's words: a process a contact, an event to wait for, agents handed over by group."""
    import simpy

    luck, env, end = random.Random(1_000 + seed), simpy.Environment(), hours * 3600
    idle = [agents for _, agents in crews]
    takers = preferred(len(rates), crews)
    queues: list[deque[Any]] = [deque() for _ in rates]
    tally = {"offered": 0, "lost": 0, "answered": 0, "in_time": 0, "waited": 0.0}

    def source(kind: int) -> Any:
        while True:
            yield env.timeout(luck.expovariate(rates[kind] / 3600))
            if env.now >= end:
                return
            tally["offered"] += 1
            env.process(contact(kind))

    def contact(kind: int) -> Any:
        begun = env.now
        crew = next((g for g in takers[kind] if idle[g]), -1)
        if crew >= 0:
            idle[crew] -= 1
        else:
            turn = env.event()
            queues[kind].append(turn)
            yield turn | env.timeout(luck.expovariate(1 / PATIENCE))
            if not turn.triggered:
                turn.gone = True
                tally["lost"] += 1
                return
            crew = turn.value
            tally["waited"] += env.now - begun
        tally["answered"] += 1
        tally["in_time"] += env.now - begun <= WITHIN_SECONDS
        yield env.timeout(luck.expovariate(1 / AHT))
        for other in crews[crew][0]:
            while queues[other]:
                turn = queues[other].popleft()
                if not getattr(turn, "gone", False):
                    turn.succeed(crew)
                    return
        idle[crew] += 1

    for kind in range(len(rates)):
        env.process(source(kind))
    env.run()
    return Day(*(tally[name] for name in ("offered", "lost", "answered", "in_time", "waited")))


def with_ciw(per_hour: float, agents: int, hours: float, seed: int) -> Day:
    """Ciw has one class of agents for a node, so it gets the single queue; who is left at the end is not in."""
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(per_hour / 3600)],
        service_distributions=[ciw.dists.Exponential(1 / AHT)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
        number_of_servers=[agents],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours * 3600)
    records = simulation.get_all_records()
    waits = [record.waiting_time for record in records if record.record_type == "service"]
    in_time = sum(wait <= WITHIN_SECONDS for wait in waits)
    return Day(len(records), len(records) - len(waits), len(waits), in_time, sum(waits))
