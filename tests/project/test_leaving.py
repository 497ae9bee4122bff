"""An agent leaves, or is led by somebody else, in the middle of it all: no promise breaks by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people import services as people
from floorwalker.apps.performance import services as performance
from floorwalker.apps.performance import tasks
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


def move(cast: Cast) -> None:
    agent = cast.agent.agent
    assert agent is not None
    agent.refresh_from_db()
    people.move_agent(
        agent_id=agent.pk, version=agent.version, team_id=cast.world.north_two.pk, on=timezone.localdate(),
        by=cast.planner.actor, at=timezone.now(),
    )  # fmt: skip


def test_small_roles_end_with_their_holder(cast: Cast, deliver: Callable[[], None]) -> None:
    """With the reason; who leads the team is told that the role is free."""
    assert cast.agent.agent is not None
    role = performance.give_role(
        agent_id=cast.agent.agent.pk, title="Tip keeper", by=cast.supervisor.actor, at=timezone.now()
    )
    leave(cast)
    deliver()
    role.refresh_from_db()
    assert (role.state, role.answer) == ("ended", "the agent has left")
    told = cast.client(cast.supervisor).get("/notices/").content.decode()
    assert "Tip keeper" in told
    page = cast.client(cast.supervisor).get(f"/numbers/roles/{role.pk}/").content.decode()
    assert "the agent has left" in page


def test_the_new_lead_owes_the_support_of_a_goal(cast: Cast, deliver: Callable[[], None]) -> None:
    """Promised anew with a week at least, both are told; back again it is owed by the first lead again."""
    with_past(cast.agent)
    goal = agreed(cast, support="An hour beside you", support_by=timezone.localdate() + DAY)
    owed = Promise.objects.filter(kind="performance.support").order_by("pk").values_list("owner__name", "state")
    move(cast)
    deliver()
    assert list(owed.all()) == [("Supervisor", "withdrawn"), ("Other Supervisor", "open")]
    new = cast.client(cast.other_supervisor)
    assert "Support for a goal" in new.get("/promises/owed-by-me/").content.decode()
    for person in (cast.agent, cast.other_supervisor):
        told = cast.client(person).get("/notices/").content.decode()
        assert "goes on with Other Supervisor, who owes the support for it by" in told, person.key
    goal.refresh_from_db()
    assert goal.support_by == timezone.localdate() + 7 * DAY
    assert Promise.objects.get(state="open").due.date() >= goal.support_by
    assert performance.follow_leads(at=timezone.now()) == 0

    assert cast.agent.agent is not None
    RoleHeld.objects.filter(user__in=[cast.supervisor.user, cast.other_supervisor.user]).delete()
    assert performance.follow_leads(at=timezone.now()) == 0  # until somebody leads the team, it stays
    RoleHeld.objects.create(
        user=cast.supervisor.user, role="supervisor", scope="team", scope_id=cast.world.north_two.pk,
        given_at=timezone.now(), given_by="test",
    )  # fmt: skip
    tasks.follow_leads(timezone.now())
    assert list(owed.all())[1:] == [("Other Supervisor", "withdrawn"), ("Supervisor", "open")]
    assert cast.client(cast.agent).post(f"/numbers/goals/{goal.pk}/support/").status_code == 302
    assert list(owed.all())[-1] == ("Supervisor", "kept")


def test_whoever_leads_now_answers_the_agents_proposal(cast: Cast, deliver: Callable[[], None]) -> None:
    """After a move the new lead agrees with one click; the old one finds no such goal."""
    with_past(cast.agent)
    goal = proposed(cast.agent, cast.agent)
    move(cast)
    deliver()
    answer = f"/numbers/goals/{goal.pk}/agree/"
    assert cast.client(cast.supervisor).post(answer, {"version": goal.version}).status_code == 404
    assert cast.client(cast.other_supervisor).post(answer, {"version": goal.version}).status_code == 302
    goal.refresh_from_db()
    assert (goal.state, goal.lead) == ("agreed", cast.other_supervisor.user)
