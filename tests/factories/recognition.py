"""Thanks and points for the tests of access: shown to nobody but whose they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.recognition.models import (
    Account,
    Contest,
    ContestEntry,
    Entry,
    Finding,
    Season,
    SeasonMember,
    Thanks,
    ThanksWish,
    Title,
)
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
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
    return ledger.award(
        to=where.agent.pk, source="arena", points=5, ref="", why=marker, once=f"made:{marker}", at=NOW, by=SYSTEM
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
