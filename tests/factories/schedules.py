"""Weeks, drafts and shifts for tests: a site's week in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db.models import Model

from floorwalker.apps.capacity.models import RequiredDay, Requirement
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, AgentSkill, Site
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import (
    ChangeEntry,
    ChangeRequest,
    Draft,
    DraftShift,
    Edit,
    Feed,
    Planned,
    Publication,
    Run,
    Shift,
    ShiftPattern,
    Week,
)
from floorwalker.apps.schedules.rules.cover import Need
from floorwalker.apps.schedules.rules.stints import Stint, at_wall, stint_at
from floorwalker.apps.schedules.services.drafts import new_draft
from floorwalker.apps.schedules.services.versions import columns
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.science.timegrid import TimeGrid
from tests.factories import Planted, Where
from tests.people import NOW, World

MONDAY = date(2026, 3, 16)
BEFORE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def a_queue(world: World, site: Site | None = None, name: str = "Cards") -> Queue:
    """A queue that asks for the skill Service; everybody of its site holds it."""
    site = site or world.north
    for agent in Agent.objects.filter(team__site=site):
        AgentSkill.objects.get_or_create(agent=agent, skill=world.service, defaults={"level": 3})
    return Queue.objects.create(
        key=name.lower(), name=name, client=world.aurora, site=site, skill=world.service, zone=site.zone
    )


def a_week(site: Site, first_day: date = MONDAY) -> Week:
    return Week.objects.get_or_create(site=site, first_day=first_day)[0]


def a_stint(
    week: Week,
    agent: Agent | None,
    day: int = 0,
    start: str = "09:00",
    hours: float = 8.5,
    *,
    meal: int = 30,
    queue: Any = None,
) -> Stint:
    """A shift on the wall clock of the week's site; its meal around the middle."""
    hour, minute = (int(part) for part in start.split(":"))
    length = round(hours * 60)
    return stint_at(
        str(uuid4()),
        agent.pk if agent else None,
        day=TimeGrid(week.first_day, 7, 3600, "UTC").dates[day],
        start_minute=hour * 60 + minute,
        length_minutes=length,
        zone=week.site.zone,
        meal_minutes=meal,
        meal_after=(length - meal) // 2 // 15 * 15,
        queue=queue.pk if queue else None,
    )


def a_draft(week: Week, stints: Iterable[Stint], at: datetime, by: Actor = SYSTEM) -> Draft:
    week.refresh_from_db()
    return new_draft(week, "Draft", stints, by, at)


def published(week: Week, stints: Iterable[Stint], at: datetime, by: Actor = SYSTEM) -> Publication:
    """The week with exactly these shifts, published."""
    return services.publish(draft_id=a_draft(week, stints, at, by).pk, by=by, at=at)


def working_days(week: Week, agents: Sequence[Agent], days: Iterable[int] = range(5), **more: Any) -> list[Stint]:
    """Nine to half past five for everybody."""
    return [a_stint(week, agent, day, **more) for agent in agents for day in days]


def live(agent: Agent) -> list[Shift]:
    """An agent's published shifts in order of time."""
    return list(Shift.objects.filter(agent=agent, until=None, cancelled=False).order_by("period"))


def office_needs(queue: Any, first_day: date, zone: str, people: int = 2, days: int = 5) -> list[Need]:
    """So many people from nine to five on the first days of the week, by the half-hour."""
    found = []
    for day in TimeGrid(first_day, days, 1800, zone).dates:
        grid = TimeGrid(day, 1, 1800, zone)
        counts = tuple(people if 18 <= slot < 34 else 0 for slot in grid.slots)
        found.append(Need(queue.pk, day, 1800, counts, "80/20"))
    return found


def live_in(agent: Agent, monday: date) -> list[Shift]:
    """An agent's published shifts of one week."""
    return [shift for shift in live(agent) if shift.week.first_day == monday]


def require(queue: Queue, monday: date, people: int = 2) -> Requirement:
    """The queue needs so many people from nine to five, Monday to Friday."""
    from floorwalker.apps.capacity.queries.inputs import goals_of
    from floorwalker.apps.capacity.rules import Staffing

    requirement = Requirement.objects.create(
        queue=queue,
        first_day=monday,
        days=7,
        step_seconds=1800,
        zone=queue.zone,
        settings={"goals": goals_of(queue, {}), "policy": Staffing().to_dict()},
        forecast_version=1,
        forecast_name="made up",
        made_at=BEFORE,
        made_by="the tests",
    )
    for need in office_needs(queue, monday, queue.zone, people):
        count = len(need.scheduled)
        zeros = [0.0] * count
        RequiredDay.objects.create(
            requirement=requirement,
            day=need.day,
            start=at_wall(need.day, 0, queue.zone),
            contacts=zeros,
            aht_seconds=zeros,
            required=list(need.scheduled),
            scheduled=list(need.scheduled),
            service_level=zeros,
            abandon_rate=zeros,
            asa_seconds=zeros,
            occupancy=zeros,
            reasons={},
            saved_by_one_more=zeros,
            in_time_by_one_more=zeros,
        )
    return requirement


# Rows for the tests of access.


