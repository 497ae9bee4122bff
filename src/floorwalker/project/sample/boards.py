"""A finished season with its titles and one that runs, a contest, and a question about the game."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Season
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role
from floorwalker.project.sample.coaching import Led, teams

DAY = timedelta(days=1)
BEFORE = 70  # days ago the finished season began
LONG = 49  # days it lasted


def is_there() -> bool:
    return Season.objects.exists()


@transaction.atomic
def bring(at: datetime) -> None:
    """By the verbs people use; every fourth of a team did not join, and stands on no board."""
    held = User.objects.prefetch_related("roles_held").filter(roles_held__role=Role.MANAGER).order_by("pk").first()
    found = list(teams(at))
    if held is None or not found:
        return
    manager, first = actor_of(held), at - BEFORE * DAY
    end = first + (LONG - 1) * DAY
    services.plan_season(first_day=first.date(), last_day=end.date(), by=manager, at=first)
    _play(found, first + DAY, LONG - 3)
    services.turn_seasons(at - (BEFORE - LONG) * DAY)
    running = Season.objects.get(state=Season.State.RUNNING)
    _play(found, max(running.starts_at, at - (BEFORE - LONG - 1) * DAY), 14, at)
    services.count_running(at)
    _contest(manager, found, at)


def _play(found: list[Led], first: datetime, days: int, until: datetime | None = None) -> None:
    """Joined on the first day; help, goals, matches and thanks with points over the days."""
    for team in found:
        for place, agent in enumerate(team.agents):
            if place % 4 == 3 or agent.pk not in team.actors:
                continue
            services.join_season(again=place % 2 == 0, by=team.actors[agent.pk], at=first)
            mate = team.agents[(place + 1) % len(team.agents)]
            for number in range(2 + (7 * place + 3) % 9):
                at = first + (number * days // 11) * DAY
                if until is not None and at > until:
                    break
                key = agent.pk * 10_000 + first.timetuple().tm_yday * 20 + number
                if number % 3 == 0:
                    services.earn_answer(answer_id=key, author_id=agent.pk, asker_id=mate.pk, at=at)
                elif number % 3 == 1:
                    services.earn_practice(play_id=key, agent_id=agent.pk, first_time=True, at=at)
                else:
                    won = {"complete": (agent.pk,)}
                    services.earn_match(match_id=key, played=(agent.pk, mate.pk), won=won, at=at)


def _contest(manager: Actor, found: list[Led], at: datetime) -> None:
    """One that begins in some days, with who could join it from their own past."""
    site = found[0].agents[0].team.site_id
    contest = services.hold_contest(
        name="Clear and kind",
        words="Two weeks to say what happens next, while nobody has to call again.",
        site_id=site,
        measure="quality_score",
        pair="first_contact_resolution",
        first_day=(at + 2 * DAY).date(),
        last_day=(at + 16 * DAY).date(),
        by_team=True,
        by=manager,
        at=at,
    )
    for team in found:
        for place, agent in enumerate(team.agents):
            if place % 2 == 0 and agent.pk in team.actors and agent.team.site_id == site:
                try:
                    services.join_contest(contest_id=contest.pk, by=team.actors[agent.pk], at=at)
                except services.NoAimForYou:
                    continue
