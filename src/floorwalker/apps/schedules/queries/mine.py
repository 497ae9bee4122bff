"""An agent's own schedule: what is next, the week, and what is new since they last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.queries import agent_of
from floorwalker.apps.schedules.models import ChangeRequest, Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import visible_shifts
from floorwalker.apps.schedules.rules.stints import WEEK, day_bounds, monday_of
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.periods import Period


@dataclass(frozen=True)
class OwnShift:
    """One shift as its agent sees it; ``site_zone`` where its wall clock hangs, ``other_clock`` if it differs."""

    id: int
    start: datetime
    end: datetime
    meal: tuple[datetime, datetime] | None
    queue: str
    site: str
    site_zone: str
    other_clock: bool
    new: bool
    cancelled: bool
    request: int | None
    to_come: bool
    clocks_change: int  # minutes the clocks go forward (+) or back (−) during it

    @property
    def elapsed_seconds(self) -> float:
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True)
class OwnSession:
    """Time off the phones that has its place: a one-to-one, a training."""

    id: int
    start: datetime
    end: datetime
    kind: str
    reason: str


@dataclass(frozen=True)
class OwnDay:
    day: date
    shifts: list[OwnShift]
    sessions: list[OwnSession]
    today: bool


Entry = TypeVar("Entry", OwnShift, OwnSession)


@dataclass(frozen=True)
class OwnWeek:
    """Seven days on the viewer's own clock."""

    agent: Agent
    zone: str
    first_day: date
    days: list[OwnDay]
    next: OwnShift | None
    paid_seconds: float
    before: date
    after: date
    news: int

    @property
    def paid_hours(self) -> float:
        return self.paid_seconds / 3600


def own_agent(by: Actor) -> Agent:
    """The agent this actor is; whoever is none has no schedule of their own."""
    agent = agent_of(by)
    if agent is None:
        raise NotFound
    return agent


def own_week(by: Actor, day: date | None, at: datetime, looked: datetime | None) -> OwnWeek:
    """The week that holds a day, or this one; ``looked`` is when they looked before."""
    agent = own_agent(by)
    zone = by.zone
    today = at.astimezone(ZoneInfo(zone)).date()
    first = monday_of(day or today)
    start, _end = day_bounds(first, zone)
    end, _end = day_bounds(first + timedelta(days=WEEK), zone)
    rows = list(_rows(by).filter(period__overlap=Period(start, end).range))
    upcoming = _rows(by).filter(cancelled=False, period__endswith__gt=at).first()
    asked = _asked(agent, [*rows, *([upcoming] if upcoming else [])])
    shifts = [_own(row, asked, at, looked, zone) for row in rows]
    sessions = _sessions(agent, Period(start, end))
    days = [first + timedelta(days=d) for d in range(WEEK)]
    return OwnWeek(
        agent=agent,
        zone=zone,
        first_day=first,
        days=[OwnDay(each, _on(shifts, each, zone), _on(sessions, each, zone), each == today) for each in days],
        next=_own(upcoming, asked, at, looked, zone) if upcoming else None,
        paid_seconds=sum(_paid(shift) for shift in shifts if not shift.cancelled and shift.start >= start),
        before=first - timedelta(days=WEEK),
        after=first + timedelta(days=WEEK),
        news=sum(shift.new for shift in shifts),
    )


def day_to_show(by: Actor, at: datetime) -> date:
    """Where one's schedule opens: the day of the next shift, or today when it has begun or there is none."""
    own_agent(by)
    zone = ZoneInfo(by.zone)
    upcoming = _rows(by).filter(cancelled=False, period__endswith__gt=at).first()
    return max(at, upcoming.period.lower if upcoming else at).astimezone(zone).date()


def _rows(by: Actor):  # type: ignore[no-untyped-def]
    rows = visible_shifts(by, P.SEE_OWN).filter(until=None, agent__user=by.user_id)
    return rows.select_related("queue", "week__site").order_by("period", "cancelled")


def _asked(agent: Agent, rows: list[Shift]) -> dict[object, int]:
    identities = {row.identity for row in rows}
    mine = Q(agent=agent, shift_identity__in=identities) | Q(colleague=agent, colleague_identity__in=identities)
    found = ChangeRequest.objects.filter(mine, state=ChangeRequest.State.OPEN)
    asked: dict[object, int] = {}
    for pk, identity, other in found.values_list("pk", "shift_identity", "colleague_identity"):
        asked[identity] = pk
        if other:
            asked[other] = pk
    return asked


def _own(row: Shift, asked: dict[object, int], at: datetime, looked: datetime | None, zone: str) -> OwnShift:
    start, end = row.period.lower, row.period.upper
    return OwnShift(
        id=row.pk,
        start=start,
        end=end,
        meal=(row.meal.lower, row.meal.upper) if row.meal else None,
        queue=row.queue.name if row.queue else "",
        site=row.week.site.name,
        site_zone=row.week.site.zone,
        other_clock=any(_offset(each, zone) != _offset(each, row.week.site.zone) for each in (start, end)),
        new=looked is not None and row.since_at > looked and end > at,
        cancelled=row.cancelled,
        request=asked.get(row.identity),
        to_come=start > at and not row.cancelled,
        clocks_change=_clocks_change(start, end, zone),
    )


def _clocks_change(start: datetime, end: datetime, zone: str) -> int:
    return round((_offset(end, zone) - _offset(start, zone)).total_seconds() / 60)


def _offset(value: datetime, zone: str) -> timedelta:
    return value.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _sessions(agent: Agent, between: Period) -> list[OwnSession]:
    found = []
    for _agent, pk, period, kind, reason in offphone.placed_between([agent.pk], between):
        label = str(Session.Kind(kind).label)
        told = "" if reason.casefold() == label.casefold() else reason  # “one-to-one One-to-one” says nothing
        found.append(OwnSession(pk, period.start, period.end, label, told))
    return found


def _on(entries: list[Entry], day: date, zone: str) -> list[Entry]:
    """What begins on a day, on the viewer's clock."""
    return [entry for entry in entries if entry.start.astimezone(ZoneInfo(zone)).date() == day]


def _paid(shift: OwnShift) -> float:
    meal = (shift.meal[1] - shift.meal[0]).total_seconds() if shift.meal else 0.0
    return shift.elapsed_seconds - meal
