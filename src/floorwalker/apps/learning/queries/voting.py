"""What a voter is shown: two handlings of one scenario, without names, in an order of their own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from floorwalker.apps.learning.models import ArenaMember, Match, Play, Vote
from floorwalker.apps.learning.queries.arena import me_in_the_arena
from floorwalker.apps.learning.queries.plays import turns_of, walk_of
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.science.duels import MOST_VOTES, pooled

LOOKED_AT = timedelta(days=92)


@dataclass(frozen=True)
class Said:
    """A line of the customer and what was answered."""

    line: str
    answer: str


@dataclass(frozen=True)
class Ballot:
    """A pair to vote on. ``left_side`` and ``mate_of`` are for the count, never for the page."""

    match_id: int
    scenario: str
    setting: str
    left: list[Said]
    right: list[Said]
    until: datetime
    left_side: int
    mate_of: int


def votes_on(match: Match) -> tuple[int, int, int]:
    """Votes for the first, for the second, and for no difference."""
    counted = dict(match.votes.values_list("named").annotate(n=Count("pk")).order_by())
    return counted.get(rules.FIRST, 0), counted.get(rules.SECOND, 0), counted.get(rules.NONE, 0)


def voters_left(match: Match) -> int:
    """How many who joined do not play in it."""
    playing = match.seats.values("agent")
    return ArenaMember.objects.filter(left_at=None, agent__left_on=None).exclude(agent__in=playing).count()


def voters_trusted(at: datetime) -> bool:
    """Whether voters of the last quarter of a year agree more than coins would."""
    rows = (
        Match.objects.filter(state=Match.State.DECIDED, ended_at__gt=at - LOOKED_AT)
        .annotate(
            one=Count("votes", filter=Q(votes__named=rules.FIRST)),
            other=Count("votes", filter=Q(votes__named=rules.SECOND)),
        )
        .order_by()
        .values_list("one", "other")
    )
    return pooled(rows).trusted


def to_vote(me: Agent, at: datetime) -> QuerySet[Match]:
    """Matches of others that are voted on and that one has not voted on."""
    return (
        Match.objects.filter(state=Match.State.VOTING, until__gt=at)
        .exclude(seats__agent=me)
        .exclude(pk__in=Vote.objects.filter(voter=me).values("match"))
        .select_related("version__scenario")
        .order_by("until", "pk")
    )


def next_ballot(actor: Actor, at: datetime) -> Ballot | None:
    """The next pair that waits for this voter, if there is one."""
    me = me_in_the_arena(actor)
    if me is None:
        return None
    found = (ballot_of(me, match) for match in to_vote(me, at)[:50])
    return next((each for each in found if each is not None), None)


def ballots_waiting(actor: Actor, at: datetime) -> int:
    me = me_in_the_arena(actor)
    return to_vote(me, at).count() if me is not None else 0


def ballot_of(me: Agent, match: Match) -> Ballot | None:
    """The pair as this voter sees it; None where no vote of theirs is wanted."""
    if match.state != Match.State.VOTING:
        return None
    cast = list(match.votes.values_list("voter", "mate_of"))
    mate_of = _mate_of(me, match)
    by_mates = tuple(sum(side == of for _voter, of in cast) for side in rules.SIDES)
    if len(cast) >= MOST_VOTES or me.pk in {voter for voter, _of in cast}:
        return None
    if not rules.votes_evenly((by_mates[0], by_mates[1]), mate_of):
        return None
    left_side = _left_side(me, match)
    plays = [_play(match, side, len(cast)) for side in (left_side, rules.BOTH - left_side)]
    if plays[0] is None or plays[1] is None:
        return None
    left, right = (transcript(each) for each in plays if each is not None)
    flow = match.version.flow
    return Ballot(
        match.pk, match.version.scenario.name, flow.setting, left, right, match.until, left_side, mate_of
    )


def _mate_of(me: Agent, match: Match) -> int:
    """Which sides a team mate of the voter plays on."""
    sides = set(match.seats.filter(agent__team=me.team_id).values_list("side", flat=True))
    return sum(side for side in rules.SIDES if side in sides)


def _left_side(me: Agent, match: Match) -> int:
    """The side a voter sees on the left: by chance, and the same each time they look."""
    digest = hashlib.sha256(f"{match.pk}:{match.made_at.isoformat()}:{me.pk}".encode()).digest()
    return rules.SIDES[digest[0] % 2]


def _play(match: Match, side: int, turn: int) -> Play | None:
    """The handling shown of a side; of a team another member's with each vote."""
    plays = list(Play.objects.filter(seat__match=match, seat__side=side).select_related("version").order_by("pk"))
    return plays[turn % len(plays)] if plays else None


def transcript(play: Play) -> list[Said]:
    """What was said in a play, without who, when and how long."""
    flow, turns, said = play.version.flow, turns_of(play), []
    for turn in turns:
        node = flow.node(turn.node)
        if node is not None and turn.at is not None:
            option = node.option(turn.option) if turn.option else None
            said.append(Said(node.line, option.text if option else turn.words))
    end = flow.node(walk_of(play, turns).node)
    if end is not None and end.outcome:
        said.append(Said(end.line, ""))
    return said
