"""Who leads whom: the nearest who hold the role, in a large house and in a small one."""

from __future__ import annotations

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.people import queries
from floorwalker.kernel.roles import Role, Scope
from tests.people import NOW, Cast, in_one_hand


def test_the_nearest_lead(cast: Cast) -> None:
    """Of the team, else of the site, else everywhere; who has no lead at all is seen to by who plans."""
    assert cast.agent.agent and cast.stranger.agent
    agent, team = cast.agent.agent, cast.world.north_one
    assert queries.leads_of(agent) == queries.answers_for(agent) == [cast.supervisor.user.pk]
    assert queries.leads_of(cast.stranger.agent) == []
    assert queries.answers_for(cast.stranger.agent) == [cast.planner.user.pk, cast.token.user.pk]
    everywhere = {"user": cast.hr.user, "role": Role.SUPERVISOR, "scope": Scope.ALL, "given_at": NOW}
    RoleHeld.objects.create(**everywhere)
    assert queries.leads_of(agent) == [cast.supervisor.user.pk]
    assert queries.leads_of(cast.stranger.agent) == [cast.hr.user.pk]
    assert queries.leaders([team.pk, cast.world.south_one.pk]) == {
        team.pk: ["Supervisor"],
        cast.world.south_one.pk: ["Hr"],
    }
    places = [
        (place, site, without)
        for place in (None, team.pk, cast.world.south_one.pk)
        for site in (None, team.site_id, cast.world.south_one.site_id)
        for without in (None, cast.supervisor.user.pk, cast.hr.user.pk)
    ]
    told = queries.somebody_leads(places, (Role.SUPERVISOR,))
    assert told == [bool(queries.leads_at(place, site, without=who)) for place, site, who in places]
    assert set(told) == {True, False}
    assert queries.leads_of_teams([team.pk, cast.world.south_one.pk]) == {
        each.pk: queries.leads_at(each.pk, each.site_id) for each in (team, cast.world.south_one)
    }


def test_a_small_house_has_one_lead_and_nobody_leads_themselves(cast: Cast) -> None:
    """The manager who leads everywhere leads every team; not themselves, where they answer contacts too."""
    one = in_one_hand(cast)
    assert cast.agent.agent
    assert queries.leads_of(cast.agent.agent) == [one.user.pk]
    assert queries.leaders([cast.world.north_one.pk]) == {cast.world.north_one.pk: ["Manager"]}
    cast.agent.agent.user = one.user
    assert queries.leads_of(cast.agent.agent) == []
