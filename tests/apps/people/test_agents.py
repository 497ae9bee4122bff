"""The list of agents and the page of one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people import queries, rules, services
from floorwalker.apps.people.models import Agent, AgentName, AgentSkill, Skill, TeamMembership
from floorwalker.apps.people.services import AlreadyLeft, NameTaken, NotAllowedHere, NumberTaken
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.models.event import AnnouncedEvent
from tests.people import NOW, STARTED, Cast

TODAY = NOW.date()


def crowd(cast: Cast, count: int) -> None:
    made = Agent.objects.bulk_create(
        Agent(name=f"Crowd {number:04}", number=f"C{number:04}", team=cast.world.north_one, started_on=STARTED)
        for number in range(count)
    )
    AgentSkill.objects.bulk_create(AgentSkill(agent=each, skill=cast.world.sales, level=3) for each in made)


def page_of(cast: Cast, who: str, agent: Agent) -> str:
    return cast.client(getattr(cast, who)).get(f"/people/agents/{agent.pk}/").content.decode()


@pytest.mark.usefixtures("asked_once")
def test_thirty_agents_cost_as_many_queries_as_three(cast: Cast) -> None:
    """The list with skills, teams and sites."""
    browser = cast.client(cast.planner)
    browser.get("/people/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/people/")
    crowd(cast, 30)
    with CaptureQueriesContext(connection) as many:
        assert "Crowd 0029" in browser.get("/people/").content.decode()
    assert len(many) <= len(few)


def test_two_thousand_agents_come_in_pages_and_are_found(cast: Cast) -> None:
    """Fifty a page, the next by a link, and a search finds one by number or by a name elsewhere."""
    crowd(cast, 2000)
    browser = cast.client(cast.planner)
    first = browser.get("/people/", {"q": "crowd"})
    assert first.context["shown"].total == 2000
    assert len(first.context["shown"].items) == 50
    second = browser.get("/people/", {"q": "crowd", "after": first.context["shown"].after})
    assert second.context["shown"].items[0].name == "Crowd 0050"
    AgentName.objects.create(agent=cast.agent.agent, system="avaya", external_id="x-4711", days=(STARTED, None))
    assert [each.name for each in browser.get("/people/", {"q": "4711"}).context["shown"].items] == ["Agent"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"state": "left"}, ["Left"]),
        ({"engagement": "contractor"}, ["Contractor"]),
        ({"q": "agent", "sort": "-number"}, ["Other Team Agent", "Agent"]),
    ],
)
def test_the_list_is_narrowed_down_by_its_address(cast: Cast, wanted: dict[str, str], names: list[str]) -> None:
    """State, engagement, words, order."""
    shown = cast.client(cast.planner).get("/people/", wanted).context["shown"].items
    assert [each.name for each in shown] == names


def test_an_agent_is_led_to_their_own_page_and_sees_who_sees_them(cast: Cast) -> None:
    """Not a list of one; the page names everybody who can open it."""
    answer = cast.client(cast.agent).get("/people/", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/people/agents/{cast.agent.agent.pk}/"
    for seer in ("Planner", "Supervisor", "Hr", "Manager", "Quality Analyst", "Site Planner"):
        assert seer in page
    assert "Other Supervisor" not in page.split("Who sees this page")[1].split("What was changed")[0]
    assert "Record leaving" not in page


def test_sales_and_service_stand_side_by_side(cast: Cast) -> None:
    """General skills show on both sides even before they are held; what serves both stands in both."""
    both = Skill.objects.create(name="Listening", kind=Skill.Kind.GENERAL, side=Skill.Side.BOTH)
    services.set_skill(
        agent_id=cast.agent.agent.pk,
        skill_id=cast.world.sales.pk,
        level=4,
        proof="Mystery call",
        proven_on=date(2026, 2, 2),
        by=cast.supervisor.actor,
        at=NOW,
    )
    shown = queries.agent_page(cast.supervisor.actor, cast.agent.agent.pk, TODAY)
    assert [(line.skill.name, bool(line.held)) for line in shown.general.sales] == [
        ("Listening", False),
        ("Sales", True),
    ]
    assert [line.skill.name for line in shown.general.service] == [both.name, "Service"]
    page = page_of(cast, "supervisor", cast.agent.agent)
    assert "4 of 5" in page
    assert 'Mystery call, <time datetime="2026-02-02">' in page


def test_a_contractor_is_offered_work_and_never_assigned_any(cast: Cast) -> None:
    """Said on the contractor's page, and not on an employee's."""
    assert "never assigned" in page_of(cast, "supervisor", cast.contractor.agent)
    assert "never assigned" not in page_of(cast, "supervisor", cast.agent.agent)


def test_why_somebody_left_is_for_hr_and_not_for_the_supervisor(cast: Cast) -> None:
    """The day is on the page; the reason only for who may know, in the history too."""
    by, agent = cast.hr.actor, cast.colleague.agent
    services.record_leaving(
        agent_id=agent.pk, version=1, left_on=TODAY, reason_id=cast.world.reason.pk, by=by, at=NOW
    )
    assert "Moved away" in page_of(cast, "hr", agent)
    for who in ("supervisor", "planner"):
        assert "Moved away" not in page_of(cast, who, agent)


def test_the_slower_one_sees_what_the_other_wrote(cast: Cast) -> None:
    """Two planners, one agent: the second is told, keeps nothing by accident, and sees both values."""
    browser, url = cast.client(cast.planner), f"/people/agents/{cast.agent.agent.pk}/edit/"
    shown = browser.get(url).context["form"]
    values = {name: shown[name].value() for name in shown.fields} | {"available": "", "zone": ""}
    assert browser.post(url, values | {"most_hours": "36"}).status_code == 302
    late = browser.post(url, values | {"most_hours": "38"})
    assert late.status_code == 409
    assert "Somebody changed this" in late.content.decode()
    assert "38" in late.content.decode()
    assert Agent.objects.get(pk=cast.agent.agent.pk).most_hours == 36


def test_a_value_that_cannot_be_is_refused_in_a_sentence(cast: Cast) -> None:
    """Hours in the wrong order, a zone there is not, a number that is taken."""
    change = {"agent_id": cast.agent.agent.pk, "version": 1, "by": cast.planner.actor, "at": NOW}
    with pytest.raises(NotAllowedHere, match="above the most"):
        services.change_agent(**change, changes={"least_hours": 41})
    with pytest.raises(NotAllowedHere, match="Europe/Lisbon"):
        services.change_agent(**change, changes={"zone": "Lisbon"})
    with pytest.raises(NumberTaken, match="a008"):
        services.change_agent(**change, changes={"number": "a008"})
    with pytest.raises(Stale):
        services.change_agent(**change | {"version": 7}, changes={"name": "X"})
    assert Agent.objects.get(pk=cast.agent.agent.pk).version == 1


def test_a_move_changes_who_sees_whom_at_once_and_keeps_the_history(cast: Cast) -> None:
    """The old supervisor sees nothing any more, the new one the page with its past; the event is announced."""
    agent, on = cast.agent.agent, TODAY - timedelta(days=3)
    services.move_agent(
        agent_id=agent.pk, version=1, team_id=cast.world.north_two.pk, on=on, by=cast.planner.actor, at=NOW
    )
    with pytest.raises(NotFound):
        queries.the_agent(cast.supervisor.actor, agent.pk)
    shown = queries.agent_page(cast.other_supervisor.actor, agent.pk, TODAY)
    assert [(stay.team.name, stay.days.lower, stay.days.upper) for stay in shown.stays] == [
        ("North Two", on, None),
        ("North One", STARTED, on),
    ]
    assert AnnouncedEvent.objects.filter(name="people.AgentMoved").count() == 1


@pytest.mark.parametrize("days", [1, -10_000])
def test_a_move_is_neither_ahead_nor_before_the_first_day(cast: Cast, days: int) -> None:
    """Tomorrow is entered tomorrow."""
    with pytest.raises(NotAllowedHere):
        services.move_agent(
            agent_id=cast.agent.agent.pk,
            version=1,
            team_id=cast.world.north_two.pk,
            on=TODAY + timedelta(days=days),
            by=cast.planner.actor,
            at=NOW,
        )


def test_one_moves_people_only_into_teams_one_keeps(cast: Cast) -> None:
    """A site's planner cannot send anybody to another site."""
    with pytest.raises(NotFound):
        services.move_agent(
            agent_id=cast.agent.agent.pk,
            version=1,
            team_id=cast.world.south_one.pk,
            on=TODAY,
            by=cast.site_planner.actor,
            at=NOW,
        )


