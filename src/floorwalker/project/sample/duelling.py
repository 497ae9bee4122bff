"""The duels of a sample: some decided in the last weeks, one that waits for an agent, one for votes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import ArenaMember, Match, ScenarioVersion
from floorwalker.apps.learning.rules.flow import Node
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLAYERS, DECIDED = 9, 10


def is_there() -> bool:
    return ArenaMember.objects.exists() or not _versions()


@transaction.atomic
def bring(at: datetime) -> None:
    """By the verbs people use; whom the sample signs in is asked to a duel, and to vote."""
    rows = Agent.objects.filter(user__is_active=True, left_on=None).select_related("user").order_by("pk")
    players = [actor_of(each.user) for each in rows[:PLAYERS] if each.user is not None]
    versions = _versions()
    if len(players) < 6:
        return
    for each in players:
        services.join_arena(by=each, at=at - 31 * DAY)
    draw = random.Random(27)
    for number in range(DECIDED):
        one, other = draw.sample(range(len(players)), 2)
        then = at - (28 - 2 * number) * DAY
        match = _played(versions[number % len(versions)], players, one, other, draw, then)
        _voted(match, players, draw, then + DAY)
        services.end_overdue_match(match_id=match.pk, at=then + 4 * DAY)
    _played(versions[0], players, 2, 3, draw, at - 5 * HOUR)
    asks = {"scenario_id": versions[0].scenario_id, "pace": Match.Pace.APART}
    mine = queries.the_opponent(players[1], rows[0].pk)
    services.challenge(**asks, opponent_id=mine.pk, by=players[1], at=at - 3 * HOUR)
    services.challenge(**asks, opponent_id=None, by=players[4], at=at - 2 * HOUR)


def _versions() -> list[ScenarioVersion]:
    rows = ScenarioVersion.objects.filter(state=ScenarioVersion.State.IN_FORCE).select_related("scenario")
    return list(rows.order_by("pk")[:3])


def _played(
    version: ScenarioVersion, players: Sequence[Actor], one: int, other: int, draw: random.Random, at: datetime
) -> Match:
    """Challenged, accepted and played apart; the first in the list answer better."""
    asked = next(each for each in queries.opponents(players[one]) if each.user_id == players[other].user_id)
    match = services.challenge(
        scenario_id=version.scenario_id, opponent_id=asked.pk, by=players[one], at=at - 2 * HOUR
    )
    services.accept(match_id=match.pk, by=players[other], at=at - HOUR)
    for place in (one, other):
        play = services.begin_in_match(match_id=match.pk, by=players[place], at=at)
        then, number = at, 1
        while play.state == play.State.PLAYING:
            node = version.flow.node(queries.turns_of(play)[-1].node)
            then += timedelta(seconds=draw.uniform(4, 9 + 2 * place))
            good = draw.random() < 0.97 - 0.05 * place
            play = services.answer(
                play_id=play.pk, number=number, **_answer(node, good, draw), by=players[place], at=then
            )
            number += 1
    return match


def _answer(node: Node | None, good: bool, draw: random.Random) -> dict[str, str]:
    """What meets the most, or anything."""
    if node is None:
        return {"option": ""}
    if node.own_words and (good or not node.options):
        return {"words": ", ".join(each.split("/")[0].strip() for each in node.own_words.phrases) + "."}
    best = max(node.options, key=lambda each: len(each.steps))
    return {"option": (best if good else draw.choice(node.options)).key}


def _voted(match: Match, players: Sequence[Actor], draw: random.Random, at: datetime) -> None:
    """Colleagues name the same in most matches, as long as a vote is wanted."""
    liked = draw.choice((1, 2))
    for each in players:
        ballot = queries.next_ballot(each, at)
        if ballot is None or ballot.match_id != match.pk:
            continue
        side = liked if draw.random() < 0.85 else 3 - liked
        named = "left" if ballot.left_side == side else "right"
        services.vote(match_id=match.pk, named=named, by=each, at=at)
