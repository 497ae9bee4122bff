"""Who sees whom."""

from __future__ import annotations

import pytest

from floorwalker.apps.people import queries
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.kernel.errors import NotFound
from tests.people import Cast

NORTH_ONE = {"Agent", "Colleague", "Contractor", "Left"}
EVERYBODY = {*NORTH_ONE, "Other Team Agent", "Stranger"}


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("manager", EVERYBODY),
        ("planner", EVERYBODY),
        ("hr", EVERYBODY),
        ("token", EVERYBODY),
        ("site_planner", EVERYBODY - {"Stranger"}),
        ("supervisor", NORTH_ONE),
        ("quality_analyst", NORTH_ONE),
        ("other_supervisor", {"Other Team Agent"}),
        ("agent", {"Agent"}),
        ("stranger", {"Stranger"}),
        ("client_viewer", set()),
        ("administrator", set()),
        ("auditor", set()),
        ("recruiter", set()),
        ("trainer", set()),
    ],
)
def test_each_role_sees_its_agents_and_no_other(cast: Cast, who: str, whom: set[str]) -> None:
    """Own, team, site, all; a client, an operator and an auditor see nobody."""
    found = queries.visible_agents(getattr(cast, who).actor)
    assert set(found.values_list("name", flat=True)) == whom


def test_an_agent_out_of_sight_is_as_if_there_were_none(cast: Cast) -> None:
    """The same answer for somebody else's agent, a number nobody has, and one too large to be one."""
    for number in (cast.stranger.agent.pk, 999_999, 10**30):
        with pytest.raises(NotFound):
            queries.the_agent(cast.supervisor.actor, number)


def test_a_token_does_no_more_than_it_was_made_for(cast: Cast) -> None:
    """The planner behind it could keep agents; the token was not given that."""
    assert not queries.visible_agents(cast.token.actor, PeoplePermission.KEEP_AGENTS).exists()
    assert queries.visible_agents(cast.planner.actor, PeoplePermission.KEEP_AGENTS).exists()


def test_staff_see_all_clients_and_a_client_only_itself(cast: Cast) -> None:
    """Aurora's people do not learn that Borealis is served here too."""
    assert [each.name for each in queries.visible_clients(cast.client_viewer.actor)] == ["Aurora"]
    assert queries.visible_clients(cast.supervisor.actor).count() == 2
    assert not queries.visible_clients(cast.agent.actor).exists()


def test_teams_and_sites_follow_the_people_in_sight(cast: Cast) -> None:
    """An agent sees their own team and site; a planner of a site all teams of it."""
    assert [each.name for each in queries.visible_teams(cast.agent.actor)] == ["North One"]
    assert [each.name for each in queries.visible_sites(cast.agent.actor)] == ["North"]
    assert queries.visible_teams(cast.site_planner.actor).count() == 2
    assert queries.visible_teams(cast.manager.actor).count() == 3
