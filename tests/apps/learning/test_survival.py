"""The survival ranking: alone, in small groups, compared; what is shown to whom."""

from __future__ import annotations

import pytest

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Activity, GroupRanking, Ranking, Reason
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.errors import NotFound, Stale
from tests.factories.learning import ITEMS, an_activity
from tests.people import NOW, STARTED, Cast, Person

WHY = "nobody lives without it"


def more_people(cast: Cast, count: int) -> list[Person]:
    made = []
    for n in range(count):
        user = User.objects.create(email=f"castaway{n}@example.org", name=f"Castaway {n}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=NOW, given_by="the tests")
        agent = Agent.objects.create(
            user=user, name=user.name, number=f"S{n:02}", team=cast.world.north_one, started_on=STARTED
        )
        made.append(Person(f"castaway{n}", user, agent))
    return made


@pytest.fixture
def island(cast: Cast) -> tuple[Activity, list[Person]]:
    """Open, with eight people, one of them an independent contractor."""
    people = [cast.agent, cast.contractor, *more_people(cast, 6)]
    return an_activity(cast.supervisor.user, [each.agent for each in people if each.agent], "survival"), people


def rank(activity: Activity, who: Person, order: tuple[str, ...] = ITEMS, *, named: bool = False) -> None:
    """Rank all alone and be done."""
    for place, item in enumerate(order, 1):
        reason = f"{WHY}, says {who.key}" if place <= 3 else None
        services.rank_item(
            activity_id=activity.pk, item=item, to=place, reason=reason, named=named, by=who.actor, at=NOW
        )
    services.finish_ranking(activity_id=activity.pk, by=who.actor, at=NOW)


def move_on(cast: Cast, activity: Activity) -> Activity:
    activity.refresh_from_db()
    return services.move_on(activity_id=activity.pk, version=activity.version, by=cast.supervisor.actor, at=NOW)


def test_every_step_is_kept_and_done_needs_reasons_for_the_first_three(
    cast: Cast, island: tuple[Activity, list[Person]]
) -> None:
    """One word is no reason; what lacks one is named; an item without one moved to the top undoes done."""
    activity, _people = island
    browser, path = cast.client(cast.agent), f"/arena/activities/{island[0].pk}/"
    assert "Your ship has sunk." in browser.get(path).content.decode()
    for place, item in enumerate(ITEMS, 1):
        browser.post(f"{path}survival/", {"item": item, "to": place})
    ranking = Ranking.objects.get()
    assert tuple(ranking.order) == ITEMS
    for item, reason in (("water", WHY), ("knife", "sharp"), ("rope", WHY)):
        browser.post(f"{path}survival/", {"item": item, "reason": reason, "to": ""})
    said = browser.post(f"{path}survival/done/", follow=True).content.decode()
    assert "“Knife”" in said and "“Water”" not in said.split("Say in a few words why")[1].split("</")[0]
    browser.post(f"{path}survival/", {"item": "knife", "reason": WHY, "to": "", "named": "on"})
    assert "You are done" in browser.post(f"{path}survival/done/", follow=True).content.decode()
    browser.post(f"{path}survival/", {"item": "map", "to": 1})
    assert Ranking.objects.get().done_at is None
    assert Reason.objects.get(item="knife").named and not Reason.objects.get(item="water").named
    assert (
        "A place is a number"
        in browser.post(f"{path}survival/", {"item": "map", "to": "x"}, follow=True).content.decode()
    )
    with pytest.raises(NotFound):
        services.rank_item(activity_id=activity.pk, item="sofa", to=1, by=cast.agent.actor, at=NOW)


def test_people_are_split_by_lot_and_each_small_group_agrees_on_one_ranking(
    cast: Cast, island: tuple[Activity, list[Person]]
) -> None:
    """Two groups of four, the contractor among them; an older state is told so, and who is late joins."""
    activity, people = island
    late = people[-1]
    for each in people[:-1]:
        rank(activity, each)
    activity = move_on(cast, activity)
    assert activity.seed is not None
    splits = {each.agent_id: each.split for each in activity.participants.all()}
    assert sorted(list(splits.values()).count(n) for n in (1, 2)) == [3, 4] and None in splits.values()
    assert late.agent is not None and people[0].agent is not None
    with pytest.raises(services.NotInAGroup):
        services.move_for_group(activity_id=activity.pk, item="map", to=1, version=1, by=late.actor, at=NOW)
    services.join_split(activity_id=activity.pk, by=late.actor, at=NOW)
    assert sorted(list(activity.participants.values_list("split", flat=True)).count(n) for n in (1, 2)) == [4, 4]
    mine = splits[people[0].agent.pk]
    mate = next(each for each in people[1:-1] if each.agent and splits[each.agent.pk] == mine)
    moving = {"activity_id": activity.pk, "item": "map", "to": 1, "at": NOW}
    services.move_for_group(**moving, version=1, by=people[0].actor)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        services.move_for_group(**moving, version=1, by=mate.actor)  # type: ignore[arg-type]
    assert GroupRanking.objects.get(number=mine).order[0] == "map"
    assert GroupRanking.objects.exclude(number=mine).get().order[0] == "water"


def test_rankings_are_compared_in_words_and_reasons_stand_without_names(
    cast: Cast, island: tuple[Activity, list[Person]]
) -> None:
    """A name only where its author wanted it; nobody’s own ranking to the lead."""
    activity, people = island
    for each in people:
        rank(activity, each, ("map", *ITEMS[:-1]) if each is people[0] else ITEMS, named=each is people[1])
    activity = move_on(cast, activity)
    activity = move_on(cast, activity)
    path = f"/arena/activities/{activity.pk}/"
    said = cast.client(people[0]).get(path).content.decode()
    assert "Your group put “Map” from place 1, where you had it, to 10." in said
    assert "You and your group are 18 places apart" in said and "Kendall’s W" in said
    reason = f'{WHY}, says {people[1].key} <span class="ui-quiet">{people[1].user.name}</span>'
    main = said.split("<main")[1].split("</main")[0]
    assert reason in main and f"says {people[2].key}" in main
    assert people[2].user.name not in main.split('id="activity"')[1].split("</ui-live>")[0]
    lead = cast.client(cast.supervisor).get(path).content.decode().split("</ui-live>")[0]
    assert "You and your group" not in lead and people[0].user.name not in lead.split('id="activity"')[1]
    plain = cast.client(people[0]).get(f"/api/v1/activities/{activity.pk}/survival").json()
    assert plain["compared"]["own_to_group"] == 18 and plain["compared"]["farthest"] == 50
    assert queries.visible_rankings(cast.supervisor.actor).count() == 0


def test_reasons_without_a_name_wait_until_three_have_ranked(
    cast: Cast, island: tuple[Activity, list[Person]]
) -> None:
    """Of two, each could tell whose the other’s is."""
    activity, people = island
    rank(activity, people[0])
    rank(activity, people[1], named=True)
    activity = move_on(cast, activity)
    activity = move_on(cast, activity)
    said = cast.client(people[0]).get(f"/arena/activities/{activity.pk}/").content.decode()
    assert f"says {people[1].key}" in said and f"says {people[0].key}" not in said


def test_the_topic_of_a_small_group_is_listened_to_by_its_people_alone(
    cast: Cast, island: tuple[Activity, list[Person]]
) -> None:
    """And that of the lead by the lead."""
    activity, people = island
    for each in people:
        rank(activity, each)
    activity = move_on(cast, activity)
    part = activity.participants.get(agent=people[0].agent)
    for key, who, may in (
        (f"{activity.pk}", people[0], True), (f"{activity.pk}-{part.split}", people[0], True),
        (f"{activity.pk}-{3 - (part.split or 0)}", people[0], False), (f"{activity.pk}-lead", people[0], False),
        (f"{activity.pk}-lead", cast.supervisor, True), (f"{activity.pk}", cast.stranger, False),
        ("x", people[0], False),
    ):  # fmt: skip
        assert queries.may_watch_activity(who.actor, key) is may, key