def test_leaving_is_announced_and_can_be_taken_back(cast: Cast) -> None:
    """Whoever keeps users ends their rights on AgentLeft; twice is refused; back again is told too."""
    agent, by = cast.agent.agent, cast.hr.actor
    leave = {"agent_id": agent.pk, "left_on": TODAY, "reason_id": cast.world.reason.pk, "by": by, "at": NOW}
    services.record_leaving(version=1, **leave)
    event = AnnouncedEvent.objects.get(name="people.AgentLeft")
    assert event.body == {"agent_id": agent.pk, "user_id": agent.user_id, "left_on": TODAY.isoformat()}
    with pytest.raises(AlreadyLeft):
        services.record_leaving(version=2, **leave)
    services.undo_leaving(agent_id=agent.pk, version=2, by=by, at=NOW)
    assert AnnouncedEvent.objects.filter(name="people.AgentReturned").exists()
    assert Agent.objects.get(pk=agent.pk).left_on is None


def test_two_agents_never_share_a_name_at_a_time(cast: Cast) -> None:
    """The constraint says no, and the service says who has it to who may see them, and to others only that."""
    own = {"system": "avaya", "external_id": "1001", "at": NOW}
    first, second = cast.stranger.agent, cast.agent.agent
    services.add_name(agent_id=first.pk, since=STARTED, until=TODAY, by=cast.planner.actor, **own)
    with pytest.raises(NameTaken, match="Stranger"):
        services.add_name(agent_id=second.pk, since=STARTED, by=cast.planner.actor, **own)
    with pytest.raises(NameTaken, match="somebody else"):
        services.add_name(agent_id=second.pk, since=STARTED, by=cast.site_planner.actor, **own)
    services.add_name(agent_id=second.pk, since=TODAY, by=cast.site_planner.actor, **own)
    with pytest.raises(NameTaken, match=second.name):  # nor by an end moved into the other's days
        services.end_name(
            name_id=first.other_names.get().pk, until=TODAY + timedelta(days=9), by=cast.planner.actor, at=NOW
        )
    with pytest.raises(IntegrityError):
        AgentName.objects.create(agent=first, system="avaya", external_id="1001", days=(TODAY, None))


