"""An agent leaves, or is led by somebody else, in the middle of it all: no promise breaks by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people import services as people
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality.models import Review
from tests.apps.performance.test_goals import agreed, proposed, with_past
from tests.apps.quality.cases import drawn
from tests.people import Cast

DAY = timedelta(days=1)


def busy(cast: Cast) -> None:
    """A goal with support, minutes owed, a contact drawn."""
    with_past(cast.agent)
    agreed(cast, support="An hour beside you")
    assert cast.agent.agent is not None
    offphone.owe(
        agent_id=cast.agent.agent.pk, minutes=30, kind="training", reason="Refunds", due=timezone.now() + 9 * DAY,
        by=cast.supervisor.actor, at=timezone.now(),
    )  # fmt: skip
    drawn(cast, at=timezone.now())


def leave(cast: Cast) -> None:
    agent = cast.agent.agent
    assert agent is not None
    agent.refresh_from_db()
    people.record_leaving(
        agent_id=agent.pk, version=agent.version, left_on=timezone.localdate(),
        reason_id=cast.world.reason.pk, by=cast.planner.actor, at=timezone.now(),
    )  # fmt: skip


def test_who_leaves_in_the_middle_leaves_nothing_open(cast: Cast, deliver: Callable[[], None]) -> None:
    """Goal, minutes and review end with the reason, which the lead reads; every promise is withdrawn."""
    busy(cast)
    assert Promise.objects.filter(state="open").count() == 4
    leave(cast)
    deliver()
    goal, review = Goal.objects.get(), Review.objects.get()
    assert (goal.state, goal.answer, review.state) == ("let_go", "the agent has left", "dropped")
    assert set(Session.objects.values_list("state", flat=True)) == {"fell_away"}
    assert set(Promise.objects.values_list("state", flat=True)) == {"withdrawn"}
    page = cast.client(cast.supervisor).get("/promises/owed-by-me/").content.decode()
    assert "overdue" not in page


def test_whoever_leads_now_answers_the_agents_proposal(cast: Cast, deliver: Callable[[], None]) -> None:
    """After a move the new lead agrees with one click; the old one finds no such goal."""
    with_past(cast.agent)
    goal = proposed(cast.agent, cast.agent)
    agent = cast.agent.agent
    assert agent is not None
    agent.refresh_from_db()
    people.move_agent(
        agent_id=agent.pk, version=agent.version, team_id=cast.world.north_two.pk, on=timezone.localdate(),
        by=cast.planner.actor, at=timezone.now(),
    )  # fmt: skip
    deliver()
    answer = f"/numbers/goals/{goal.pk}/agree/"
    assert cast.client(cast.supervisor).post(answer, {"version": goal.version}).status_code == 404
    assert cast.client(cast.other_supervisor).post(answer, {"version": goal.version}).status_code == 302
    goal.refresh_from_db()
    assert (goal.state, goal.lead) == ("agreed", cast.other_supervisor.user)
