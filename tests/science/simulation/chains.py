"""Small centres solved exactly: every state of the Markov chain listed, its stationary distribution found.

Shares nothing with the simulator but the description. What can be solved: one steady period, calls with constant
rates, exponential handling and patience (or none), balking, capacity, lines, priorities without ties, reservation
(``keep_idle``). A state is the contacts in service per group and type and those waiting per type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, eye
from scipy.sparse.linalg import spsolve

from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation import AgentChoice, Model

State = tuple[int, ...]
Step = tuple[float, State | str]
DONE, GONE = "answered", "gave up"  # where a tagged contact ends


@dataclass(frozen=True)
class Exact:
    """What the simulator should find of one type in the long run; shares are of the offered."""

    answered: float
    abandoned: float
    balked: float
    blocked: float
    answered_at_once: float
    queue_length: float
    answered_by: dict[str, float]


class Chain:
    """The chain of ``model``; no queue is longer than ``longest`` (choose it so that hardly any is)."""

    def __init__(self, model: Model, longest: int = 40) -> None:
        self.model = model
        self.types, self.groups = range(len(model.types)), range(len(model.groups))
        self.staff = [group.staff[0] for group in model.groups]
        self.rate = [kind.arrivals.per_hour / 3600 for kind in model.types]
        self.leave = [
            0.0 if kind.patience.kind == "infinite" else 1 / kind.patience.mean_seconds for kind in model.types
        ]
        self.longest = [longest if kind.capacity is None else kind.capacity for kind in model.types]
        names = model.type_names
        self.places: list[tuple[int, int]] = []  # (group, type) of each count of contacts in service
        self.ends: list[float] = []  # rate at which one of them is finished
        self.skill = {}
        for g, group in enumerate(model.groups):
            for skill in group.skills:
                i = names.index(skill.type)
                handling = skill.handling or model.types[i].handling
                assert handling.kind == "exponential"
                self.skill[g, i] = skill
                self.places.append((g, i))
                self.ends.append(1 / (handling.mean_seconds * skill.handling_factor))
        self.place = {key: n for n, key in enumerate(self.places)}

    # -- what may happen in a state ------------------------------------------------------------------------------

    def idle(self, state: State, g: int) -> int:
        return self.staff[g] - sum(
            count for (group, _), count in zip(self.places, state, strict=False) if group == g
        )

    def may_take(self, state: State, g: int, i: int) -> bool:
        return (g, i) in self.skill and self.idle(state, g) > self.skill[g, i].keep_idle

    def taker(self, state: State, i: int) -> int | None:
        """The group that takes a new contact of type ``i`` at once, if one may."""
        may = [g for g in self.groups if self.may_take(state, g, i)]
        if not may:
            return None
        if self.model.routing.agents is AgentChoice.PRIORITY:
            rank: Callable[[int], int] = lambda g: self.skill[g, i].priority  # noqa: E731
        else:
            assert self.model.routing.agents is AgentChoice.FEWEST_SKILLS
            rank = lambda g: len(self.model.groups[g].skills)  # noqa: E731
        best = sorted(may, key=rank)
        assert len(best) == 1 or rank(best[0]) < rank(best[1]), "a tie is decided by the time idle: no chain"
        return best[0]

    def next_type(self, state: State, g: int) -> int | None:
        """Which waiting type an agent of ``g`` who became free takes."""
        waiting = [i for i in self.types if state[len(self.places) + i] and self.may_take(state, g, i)]
        return min(waiting, key=lambda i: self.skill[g, i].priority) if waiting else None

    def changed(self, state: State, *changes: tuple[int, int]) -> State:
        new = list(state)
        for place, by in changes:
            new[place] += by
        return tuple(new)

    def arrival(self, state: State, i: int) -> Iterator[tuple[float, State, str]]:
        """Probability, state after and what became of a contact of type ``i`` that comes."""
        g = self.taker(state, i)
        lines = self.model.routing.lines
        if lines is not None and sum(state) >= lines:
            yield 1.0, state, "blocked"
        elif g is not None:
            yield 1.0, self.changed(state, (self.place[g, i], 1)), f"by {g}"
        else:
            balks = self.model.types[i].balking
            queue = len(self.places) + i
            full = state[queue] >= self.longest[i]
            yield 1 - balks, state if full else self.changed(state, (queue, 1)), "blocked" if full else "waits"
            if balks:
                yield balks, state, "balked"

    def steps(self, state: State, tagged: int | None = None) -> Iterator[Step]:
        """Rates out of a state. ``tagged``: the last in the queue of that type is followed; nobody joins it."""
        for i in self.types:
            if i != tagged:
                for chance, after, _ in self.arrival(state, i):
                    yield self.rate[i] * chance, after
            queue = len(self.places) + i
            waiting = state[queue] - (i == tagged)
            if waiting:
                yield waiting * self.leave[i], self.changed(state, (queue, -1))
        if tagged is not None:
            yield self.leave[tagged], GONE
        for n, (g, _) in enumerate(self.places):
            if state[n]:
                freed = self.changed(state, (n, -1))
                i = self.next_type(freed, g)
                if i is None:
                    yield state[n] * self.ends[n], freed
                elif i == tagged and state[len(self.places) + i] == 1:
                    yield state[n] * self.ends[n], DONE
                else:
                    taken = self.changed(freed, (self.place[g, i], 1), (len(self.places) + i, -1))
                    yield state[n] * self.ends[n], taken

    # -- solved --------------------------------------------------------------------------------------------------

    def _reached(self, start: list[State], tagged: int | None = None) -> tuple[dict[State | str, int], csr_matrix]:
        """Every state reached from ``start``, and the generator over them."""
        known: dict[State | str, int] = {state: n for n, state in enumerate(start)}
        rows, columns, rates = [], [], []
        todo = list(start)
        while todo:
            state = todo.pop()
            for rate, after in self.steps(state, tagged):
                if rate and after != state:
                    if after not in known:
                        known[after] = len(known)
                        if not isinstance(after, str):
                            todo.append(after)
                    rows.append(known[state])
                    columns.append(known[after])
                    rates.append(rate)
        size = len(known)
        moves = csr_matrix((rates, (rows, columns)), shape=(size, size))
        return known, (moves - csr_matrix((moves.sum(axis=1).A1, (range(size), range(size))), moves.shape)).tocsr()

    @cached_property
    def stationary(self) -> dict[State, float]:
        """Probability of every state."""
        empty = (0,) * (len(self.places) + len(self.types))
        known, generator = self._reached([empty])
        # The equations are right up to a factor: the first state is given weight 1, and its own says nothing new.
        balance = csc_matrix(generator.T)
        others = spsolve(balance[1:, 1:], -balance[1:, [0]].toarray()[:, 0], permc_spec="MMD_AT_PLUS_A")
        weights = np.concatenate([[1.0], others])
        weights /= weights.sum()
        return {state: float(weights[n]) for state, n in known.items() if not isinstance(state, str)}

    def measures(self, name: str) -> Exact:
        """Long-run shares of one type."""
        i = self.model.type_names.index(name)
        fate: dict[str, float] = {}
        queue = at_once = 0.0
        by = dict.fromkeys(self.groups, 0.0)
        for state, probability in self.stationary.items():
            queue += probability * state[len(self.places) + i]
            for chance, _, what in self.arrival(state, i):
                kind = "at once" if what.startswith("by") else what
                fate[kind] = fate.get(kind, 0.0) + probability * chance
            for n, (g, kind_of) in enumerate(self.places):
                if kind_of == i:
                    by[g] += probability * state[n] * self.ends[n]
        at_once = fate.get("at once", 0.0)
        abandoned = queue * self.leave[i] / self.rate[i]
        lost = abandoned + fate.get("balked", 0.0) + fate.get("blocked", 0.0)
        return Exact(
            answered=1 - lost,
            abandoned=abandoned,
            balked=fate.get("balked", 0.0),
            blocked=fate.get("blocked", 0.0),
            answered_at_once=at_once,
            queue_length=queue,
            answered_by={self.model.groups[g].name: by[g] / self.rate[i] for g in self.groups if by[g]},
        )

    def busy(self, group: str) -> float:
        """Mean agents of a group who are busy."""
        g = self.model.group_names.index(group)
        return sum(
            probability * sum(state[n] for n, (of, _) in enumerate(self.places) if of == g)
            for state, probability in self.stationary.items()
        )

    def within(self, name: str, seconds: float) -> tuple[float, float]:
        """Shares of the offered that are answered, and that give up, within ``seconds``.

        One contact is followed from the moment it joins the queue, by uniformization.
        """
        i = self.model.type_names.index(name)
        joined: dict[State, float] = {}
        at_once = 0.0
        for state, probability in self.stationary.items():
            for chance, after, what in self.arrival(state, i):
                if what == "waits":
                    joined[after] = joined.get(after, 0.0) + probability * chance
                elif what.startswith("by"):
                    at_once += probability * chance
        if not joined or not seconds:
            return at_once, 0.0
        known, generator = self._reached(list(joined), tagged=i)
        now = np.zeros(len(known))
        now[: len(joined)] = list(joined.values())
        pace = float(-generator.diagonal().min())
        jump = (eye(len(known), format="csr") + generator / pace).T.tocsr()
        weight, total, found = np.exp(-pace * seconds), 0.0, np.zeros(len(known))
        assert weight > 0, "too many events within the time for plain uniformization"
        n = 0
        while total < 1 - 1e-12 and n < 10_000:
            found += weight * now
            total += weight
            n += 1
            weight *= pace * seconds / n
            now = jump @ now
        return at_once + float(found[known[DONE]]) if DONE in known else at_once, (
            float(found[known[GONE]]) if GONE in known else 0.0
        )

    def service_level(self, name: str, target: ServiceTarget | None = None) -> float:
        """Long-run service level of a type under its own target or ``target``; all who came are offered."""
        wanted = target or self.model.type(name).target
        answered_in, gave_up_in = self.within(name, wanted.seconds)
        found = self.measures(name)  # who balks leaves at once, and so within the time
        return wanted.share_met(answered_in, gave_up_in + found.balked, found.answered, 1.0)
