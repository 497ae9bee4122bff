"""Joining the arena and leaving it: by choice, at any time, and nothing is lost by either."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import ArenaMember, Match, Seat
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.services.deciding import end_match, end_without_result, tell
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

MEMBER = "learning.member"


class NotInTheArena(Refused):
    code = "learning_not_in_the_arena"
    status = 409
    text = _("Join the arena first. Practising alone needs no joining.")


class DuelsOpen(Refused):
    code = "learning_duels_open"
    status = 409
    text = _("Matches of yours that are being played: {n}. Play or give them up first; then leave.")


@transaction.atomic
def join_arena(*, by: Actor, at: datetime) -> ArenaMember:
    """Play against others from now on. Joining again finds everything as it was."""
    agent = _me(by)
    member, new = ArenaMember.objects.get_or_create(agent=agent, defaults={"joined_at": at})
    if member.left_at is not None:
        member.joined_at, member.left_at, new = at, None, True
        member.save()
    if new:
        audit.record(by=by, verb="learning.join_arena", about=(MEMBER, member.pk), facts={}, at=at)
    return member


@transaction.atomic
def leave_arena(*, by: Actor, at: datetime) -> None:
    """Practise alone again: invitations fall away. Ratings are kept unseen, handlings shown to nobody."""
    agent = _me(by)
    member = ArenaMember.objects.select_for_update().filter(agent=agent, left_at=None).first()
    if member is None:
        return
    playing = Match.objects.filter(state=Match.State.PLAYING, seats__agent=agent, seats__accepted_at__isnull=False)
    if found := playing.count():
        raise DuelsOpen(n=found)
    _leave(member, by, at)
    _drop_invitations(agent, at)


@transaction.atomic
def end_of_leaver(*, agent_id: int, at: datetime) -> None:
    """Who has left the company plays no more; their open matches end without a result."""
    member = ArenaMember.objects.select_for_update().filter(agent=agent_id, left_at=None).first()
    if member is None:
        return
    _leave(member, SYSTEM, at)
    _drop_invitations(member.agent, at)
    playing = Match.objects.select_for_update(of=("self",)).filter(
        pk__in=Seat.objects.filter(agent=agent_id, match__state=Match.State.PLAYING).values("match")
    )
    for match in playing.order_by("pk"):
        end_without_result(match, at)


def _leave(member: ArenaMember, by: Actor, at: datetime) -> None:
    member.left_at = at
    member.save(update_fields=["left_at"])
    audit.record(by=by, verb="learning.leave_arena", about=(MEMBER, member.pk), facts={}, at=at)


def _drop_invitations(agent: Agent, at: datetime) -> None:
    """What was not begun: own challenges are taken back, others' declined, places in team matches given back."""
    invited = Match.objects.select_for_update(of=("self",)).filter(
        pk__in=Seat.objects.filter(agent=agent, match__state=Match.State.INVITED).values("match")
    )
    for match in invited.order_by("pk"):
        if match.kind == Match.Kind.TEAMS:
            match.seats.filter(agent=agent).delete()
            continue
        mine = match.made_by_id == agent.user_id
        end_match(match, Match.State.WITHDRAWN if mine else Match.State.DECLINED, at)
        others = [each.agent for each in match.seats.select_related("agent") if each.agent_id != agent.pk]
        tell(match, "withdrawn" if mine else "declined", others, at)


def member(by: Actor) -> Agent:
    """The agent who acts, when they have joined."""
    agent = _me(by)
    if not queries.has_joined(agent.pk):
        raise NotInTheArena
    return agent


def _me(by: Actor) -> Agent:
    require(by, P.COMPETE)
    agent = people.agent_of(by)
    if agent is None or by.user_id is None:
        refuse(by)
    return agent