def _whole_site(row: Model, where: Where) -> Planted:
    """A sheet of the whole site: of all its teams, and of nobody in person."""
    teams = frozenset(where.site.teams.values_list("pk", flat=True))
    return Planted(row, users=frozenset(), teams=teams, sites=frozenset({where.site.pk}))


def _publication(where: Where, marker: str) -> Publication:
    week = a_week(where.site)
    made = Publication.objects.create(
        week=week,
        number=week.publications.count() + 1,
        kind=Publication.Kind.ROSTER,
        note=marker,
        published_at=NOW,
        published_by=marker,
    )
    Week.objects.filter(pk=week.pk).update(current=made)
    return made


def _row(where: Where, **more: Any) -> Shift:
    """A live shift, each of one agent on a day of its own."""
    publication = _publication(where, "")
    week = publication.week
    stint = a_stint(week, where.agent, Shift.objects.filter(agent=where.agent, until=None).count() % 7)
    values = {**columns(stint), **more}
    return Shift.objects.create(week=week, since=publication.number, since_at=NOW, **values)


def make_week(world: World, where: Where, marker: str) -> Planted:
    return _whole_site(a_week(where.site), where)


def make_publication(world: World, where: Where, marker: str) -> Planted:
    return _whole_site(_publication(where, marker), where)


def make_draft(world: World, where: Where, marker: str) -> Planted:
    row = Draft.objects.create(week=a_week(where.site), name=marker, made_at=NOW, made_by=marker)
    return _whole_site(row, where)


def make_run(world: World, where: Where, marker: str) -> Planted:
    problem = {"people": [{"id": where.agent.pk, "label": marker}]}
    row = Run.objects.create(week=a_week(where.site), problem=problem, started_at=NOW, started_by=marker)
    return _whole_site(row, where)


def make_edit(world: World, where: Where, marker: str) -> Planted:
    row = Edit.objects.create(
        week=a_week(where.site),
        publication=_publication(where, ""),
        verb="hours",
        before=[],
        after=[],
        breaches=[marker],
        why=marker,
        at=NOW,
        by_name=marker,
    )
    return _whole_site(row, where)


def make_shiftpattern(world: World, where: Where, marker: str) -> Planted:
    row = ShiftPattern.objects.create(site=where.site, name=marker, starts_from="08:00", starts_until="09:00")
    return _whole_site(row, where)


def make_shift(world: World, where: Where, marker: str) -> Planted:
    """It holds no text; whoever sees a shift too many sees its agent's name, which does."""
    row = _row(where)
    return Planted(row, more={"identity": row.identity})


def make_planned(world: World, where: Where, marker: str) -> Planned:
    shift = _row(where)
    publication = Publication.objects.get(week=shift.week, number=shift.since)
    return Planned.objects.create(
        shift=shift, agent=where.agent, period=shift.period, activity="phones", publication=publication
    )


def make_draftshift(world: World, where: Where, marker: str) -> DraftShift:
    week = a_week(where.site)
    draft = Draft.objects.create(week=week, name="Draft", made_at=NOW, made_by="the tests")
    return DraftShift.objects.create(draft=draft, **columns(a_stint(week, where.agent)))


def make_feed(world: World, where: Where, marker: str) -> Feed:
    return Feed.objects.create(agent=where.agent, device=marker, key_hash="0" * 64, made_at=NOW)


def _request(where: Where) -> ChangeRequest:
    shift = _row(where)
    return ChangeRequest.objects.create(
        week=shift.week,
        agent=where.agent,
        shift_identity=shift.identity,
        shift_version=1,
        kind="drop",
        turn="lead",
        due=NOW,
        asked_at=NOW,
    )


def make_changerequest(world: World, where: Where, marker: str) -> ChangeRequest:
    return _request(where)


def make_changeentry(world: World, where: Where, marker: str) -> ChangeEntry:
    return ChangeEntry.objects.create(
        request=_request(where), what="said", side="agent", text=marker, at=NOW, by_name=marker
    )


VALUES = {
    "first_day": lambda world: MONDAY.isoformat(),
    "day": lambda world: MONDAY.isoformat(),
}
# Shifts keep their identity through all their versions, so addresses of a sheet name it.
NAMED = {Shift: ("identity",)}


def _step(world: World, where: Where) -> dict[str, Any]:
    identity = str(uuid4())
    return {
        "verb": "add",
        "identity": identity,
        "day": MONDAY.isoformat(),
        "start_minute": 540,
        "length_minutes": 480,
    }


def _pattern(world: World, where: Where) -> dict[str, Any]:
    return {"name": "Early", "starts_from": "07:00", "starts_until": "09:00", "weekdays": [0]}


def _hours(world: World, where: Where) -> dict[str, Any]:
    return {"start": "2026-03-02T10:00:00Z", "end": "2026-03-02T18:00:00Z", "version": 1}


BODIES = {
    "schedules_add_pattern": lambda world, where: _pattern(world, where) | {"site_id": where.site.pk},
    "schedules_change_pattern": _pattern,
    "schedules_counter": _hours,
    "schedules_change_published": _step,
    "schedules_change_draft": _step,
    "schedules_check_published": _step,
    "schedules_check_draft": _step,
}
