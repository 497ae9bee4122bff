"""Agents by group where skills overlap: against exhaustive search, and where a pooled formula is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Status, Stop
from floorwalker.science.queueing import Goals, ServiceTarget, smallest_staff
from floorwalker.science.simulation import (
    AgentChoice,
    Channel,
    Estimate,
    Periods,
    PerPeriod,
    QueueChoice,
    Routing,
    simulate,
)
from floorwalker.science.simulation.steady_state import steady as steady_period
from floorwalker.science.simulation.steady_state import with_staff
from floorwalker.science.staffing import staff_each_period, staff_multi_skill
from floorwalker.science.staffing.skill_judge import Judge
from tests.science.simulation.chains import Chain
from tests.science.simulation.small import EIGHTY_TWENTY, calls, group, m_design, one_queue, steady

TOLERANCE = 0.01
FEWEST_SKILLS = Routing(AgentChoice.FEWEST_SKILLS, QueueChoice.PRIORITY)


def dear_generalists():
    """Who helps out costs a fifth more."""
    return steady(
        [calls("a", 100.0), calls("b", 50.0, aht=240.0, patience=200.0)],
        [group("only a", 1, ("a", 1)), group("a and b", 1, ("b", 1), ("a", 2), cost=1.2)],
    )


# The cheapest staff of all, by looking at every one: see the long proof.
SMALL = {"M": (m_design, 11.0), "N": (dear_generalists, 11.6)}


@pytest.fixture(scope="module")
def small_centre():
    """A small centre and its staff, each searched once."""

    @cache
    def found(name):
        model = SMALL[name][0]()
        return model, staff_multi_skill(model, tolerance=TOLERANCE, seed=1)

    return found


def exact_slack(model, agents):
    """Service above target of every type, by the exact chain."""
    chain = Chain(with_staff(model, agents), 14)
    return {name: chain.service_level(name) - model.type(name).target.share for name in model.type_names}


@pytest.mark.parametrize("name", SMALL)
def test_within_two_per_cent_of_exhaustive_search(small_centre, name):
    """And no type is under its target by more than the tolerance, by the exact answer."""
    model, outcome = small_centre(name)
    assert outcome.status is Status.FEASIBLE
    assert outcome.objective <= 1.02 * SMALL[name][1]
    assert outcome.bound < outcome.objective
    assert min(exact_slack(model, outcome.value.agents).values()) >= -TOLERANCE


@pytest.mark.prove
@pytest.mark.parametrize(("centre", "cheapest"), SMALL.values(), ids=SMALL)
def test_what_exhaustive_search_finds(centre, cheapest):
    """Every staff by exact chains, the cheapest first, skipping those with fewer of all than one that failed."""
    model = centre()
    costs = [each.cost_per_hour for each in model.groups]
    failed = []
    every = product(range(13), repeat=len(costs))
    for staff in sorted(every, key=lambda each: sum(c * n for c, n in zip(costs, each, strict=True))):
        if any(all(a <= b for a, b in zip(staff, other, strict=True)) for other in failed):
            continue
        agents = dict(zip(model.group_names, staff, strict=True))
        if min(exact_slack(model, agents).values()) >= 0:
            assert sum(c * n for c, n in zip(costs, staff, strict=True)) == pytest.approx(cheapest)
            return
        failed.append(staff)


def rare_language():
    """Four calls an hour in a rare language, beside 150 in the common one, which its speakers take too."""
    return steady(
        [calls("common", 150.0), calls("rare", 4.0, aht=240.0)],
        [group("common", 1, ("common", 1)), group("bilingual", 1, ("rare", 1), ("common", 2), cost=1.3)],
        routing=FEWEST_SKILLS,
    )


def small_group_that_overflows():
    """The small group's calls go to the large one only after a minute: too late for their target."""
    large = group("large", 1, ("main", 1), ("special", 2))
    late = replace(large.skills[1], after_seconds=60.0)
    return steady(
        [calls("main", 180.0), calls("special", 40.0, aht=240.0)],
        [group("small", 1, ("special", 1)), replace(large, skills=(large.skills[0], late))],
        routing=FEWEST_SKILLS,
    )


