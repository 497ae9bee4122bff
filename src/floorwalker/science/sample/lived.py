"""The second layer of a made-up centre: weeks of its history lived through, contact by contact.

People are rostered for what the truth expects, the contacts of the history come as they are counted there, and the
simulator says who waited how long, who hung up and who answered. What agents do between contacts follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.outcome import Stop
from floorwalker.science.queueing import Goals, ServiceTarget
from floorwalker.science.rostering import (
    Roster,
    RosterProblem,
    default_catalogue,
    on_phones,
    reduced_by_days_off,
    roster_model,
    solve,
)
from floorwalker.science.sample.centre import Centre, Queue
from floorwalker.science.sample.truth import Floats
from floorwalker.science.simulation import Contacts, Model, Paths, watch_contacts
from floorwalker.science.staffing import Served, plan_intervals
from floorwalker.science.timegrid import TimeGrid

WEEK = 7
ROSTER_WORK = 20  # steps of the search; the roster is to be lived, not to be the best
LEG_COLUMNS = ("source_key", "queue", "channel", "start", "outcome", "wait_seconds", "handling_seconds", "agent")
STATE_COLUMNS = ("agent", "start", "end", "state")


@dataclass(frozen=True)
class LivedWeek:
    """One week of one queue: its roster, the model of it, and every contact."""

    queue: Queue
    roster: Roster
    model: Model
    contacts: Contacts

    @property
    def grid(self) -> TimeGrid:
        return self.roster.grid

    def counts(self) -> Mapping[str, Floats]:
        """Offered, answered, abandoned and handling seconds by the interval in which contacts came."""
        borders = np.append(np.asarray(self.grid.starts), self.grid.end) - self.grid.starts[0]
        answered = ~np.isnan(self.contacts.answered_seconds)
        came, handling = self.contacts.came_seconds, np.nan_to_num(self.contacts.handling_seconds)
        rounded = np.where(answered, np.rint(handling), 0.0)
        weights = {
            "offered": None,
            "answered": answered * 1.0,
            "abandoned": ~answered * 1.0,
            "handling_seconds": rounded,
        }
        return {name: np.histogram(came, borders, weights=w)[0].astype(np.float64) for name, w in weights.items()}

    def legs(self) -> Iterator[tuple[object, ...]]:
        """One row a contact, as :data:`LEG_COLUMNS`; times are local, with their offset."""
        zone, begin = ZoneInfo(self.grid.zone), self.grid.starts[0]
        found = self.contacts
        for number in range(len(found)):
            answered = not np.isnan(found.answered_seconds[number])
            yield (
                f"{self.queue.name}-{self.grid.first_day:%Y%m%d}-{number + 1:06d}",
                self.queue.name,
                self.queue.channel,
                _local(begin + found.came_seconds[number], zone),
                "answered" if answered else "abandoned",
                round(float(found.wait_seconds[number]), 1),
                round(float(found.handling_seconds[number])) if answered else None,
                found.agents[found.agent[number]] if answered else None,
            )

    def states(self) -> Iterator[tuple[object, ...]]:
        """One row a stretch of an agent's shift, as :data:`STATE_COLUMNS`: available, contact, meal or away.

        Times are whole seconds; a stretch that rounds to none is left out.
        """
        zone, begin = ZoneInfo(self.grid.zone), self.grid.starts[0]
        busy: dict[int, list[tuple[float, float]]] = {}
        for number, agent in enumerate(self.contacts.agent.tolist()):
            if agent >= 0:
                span = self.contacts.answered_seconds[number], self.contacts.ended_seconds[number]
                busy.setdefault(agent, []).append((float(span[0]), float(span[1])))
        at_work = {agent.name: agent.at_work for group in self.model.groups for agent in group.agents or ()}
        for place, name in enumerate(self.contacts.agents):
            duties = self.roster.duties_by_person[name]
            shifts = [tuple(float(end - begin) for end in self.roster.span(duty)) for duty in duties]
            meals = [
                tuple(float(end - begin) for end in meal) for duty in duties if (meal := self.roster.meal(duty))
            ]
            marks = _painted(
                shifts, [(at_work[name], "available"), (meals, "meal"), (busy.get(place, []), "contact")]
            )
            for start, end, state in marks:
                if round(begin + start) < round(begin + end):
                    yield name, _local(begin + start, zone), _local(begin + end, zone), state


def live(centre: Centre, weeks: int = 1) -> tuple[LivedWeek, ...]:
    """The last ``weeks`` weeks of the history of every queue, the earliest first; the seed is the centre's."""
    grid = next(iter(centre.demand.values())).grid
    if not 0 <= weeks <= grid.days // WEEK:
        raise InvalidInput(f"{weeks} weeks to live through, but the history holds {grid.days // WEEK}")
    return tuple(_week(centre, queue, back) for back in range(weeks, 0, -1) for queue in centre.queues)


