"""Duels from the challenge to the first line, and team matches until their teams are made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Match, Play, Seat
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.learning.services.arena import member
from floorwalker.apps.learning.services.deciding import ask_around, end_match, note, tell
from floorwalker.apps.learning.services.plays import begin_play
from floorwalker.apps.learning.services.teams import begin_playing, form_teams
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Invalid, Refused

State, Pace, Kind = Match.State, Match.Pace, Match.Kind


class NotThatWay(Refused):
    code = "learning_match_moved_on"
    status = 409
    text = _("This match has moved on since; its page shows how it stands.")


class EnoughOpen(Refused):
    code = "learning_matches_enough"
    status = 409
    text = _("{name} is in {n} open matches, which is the most at a time.")


class NotYet(Refused):
    code = "learning_match_not_begun"
    status = 409
    text = _("The first line comes to both of you at the same time, in a few seconds.")


@transaction.atomic
def challenge(
    *, scenario_id: int, opponent_id: int | None, pace: str = Pace.APART, by: Actor, at: datetime
) -> Match:
    """Ask a colleague who joined – or, without one, anybody of one's level – to play the same scenario."""
    me = member(by)
    version = queries.in_force(by, scenario_id)
    if pace not in Pace.values:
        raise Invalid(problem=_("A duel is played at the same time (now) or apart."))
    opponent = queries.the_opponent(by, opponent_id) if opponent_id is not None else None
    for each in (me, opponent):
        if each is not None:
            _has_room(each)
    wait = rules.ANSWER_NOW if pace == Pace.NOW else rules.ANSWER_APART
    match = Match.objects.create(version=version, pace=pace, made_by_id=by.user_id, made_at=at, until=at + wait)
    Seat.objects.create(match=match, agent=me, side=rules.FIRST, accepted_at=at)
    if opponent is not None:
        Seat.objects.create(match=match, agent=opponent, side=rules.SECOND)
    note(match, "challenge", by, at)
    if opponent is not None:
        tell(match, "challenged", [opponent], at)
    return match


@transaction.atomic
def accept(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Take a challenge made to oneself, or one made to anybody of one's level."""
    match = locked(by, match_id)
    me = member(by)
    seat = match.seats.filter(agent=me).first()
    taken = match.seats.filter(side=rules.SECOND).exists()
    if match.kind != Kind.DUEL or match.state != State.INVITED or match.until <= at or (seat is None and taken):
        raise NotThatWay
    if seat is None:
        if not queries.open_to_me(by, at).filter(pk=match.pk).exists():
            raise NotThatWay  # of another level
        _has_room(me)
        seat = Seat(match=match, agent=me, side=rules.SECOND)
    if seat.accepted_at is not None:
        raise NotThatWay
    seat.accepted_at = at
    seat.save()
    begin_playing(match, at)
    note(match, "accept", by, at)
    tell(match, "accepted", [each.agent for each in _seats(match) if each.agent_id != me.pk], at)
    return match


@transaction.atomic
def decline(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Say no; nobody asks why, and nothing comes of it."""
    match = locked(by, match_id)
    me = member(by)
    if match.state != State.INVITED or not match.seats.filter(agent=me, accepted_at=None).exists():
        raise NotThatWay
    end_match(match, State.DECLINED, at)
    note(match, "decline", by, at)
    tell(match, "declined", [each.agent for each in _seats(match) if each.agent_id != me.pk], at)
    return match


@transaction.atomic
def withdraw(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Take a challenge or a team match back before it is played."""
    match = locked(by, match_id, P.COMPETE if by.may(P.COMPETE) else P.SET_UP_MATCHES)
    if match.state != State.INVITED or match.made_by_id != by.user_id:
        raise NotThatWay
    end_match(match, State.WITHDRAWN, at)
    note(match, "withdraw", by, at)
    tell(match, "withdrawn", [each.agent for each in _seats(match) if each.agent.user_id != by.user_id], at)
    return match


@transaction.atomic
def begin_in_match(*, match_id: int, by: Actor, at: datetime) -> Play:
    """The first line of one's own play; opened again, the one under way."""
    match = locked(by, match_id)
    me = member(by)
    seat = match.seats.select_related("play").filter(agent=me).first()
    if seat is None or match.state != State.PLAYING or seat.accepted_at is None:
        raise NotThatWay
    if seat.play is not None:
        return seat.play
    if match.until <= at:
        raise NotThatWay
    if match.starts_at is not None and at < match.starts_at:
        raise NotYet
    seat.play = begin_play(version_id=match.version_id, agent_id=me.pk, purpose=Play.Purpose.MATCH, by=by, at=at)
    seat.save(update_fields=["play"])
    ask_around(match)
    return seat.play


@transaction.atomic
def call_team_match(*, scenario_id: int, until: datetime, by: Actor, at: datetime) -> Match:
    """Call out a team match: who joined the arena takes a place; even teams are made when it begins."""
    require(by, P.SET_UP_MATCHES)
    version = queries.in_force(by, scenario_id, P.SEE_SCENARIOS)
    if not at < until <= at + 7 * rules.VOTE_FOR:
        raise Invalid(problem=_("Places are open until a moment within the next two weeks."))
    match = Match.objects.create(version=version, kind=Kind.TEAMS, made_by_id=by.user_id, made_at=at, until=until)
    note(match, "call_team_match", by, at)
    return match


@transaction.atomic
def take_place(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Join a team match that was called out."""
    match = locked(by, match_id)
    me = member(by)
    if match.kind != Kind.TEAMS or match.state != State.INVITED or match.until <= at:
        raise NotThatWay
    if not match.seats.filter(agent=me).exists():
        if match.seats.count() >= 2 * max(rules.TEAM_SIZES):
            raise NotThatWay
        _has_room(me)
        Seat.objects.create(match=match, agent=me, accepted_at=at)
        note(match, "take_place", by, at)
    return match


@transaction.atomic
def give_place_back(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Leave a team match before its teams are made."""
    match = locked(by, match_id)
    me = member(by)
    if match.kind != Kind.TEAMS or match.state != State.INVITED:
        raise NotThatWay
    given, _rows = match.seats.filter(agent=me).delete()
    if given:
        note(match, "give_place_back", by, at)
    return match


@transaction.atomic
def make_teams(*, match_id: int, by: Actor, at: datetime) -> Match:
    """Make two teams as even as they can be, and begin."""
    match = locked(by, match_id, P.SET_UP_MATCHES)
    if match.kind != Kind.TEAMS or match.state != State.INVITED:
        raise NotThatWay
    form_teams(match, by, at)
    return match


def locked(by: Actor, match_id: int, permission: P = P.COMPETE) -> Match:
    """The match, held until the transaction ends; NotFound where it is not in sight."""
    require(by, permission)
    found = queries.the_match(by, match_id, permission)
    return Match.objects.select_for_update(of=("self",)).select_related("version__scenario").get(pk=found.pk)


def _seats(match: Match) -> list[Seat]:
    return list(match.seats.select_related("agent"))


def _has_room(agent: Agent) -> None:
    found = Seat.objects.filter(agent=agent, match__state__in=[State.INVITED, State.PLAYING]).count()
    if found >= rules.MOST_OPEN:
        raise EnoughOpen(name=agent.name, n=found)
