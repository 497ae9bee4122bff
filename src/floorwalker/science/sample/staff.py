"""The people of a made-up centre: teams, contracts, tenure, skills, times away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle, repeat

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.rostering import Person
from floorwalker.science.sample.names import FIRST, LAST
from floorwalker.science.sample.plan import CentrePlan, QueuePlan, Skill
from floorwalker.science.sample.streams import stream

Ints = NDArray[np.int64]
Window = tuple[int, int]

_CROSS_TRAINED = 0.2  # share who also serve the next queue of their client and site
_FULL_TIME, _PART_TIME, _CONTRACTOR = (30.0, 40.0, 5), (16.0, 24.0, 3), (0.0, 40.0, 5)  # hours, hours, days
_WINDOWS: tuple[Window, ...] = ((0, 2880), (0, 1080), (600, 2880))  # any time, home by 18:00, not before 10:00
_WINDOW_SHARES = (0.84, 0.08, 0.08)
_LEAVE_SHARE = 0.03  # of working days ahead, taken as weeks off
_MEAN_TENURE_DAYS = 600


@dataclass(frozen=True)
class Team:
    """People led by one supervisor; a team serves one queue first."""

    name: str
    site: str
    queue: str
    supervisor: str
    contract: str


@dataclass(frozen=True)
class Supervisor:
    """Who leads a team: a supervisor, or the one manager of a small centre."""

    id: str
    name: str
    team: str
    role: str


@dataclass(frozen=True, slots=True)
class Agent:
    """One person who answers contacts. ``queue`` comes first, ``queues`` are all they can serve.

    ``contract`` is ``employee`` or ``contractor``; hours are a week; ``skills`` are (name, level 1-5);
    ``available`` are wall-clock minutes of a day in ``zone`` a shift must lie in.
    """

    id: str
    name: str
    team: str
    site: str
    zone: str
    queue: str
    queues: frozenset[str]
    contract: str
    min_hours: float
    max_hours: float
    max_days: int
    start_date: date
    skills: tuple[tuple[str, int], ...]
    available: Window
    days_off: frozenset[date]

    def to_person(self) -> Person:
        """As rostering sees them."""
        return Person(
            id=self.id,
            name=self.name,
            min_hours=self.min_hours,
            max_hours=self.max_hours,
            max_days=self.max_days,
            days_off=self.days_off,
            available=(self.available,),
            queues=self.queues,
        )


@dataclass(frozen=True)
class Staff:
    """Everybody, teams and leaders included, in the order of the queues of the plan."""

    agents: tuple[Agent, ...]
    teams: tuple[Team, ...]
    supervisors: tuple[Supervisor, ...]


def hire(plan: CentrePlan, until: date, ahead_days: int, seed: int) -> Staff:
    """Everybody on the staff on ``until``; days off lie in the ``ahead_days`` days from then."""
    width = max(3, len(str(plan.people)))
    ids, names = (f"A{number:0{width}d}" for number in count(1)), _names(plan.name, seed)
    agents: list[Agent] = []
    teams: list[Team] = []
    for queue in plan.queues:
        groups = [
            Team(f"Team {number}", queue.site, queue.name, f"S{number:0{width}d}", contract)
            for number, contract in enumerate(_contracts(queue, plan.team_size), start=len(teams) + 1)
        ]
        agents.extend(_of_queue(plan, queue, groups, zip(ids, names, strict=False), until, ahead_days, seed))
        teams.extend(groups)
    leaders = tuple(Supervisor(team.supervisor, next(names), team.name, plan.led_by) for team in teams)
    return Staff(tuple(agents), tuple(teams), leaders)


def weekly_hours(agents: tuple[Agent, ...], shrinkage: float) -> float:
    """Hours a week these people can be on the phones: contract hours less leave, less shrinkage."""
    return sum(agent.max_hours for agent in agents) * (1 - _LEAVE_SHARE) * (1 - shrinkage)


def _contracts(queue: QueuePlan, team_size: int) -> list[str]:
    """The contract of each team of a queue: employees first, then contractors, never mixed."""
    employed = -(-(queue.people - queue.contractors) // team_size)
    return ["employee"] * employed + ["contractor"] * -(-queue.contractors // team_size)


def _team_of(queue: QueuePlan, teams: Sequence[Team]) -> Iterator[Team]:
    """The team of each person of a queue in turn: teams of one contract are as even as can be."""
    for contract, people in (("employee", queue.people - queue.contractors), ("contractor", queue.contractors)):
        alike = [team for team in teams if team.contract == contract]
        for k, team in enumerate(alike):
            yield from repeat(team, people // len(alike) + (k < people % len(alike)))


def _of_queue(
    plan: CentrePlan,
    queue: QueuePlan,
    teams: Sequence[Team],
    newcomers: Iterator[tuple[str, str]],
    until: date,
    ahead_days: int,
    seed: int,
) -> Iterator[Agent]:
    """The agents of one queue, ``newcomers`` being ids and names; each draw is one array for all of them."""
    rng = stream(seed, "people", queue.name)
    size = queue.people
    part_time = rng.random(size) < plan.part_time_share
    tenure = np.clip(rng.exponential(_MEAN_TENURE_DAYS, size), 14, 7300).astype(np.int64)
    levels = _levels(queue.skill, tenure, rng)
    window = rng.choice(len(_WINDOWS), size=size, p=_WINDOW_SHARES)
    cross = rng.random(size) < _CROSS_TRAINED
    leave = _leave(rng, size, until, ahead_days)
    home, both = frozenset({queue.name}), frozenset(_neighbours(plan, queue))
    zone = plan.site(queue.site).zone
    for n, team in enumerate(_team_of(queue, teams)):
        hours = _CONTRACTOR if team.contract == "contractor" else _PART_TIME if part_time[n] else _FULL_TIME
        person, name = next(newcomers)
        yield Agent(
            person, name, team.name, queue.site, zone, queue.name, both if cross[n] else home, team.contract,
            *hours, until - timedelta(days=int(tenure[n])),
            (("sales", int(levels[0, n])), ("service", int(levels[1, n]))),
            _WINDOWS[window[n]], leave[n],
        )  # fmt: skip


def _neighbours(plan: CentrePlan, queue: QueuePlan) -> list[str]:
    """Queues of the same client at the same site, this one included."""
    return [q.name for q in plan.queues if (q.client, q.site) == (queue.client, queue.site)]


def _levels(skill: Skill, tenure: Ints, rng: np.random.Generator) -> Ints:
    """Levels 1-5 in (sales, service): they grow with tenure and are higher in the skill of the own queue."""
    grown = 1.0 + 1.3 * np.log1p(tenure / 250)
    own = np.array([[skill == "sales"], [skill == "service"]])
    drawn = grown + np.where(own, 0.6, -0.6) + rng.normal(0, 0.7, (2, tenure.size))
    return np.clip(np.rint(drawn), 1, 5).astype(np.int64)


def _leave(rng: np.random.Generator, size: int, until: date, ahead_days: int) -> list[frozenset[date]]:
    """Whole weeks of leave ahead, Monday to Sunday, each drawn with the same chance."""
    weeks = -(-ahead_days // 7)
    away = rng.random((size, weeks)) < _LEAVE_SHARE
    monday = until - timedelta(days=until.weekday())
    week = [frozenset(monday + timedelta(days=7 * w + d) for d in range(7)) for w in range(weeks)]
    none: frozenset[date] = frozenset()
    return [none.union(*(week[w] for w in np.flatnonzero(row))) if row.any() else none for row in away]


def _names(centre: str, seed: int) -> Iterator[str]:
    """Names without end: every pair of first and last name once, then from the start again."""
    pairs = stream(seed, "names", centre).permutation(len(FIRST) * len(LAST))
    for pair in cycle(pairs.tolist()):
        first, last = divmod(pair, len(LAST))
        yield f"{FIRST[first]} {LAST[last]}"
