"""On site or from home: the floor says walk by or call, a visit carries how, sums tell of no few (S93, N22)."""

from __future__ import annotations

import pytest

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.coaching.rules.floor import told_apart
from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.rules import NotAllowed
from floorwalker.apps.people.rules.columns import guess
from floorwalker.apps.people.rules.importing import read
from tests.apps.coaching.test_groups import more_people
from tests.apps.test_api_doors import Door
from tests.people import NOW, Cast, Person


def works(who: Person, place: str) -> None:
    assert who.agent is not None
    Agent.objects.filter(pk=who.agent.pk).update(workplace=place)


@pytest.mark.parametrize(
    ("place", "said", "how"), [("on_site", "walk by", "walked_by"), ("home", "call", "called"), ("", "", "")]
)
def test_the_floor_says_how_and_one_tap_carries_it(cast: Cast, place: str, said: str, how: str) -> None:
    """Nobody types it: the button of the line does."""
    works(cast.agent, place)
    assert cast.agent.agent is not None
    browser, pk = cast.client(cast.supervisor), cast.agent.agent.pk
    page = browser.get("/coaching/floor/").content.decode()
    assert (f'name="how" value="{how}"' in page) and (not said or f">{said}<" in page or said in page)
    assert ("I called" in page) is (place == "home")
    assert browser.post(f"/coaching/floor/agents/{pk}/saw/", {"how": how}).status_code == 302
    assert Touch.objects.get().how == how


def test_who_works_at_both_is_met_as_the_lead_says(cast: Cast) -> None:
    """Two buttons; by program too, and what is not said is as usual."""
    works(cast.agent, "both")
    works(cast.colleague, "home")
    assert cast.agent.agent is not None and cast.colleague.agent is not None
    page = cast.client(cast.supervisor).get("/coaching/floor/").content.decode()
    assert "I walked by" in page and "I called" in page
    lead = Door(cast, cast.supervisor)
    made = lead.send("post", f"/agents/{cast.agent.agent.pk}/visits", {"how": "called"})
    assert (made.status_code, made.json()["how"]) == (201, "called")
    assert lead.send("post", f"/agents/{cast.colleague.agent.pk}/visits").json()["how"] == "called"
    assert lead.send("post", f"/agents/{cast.agent.agent.pk}/visits", {"how": "flew"}).status_code == 400


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"on_site": 9, "home": 5}, {"on_site", "home"}),
        ({"on_site": 9, "home": 4}, set()),
        ({"on_site": 9, "home": 4, "both": 6}, {"on_site"}),
        ({"on_site": 9, "home": 4, "both": 3}, {"on_site"}),
        ({"on_site": 4}, set()),
    ],
)
def test_no_few_are_told_nor_told_by_the_rest(people: dict[str, int], shown: set[str]) -> None:
    assert told_apart(people) == shown


def test_attention_adds_up_by_place(cast: Cast) -> None:
    """Five on site with one visit each way counted; the few whose place is not said are not told."""
    five = more_people(cast, 5)
    for who in five:
        works(who, "on_site")
    for who in (cast.agent, cast.colleague, cast.contractor):
        works(who, "")
    assert five[0].agent is not None
    services.visit(agent_id=five[0].agent.pk, by=cast.supervisor.actor, at=NOW)
    lines = {each.key: each for each in queries.attention_by_place(cast.supervisor.actor, NOW)}
    assert not lines[""].shown and lines[""].times is None
    assert not lines["on_site"].shown  # the whole less these would tell the few
    works(cast.agent, "home")
    lines = {each.key: each for each in queries.attention_by_place(cast.supervisor.actor, NOW)}
    assert lines["on_site"].shown and (lines["on_site"].people, lines["on_site"].times) == (5, 1)
    told = Door(cast, cast.supervisor).get("/attention/places").json()
    assert {each["key"]: each["shown"] for each in told} == {"on_site": True, "home": False, "": False}
    page = cast.client(cast.supervisor).get("/coaching/floor/attention/").content.decode()
    assert "On site and from home" in page and "too few to say" in page


def test_where_somebody_works_is_kept_by_page_program_and_file(cast: Cast) -> None:
    """The form, the API and the export say it; nonsense is refused."""
    assert cast.agent.agent is not None
    pk = cast.agent.agent.pk
    hr = Door(cast, cast.planner)
    sent = {"version": cast.agent.agent.version, "workplace": "home"}
    assert hr.send("patch", f"/agents/{pk}", sent | {"workplace": "moon"}).status_code == 400
    assert hr.send("patch", f"/agents/{pk}", sent).json()["workplace"] == "home"
    assert "from home" in cast.client(cast.agent).get(f"/people/agents/{pk}/").content.decode()
    mapping = guess(["id", "workplace"])
    assert read({"id": "A1", "workplace": "On-site"}, mapping)["workplace"] == "on_site"
    assert read({"id": "A1", "workplace": "-"}, mapping)["workplace"] == ""
    with pytest.raises(NotAllowed):
        read({"id": "A1", "workplace": "the moon"}, mapping)
