"""Thanks and points for the tests of access: shown to nobody but whose they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.recognition.models import (
    Account,
    Budget,
    Contest,
    ContestEntry,
    Entry,
    Finding,
    FunDay,
    FunPhoto,
    FunPost,
    FunVote,
    Incentive,
    Redemption,
    Reward,
    RewardVote,
    Season,
    SeasonMember,
    Thanks,
    ThanksWish,
    Title,
)
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM, Actor
from tests.factories import Planted, Where
from tests.people import NOW, World


def make_thanks(world: World, where: Where, marker: str) -> Thanks:
    return Thanks.objects.create(
        from_user=where.user, agent=where.agent, kind="extra_mile", words=marker, at=NOW, day=NOW.date()
    )


def make_thankswish(world: World, where: Where, marker: str) -> ThanksWish:
    return ThanksWish.objects.create(agent=where.agent)


def make_account(world: World, where: Where, marker: str) -> Account:
    return ledger.account_of(where.agent.pk)


def make_entry(world: World, where: Where, marker: str) -> Entry:
    by = Actor(kind="system", name=marker)
    return ledger.award(
        to=where.agent.pk, source="arena", points=50, ref="", why=marker, once=f"made:{marker}", at=NOW, by=by
    )


def make_seasonmember(world: World, where: Where, marker: str) -> SeasonMember:
    """Left again: a board shows names to who joined, which is not what is asked here."""
    season, _new = Season.objects.get_or_create(
        state="running",
        defaults={
            "first_day": date(2026, 1, 1),
            "last_day": date(2026, 12, 31),
            "starts_at": NOW - timedelta(days=60),
            "ends_at": NOW + timedelta(days=300),
        },
    )
    return SeasonMember.objects.create(season=season, agent=where.agent, joined_at=NOW, left_at=NOW, band="more")


def make_title(world: World, where: Where, marker: str) -> Title:
    season = Season.objects.create(
        first_day=date(2025, 1, 1),
        last_day=date(2025, 3, 31),
        starts_at=NOW - timedelta(days=400),
        ends_at=NOW - timedelta(days=300),
        state="ended",
    )
    return Title.objects.create(season=season, agent=where.agent, kind="first", division=1, points=10)


def make_contest(world: World, where: Where, marker: str) -> Planted:
    """Everybody at the site may read it, and who leads a team there."""
    contest = Contest.objects.create(
        name=marker[:80],
        words=marker,
        why=marker,
        site=where.site,
        measure="handling_seconds",
        pair="quality_score",
        first_day=date(2026, 1, 5),
        last_day=date(2026, 1, 30),
        state="called_off",
        made_at=NOW,
        ended_at=NOW,
    )
    return Planted(contest, users=_users_of(where.site), teams=_teams_of(where.site))


def make_contestentry(world: World, where: Where, marker: str) -> ContestEntry:
    contest = make_contest(world, where, f"of {where.key}").row
    return ContestEntry.objects.create(
        contest_id=contest.pk,
        agent=where.agent,
        team=where.team,
        joined_at=NOW,
        mean=300,
        target=290,
        pair_mean=80,
        floor=75,
    )


def make_finding(world: World, where: Where, marker: str) -> Finding:
    """Answered, so that whom it is about reads it."""
    facts = {"inside": 9, "given": 10, "received": 9, "expected": 1.0, "by_chance": 0.01, "false_alarm": 0.05}
    finding = Finding.objects.create(
        kind="ring",
        site=where.site,
        asked=User.objects.get(email="manager@example.org"),
        facts=facts,
        at=NOW,
        due=NOW,
        state="answered",
        answer="explained",
        words=marker,
        answered_at=NOW,
        once=f"made:{where.key}",
    )
    finding.people.add(where.agent)
    return finding


def _users_of(site: Site) -> frozenset[int]:
    users = Agent.objects.filter(team__site=site, user__isnull=False).values_list("user", flat=True)
    return frozenset(each for each in users if each is not None)


def _teams_of(site: Site) -> frozenset[int]:
    return frozenset(site.teams.values_list("pk", flat=True))


BODIES: dict[str, Any] = {
    "recognition_hold_contest": lambda world, _where: {
        "name": "x",
        "words": "x",
        "site_id": world.north.pk,
        "measure": "handling_seconds",
        "pair": "quality_score",
        "first_day": "2030-03-04",
        "last_day": "2030-03-20",
    },
    "recognition_answer_finding": lambda _world, _where: {"answer": "nothing", "words": "x"},
}
VALUES: dict[str, Any] = {
    "season_id": lambda _world: Season.objects.order_by("pk").values_list("pk", flat=True)[0]
}


def of_team(where: Where) -> frozenset[int]:
    """Users of the agents of a team who are here."""
    return frozenset(Agent.objects.filter(team=where.team, user__isnull=False).values_list("user", flat=True))


def of_site(where: Where) -> frozenset[int]:
    return frozenset(
        Agent.objects.filter(team__site=where.site, user__isnull=False).values_list("user", flat=True)
    )


def make_budget(world: World, where: Where, marker: str) -> Budget:
    account = Account.objects.create(kind="budget", balance=0)
    return Budget.objects.create(
        name=marker, owner=where.user, site=where.site, team=where.team, monthly_points=500, account=account
    )


def make_incentive(world: World, where: Where, marker: str) -> Planted:
    budget = Budget.objects.filter(team=where.team).first() or make_budget(world, where, marker)
    found = Incentive.objects.create(
        budget=budget,
        owner=where.user,
        site=where.site,
        team=where.team,
        name=marker,
        what=marker,
        why=marker,
        occasion="by_hand",
        points=5,
        places=10,
        first_day=NOW.date(),
        last_day=NOW.date(),
        state="running",
        held=Account.objects.create(kind="held", balance=0),
        announced_at=NOW,
    )
    return Planted(found, users=of_team(where))


def make_reward(world: World, where: Where, marker: str) -> Planted:
    found = Reward.objects.create(
        name=marker,
        what=marker,
        why=marker,
        site=where.site,
        points=5,
        owner=where.user,
        state="offered",
        since=NOW,
    )
    return Planted(found, users=of_site(where))


def make_rewardvote(world: World, where: Where, marker: str) -> RewardVote:
    reward = Reward.objects.filter(site=where.site).order_by("-pk")[0]
    return RewardVote.objects.create(reward=reward, agent=where.agent, at=NOW)


def make_redemption(world: World, where: Where, marker: str) -> Redemption:
    aside = ledger.redeem(
        agent_id=where.agent.pk, points=5, ref="", why="a mug", once=f"aside:{marker}", by=SYSTEM, at=NOW
    )
    reward = Reward.objects.filter(site=where.site).order_by("-pk").first()
    return Redemption.objects.create(
        reward=reward,
        agent=where.agent,
        points=5,
        owner=where.user,
        asked_at=NOW,
        due=NOW,
        set_aside=aside,
        why=marker,
    )


def make_funday(world: World, where: Where, marker: str) -> Planted:
    day = timezone.now().date()
    found = FunDay.objects.create(
        name=marker, what=marker, remote=marker, why=marker, site=where.site, day=day, owner=where.user
    )
    teams = frozenset(where.site.teams.values_list("pk", flat=True))
    return Planted(found, users=of_site(where), teams=teams)


def make_funpost(world: World, where: Where, marker: str) -> Planted:
    """By somebody whose name everybody at the site may read."""
    day = FunDay.objects.filter(site=where.site).order_by("-pk")[0]
    shows = Agent.objects.create(
        name="Who shows", number=f"F-{where.key}", team=where.team, started_on=where.agent.started_on
    )
    found = FunPost.objects.create(fun_day=day, agent=shows, words=marker, why=marker, at=NOW)
    teams = frozenset(where.site.teams.values_list("pk", flat=True))
    return Planted(found, users=of_site(where), teams=teams)


def make_funphoto(world: World, where: Where, marker: str) -> Planted:
    day = FunDay.objects.create(
        name="Hats",
        what="Wear one.",
        remote="Show it.",
        site=where.site,
        day=timezone.now().date(),
        owner=where.user,
    )
    post = FunPost.objects.create(fun_day=day, agent=where.agent, words="A hat.", at=NOW)
    found = FunPhoto.objects.create(
        post=post, jpeg=b"picture", width=4, height=3, alt=marker, why=marker, answer=marker, at=NOW
    )
    teams = frozenset(where.site.teams.values_list("pk", flat=True))
    return Planted(found, users=of_site(where), teams=teams)


def make_funvote(world: World, where: Where, marker: str) -> FunVote:
    post = FunPost.objects.filter(fun_day__site=where.site).order_by("-pk")[0]
    return FunVote.objects.create(fun_day=post.fun_day, post=post, voter=where.agent)
