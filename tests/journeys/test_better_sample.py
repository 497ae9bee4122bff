"""The way of getting better on *corner*, where one person is nearly all roles, and on *harbour* with each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from tests.journeys import loop
from tests.journeys.conftest import Calendar, Made, Visit
from tests.journeys.sampled import Three, three_of_them

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may
LOST = "Lets the customer finish"


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