def _week(centre: Centre, queue: Queue, back: int) -> LivedWeek:
    history, truth = centre.demand[queue.name], centre.truth.queues[queue.name]
    first = history.grid.first_day + timedelta(days=history.grid.days - WEEK * back)
    grid = TimeGrid(first, WEEK, history.grid.step_seconds, history.grid.zone)
    begin = history.grid.find(grid.starts[0])
    offered = history.offered[begin : begin + len(grid)]
    is_open = (truth.rates(grid) > 0) | (offered > 0)
    spread = Spread(np.zeros(WEEK), np.zeros(len(grid)))
    expected = Forecast(queue.name, grid, truth.rates(grid), truth.aht(grid), is_open, spread, "the truth")
    target = ServiceTarget.parse(queue.service)
    need = plan_intervals(
        expected, Goals(target), patience_seconds=truth.patience_seconds, shrinkage=centre.shrinkage
    )
    roster = _roster(centre, queue, grid, tuple(int(n) for n in need.scheduled))
    came = replace(expected, contacts=np.maximum(offered, expected.contacts))
    served = Served(came, target, truth.patience_seconds, truth.aht_cv)
    people = on_phones(roster, queue.name)
    model = roster_model([served], people, presence=1 - centre.shrinkage)
    exact = replace(model.types[0], arrivals=Paths((tuple(int(n) for n in offered),)))
    model = replace(model, types=(exact,))
    return LivedWeek(queue, roster, model, watch_contacts(model, seed=centre.truth.seed, replication=back))


def _roster(centre: Centre, queue: Queue, grid: TimeGrid, needed: tuple[int, ...]) -> Roster:
    """Who worked that week; nobody where nobody was needed."""
    starts = np.asarray(grid.day_index)
    open_days = {grid.dates[day] for day in set(starts[np.asarray(needed) > 0].tolist())}
    people = reduced_by_days_off(centre.people_for(queue.name), open_days)
    if not any(needed):
        return Roster(grid, people, (), ())
    problem = RosterProblem(grid, needed, people, default_catalogue(grid, needed))
    found = solve(problem, stop=Stop(work=ROSTER_WORK), seed=centre.truth.seed).value
    return Roster(grid, people, problem.shifts, ()) if found is None else found


def _painted(
    shifts: list[tuple[float, ...]], layers: list[tuple[object, str]]
) -> Iterator[tuple[float, float, str]]:
    """Shifts cut at every change: later layers cover earlier ones, what no layer covers is ``away``.

    A contact that outlasts a shift, or a stretch on the phones, makes it longer.
    """
    spans = [(span[0], span[1], state) for each, state in layers for span in each]  # type: ignore[attr-defined]
    cuts = sorted({end for shift in shifts for end in shift} | {end for span in spans for end in span[:2]})
    rank = {state: place for place, (_, state) in enumerate(layers)}
    starts: dict[float, list[str]] = {}
    ends: dict[float, list[str]] = {}
    for low, high, state in spans:
        starts.setdefault(low, []).append(state)
        ends.setdefault(high, []).append(state)
    for low, high in shifts:
        starts.setdefault(low, []).append("away")
        ends.setdefault(high, []).append("away")
    on: dict[str, int] = {}
    last: tuple[float, float, str] | None = None
    for low, high in pairwise(cuts):
        for state in ends.get(low, []):
            on[state] -= 1
        for state in starts.get(low, []):
            on[state] = on.get(state, 0) + 1
        there = [state for state, count in on.items() if count > 0]
        if not there:
            continue
        state = max(there, key=lambda each: rank.get(each, -1))
        if last and last[1] == low and last[2] == state:
            last = last[0], high, state
            continue
        if last:
            yield last
        last = low, high, state
    if last:
        yield last


def _local(seconds: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(round(seconds), UTC).astimezone(zone).isoformat()