def test_nobody_is_in_two_teams_on_one_day(cast: Cast) -> None:
    """By constraint, whatever the code does."""
    with pytest.raises(IntegrityError):
        TeamMembership.objects.create(agent=cast.agent.agent, team=cast.world.north_two, days=(TODAY, None))


def test_a_supervisor_says_skills_and_changes_nothing_else(cast: Cast) -> None:
    """Skills of the own team; facts, moves and leaving are not theirs."""
    browser, agent = cast.client(cast.supervisor), cast.agent.agent
    data = {"skill": cast.world.service.pk, "level": "5", "proof": "", "proven_on": ""}
    assert browser.post(f"/people/agents/{agent.pk}/skills/", data).status_code == 302
    assert agent.agent_skills.get().level == 5
    for verb in ("move", "leave", "return", "names"):
        assert browser.post(f"/people/agents/{agent.pk}/{verb}/", {}).status_code == 404
    assert Entry.objects.filter(verb="people.set_skill", about_id=str(agent.pk)).count() == 1


def test_an_agent_changes_nothing_of_their_own(cast: Cast) -> None:
    """Not even a skill (nor by the API)."""
    browser, agent = cast.client(cast.agent), cast.agent.agent
    assert browser.post(f"/people/agents/{agent.pk}/skills/", {"skill": cast.world.sales.pk}).status_code == 404
    url = f"/api/v1/agents/{agent.pk}"
    body: Any = '{"version": 1, "most_hours": 10}'
    assert browser.patch(url, body, content_type="application/json").status_code == 404


def test_terms_for_a_roster_are_plain_and_cover_who_is_here(cast: Cast) -> None:
    """Those who are here on one of the days, in as many queries for many as for few."""
    crowd(cast, 20)
    actor = cast.planner.actor
    with CaptureQueriesContext(connection) as asked:
        found = queries.terms_of(actor, TODAY, TODAY + timedelta(days=6))
    assert len(asked) <= 3
    assert len(found) == 25
    assert {each.zone for each in found} == {"Europe/Lisbon", "America/New_York"}