def slow_generalists():
    """Generalists, half as slow again, are the only ones for a third type."""
    return steady(
        [calls("a", 90.0), calls("b", 60.0), calls("c", 15.0, aht=300.0)],
        [
            group("a", 1, ("a", 1)),
            group("b", 1, ("b", 1)),
            group("all", 1, ("c", 1, 1.5), ("a", 2, 1.5), ("b", 3, 1.5)),
        ],
        routing=FEWEST_SKILLS,
    )


@pytest.mark.parametrize("centre", [rare_language, small_group_that_overflows, slow_generalists])
def test_right_where_a_pooled_formula_is_wrong(centre):
    """The formula's staff misses a target by far; ours holds on long runs of other numbers, and is no larger than
    it must be: one agent fewer of any group misses."""
    model = centre()
    outcome = staff_multi_skill(model, tolerance=2 * TOLERANCE, seed=2)
    ours = outcome.value

    def reached(agents, hours=150.0):
        run = simulate(
            with_staff(steady_period(model, hours=hours), agents),
            replications=20,
            seed=77,
            warm_up_seconds=3600.0,
        )
        return {name: run.service_level(name).mean for name in model.type_names}

    assert min(reached(ours.pooled).values()) < 0.8 - 0.04
    assert min(reached(ours.agents).values()) >= 0.8 - 2 * TOLERANCE
    for name in model.group_names:
        if ours.agents[name]:
            fewer = {**ours.agents, name: ours.agents[name] - 1}
            assert min(reached(fewer).values()) < 0.8


def test_one_queue_needs_what_erlang_a_says():
    model = one_queue(1, 200.0)
    needed = smallest_staff(200, 3600, 180, Goals(EIGHTY_TWENTY), 120.0)
    assert staff_multi_skill(model, seed=3).value.agents == {"agents": needed}


def test_the_service_reported_is_on_numbers_the_search_has_not_seen(small_centre):
    """It holds the exact answer in its band, though the search looked for staffs that seem good."""
    model, found = small_centre("M")
    found = found.value
    chain = Chain(with_staff(model, found.agents), 14)
    for name, service in found.service.items():
        assert abs(chain.service_level(name) - service.mean) < 1.5 * service.half_width + 0.002
        assert service.low >= 0.8 - TOLERANCE


def test_each_verdict_has_numbers_of_its_own(monkeypatch):
    """Two staffs are refused: the third is judged on numbers neither the search nor the two have seen."""
    plain, seeds = Judge._service, []

    def twice_too_low(self, staff, seed, contacts):
        found = plain(self, staff, seed, 20_000.0)
        if seed == self.seed:
            return found
        seeds.append(seed)
        return found if len(seeds) > 2 else dict.fromkeys(found, Estimate(0.5, 0.01, 20))

    monkeypatch.setattr(Judge, "_service", twice_too_low)
    found = staff_multi_skill(one_queue(1, 200.0), tolerance=0.2, seed=3).value
    assert len(set(seeds)) == len(seeds) == 3
    assert found.refused == found.to_dict()["refused"] == 2


def test_limits_of_groups_are_kept():
    found = staff_multi_skill(m_design(), fewest={"a": 6}, most={"both": 1}, seed=5).value
    assert found.agents["a"] >= 6
    assert found.agents["both"] <= 1


def test_dear_generalists_are_left_out():
    """At five times the cost nobody pays for pooling."""
    found = staff_multi_skill(m_design(), costs={"both": 5.0}, seed=6).value
    assert found.agents["both"] == 0
    assert found.cost_per_hour == found.agents["a"] + found.agents["b"]


def test_without_time_to_search_the_answer_is_still_enough():
    """Some staff that is enough stands before the search begins."""
    model = m_design()
    outcome = staff_multi_skill(model, stop=Stop(seconds=0.0))
    assert outcome.status is Status.FEASIBLE
    assert min(exact_slack(model, {k: min(v, 12) for k, v in outcome.value.agents.items()}).values()) >= 0


