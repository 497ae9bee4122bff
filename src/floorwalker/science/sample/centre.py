"""A made-up centre: what can be seen of it, and the truth it was grown from, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Demand
from floorwalker.science.rostering import Person
from floorwalker.science.sample.arrivals import grow
from floorwalker.science.sample.plan import CentrePlan, QueuePlan, SitePlan
from floorwalker.science.sample.planting import plant, public_holidays
from floorwalker.science.sample.presets import PRESETS, sized
from floorwalker.science.sample.staff import Agent, Staff, Supervisor, Team, hire, weekly_hours
from floorwalker.science.sample.truth import Truth
from floorwalker.science.timegrid import TimeGrid

AHEAD_DAYS = 8 * 7  # special days and leave are known this far past the history


@dataclass(frozen=True)
class Queue:
    """What everybody knows of a queue: whom it serves, when it is open, what was promised."""

    name: str
    client: str
    site: str
    zone: str
    channel: str
    skill: str
    hours: tuple[tuple[int, int] | None, ...]
    service: str
    patience_seconds: float  # as the telephone system measures it


@dataclass(frozen=True)
class SpecialDay:
    """A public holiday of a country and the queues that are closed on it."""

    day: date
    name: str
    country: str
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Incident:
    """A line of the incident log: no contact reached the queue in [start, end), UTC seconds."""

    queue: str
    start: int
    end: int


@dataclass(frozen=True)
class Centre:
    """A made-up centre. All but ``truth`` is what its planner could see; ``truth`` is for tests alone."""

    name: str
    sites: tuple[SitePlan, ...]
    clients: tuple[str, ...]
    teams: tuple[Team, ...]
    supervisors: tuple[Supervisor, ...]
    queues: tuple[Queue, ...]
    people: tuple[Agent, ...]
    demand: Mapping[str, Demand]
    special_days: tuple[SpecialDay, ...]
    incidents: tuple[Incident, ...]
    shrinkage: float
    truth: Truth = field(repr=False)

    def people_for(self, queue: str) -> tuple[Person, ...]:
        """Those who serve ``queue`` first, as rostering sees them; together the queues hold everybody once."""
        if queue not in self.demand:
            raise InvalidInput(f"queue {queue!r} is not in {self.name}; it has {', '.join(self.demand)}")
        return tuple(agent.to_person() for agent in self.people if agent.queue == queue)

    def observable(self) -> dict[str, object]:
        """All that can be seen, the histories (``demand``) apart, as plain values."""
        return {
            "name": self.name,
            "shrinkage": self.shrinkage,
            "clients": list(self.clients),
            "sites": [asdict(site) for site in self.sites],
            "queues": [asdict(queue) for queue in self.queues],
            "teams": [asdict(team) for team in self.teams],
            "supervisors": [asdict(leader) for leader in self.supervisors],
            "people": [_plain(agent) for agent in self.people],
            "special_days": [{**asdict(day), "day": day.day.isoformat()} for day in self.special_days],
            "incidents": [asdict(incident) for incident in self.incidents],
        }


def make_centre(
    preset: str | int | CentrePlan, *, seed: int, until: date, weeks: int = 104, step_seconds: int = 1800
) -> Centre:
    """Grow a centre: ``"corner"``, ``"harbour"``, a number of people up to 20,000, or a plan of your own.

    The history holds the ``weeks`` weeks that end the evening before ``until``, the first day to plan, in steps
    of ``step_seconds``, each queue in the zone of its site. Same arguments and version, same centre.
    """
    if seed < 0 or weeks < 1:
        raise InvalidInput(f"a centre needs a seed of 0 or more and at least one week, got {seed} and {weeks}")
    plan = _plan(preset)
    staff = hire(plan, until, AHEAD_DAYS, seed)
    grids = {
        site.name: TimeGrid(until - timedelta(weeks=weeks), 7 * weeks, step_seconds, site.zone)
        for site in plan.sites
    }
    truths = {}
    for queue in plan.queues:
        hours = weekly_hours(tuple(a for a in staff.agents if a.queue == queue.name), plan.shrinkage)
        truths[queue.name] = plant(queue, plan.site(queue.site), grids[queue.site], AHEAD_DAYS, hours, seed)
    demand = {queue.name: grow(truths[queue.name], grids[queue.site], seed) for queue in plan.queues}
    return _assemble(plan, staff, demand, Truth(plan.name, seed, truths))


def _plan(preset: str | int | CentrePlan) -> CentrePlan:
    if isinstance(preset, CentrePlan):
        return preset
    if isinstance(preset, int):
        return sized(preset)
    if preset not in PRESETS:
        raise InvalidInput(f"preset {preset!r} is unknown; use {', '.join(sorted(PRESETS))} or a number of people")
    return PRESETS[preset]()


def _assemble(plan: CentrePlan, staff: Staff, demand: Mapping[str, Demand], truth: Truth) -> Centre:
    incidents = [Incident(o.queue, o.start, o.end) for queue in truth.queues.values() for o in queue.outages]
    return Centre(
        name=plan.name,
        sites=plan.sites,
        clients=tuple(dict.fromkeys(queue.client for queue in plan.queues)),
        teams=staff.teams,
        supervisors=staff.supervisors,
        queues=tuple(_queue(queue, plan) for queue in plan.queues),
        people=staff.agents,
        demand=demand,
        special_days=_special_days(plan, truth, next(iter(demand.values())).grid),
        incidents=tuple(sorted(incidents, key=lambda i: (i.start, i.queue))),
        shrinkage=plan.shrinkage,
        truth=truth,
    )


def _queue(plan: QueuePlan, centre: CentrePlan) -> Queue:
    zone = centre.site(plan.site).zone
    return Queue(
        plan.name, plan.client, plan.site, zone, plan.channel, plan.skill, plan.hours, str(plan.target),
        plan.patience_seconds,
    )  # fmt: skip


def _special_days(plan: CentrePlan, truth: Truth, grid: TimeGrid) -> tuple[SpecialDay, ...]:
    """The holidays of every country from the first day of the history to the last day known ahead."""
    last = grid.last_day + timedelta(days=AHEAD_DAYS)
    found = []
    for country in sorted({site.country for site in plan.sites}):
        queues = [queue.name for queue in plan.queues if plan.site(queue.site).country == country]
        for day, name in public_holidays(country, grid.first_day, last):
            closed = tuple(q for q in queues if truth.queues[q].special_factors.get(day, 1.0) == 0)
            found.append(SpecialDay(day, name, country, closed))
    return tuple(sorted(found, key=lambda special: (special.day, special.country)))


def _plain(agent: Agent) -> dict[str, object]:
    return {
        "id": agent.id,
        "name": agent.name,
        "team": agent.team,
        "site": agent.site,
        "zone": agent.zone,
        "queue": agent.queue,
        "queues": sorted(agent.queues),
        "contract": agent.contract,
        "min_hours": agent.min_hours,
        "max_hours": agent.max_hours,
        "max_days": agent.max_days,
        "start_date": agent.start_date.isoformat(),
        "skills": dict(agent.skills),
        "available": list(agent.available),
        "days_off": sorted(day.isoformat() for day in agent.days_off),
    }