@pytest.mark.parametrize(
    ("started", "until", "years", "months"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 0, 11),
        (date(2024, 2, 29), date(2025, 3, 1), 1, 0),
        (date(2024, 1, 31), date(2024, 2, 29), 0, 0),
        (date(2026, 1, 1), date(2025, 1, 1), 0, 0),
    ],
)
def test_tenure_counts_whole_months(started: date, until: date, years: int, months: int) -> None:
    """A month is whole on its day, and there is no negative one."""
    found = rules.tenure(started, until)
    assert (found.years, found.months) == (years, months)


@pytest.mark.parametrize("text", ["7 to 9", "25:00-26:00", "07:60-08:00", "24:00-25:00", "07:00"])
def test_times_of_day_that_are_none_are_refused(text: str) -> None:
    """With a sentence that shows one."""
    with pytest.raises(rules.NotAllowed):
        rules.windows(text)


def test_times_of_day_are_written_in_one_way() -> None:
    """Also over midnight."""
    assert (
        rules.windows_text(rules.windows("22:00 - 6:00|7:00-16:00".replace(" - ", "-")))
        == "07:00-16:00|22:00-06:00"
    )


@pytest.mark.parametrize("address", ["/people/agents/{}/", "/api/v1/agents/{}"])
def test_who_opens_anothers_page_is_written_down_and_who_opens_their_own_is_not(cast: Cast, address: str) -> None:
    """By page and by API, with the person looked at, who may read it in their audit."""
    agent = cast.agent.agent
    assert cast.client(cast.agent).get(address.format(agent.pk)).status_code == 200
    assert cast.client(cast.other_supervisor).get(address.format(agent.pk)).status_code == 404
    assert not Entry.objects.filter(verb="people.agent.seen").exists()
    assert cast.client(cast.supervisor).get(address.format(agent.pk)).status_code == 200
    entry = Entry.objects.get(verb="people.agent.seen")
    assert (entry.actor_user, entry.person, entry.about_id) == (
        cast.supervisor.user.pk,
        cast.agent.user.pk,
        str(agent.pk),
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_of_people_is_written_down(cast: Cast, kind: str) -> None:
    """Who took how many people along, and how the list was narrowed down; a refused one leaves nothing."""
    address = f"/people/agents.{kind}"
    assert cast.client(cast.client_viewer).get(address).status_code == 404
    assert not Entry.objects.filter(verb="people.export").exists()
    assert cast.client(cast.supervisor).get(address, {"q": "colleague"}).status_code == 200
    entry = Entry.objects.get(verb="people.export")
    assert entry.actor_user == cast.supervisor.user.pk
    assert (entry.facts["kind"], entry.facts["people"], entry.facts["wanted"]["q"]) == (kind, 1, "colleague")


def test_an_agent_is_connected_with_an_invited_address_and_with_no_other(cast: Cast) -> None:
    """Whoever signs in with it is that agent; unknown, another agent's and shut-out addresses answer alike."""
    agent = Agent.objects.create(team=cast.world.north_one, number="NEW1", name="Nell", started_on=NOW.date())
    user = User.objects.create(email="nell@example.org", name="Nell")
    gone = User.objects.create(email="gone@example.org", name="Gone", is_active=False)
    address, path = f"/people/agents/{agent.pk}/", f"/api/v1/agents/{agent.pk}/sign-in"
    browser = cast.client(cast.planner)
    assert "not connected with a sign-in" in browser.get(address).content.decode()
    for email in ("nobody@example.org", cast.colleague.user.email, gone.email):
        tried = browser.post(f"{address}sign-in/", {"email": email})
        assert tried.status_code == 422 and "No one without an agent of their own" in tried.content.decode()
        assert browser.put(path, {"email": email}, "application/json").json()["code"] == "agent_sign_in_unknown"
    browser.post(f"{address}sign-in/", {"email": "Nell@Example.org"})
    agent.refresh_from_db()
    assert agent.user == user
    for who in (cast.agent, cast.other_supervisor, cast.auditor):
        assert cast.client(who).put(path, {"email": None}, "application/json").status_code == 404
    assert browser.put(path, {"email": None}, "application/json").status_code == 200
    agent.refresh_from_db()
    assert agent.user is None
