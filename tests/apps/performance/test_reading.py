"""Reading others' figures, goals and handed feedback is written down, by page and by program (S-51)."""

from __future__ import annotations

import pytest

from floorwalker.apps.performance.models import Goal
from floorwalker.kernel.models import Entry
from tests.conformance import matrix
from tests.people import Cast, Person


def told(verb: str) -> list[tuple[int | None, str]]:
    return list(Entry.objects.filter(verb=verb).order_by("pk").values_list("actor_user", "about_id"))


def goal_of(cast: Cast) -> Goal:
    where = matrix.positions(cast)[0]
    found = matrix.factories("performance").make_goal(cast.world, where, "zqgoalqz")
    return getattr(found, "row", found)


@pytest.mark.parametrize(
    "path", ["/numbers/agents/{}/", "/api/v1/agents/{}/numbers", "/api/v1/figures?agent_id={}"]
)
def test_a_lead_who_reads_figures_is_written_down_and_the_agent_is_not(cast: Cast, path: str) -> None:
    agent = cast.agent.agent
    assert agent is not None
    for who in (cast.agent, cast.supervisor):
        assert cast.client(who).get(path.format(agent.pk)).status_code == 200
    assert told("performance.figures.seen") == [(cast.supervisor.user.pk, str(agent.pk))]


@pytest.mark.parametrize("path", ["/numbers/goals/{}/", "/api/v1/goals/{}"])
def test_a_goal_too(cast: Cast, path: str) -> None:
    goal = goal_of(cast)
    lead: Person = cast.supervisor
    assert cast.client(lead).get(path.format(goal.pk)).status_code == 200
    assert (lead.user.pk, str(goal.pk)) in told("performance.goal.seen")
    own = Entry.objects.filter(verb="performance.goal.seen", actor_user=goal.agent.user_id)
    assert not own.exists()


@pytest.mark.parametrize("path", ["/numbers/goals/new/{}/", "/numbers/goals/new/{}/quality_score/"])
def test_figures_shown_to_choose_a_goal_too(cast: Cast, path: str) -> None:
    agent = cast.agent.agent
    assert agent is not None
    for who in (cast.agent, cast.supervisor):
        assert cast.client(who).get(path.format(agent.pk)).status_code == 200
    assert told("performance.figures.seen") == [(cast.supervisor.user.pk, str(agent.pk))]


@pytest.mark.parametrize(
    ("path", "verb", "which"),
    [
        ("/numbers/team/", "performance.figures.seen", "team"),
        ("/api/v1/figures", "performance.figures.seen", "team"),
        ("/numbers/goals/", "performance.goal.seen", "list"),
        ("/api/v1/goals", "performance.goal.seen", "list"),
    ],
)
def test_a_list_of_many_is_one_line_and_ones_own_none(cast: Cast, path: str, verb: str, which: str) -> None:
    for who in (cast.agent, cast.supervisor):
        assert cast.client(who).get(path, follow=True).status_code == 200
    assert told(verb) == [(cast.supervisor.user.pk, which)]


@pytest.mark.parametrize("path", ["/coaching/handed/", "/api/v1/feedback?side=handed"])
def test_who_reads_handed_feedback_is_written_down(cast: Cast, path: str) -> None:
    lead = cast.client(cast.supervisor)
    assert lead.get(path).status_code == 200
    assert told("coaching.feedback.seen") == [(cast.supervisor.user.pk, "handed")]
    assert lead.get("/api/v1/feedback?side=written").status_code == 200
    assert len(told("coaching.feedback.seen")) == 1
