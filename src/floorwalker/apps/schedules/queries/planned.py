"""What an agent was planned to do on a day: the published shift with its break, time off the phones, days away."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

from django.urls import reverse

from floorwalker.apps.offphone import planned
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.planned import Piece, PlannedDay
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import visible_shifts
from floorwalker.apps.schedules.queries.weeks import roster_sites
from floorwalker.apps.schedules.rules.stints import day_bounds, monday_of
from floorwalker.kernel.access import Actor
from floorwalker.kernel.periods import Period

TRAINING = "training"  # a kind of time off the phones that has a name of its own


def planned_day(actor: Actor, agent: Agent, day: date) -> PlannedDay | None:
    """A local day of an agent in pieces as published now; none where no week of theirs is published or this reader
    does not see their roster. Of two things at a time the later said counts: away, off the phones, break, work.
    """
    own = agent.user_id is not None and agent.user_id == actor.user_id
    permission = P.SEE_OWN if own else P.SEE_ROSTER
    if not actor.may(permission) or not people.visible_agents(actor, permission).filter(pk=agent.pk).exists():
        return None
    start, end = day_bounds(day, agent.zone or agent.team.site.zone)
    rows = visible_shifts(actor, permission).filter(
        agent=agent, until=None, cancelled=False, period__overlap=Period(start, end).range
    )
    layers: list[tuple[datetime, datetime, str]] = []
    for shift, meal in rows.values_list("period", "meal"):
        layers.append((shift.lower, shift.upper, planned.WORK))
        if meal:
            layers.append((meal.lower, meal.upper, planned.BREAK))
    away = people.visible_days_off(actor).filter(agent=agent, day=day).exists()
    if not layers and not away and not _published(agent, day):
        return None
    for period, kind in offphone.kinds_between(agent.pk, Period(start, end)):
        layers.append((period.start, period.end, planned.TRAINING if kind == TRAINING else planned.OFF_PHONES))
    if away:
        layers.append((start, end, planned.AWAY))
    order = {kind: place for place, kind in enumerate((planned.WORK, planned.BREAK))}
    layers.sort(key=lambda layer: 4 if layer[2] == planned.AWAY else order.get(layer[2], 3))
    return PlannedDay(tuple(_pieces(start, end, layers)), _url(actor, agent, day, own=own))


def _published(agent: Agent, day: date) -> bool:
    """Whether the week of their own site says of this day that they do not work."""
    return Week.objects.filter(site=agent.team.site_id, first_day=monday_of(day), current__isnull=False).exists()


def _pieces(start: datetime, end: datetime, layers: list[tuple[datetime, datetime, str]]) -> list[Piece]:
    """The day from its first to its last minute, the last layer on top; a shift over midnight is shown whole."""
    first = min([start, *(each[0] for each in layers)])
    last = max([end, *(each[1] for each in layers)])
    cuts = sorted({first, last, *(cut for each in layers for cut in each[:2])})
    found: list[Piece] = []
    for begin, until in itertools.pairwise(cuts):
        above = [kind for lower, upper, kind in layers if lower <= begin and until <= upper]
        kind = above[-1] if above else planned.FREE
        if found and found[-1].kind == kind:
            found[-1] = Piece(found[-1].start, until, kind)
        else:
            found.append(Piece(begin, until, kind))
    return found


def _url(actor: Actor, agent: Agent, day: date, *, own: bool) -> str:
    """The agent's own week, or the board of the week for whoever sees it."""
    if own:
        return reverse("schedules:mine_week", args=[day])
    site = agent.team.site_id
    if not roster_sites(actor).filter(pk=site).exists():
        return ""
    return reverse("schedules:board", args=[site, day - timedelta(days=day.weekday())])
