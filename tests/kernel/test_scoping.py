"""From a sight to a filter, and to one row."""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.apps.people.models import Agent, Client
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.kernel import scoping
from floorwalker.kernel.access import Sight
from floorwalker.kernel.errors import NotFound
from tests.people import Cast

WAYS = {"own": "user", "team": "team", "site": "team__site"}


def seen(sight: Sight, **ways: str) -> set[str]:
    return set(Agent.objects.filter(scoping.within(sight, **ways)).values_list("name", flat=True))


def test_an_empty_sight_sees_nothing_and_a_whole_one_everything(cast: Cast) -> None:
    """Nothing is the default."""
    assert seen(Sight(), **WAYS) == set()
    assert len(seen(Sight(everything=True), **WAYS)) == Agent.objects.count()


def test_each_reach_adds_its_rows(cast: Cast) -> None:
    """One's own, a team's and a site's come together."""
    sight = Sight(own=cast.stranger.user.pk, teams=frozenset({cast.world.north_two.pk}))
    assert seen(sight, **WAYS) == {"Stranger", "Other Team Agent"}
    assert "Stranger" not in seen(Sight(sites=frozenset({cast.world.north.pk})), **WAYS)


def test_a_reach_without_a_way_sees_nothing(cast: Cast) -> None:
    """A client's people reach no agent, because no way leads there."""
    assert seen(Sight(clients=frozenset({cast.world.aurora.pk})), **WAYS) == set()


@pytest.mark.parametrize("row_id", [0, -1, 10**30, "x", None])
def test_an_id_that_is_none_is_not_found(cast: Cast, row_id: Any) -> None:
    """Never an error of another kind."""
    with pytest.raises(NotFound):
        scoping.pick(Agent.objects.all(), row_id)


def test_reading_past_the_scope_says_why(cast: Cast) -> None:
    """An empty reason is none; so is one for a model that is not registered."""
    assert scoping.unscoped_because("the test counts all", Client).count() == 2
    with pytest.raises(ValueError, match="say why"):
        scoping.unscoped_because("", Client)
    with pytest.raises(ValueError, match="say why"):
        scoping.not_scoped(Client, "")


def test_the_register_wants_a_permission() -> None:
    """A model read with none would be read by nobody, or by all."""
    with pytest.raises(ValueError, match="permission"):
        scoping.scoped(Client, lambda actor, permission: Client.objects.all())


def test_another_domain_may_show_the_rows_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its permission joins those of the owner."""
    monkeypatch.setattr(scoping, "SCOPED", dict(scoping.SCOPED))
    scoping.also_seen_with(Client, PeoplePermission.SEE_AGENTS, relations=("site",))
    found = scoping.SCOPED[Client]
    assert found.permissions[-1] is PeoplePermission.SEE_AGENTS
    assert found.relations == {"client", "site"}


def test_ids_inside_a_body_are_scoped_too(cast: Cast) -> None:
    """A site's planner names a team of another site: 404, as for one that does not exist, and nobody is added."""
    import json

    for team_id in (cast.world.south_one.pk, 987_654):
        body = {"name": "New", "number": "N1", "team_id": team_id, "started_on": "2026-03-01"}
        answer = cast.client(cast.site_planner).post(
            "/api/v1/agents", json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == 404
    assert not Agent.objects.filter(number="N1").exists()
