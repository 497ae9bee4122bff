"""The value of a skill: planted cases whose answer is known, diminishing returns, centres side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    Routing,
    Skill,
    Value,
    compare,
    simulate,
    value_of_skill,
)
from floorwalker.science.simulation.intervals import Estimate
from floorwalker.science.simulation.replaced import Replaced
from floorwalker.science.simulation.taught import Lesson, taught, with_specialists
from tests.science.simulation.small import BY_PRIORITY, calls, group, steady


def uneven(**more):
    """Too few who sell, too many who serve."""
    return steady(
        [calls("sales", 120.0, **more), calls("service", 60.0)],
        [group("sellers", 5, "sales"), group("helpers", 8, "service")],
        hours=10.0,
    )


def idle_beside():
    """Helpers whose calls never come, beside sellers who have too many."""
    return steady(
        [calls("sales", 120.0), calls("service", 0.001)],
        [group("sellers", 5, "sales"), group("helpers", 4, "service")],
        hours=10.0,
    )


def test_the_skill_that_is_short_is_worth_most():
    """Who has time learns what is short; the other way round nothing is saved."""
    found = value_of_skill(uneven(), agents=(1, 2), replications=20)
    best, worst = found.lines[0], found.lines[-1]
    assert (best.lesson.type, best.lesson.group) == ("sales", "helpers")
    assert best.contacts_saved.low > 5
    assert (worst.lesson.type, worst.lesson.group) == ("service", "sellers")
    assert worst.contacts_saved.mean < 0.2 * best.contacts_saved.mean


def test_an_agent_with_nothing_else_to_do_replaces_a_specialist():
    """Taught helpers without calls of their own are specialists: the same contacts, answered the same."""
    model = idle_beside()
    found = value_of_skill(model, lessons=[("sales", "helpers")], agents=(1, 2), replications=20)
    for line in found.of("sales", "helpers"):
        assert line.hours_replaced.mean == pytest.approx(10.0 * line.lesson.agents, rel=0.05)
        assert not line.hours_at_least


def test_returns_diminish():
    """The fourth agent taught saves less than the first."""
    one, two, six = value_of_skill(uneven(), lessons=[("sales", "helpers")], agents=(1, 2, 6), replications=30).of(
        "sales", "helpers"
    )
    assert one.contacts_saved.mean < two.contacts_saved.mean < six.contacts_saved.mean
    assert six.contacts_saved.mean / 6 < one.contacts_saved.mean
    assert six.contacts_per_training_hour.mean < one.contacts_per_training_hour.mean
    assert (one.training_hours, six.training_hours) == (40.0, 240.0)


def test_money_ranks_where_there_is_money():
    """Twenty a sale: the value gained is twenty a contact saved; training hours are those said for the skill."""
    model = uneven(value=Value(answered=20.0))
    found = value_of_skill(
        model,
        lessons=[("sales", "helpers"), ("service", "sellers")],
        agents=(2,),
        replications=20,
        training_hours={"sales": 80.0},
    )
    assert found.by_value
    best = found.lines[0]
    assert best.training_hours == 160.0
    assert best.value_gained.mean == pytest.approx(20 * best.contacts_saved.mean, rel=0.15)
    assert best.value_per_training_hour.mean == pytest.approx(best.value_gained.mean / 160)


def test_slow_and_unconvincing_is_worth_less():
    """Taught agents who take half as long again, and sell half as well, gain less."""
    model = uneven(value=Value(answered=20.0))
    lesson = {"lessons": [("sales", "helpers")], "agents": (2,), "replications": 20}
    quick = value_of_skill(model, **lesson).lines[0]
    slow = value_of_skill(model, **lesson, handling_factor=1.5).lines[0]
    dull = value_of_skill(model, **lesson, value_factor=0.5).lines[0]
    assert slow.contacts_saved.mean < quick.contacts_saved.mean
    assert dull.contacts_saved.mean == quick.contacts_saved.mean
    assert dull.value_gained.mean < quick.value_gained.mean


def test_the_band_is_that_of_a_difference():
    """On the same contacts a difference is known far better than either side of it."""
    line = value_of_skill(uneven(), lessons=[("sales", "helpers")], agents=(1,), replications=20)
    assert line.lines[0].contacts_saved.half_width < 0.6 * line.lost.half_width


@pytest.mark.parametrize(("routing", "own_first"), [(Routing(), False), (BY_PRIORITY, True)])
def test_own_callers_come_first_only_where_routing_goes_by_priority(routing, own_first):
    """Where both queues are always full, helpers taught to sell never do by priority, and often by first come."""
    model = steady(
        [calls("sales", 120.0), calls("service", 240.0)],
        [group("sellers", 1, "sales"), group("helpers", 4, "service")],
        routing=routing,
    )
    found = value_of_skill(model, lessons=[("sales", "helpers")], agents=(4,), replications=2)
    sold = [
        simulate(each, replications=2, seed=0).replication_totals("answered")[:, 0].mean()
        for each in (model, taught(model, Lesson("sales", "helpers", 4)))
    ]
    assert found.own_first is found.to_dict()["own_first"] is own_first
    assert bool(sold[1] < 1.3 * sold[0]) is own_first


def test_teaching_moves_people_and_makes_none():
    model = uneven()
    changed = taught(model, Lesson("sales", "helpers", 3), handling_factor=1.2)
    assert [(each.name, each.staff) for each in changed.groups] == [
        ("sellers", (5,)),
        ("helpers", (5,)),
        ("helpers + sales", (3,)),
    ]
    new = changed.groups[2].skills[1]
    assert (new.type, new.priority, new.handling_factor) == ("sales", 2, 1.2)


def test_named_agents_are_taught_by_name():
    people = tuple(Agent(f"agent {n}", ((0.0, 36_000.0),)) for n in range(8))
    model = uneven()
    named = replace(model.groups[1], staff=None, agents=people)
    changed = taught(replace(model, groups=(model.groups[0], named)), Lesson("sales", "helpers", 2))
    assert [agent.name for agent in changed.groups[2].agents] == ["agent 0", "agent 4"]
    assert len(changed.groups[1].agents) == 6


def test_more_than_there_are_teaches_all():
    """Four of three named agents are the three: nobody is left untaught, and three trainings are billed."""
    people = tuple(Agent(f"agent {n}", ((0.0, 36_000.0),)) for n in range(3))
    model = uneven()
    model = replace(model, groups=(model.groups[0], replace(model.groups[1], staff=None, agents=people)))
    changed = taught(model, Lesson("sales", "helpers", 4))
    assert changed.groups[2].agents == people
    assert changed.groups[1].agents == ()
    found = value_of_skill(model, lessons=[("sales", "helpers")], replications=2).of("sales", "helpers")
    assert [(line.lesson.agents, line.training_hours) for line in found] == [(1, 40.0), (2, 80.0), (3, 120.0)]


def test_of_counted_agents_no_more_are_billed_than_there_are():
    """Of five sellers seven cannot be taught, nor paid for."""
    found = value_of_skill(uneven(), lessons=[("service", "sellers")], agents=(4, 7, 9), replications=2)
    assert sorted(line.training_hours for line in found.lines) == [160.0, 200.0]


def test_nobody_there_is_nobody_to_teach():
    """An empty group has no line of its own accord, and is refused where it is asked for."""
    model = steady([calls("a", 9.0), calls("b", 9.0)], [group("all", 2, "a", "b"), group("none", 0, "a")])
    assert value_of_skill(model, replications=2).lines == ()
    with pytest.raises(InvalidInput, match="nobody works in 'none'"):
        value_of_skill(model, lessons=[("b", "none")], replications=2)


def test_trainees_without_a_skill_are_taught_their_first():
    """A group that takes nothing yet is the very case for a lesson."""
    trainees = AgentGroup("trainees", (), staff=(2,))
    changed = taught(replace(uneven(), groups=(*uneven().groups, trainees)), Lesson("sales", "trainees", 2))
    assert changed.groups[-1].skills == (Skill("sales", 1),)


def test_specialists_come_when_the_group_is_there():
    model = uneven()
    beside = with_specialists(model, "sales", "helpers", 2).groups[-1]
    assert beside.staff == (2,)
    assert [skill.type for skill in beside.skills] == ["sales"]


def test_hours_are_read_from_the_curve():
    """Half-way between nobody and one agent who saves ten are half the hours; beyond the last it is said."""
    curve = Replaced(8.0, ((1, np.full(20, 10.0)), (2, np.full(20, 16.0))))
    assert curve.hours(np.full(20, 5.0)).mean == 4.0
    assert curve.hours(np.full(20, 13.0)).mean == 12.0
    assert curve.hours(np.full(20, -3.0)) == Estimate(0.0, 0.0, 20)
    assert curve.beyond(17.0)
    assert not curve.beyond(16.0)


def test_the_band_of_hours_knows_the_noise_of_the_yardstick():
    """Eight hours save ten, measured as badly as the lesson: the band covers the truth 95 times in 100, and it is
    no wider than nothing where both are the same numbers. With the noise of the lesson alone it would be 83."""
    luck, inside, alone = np.random.default_rng(4), 0, 0
    for _ in range(400):
        saved, yard = luck.normal(5.0, 3.0, 40), luck.normal(10.0, 6.0, 40)
        found = Replaced(8.0, ((1, yard),)).hours(saved)
        inside += abs(found.mean - 4.0) <= found.half_width
        alone += abs(found.mean - 4.0) <= 2.02 * saved.std(ddof=1) / 40**0.5 * 8 / yard.mean()
    assert 0.925 <= inside / 400 <= 0.975
    assert alone / 400 < 0.9
    assert Replaced(8.0, ((1, yard), (2, 2 * yard))).hours(yard).half_width == pytest.approx(0.0)


def test_training_hours_may_differ_by_group():
    """Who knows what is next to a skill learns it sooner: by type and group, before by type, before all others."""
    model = steady(
        [calls("sales", 120.0), calls("service", 60.0)],
        [group("sellers", 5, "sales"), group("helpers", 8, "service"), group("new", 2)],
        hours=5.0,
    )
    hours = {"sales": 80.0, ("sales", "helpers"): 20.0}
    found = value_of_skill(model, agents=(1,), replications=2, training_hours=hours)
    told = {(line.lesson.type, line.lesson.group): line.training_hours for line in found.lines}
    assert told == {
        ("sales", "helpers"): 20.0,
        ("sales", "new"): 80.0,
        ("service", "sellers"): 40.0,
        ("service", "new"): 40.0,
    }
    line = found.of("sales", "helpers")[0]
    assert line.contacts_per_training_hour == line.contacts_saved.over(20.0)
    for wrong, said in (({"chat": 1.0}, "no type 'chat'"), ({("sales", "night"): 1.0}, "no group 'night'")):
        with pytest.raises(InvalidInput, match=said):
            value_of_skill(model, replications=2, training_hours=wrong)


def test_nothing_left_to_teach_is_no_error():
    model = steady([calls("all", 50.0)], [group("agents", 5, "all")])
    assert value_of_skill(model, replications=2).lines == ()


def test_a_centre_compared_with_itself_differs_by_nothing():
    found = compare({"one": uneven(), "same": uneven()}, replications=5)
    assert found["same"].contacts_saved == Estimate(0.0, 0.0, 5)
    assert found["one"].agent_hours == 130.0
    assert len(found.to_frame()) == 2


def test_generalists_save_callers_and_slow_ones_fewer():
    """Thirteen who can do both lose fewer than five and eight; 15 % slower, they lose more again."""
    model = uneven()
    both = (Skill("sales", 1), Skill("service", 1))
    slow = tuple(replace(skill, handling_factor=1.15) for skill in both)
    found = compare(
        {
            "specialists": model,
            "generalists": replace(model, groups=(AgentGroup("all", both, staff=(13,)),)),
            "slow": replace(model, groups=(AgentGroup("all", slow, staff=(13,)),)),
        },
        replications=20,
    )
    assert found["generalists"].contacts_saved.low > 0
    assert found["slow"].contacts_saved.mean < found["generalists"].contacts_saved.mean


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agents": ()}, "agents to teach"),
        ({"agents": (0,)}, "agents to teach"),
        ({"replications": 1}, "2 or more"),
        ({"lessons": [("sales", "sellers")]}, "already takes"),
        ({"lessons": [("chat", "sellers")]}, "no type 'chat'"),
        ({"training_hours": 0.0}, "training_hours"),
    ],
)
def test_what_cannot_be_taught_is_refused(wrong, said):
    with pytest.raises(InvalidInput, match=said):
        value_of_skill(uneven(), **wrong)


def test_centres_with_other_contacts_are_not_compared():
    with pytest.raises(InvalidInput, match="other periods or types"):
        compare({"one": uneven(), "other": idle_beside()})
