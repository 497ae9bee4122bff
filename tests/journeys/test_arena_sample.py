"""Learning by playing on *corner*, where one person is nearly all roles, and on *harbour* with each.

From a handbook to a scenario, a duel that is voted on, a board that moves, a tip with credit, a reward kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.coaching.models import GroupMember, GroupSession
from floorwalker.apps.hub.models import Post
from floorwalker.apps.learning import queries as arena
from floorwalker.apps.learning.models import ArenaMember, Match, Seat
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import queries as recognition
from floorwalker.apps.recognition.models import Redemption, SeasonMember
from floorwalker.kernel.roles import Role
from floorwalker.project.sample.practising import keeper
from tests.journeys import game, writing
from tests.journeys.conftest import Made, Visit

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may


WON = 30  # points: played, fastest, most complete, most creative; a scenario played first brings more
OPEN = ("invited", "playing", "voting")


@dataclass(frozen=True)
class Players:
    """Two who joined the arena, the one the season, too; and who may vote on them."""

    one: Agent
    other: Agent
    voters: list[Agent]


def standing(agent: Agent) -> tuple[int, int]:
    """Place and points on the board of the season that runs."""
    members = SeasonMember.objects.filter(season__state="running", left_at=None)
    mine = members.get(agent=agent)
    return 1 + members.filter(points__gt=mine.points).count(), mine.points


def players() -> Players:
    """The one stands on the board, nearest to who stands above."""
    joined = Agent.objects.filter(pk__in=ArenaMember.objects.filter(left_at=None).values("agent"), left_on=None)
    everybody = list(joined.select_related("user").order_by("pk"))
    season = SeasonMember.objects.filter(season__state="running", left_at=None)
    members = {each.agent_id: each.points for each in season}
    gaps: dict[Agent, int] = {}
    for each in everybody:
        above = [points for points in members.values() if points > members.get(each.pk, 10**6)]
        if above:
            gaps[each] = min(above) - members[each.pk]
    one = min(gaps, key=lambda each: gaps[each])
    under_way = set(Seat.objects.filter(match__state__in=OPEN).values_list("agent", flat=True))
    other = next(each for each in everybody if each != one and each.pk not in under_way)
    return Players(one, other, [each for each in everybody if each not in (one, other)])


def user_of(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def balance(agent: Agent) -> int:
    return recognition.statement(actor_of(user_of(agent))).balance


@pytest.mark.parametrize("name", ["corner", "harbour"])
def test_from_the_handbook_to_a_reward_handed_over(
    name: str, visit: Visit, made: Made, data: Path, deliver: Callable[[], None]
) -> None:
    """What a trainer wrote two play and three vote on; a tip gets credit; who stays out sees no board."""
    made(name, ("people",))
    the_board_moves(name, visit, data, deliver)
    a_tip_gets_credit(name, visit)
    a_reward_is_kept(name, visit)
    who_stayed_out_sees_no_board(name, visit)


def the_board_moves(name: str, visit: Visit, data: Path, deliver: Callable[[], None]) -> None:
    trainer = visit(f"{name}-trainer").sign_in(User.objects.get(pk=keeper().user_id))
    draft = writing.from_the_handbook(trainer, data / "abcd-customer-service-chats" / "guidelines.json")
    writing.finished(trainer, draft)

    found = players()
    one = visit(f"{name}-one", 390).sign_in(user_of(found.one))
    other = visit(f"{name}-other", 390).sign_in(user_of(found.other))
    place, points = standing(found.one)
    one.open("/boards/")
    one.shows(f"Place {place} of ")
    one.look_everywhere("board-before")
    game.practised(one)
    match = game.challenged(one, other, found.other.name)
    game.duelled(one, other)
    voting = (each for each in found.voters if arena.ballot_of(each, Match.objects.get(pk=match.pk)))
    for number in range(3):
        voter = visit(f"{name}-voter-{number}", 390).sign_in(user_of(next(voting)))
        game.voted(voter, (found.one.name, found.other.name))
    match.refresh_from_db()
    assert (match.state, match.winner, match.most_creative) == ("decided", 1, 1)
    one.page.get_by_text("You won.").wait_for()
    one.look_everywhere("won")
    other.page.get_by_text("The other side won.").wait_for()
    other.look_everywhere("lost")

    deliver()
    now_at, now_points = standing(found.one)
    assert now_points >= points + WON
    assert now_at < place
    one.open("/boards/")
    one.shows(f"Place {now_at} of ", f"with {now_points} points")
    one.look_everywhere("board-after")
    one.open("/points/")
    one.look_everywhere("statement")


def a_tip_gets_credit(name: str, visit: Visit) -> None:
    """At the round table that runs in the sample; its author is one who has said nothing there yet."""
    group = GroupSession.objects.filter(activity="round_table", state="planned").order_by("pk")[0]
    there = GroupMember.objects.filter(group=group).select_related("agent__user").order_by("pk")
    author, mate = (each.agent for each in list(there)[3:5])
    lead = visit(f"{name}-lead").sign_in(group.lead)
    phone = visit(f"{name}-author", 390).sign_in(user_of(author))
    beside = visit(f"{name}-mate", 390).sign_in(user_of(mate))
    game.at_the_table(lead, phone, beside, group)
    post = Post.objects.latest("pk")
    assert (post.kind, post.credit) == ("practice", author)
    game.used(beside, author.name)


def a_reward_is_kept(name: str, visit: Visit) -> None:
    """Somebody of the sample has earned enough; the promise of the day is kept with the handing over."""
    earned = Redemption.objects.latest("pk").agent.team
    agents = Agent.objects.filter(team=earned, user__is_active=True).exclude(redemptions__isnull=False)
    agent = max(agents.select_related("user", "team__site"), key=balance)
    phone = visit(f"{name}-redeemer", 390).sign_in(user_of(agent))
    asked = game.redeemed(phone)
    keepers = User.objects.filter(pk__in=recognition.keepers(agent)).order_by("pk")[:2]
    game.handed_over([(visit(f"{name}-keeper-{n}"), each) for n, each in enumerate(keepers)], asked)
    phone.open("/points/")
    phone.shows("delivered", "−120")
    phone.look_everywhere("spent")
    promise = Promise.objects.filter(kind="recognition.reward").latest("pk")
    assert promise.state == "kept"
    phone.open(f"/promises/one/{promise.pk}/")
    phone.look_everywhere("promise-kept")
    phone.open("/fun/")
    phone.look_everywhere("fun")


def who_stayed_out_sees_no_board(name: str, visit: Visit) -> None:
    """A colleague of those on the board who did not join: an invitation, and nobody's points."""
    running = SeasonMember.objects.filter(season__state="running", left_at=None)
    teams = running.values("agent__team")
    agent = Agent.objects.filter(team__in=teams, user__is_active=True, left_on=None)
    agent = agent.filter(
        started_on__lt=timezone.localdate() - timedelta(days=180), user__roles_held__role=Role.AGENT
    )
    found = agent.exclude(pk__in=running.values("agent")).select_related("user").order_by("pk")[0]
    phone = visit(f"{name}-out", 390).sign_in(user_of(found))
    for board in ("", "?board=together", "?board=teams"):
        phone.open(f"/boards/{board}")
        phone.shows("Take part if you like")
        for each in running.order_by("-points").select_related("agent")[:5]:
            phone.hides(each.agent.name)
        assert phone.page.locator("main table").count() == 0
    phone.look_everywhere("no-board")
