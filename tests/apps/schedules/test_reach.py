"""How far a hand reaches in a week: its own teams, its own queues, and nothing by a role held elsewhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import DraftShift, Publication, Run, Week
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services.refusals import BreaksRules
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.live.topics import may_listen
from floorwalker.kernel.roles import Role, Scope
from tests.factories import schedules as make
from tests.people import NOW, Cast, Person


def holds(person: Person, role: Role, scope: Scope, place: int) -> None:
    RoleHeld.objects.create(
        user=person.user, role=role, scope=scope, scope_id=place, given_at=NOW, given_by="cast"
    )


@pytest.fixture
def team_planner(cast: Cast) -> Person:
    """A planner of North One alone."""
    holds(cast.hr, Role.PLANNER, Scope.TEAM, cast.world.north_one.pk)
    return cast.hr


def test_a_planner_of_one_team_publishes_for_nobody_else(cast: Cast, week: Week, team_planner: Person) -> None:
    """A draft without another team's shifts is neither shown to them in names nor published by them."""
    people = [cast.agent.agent, cast.other_team_agent.agent]
    make.published(week, make.working_days(week, people), make.BEFORE)
    by, browser = team_planner.actor, cast.client(team_planner)
    mine = services.begin_draft(week_id=week.pk, by=by, at=NOW)
    DraftShift.objects.filter(draft=mine, agent=cast.agent.agent).delete()
    foreign = services.begin_draft(week_id=week.pk, by=by, at=NOW)
    DraftShift.objects.filter(draft=foreign, agent=cast.other_team_agent.agent).delete()
    assert browser.get(reverse("schedules:publish", args=[foreign.pk])).status_code == 404
    with pytest.raises(NotFound):
        services.publish(draft_id=foreign.pk, by=by, at=NOW)
    assert browser.get(reverse("schedules:publish", args=[mine.pk])).status_code == 200
    assert services.publish(draft_id=mine.pk, by=by, at=NOW).touched == 1


def test_a_planner_of_one_team_goes_back_for_nobody_else(cast: Cast, week: Week, team_planner: Person) -> None:
    """An earlier version that would change another team's shifts is not theirs to look at or to publish."""
    first = make.published(week, make.working_days(week, [cast.other_team_agent.agent]), make.BEFORE)
    make.published(week, make.working_days(week, [cast.agent.agent]), make.BEFORE)
    page = cast.client(team_planner).get(reverse("schedules:version", args=[first.pk]))
    assert page.status_code == 404
    with pytest.raises(NotFound):
        services.publish_again(publication_id=first.pk, by=team_planner.actor, at=NOW)


def test_what_came_of_a_run_names_nobody_of_another_team(cast: Cast, week: Week, team_planner: Person) -> None:
    """On the page, in the list and alone: who clashed and who was left out, of the own team alone."""
    mine, other = cast.agent.agent, cast.other_team_agent.agent
    assert mine is not None
    assert other is not None
    row = {
        "name": "Cards",
        "status": "feasible",
        **dict.fromkeys(("people", "needed_hours", "paid_hours", "short_hours", "gap"), 1),
        "aside": [other.name, mine.name],
        "clashes": ["too few for Monday", f"{other.name} clashes", f"{mine.name} clashes"],
        "repairs": ["more people", f"for {other.name}: less", f"for {mine.name}: less"],
    }
    run = Run.objects.create(
        week=week,
        problem={"people": [{"id": each.pk, "label": each.name} for each in (mine, other)]},
        result={"queues": [row], "left_out": [mine.name, other.name]},
        state=Run.State.INFEASIBLE,
        started_at=NOW,
        ended_at=NOW,
        started_by="Planner",
    )
    doors = (f"/schedules/runs/{run.pk}/", "/api/v1/roster-runs", f"/api/v1/roster-runs/{run.pk}")
    for door in doors:
        theirs = cast.client(team_planner).get(door).content.decode()
        assert other.name not in theirs, door
        assert f"{mine.name} clashes" in theirs, door
        assert f"for {mine.name}: less" in theirs, door
        assert "too few for Monday" in theirs, door
        assert f"{other.name} clashes" in cast.client(cast.planner).get(door).content.decode(), door


def test_a_rule_gives_way_only_where_the_permission_is_held(cast: Cast, week: Week, plan: Publication) -> None:
    """A supervisor who plans another site still cannot break a rule in their own team."""
    holds(cast.supervisor, Role.PLANNER, Scope.SITE, cast.world.south.pk)
    shift = make.live(cast.agent.agent)[0]  # type: ignore[arg-type]
    step = Step("hours", str(shift.identity), shift.version, shift.day, 15 * 60, 510, 30)
    with pytest.raises(BreaksRules):
        services.change_published(
            week_id=week.pk, step=step, override=True, why="storm", by=cast.supervisor.actor, at=NOW
        )


def test_a_shift_is_for_a_queue_of_its_site(cast: Cast, week: Week, queue: Queue, plan: Publication) -> None:
    """The id of another site's queue, or of none, is answered as if there were nothing."""
    elsewhere = make.a_queue(cast.world, cast.world.south, "Loans")
    person = cast.other_team_agent.agent
    assert person is not None

    def added(queue_id: int) -> None:
        step = Step("add", services.new_identity(), 0, make.MONDAY, 9 * 60, 480, 30, person.pk, queue_id)
        services.change_published(week_id=week.pk, step=step, by=cast.planner.actor, at=NOW)

    for wrong in (elsewhere.pk, 987654):
        with pytest.raises(NotFound):
            added(wrong)
    added(queue.pk)


@pytest.mark.parametrize("key", ["", "abc", "1.5", "9" * 30])
def test_a_week_that_is_none_is_not_listened_to(cast: Cast, key: str) -> None:
    assert not may_listen(cast.planner.actor, f"roster:{key}")


def test_a_calendar_without_its_person_opens_nothing(cast: Cast, plan: Publication) -> None:
    """Once the agent is no longer that user, the address they were given is dead."""
    opened = services.open_feed(device="phone", by=cast.agent.actor, at=NOW)
    assert services.read_feed(feed_id=opened.feed.pk, key=opened.key, at=NOW)
    Agent.objects.filter(pk=opened.feed.agent_id).update(user=None)
    with pytest.raises(NotFound):
        services.read_feed(feed_id=opened.feed.pk, key=opened.key, at=NOW)