def test_a_limit_of_work_makes_it_repeatable():
    runs = [staff_multi_skill(m_design(), seed=7, stop=Stop(work=12)) for _ in range(2)]
    assert runs[0].value.agents == runs[1].value.agents
    assert runs[0].value.service == runs[1].value.service


def test_a_type_nobody_takes_is_named():
    model = steady([calls("a", 50.0), calls("b", 20.0)], [group("a", 5, "a")])
    outcome = staff_multi_skill(model)
    assert outcome.status is Status.INFEASIBLE
    assert outcome.clashes == ("'b': no group has the skill",)
    assert "skill" in outcome.repair


def test_a_limit_that_is_too_low_is_named():
    outcome = staff_multi_skill(m_design(), most={"b": 1, "both": 1}, seed=8)
    assert outcome.status is Status.INFEASIBLE
    (why,) = outcome.clashes
    assert why.startswith("'b' reaches")
    assert "the limit holds 'b' to 1, 'both' to 1 agents" in why
    assert "allow more agents in 'b' and 'both'" in outcome.repair


def test_overflow_that_comes_too_late_is_named():
    """Thirty seconds before anybody may take it is later than the twenty of its target."""
    late = group("team", 5, "a")
    late = replace(late, skills=(replace(late.skills[0], after_seconds=30.0),))
    outcome = staff_multi_skill(steady([calls("a", 50.0)], [late]))
    assert outcome.status is Status.INFEASIBLE
    assert "only from those who have waited longer than 20 s" in outcome.clashes[0]
    assert "'team' take them sooner" in outcome.repair


def test_who_waits_for_nothing_needs_nobody():
    """E-mail has no service level in seconds; its staff is another question."""
    mail = replace(calls("mail", 30.0, patience=None), channel=Channel.DEFERRED)
    outcome = staff_multi_skill(steady([mail], [group("team", 5, "mail")]), fewest={"team": 2})
    assert outcome.status is Status.OPTIMAL
    assert outcome.value.agents == {"team": 2}


def day():
    """Three half-hours, the first and the last alike."""
    kinds = tuple(
        replace(calls(name, 1.0), arrivals=PerPeriod((count, 2 * count, count)))
        for name, count in (("a", 20.0), ("b", 12.0))
    )
    return replace(m_design(), periods=Periods.of(1800.0, 3), types=kinds)


def test_periods_alike_are_searched_once():
    found = staff_each_period(day(), seed=9, tolerance=0.02)
    assert list(found) == [0, 1, 2]
    assert found[0] is found[2]
    assert found[1].value.total > found[0].value.total
    assert found[1].value.total < 2 * found[0].value.total


def test_a_period_must_be_named_where_there_are_several():
    with pytest.raises(InvalidInput, match="3 periods; say which one"):
        staff_multi_skill(day())
    with pytest.raises(InvalidInput, match="no period 3"):
        staff_multi_skill(day(), period=3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tolerance": 0.0}, "tolerance is 0"),
        ({"costs": {"night": 1.0}}, "no group 'night'"),
        ({"costs": {"a": -1.0}}, "costs of 'a' is -1"),
        ({"most": {"a": 1.5}}, "whole number"),
        ({"fewest": {"a": 5}, "most": {"a": 4}}, "at least 5 and at most 4"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, said):
    with pytest.raises(InvalidInput, match=said):
        staff_multi_skill(m_design(), **wrong)


def test_the_strictest_definition_needs_most():
    """All offered count: those who leave early count against us."""
    lax = one_queue(1, 400.0, patience=30.0)
    target = ServiceTarget(0.8, 20, "all-offered")
    strict = replace(lax, types=(replace(lax.types[0], target=target),))
    few, many = (staff_multi_skill(model, seed=1).value.total for model in (lax, strict))
    assert few < many
