"""Calls per CPU second of the simulator, beside SimPy, Ciw and a plain Python loop over a heap in the same run.

    python -m benchmarks simulation            two minutes
    python -m benchmarks simulation --full     longer runs, as reported

Ours goes through the public call with every measure on, compiled beforehand. The peers count only answers,
abandons and waits. Each is asked for what it can express; the answers about one model stand beside each other with
their bands, and how many of the three agree with ours at 99 %: speed is not bought with another model. A first
call in fresh processes is timed with a warm and with an empty cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from math import pi, sin
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time
from typing import Any

from benchmarks import simulation_roster
from benchmarks.simulation_answers import DAY_HOURS, WITHIN_SECONDS, Answers, Day
from benchmarks.simulation_peers import AHT, PATIENCE, heap_loop, with_ciw, with_simpy
from floorwalker.science.queueing import ServiceTarget, erlang_a
from floorwalker.science.simulation import (
    Agent,
    AgentChoice,
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    Model,
    Periods,
    PerPeriod,
    QueueChoice,
    Routing,
    Skill,
    price_of_hour,
    simulate,
)

Row = dict[str, Any]
TARGET = ServiceTarget(0.8, WITHIN_SECONDS)
FIRST_CALL = """
from time import perf_counter
start = perf_counter()
from floorwalker.science.simulation import (
    AgentGroup, Constant, ContactType, Exponential, Model, Periods, Skill, simulate,
)
calls = ContactType("calls", Constant(100.0), Exponential(180.0))
simulate(Model(Periods.of(3600, 1), (calls,), (AgentGroup("all", (Skill("calls"),), staff=(5,)),)), replications=1)
print(perf_counter() - start)
"""


def run(full: bool) -> list[Row]:
    hours = 200 if full else 60
    rows = [*one_queue(hours, full), *few_types(hours), *many_types(hours, full), *many_agents(full)]
    return [*rows, *price_table(), *simulation_roster.rows(), *first_calls()]


class Race:
    """One model, simulated by everybody for days that begin empty; the first row is ours."""

    def __init__(self, what: str, model: Model, days: int) -> None:
        simulate(model, replications=1)  # compiled beforehand
        self.what = what
        speed, self.ours = self._timed(lambda: ours(model, days))
        self.speed = speed
        self.rows: list[Row] = [self._row("Floorwalker", speed, self.ours)]

    def peer(self, who: str, day: Callable[[int], Day], days: float) -> None:
        """A peer simulates fewer days: more would only be waited for."""
        speed, found = self._timed(lambda: Answers.of(day(seed) for seed in range(max(2, round(days)))))
        ahead = {"ours is faster": f"{self.speed / speed:.0f} x", "agrees": found.agreement(self.ours)}
        self.rows.append(self._row(who, speed, found) | ahead)

    def _row(self, who: str, speed: float, found: Answers) -> Row:
        return {"what": self.what, "who": who, "contacts/CPU s": round(speed), **found.row()}

    @staticmethod
    def _timed(work: Callable[[], Answers]) -> tuple[float, Answers]:
        begun = process_time()
        found = work()
        return found.contacts / (process_time() - begun), found


def ours(model: Model, days: int) -> Answers:
    found = simulate(model, replications=days, workers=1)
    names = ("offered", "abandoned", "answered", "answered_within", "wait_seconds")
    return Answers.of(
        Day(*each) for each in zip(*(found.replication_totals(n).sum(axis=1) for n in names), strict=True)
    )


def skilled(types: int, groups: int, agents: int, share: float = 0.95) -> Model:
    """Group g takes its own type first, then others further on: each group five types, or all there are."""
    wide = min(types, 5)
    erlangs = agents * share / types
    kinds = tuple(
        ContactType(
            f"t{t}",
            Constant(erlangs * 3600 / AHT),
            Exponential(AHT),
            patience=Exponential(PATIENCE),
            target=TARGET,
        )
        for t in range(types)
    )
    crews = tuple(
        AgentGroup(
            f"g{g}",
            tuple(Skill(f"t{(g + k) % types}", priority=k + 1) for k in range(1 + g % wide)),
            staff=(agents // groups + (g < agents % groups),),
        )
        for g in range(groups)
    )
    routing = Routing(AgentChoice.PRIORITY, QueueChoice.PRIORITY)
    return Model(Periods.of(3600, DAY_HOURS), kinds, crews, routing)


def one_queue(hours: int, full: bool) -> list[Row]:
    """M/M/100 + M at 105 Erlangs; the formula knows the steady state, our days begin empty."""
    rate = 105 * 3600 / AHT
    kind = ContactType("calls", Constant(rate), Exponential(AHT), patience=Exponential(PATIENCE), target=TARGET)
    model = Model(Periods.of(3600, DAY_HOURS), (kind,), (AgentGroup("all", (Skill("calls"),), staff=(100,)),))
    race, days = Race("M/M/100 + M, 105 Erlangs", model, 10 * hours // DAY_HOURS), hours / DAY_HOURS
    crews = [((0,), 100)]
    race.peer("plain Python, heap", lambda seed: heap_loop([rate], crews, DAY_HOURS, seed), days)
    race.peer("SimPy", lambda seed: with_simpy([rate], crews, DAY_HOURS, seed), days / 4)
    race.peer("Ciw", lambda seed: with_ciw(rate, 100, DAY_HOURS, seed), days / (4 if full else 12))
    true = erlang_a(100, rate, 3600, AHT, PATIENCE, TARGET)
    return [*race.rows, {"what": race.what, "who": "Erlang A, steady", "abandoned": f"{true.abandon_rate:.4f}"}]


def few_types(hours: int) -> list[Row]:
    model = skilled(3, 5, 100)
    return beside_simpy("3 types x 5 groups, 95 Erlangs, priorities", model, hours, hours / 4)


def many_types(hours: int, full: bool) -> list[Row]:
    model = skilled(20, 40, 400, share=1.0)
    return beside_simpy("20 types x 40 groups, 400 Erlangs, priorities", model, hours, hours / (4 if full else 12))


def beside_simpy(what: str, model: Model, hours: float, theirs: float) -> list[Row]:
    crews = [(tuple(int(skill.type[1:]) for skill in g.skills), (g.staff or (0,))[0]) for g in model.groups]
    rates = [kind.arrivals.per_hour for kind in model.types if isinstance(kind.arrivals, Constant)]
    race = Race(what, model, round(4 * hours / DAY_HOURS))
    race.peer("plain Python, heap", lambda seed: heap_loop(rates, crews, DAY_HOURS, seed), hours / DAY_HOURS)
    race.peer("SimPy", lambda seed: with_simpy(rates, crews, DAY_HOURS, seed), theirs / DAY_HOURS)
    return race.rows


def many_agents(full: bool) -> list[Row]:
    """20,000 named agents with shifts of eight hours and two breaks each, 1.2 million contacts in a day."""
    agents, groups, contacts, aht = 20_000, 20, 1_200_000, 400.0
    half_hours = 48
    shape = [1.0 if 12 <= p < 44 else 0.15 for p in range(half_hours)]
    per_type = tuple(contacts / groups * each / sum(shape) for each in shape)
    kinds = tuple(
        ContactType(f"t{t}", PerPeriod(per_type), Exponential(aht), patience=Exponential(PATIENCE))
        for t in range(groups)
    )
    crews = tuple(
        AgentGroup(
            f"g{g}",
            (Skill(f"t{g}"), Skill(f"t{(g + 1) % groups}", priority=2)),
            agents=tuple(Agent(f"{g}/{n}", shift(n, agents // groups)) for n in range(agents // groups)),
        )
        for g in range(groups)
    )
    model = Model(Periods.of(1800, half_hours), kinds, crews, Routing(AgentChoice.PRIORITY, QueueChoice.PRIORITY))
    rows = []
    for replications in (1, 4) if full else (1, 3):
        begun = process_time()
        found = simulate(model, replications=replications, workers=1)
        used = process_time() - begun
        offered = found.total("offered").mean * replications
        rows.append(
            {
                "what": f"20,000 named agents, 1.2 million contacts a day, {replications} replications",
                "who": "Floorwalker",
                "contacts/CPU s": round(offered / used),
                "abandoned": round(found.share("abandoned", "offered").mean, 4),
                "CPU s a replication": round(used / replications, 2),
            }
        )
    return rows


def shift(number: int, of: int) -> tuple[tuple[float, float], ...]:
    """Eight hours begun one after the other, with a break of 15 and one of 30 minutes."""
    begins = 6 * 3600 + (number / of) * 10 * 3600 if number % 10 else 16 * 3600.0 * (number / of)
    return (
        (begins, begins + 2.5 * 3600),
        (begins + 2.75 * 3600, begins + 5 * 3600),
        (begins + 5.5 * 3600, begins + 8 * 3600),
    )


def price_table() -> list[Row]:
    """Every quarter-hour of a week of three groups, 120 agents at the peak with 5 % more work than they can do."""
    shape = [0.3 + 0.7 * sin(pi * (quarter + 0.5) / 64) ** 2 for quarter in range(64)] * 7
    load = [120 * 1.05 * each * 900 / AHT for each in shape]
    kinds = tuple(
        ContactType(
            name, PerPeriod(tuple(share * each for each in load)), Exponential(AHT), patience=Exponential(150)
        )
        for name, share in (("sales", 0.4), ("service", 0.6))
    )
    both = (Skill("sales", 2), Skill("service", 1))
    crews = tuple(
        AgentGroup(name, skills, staff=tuple(round(most * each) for each in shape))
        for name, skills, most in (
            ("sales", (Skill("sales"),), 40),
            ("service", (Skill("service"),), 40),
            ("both", both, 40),
        )
    )
    routing = Routing(AgentChoice.FEWEST_SKILLS, QueueChoice.PRIORITY)
    model = Model(Periods.of(900, 64, days=7), kinds, crews, routing)
    wall, used = perf_counter(), process_time()
    table = price_of_hour(model)
    wall, used = perf_counter() - wall, process_time() - used
    what = f"prices of {table.contacts.size} quarter-hours, 120 agents, a week"
    return [{"what": what, "who": "Floorwalker", "wall s": round(wall, 1), "CPU s": round(used, 1)}]


def first_calls() -> list[Row]:
    """Seconds of the first call in a fresh process, imports included."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        for cache in ("empty", "warm"):
            before = getrusage(RUSAGE_CHILDREN).ru_utime
            call = [sys.executable, "-c", FIRST_CALL]
            told = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
            used = getrusage(RUSAGE_CHILDREN).ru_utime - before
            what, wall = f"first call, {cache} cache", float(told.stdout)
            rows.append({"what": what, "who": "Floorwalker", "wall s": round(wall, 1), "CPU s": round(used, 1)})
    return rows
