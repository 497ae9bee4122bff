"""Questions about votes and duels, for the people who are asked; and those of a quarter, for the search."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from floorwalker.apps.accounts import queries as accounts
from floorwalker.apps.accounts.models import User
from floorwalker.apps.learning.models import Match, Seat, Vote, VoteQuestion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.arena import day_of
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.roles import Role
from floorwalker.kernel.scoping import also_seen_with, pick, scoped, within

OPEN = Q(state=VoteQuestion.State.OPEN)


def visible_questions(actor: Actor, permission: Permission = P.ANSWER_QUESTIONS) -> QuerySet[VoteQuestion]:
    """Of one's people; a question about two is seen where either of them is in sight."""
    sight = actor.sight(permission)
    first, second = (
        within(sight, team=f"{each}__team", site=f"{each}__team__site") for each in ("first", "second")
    )
    return VoteQuestion.objects.filter(first | second)


def the_question(actor: Actor, question_id: int) -> VoteQuestion:
    return pick(visible_questions(actor).select_related("first", "second", "answered_by"), question_id)


also_seen_with(Agent, P.ANSWER_QUESTIONS, relations=("team", "site"))  # the two who are asked about
scoped(VoteQuestion, visible_questions, P.ANSWER_QUESTIONS, key="question_id", relations=("team", "site"))


def questions(actor: Actor, **place: Any) -> Rows[VoteQuestion]:
    rows = visible_questions(actor).select_related("first", "second", "answered_by")
    rows, order = open_first(rows, OPEN, due="due", ended="answered_at")
    return page_of(rows, order, counted=True, **place)


def open_questions(actor: Actor) -> list[VoteQuestion]:
    rows = visible_questions(actor).filter(OPEN).select_related("first", "second")
    return list(rows.order_by("due", "pk")[:10])


def who_answers(question: VoteQuestion) -> list[int]:
    """Users who are asked: trainers and managers in whose sight one of the two is."""
    held = User.objects.filter(is_active=True, roles_held__role__in=[Role.TRAINER, Role.MANAGER]).distinct()
    return [
        user.pk
        for user in held.prefetch_related("roles_held").order_by("pk")
        if visible_questions(accounts.actor_of(user)).filter(pk=question.pk).exists()
    ]


def played_in(first_day: int) -> dict[str, Any]:
    """The votes and the duels of a quarter as plain values, for the search in its own process."""
    day = day_of(first_day)
    after = rules.quarter_after(day)
    return {"ballots": _ballots(day, after), "duels": _duels(day, after)}


def _ballots(day: date, after: date) -> list[dict[str, Any]]:
    votes = Vote.objects.filter(match__ended_at__date__gte=day, match__ended_at__date__lt=after)
    players: dict[int, list[tuple[int, int]]] = {}
    for match, agent, side in Seat.objects.filter(match__in=votes.values("match"), side__isnull=False).values_list(
        "match", "agent", "side"
    ):
        players.setdefault(match, []).append((agent, side))
    rows = votes.order_by("pk").values_list("match", "voter", "named")
    return [
        {
            "match": match,
            "voter": voter,
            "named": [agent for agent, side in players[match] if side == named],
            "players": [agent for agent, _side in players[match]],
        }
        for match, voter, named in rows
    ]


def _duels(day: date, after: date) -> list[dict[str, Any]]:
    """Duels both have played: nobody lets a colleague win by not coming."""
    played = Seat.objects.filter(
        match__kind=Match.Kind.DUEL, match__state=Match.State.DECIDED, play__isnull=False,
        match__ended_at__date__gte=day, match__ended_at__date__lt=after,
    )  # fmt: skip
    seats: dict[int, list[tuple[int, bool]]] = {}
    for match, agent, complete in played.order_by("match").values_list("match", "agent", "play__complete"):
        seats.setdefault(match, []).append((agent, complete))
    return [
        {
            "match": match,
            "players": [agent for agent, _complete in both],
            "short": [agent for agent, complete in both if not complete],
        }
        for match, both in seats.items()
        if len(both) == 2
    ]
