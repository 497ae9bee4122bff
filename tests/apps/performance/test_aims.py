"""The line of sight from an aim of the centre to a figure of one's own, and small roles."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import services
from floorwalker.apps.performance.models import BusinessGoal, Responsibility, TeamGoal
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.performance.test_goals import now, today, with_past
from tests.people import Cast

DAY = timedelta(days=1)
WORDS = "Fewer customers have to call again"


def an_aim(cast: Cast, site_id: int | None = None) -> BusinessGoal:
    values = {"words": WORDS, "measure": "quality_score", "target": 85.0, "until": today() + 60 * DAY}
    return services.set_aim(**values, site_id=site_id, by=cast.manager.actor, at=now())  # type: ignore[arg-type]


def test_from_the_aim_to_my_own_figure(cast: Cast) -> None:
    """The manager says it, the lead says what the team does, the agent reads why the figure matters."""
    with_past(cast.agent)
    form = {
        "words": WORDS,
        "measure": "quality_score",
        "target": "85",
        "until": (today() + 60 * DAY).isoformat(),
        "site": "",
        "client": "",
    }
    answer = cast.client(cast.manager).post("/numbers/aims/new/", form)
    aim = BusinessGoal.objects.get()
    assert answer["Location"] == f"/numbers/aims/{aim.pk}/" and aim.owner_id == cast.manager.user.pk
    lead = cast.client(cast.supervisor)
    assert "Say it for the team" in lead.get(f"/numbers/aims/{aim.pk}/").content.decode()
    lead.post(
        f"/numbers/aims/{aim.pk}/teams/",
        {"team": cast.world.north_one.pk, "words": "We ask whether anything is left open"},
    )
    page = cast.client(cast.agent).get("/numbers/").content.decode()
    assert "Why this matters" in page and WORDS in page and "anything is left open" in page
    aims = cast.client(cast.agent).get("/numbers/aims/").content.decode()
    assert "anything is left open" in aims and "Say an aim" not in aims
    with pytest.raises(services.SaidAlready):
        services.serve_aim(
            businessgoal_id=aim.pk, team_id=cast.world.north_one.pk, words="x", by=cast.supervisor.actor, at=now()
        )


def test_an_aim_ends_with_a_word_and_takes_its_team_goals_along(cast: Cast) -> None:
    """Everybody reads what came of it; it cannot end twice."""
    aim = an_aim(cast)
    goal = services.serve_aim(
        businessgoal_id=aim.pk, team_id=cast.world.north_one.pk, words="We ask", by=cast.supervisor.actor, at=now()
    )
    manager = cast.client(cast.manager)
    manager.post(f"/numbers/aims/{aim.pk}/end/", {"state": "reached", "answer": "A third less"})
    goal.refresh_from_db()
    assert goal.state == TeamGoal.State.ENDED
    assert "A third less" in cast.client(cast.agent).get(f"/numbers/aims/{aim.pk}/").content.decode()
    again = manager.post(f"/numbers/aims/{aim.pk}/end/", {"state": "dropped", "answer": "x"})
    assert again.status_code == 409


def test_a_team_speaks_for_itself_alone(cast: Cast) -> None:
    """A lead of another team does not, and a site’s aim is not seen elsewhere."""
    aim = an_aim(cast, cast.world.north.pk)
    with pytest.raises(NotFound):
        services.serve_aim(
            businessgoal_id=aim.pk,
            team_id=cast.world.north_one.pk,
            words="x",
            by=cast.other_supervisor.actor,
            at=now(),
        )
    assert cast.client(cast.stranger).get(f"/numbers/aims/{aim.pk}/").status_code == 404
    with pytest.raises(NotFound):
        services.end_aim(businessgoal_id=aim.pk, state="reached", answer="x", by=cast.supervisor.actor, at=now())


def test_who_set_an_aim_is_told_when_its_day_is_over(cast: Cast) -> None:
    """Once."""
    aim = an_aim(cast)
    for _ in range(2):
        services.tell_of_past_aims(now() + 70 * DAY)
    assert Notice.objects.filter(to_user=cast.manager.user.pk, kind="performance.aim", ref_id=aim.pk).count() == 1
    assert services.tell_of_past_aims(now()) == 0


def test_an_aim_that_cannot_be_is_refused(cast: Cast) -> None:
    """With a sentence at the form."""
    form = {"words": WORDS, "measure": "quality_score", "target": "185", "until": "2020-01-01", "site": ""}
    answer = cast.client(cast.manager).post("/numbers/aims/new/", form)
    assert answer.status_code == 422 and "within what Quality score can be" in answer.content.decode()


def test_a_small_role_from_week_one(cast: Cast) -> None:
    """Who is new and has none is named; it stands on the agent's page, and either of the two ends it."""
    assert cast.agent.agent is not None
    Agent.objects.filter(pk=cast.agent.agent.pk).update(started_on=today() - 5 * DAY)
    lead, agent, pk = cast.client(cast.supervisor), cast.client(cast.agent), cast.agent.agent.pk
    assert "New, without a role yet" in lead.get("/numbers/team/").content.decode()
    lead.post(f"/numbers/agents/{pk}/roles/new/", {"title": "Tip keeper", "words": "The trick of the week"})
    role = Responsibility.objects.get()
    assert "New, without a role yet" not in lead.get("/numbers/team/").content.decode()
    assert "Tip keeper" in agent.get("/numbers/").content.decode()
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind="performance.role").count() == 1
    again = lead.post(f"/numbers/agents/{pk}/roles/new/", {"title": "Tip keeper"})
    assert again.status_code == 422 and "stands already" in again.content.decode()
    assert cast.client(cast.colleague).post(f"/numbers/roles/{role.pk}/end/").status_code == 404
    agent.post(f"/numbers/roles/{role.pk}/end/", {"answer": "Somebody else’s turn"})
    role.refresh_from_db()
    assert role.state == "ended" and role.answer == "Somebody else’s turn"
    assert Notice.objects.filter(to_user=cast.supervisor.user.pk, kind="performance.role").count() == 1
    page = agent.post(f"/numbers/roles/{role.pk}/end/", follow=True).content.decode()
    assert "has ended already" in page


def test_contractors_are_given_no_roles(cast: Cast) -> None:
    """W-06."""
    with pytest.raises(services.RoleForContractor):
        services.give_role(
            agent_id=cast.contractor.agent.pk,  # type: ignore[union-attr]
            title="Greeter",
            by=cast.supervisor.actor,
            at=timezone.now(),
        )


def test_many_aims_are_turned_page_by_page(cast: Cast) -> None:
    """The open ones first by their day; what ended comes last, and the number of open ones is of all pages."""
    first = an_aim(cast)
    services.end_aim(businessgoal_id=first.pk, state="reached", answer="Done", by=cast.manager.actor, at=now())
    for n in range(22):
        BusinessGoal.objects.create(
            words=f"Aim {n:02}",
            measure="quality_score",
            target=80,
            until=today() + (n + 1) * DAY,
            made_at=now(),
        )
    browser = cast.client(cast.manager)
    one = browser.get("/numbers/aims/").content.decode()
    assert "22 aims are open" in one
    assert "Aim 00" in one and "Aim 20" not in one and "20 of 23" in one
    address = re.search(r'rel="next" href="([^"]+)"', one)
    assert address
    two = browser.get(f"/numbers/aims/{html.unescape(address[1])}").content.decode()
    assert two.index("Aim 21") < two.index(WORDS)
