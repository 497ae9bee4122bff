"""The way of getting better on *corner*, where one person is nearly all roles, and on *harbour* with each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.performance.rules.baseline import FURTHEST_DAYS, baseline
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.roles import Role, Scope
from tests.journeys import loop
from tests.journeys.conftest import Calendar, Made, Visit
from tests.people import Person

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may
LOST = "Lets the customer finish"


@dataclass(frozen=True)
class Three:
    """An agent without goal or talk whose contact was drawn, who leads them, and who evaluates it."""

    agent: Person
    lead: Person
    analyst: Person
    review: Review
    usual: float


def usual(agent: Agent) -> float | None:
    """The baseline of somebody's quality score; there is no goal without a past to set it by."""
    today = queries.today_of(agent, timezone.now())
    past = queries.days_of(
        agent.pk, "quality_score", today - timedelta(days=FURTHEST_DAYS), today - timedelta(days=1)
    )
    found = baseline(past, today)
    return found and found.mean


def three_of_them() -> Three:
    drawn = Review.objects.filter(
        state="drawn", why="sample", self_due__isnull=False, self_handed_in_at=None, agent__user__isnull=False,
        agent__engagement="employee", agent__one_to_ones__isnull=True,
        form_version__form__name="Every contact",
    ).select_related("agent__team__site", "agent__user", "evaluator")  # fmt: skip
    drawn = drawn.exclude(agent__in=Goal.objects.values("agent"))
    leads = RoleHeld.objects.filter(role=Role.SUPERVISOR).select_related("user")
    for review in drawn.order_by("pk"):
        agent = review.agent
        held = (
            leads.filter(scope=Scope.TEAM, scope_id=agent.team_id).first() or leads.filter(scope=Scope.ALL).first()
        )
        before = usual(agent)
        if held and before and agent.user and agent.user_id not in (held.user_id, review.evaluator_id):
            analyst = User.objects.get(pk=review.evaluator_id)
            lead, evaluator = Person("lead", held.user), Person("analyst", analyst)
            return Three(Person("agent", agent.user, agent), lead, evaluator, review, before)
    raise AssertionError("no contact was drawn of an agent whom somebody leads")


def walked(three: Three, visit: Visit, calendar: Calendar, deliver: Callable[[], None], name: str) -> None:
    """The whole way, with pictures of its moments; the goal is two points above what is usual, and reached."""
    one_person = three.lead.user == three.analyst.user
    desk = visit(f"{name}-lead").sign_in(three.lead.user)
    walk = loop.Walk(
        agent=three.agent, lead=three.lead, analyst=three.analyst,
        phone=visit(f"{name}-agent", 390).sign_in(three.agent.user), desk=desk,
        sheet=desk if one_person else visit(f"{name}-analyst").sign_in(three.analyst.user), lost=LOST,
        begun=three.review.drawn_at, calendar=calendar, deliver=deliver,
    )  # fmt: skip
    now = timezone.now()
    goal = loop.a_goal(walk, round(three.usual + 2), now)
    loop.at_work(walk.who, now + loop.DAY, 12)
    loop.from_a_review_on(walk, three.review, goal, min(98.0, three.usual + 8))


def test_corner_where_one_person_leads_evaluates_and_manages(
    visit: Visit, made: Made, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """The whole sample, to its published week; then agent and manager walk the way to its end."""
    made("corner", ("people", "history", "forecasts", "staff", "roster", "publication"))
    three = three_of_them()
    assert three.lead.user == three.analyst.user
    walked(three, visit, calendar, deliver, "corner")


def test_harbour_with_agent_supervisor_and_analyst(
    visit: Visit, made: Made, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """All its people and what they have said and scored; three of them walk the way to its end."""
    made("harbour", ("people",))
    three = three_of_them()
    assert len({three.agent.user.pk, three.lead.user.pk, three.analyst.user.pk}) == 3
    walked(three, visit, calendar, deliver, "harbour")
