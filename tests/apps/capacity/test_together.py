"""Skills that go together: counted of those rostered, told from ten on, nobody by name."""

from datetime import timedelta

import pytest

from floorwalker.apps.capacity import queries
from floorwalker.apps.capacity.queries.studied import lines_of
from floorwalker.apps.capacity.queries.together import pairs
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.people.models import Agent, AgentSkill, Skill
from floorwalker.apps.schedules import queries as schedules
from tests.factories import capacity as make
from tests.factories import schedules as rosters
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("few_replications")


def people(*counted):
    """So many people with each set of skills."""
    return [frozenset(skills) for count, skills in counted for _ in range(count)]


def test_of_the_holders_of_a_skill_more_hold_another_than_of_those_without():
    """7 of 10 against 3 of 15; the way back has 7 of 10 against 3 of 15 as well."""
    found = pairs(people((7, {1, 2}), (3, {1}), (3, {2}), (12, ())))
    assert [(each.skill, each.other) for each in found] == [(1, 2), (2, 1)]
    assert (found[0].holders, found[0].both, found[0].others, found[0].others_both) == (10, 7, 15, 3)
    assert found[0].apart == pytest.approx(0.5)


@pytest.mark.parametrize(
    "held",
    [
        people((9, {1, 2}), (20, ())),  # nine holders
        people((20, {1, 2}), (9, ())),  # nine others
        people((30, {1, 2})),  # everybody holds both: nothing is told
        people((10, {1}), (10, {2})),  # never together
    ],
)
def test_few_people_and_what_everybody_holds_tell_nothing(held):
    assert pairs(held) == []


def test_the_page_of_lessons_shows_pairs_and_what_a_group_holds_already(asked, cast, queues, roster, monkeypatch):
    """Cards goes with French; of those of Loans who lack Cards some hold French."""
    cards, french = (Skill.objects.create(name=name) for name in ("Card products", "French"))
    queues[0].skill = cards
    queues[0].save()
    both, one, no = frozenset({cards.pk, french.pk}), frozenset({french.pk}), frozenset()
    held = {queues[0].pk: [both] * 8 + [frozenset({cards.pk})] * 2, queues[1].pk: [one] * 4 + [no] * 8}
    there = [(frozenset({queue}), skills) for queue, rows in held.items() for skills in rows]
    monkeypatch.setattr(RESOLVER, "holders", lambda _queues, _first, _days: there)
    study = asked()
    page = queries.study_page(cast.planner.actor, study.pk)
    assert [(each.skill, each.other, each.holders, each.others) for each in page.together] == [
        ("Card products", "French", "8 of 10 (80 %)", "4 of 12 (33 %)"),
        ("French", "Card products", "8 of 12 (67 %)", "2 of 10 (20 %)"),
    ]
    near = "8 of 10 with Card products also hold French; of those of Loans without it 4 of 12"
    assert [line.near for line in page.lines if line.skill == "Cards"] == [near, ""]
    assert {line.near for line in page.lines if line.skill == "Loans"} == {""}
    text = cast.client(cast.manager).get(f"/staff/skills/{study.pk}/").content.decode()
    assert "Skills that go together" in text and near in text
    assert lines_of(study.found, "")[0].near == ""


def test_without_ten_holders_the_page_says_nothing_of_it(asked, cast):
    study = asked()
    assert study.made_of["skills"] == {"pairs": [], "near": []}
    text = cast.client(cast.planner).get(f"/staff/skills/{study.pk}/").content.decode()
    assert "Skills that go together" not in text


def test_who_works_for_two_queues_counts_once(cast):
    """And who is not rostered, or only in another week, does not count."""
    queue, other = (make.a_queue(cast.world, name=name, zone="Europe/Lisbon") for name in ("Cards", "Loans"))
    week = rosters.a_week(cast.world.north, make.MONDAY)
    agent, colleague = cast.agent.agent, cast.colleague.agent
    AgentSkill.objects.filter(agent__in=Agent.objects.all()).delete()
    AgentSkill.objects.create(agent=agent, skill=cast.world.sales)
    stints = [
        *rosters.working_days(week, [agent], [0], queue=queue),
        *rosters.working_days(week, [agent], [1], queue=other),
        *rosters.working_days(week, [colleague], [2], queue=other),
    ]
    rosters.published(week, stints, NOW)
    ids = [queue.pk, other.pk]
    found = schedules.rostered_holders(ids, make.MONDAY, 7)
    expected = [(frozenset(ids), frozenset({cast.world.sales.pk})), (frozenset({other.pk}), frozenset())]
    assert sorted(found, key=lambda each: -len(each[0])) == expected
    assert schedules.rostered_holders(ids, make.MONDAY + timedelta(days=21), 7) == []
