"""Requests for a change, and their talk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.queries import agent_of, visible_agents
from floorwalker.apps.schedules.models import ChangeEntry, ChangeRequest, Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import visible_shifts
from floorwalker.apps.schedules.rules.requests import AGENT, COLLEAGUE, LEAD
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.scoping import pick, scoped, within


def visible_requests(actor: Actor, permission: Permission = P.ANSWER) -> QuerySet[ChangeRequest]:
    """Of oneself, of a colleague who wants to swap with one, of one's team or site."""
    sight = actor.sight(permission)
    mine = within(sight, own="agent__user", team="agent__team", site="agent__team__site")
    return ChangeRequest.objects.filter(mine | within(sight, own="colleague__user") if sight.own else mine)


def the_request(actor: Actor, request_id: Any) -> ChangeRequest:
    """A request one takes part in, on whichever side."""
    rows = requests_of(actor).select_related(
        "agent__team__site", "colleague", "week__site", "week__current", "applied"
    )
    return pick(rows, request_id)


def requests_of(actor: Actor) -> QuerySet[ChangeRequest]:
    """All that this actor takes part in: their own, and those they may answer."""
    own = visible_requests(actor, P.ASK).values("pk")
    led = visible_requests(actor, P.ANSWER).values("pk")
    return ChangeRequest.objects.filter(Q(pk__in=own) | Q(pk__in=led))


def visible_entries(actor: Actor, permission: Permission = P.ANSWER) -> QuerySet[ChangeEntry]:
    return ChangeEntry.objects.filter(request__in=visible_requests(actor, permission))


def side_of(actor: Actor, request: ChangeRequest) -> str:
    """Which side of the talk this actor is on; one's own wish is never answered by oneself."""
    me = agent_of(actor)
    if me is not None and me.pk == request.agent_id:
        return AGENT
    if me is not None and me.pk == request.colleague_id:
        return COLLEAGUE
    if visible_requests(actor, P.ANSWER).filter(pk=request.pk).exists():
        return LEAD
    raise NotFound


def own_shift(actor: Actor, shift_id: Any) -> Shift:
    """A live shift of the agent themselves."""
    rows = visible_shifts(actor, P.ASK).filter(until=None, cancelled=False, agent__user=actor.user_id)
    return pick(rows.select_related("agent__team__site", "week__site", "week__current"), shift_id)


def led_shift(actor: Actor, shift_id: Any) -> Shift:
    """A live shift of somebody whose wishes the actor answers."""
    rows = visible_shifts(actor, P.ANSWER).filter(until=None, cancelled=False, agent__isnull=False)
    return pick(rows.select_related("agent__team__site", "week__site", "week__current"), shift_id)


def colleagues(agent: Agent) -> QuerySet[Agent]:
    """With whom a shift may be swapped: employees of the same team who are here."""
    return (
        Agent.objects.filter(team=agent.team_id, left_on=None)
        .exclude(pk=agent.pk)
        .exclude(engagement=Agent.Engagement.CONTRACTOR)
        .order_by("name", "number")
    )


def swappable_shifts(shift: Shift, at: datetime) -> QuerySet[Shift]:
    """Shifts to come of colleagues in the same week: names and hours of one's own team, and nothing more."""
    assert shift.agent is not None
    rows = Shift.objects.filter(
        week=shift.week_id,
        until=None,
        cancelled=False,
        agent__in=colleagues(shift.agent),
        period__startswith__gt=at,
    )
    return rows.select_related("agent").order_by("period", "agent__name")


def led_agents(actor: Actor) -> QuerySet[Agent]:
    return visible_agents(actor, P.ANSWER)


def entries_of(actor: Actor, request: ChangeRequest) -> QuerySet[ChangeEntry]:
    """What both sides said and did, for either of them."""
    answering = visible_entries(actor, P.ANSWER).filter(request=request)
    asking = visible_entries(actor, P.ASK).filter(request=request)
    return ChangeEntry.objects.filter(Q(pk__in=answering.values("pk")) | Q(pk__in=asking.values("pk")))


scoped(ChangeRequest, visible_requests, P.ANSWER, P.ASK, key="request_id")
scoped(ChangeEntry, visible_entries, P.ANSWER, P.ASK, key="entry_id")
