"""Rosters: always legal, as good as can be where that can be checked, repeatable, and honest about the rest."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Status, Stop
from floorwalker.science.rostering import (
    STANDARD_RULES,
    Halfway,
    SolveParams,
    coverage,
    head_counts,
    people_for,
    solve,
)
from floorwalker.science.rostering.rules import BreakWindow, Rest

from .centres import always_open, bell_problem, day_problem, plain_shift
from .tiny import cheapest, cost, problems


def breaches(roster, rules=STANDARD_RULES):
    return [b for rule in rules for b in rule.breaches(roster)]


@settings(deadline=None, max_examples=25)
@given(problem=problems())
def test_tiny_problems_are_solved_to_the_optimum_of_brute_force(problem):
    """Proven optimal, the cost of the best of all legal rosters, and its own cost counted afresh."""
    outcome = solve(problem, stop=Stop(work=3))
    assert outcome.status is Status.OPTIMAL
    assert breaches(outcome.value) == []
    assert outcome.objective == pytest.approx(cheapest(problem))
    assert outcome.objective == pytest.approx(cost(problem, outcome.value))
    assert outcome.bound == pytest.approx(outcome.objective)


@settings(deadline=None, max_examples=15)
@given(problem=problems(people=4, days=3))
def test_the_first_roster_is_legal_and_the_bound_is_below_it(problem):
    """Without any work after the first roster: no breach, cost as said, bound not above."""
    outcome = solve(problem, stop=Stop(work=0))
    assert breaches(outcome.value) == []
    assert outcome.bound <= outcome.objective + 1e-9
    assert outcome.objective == pytest.approx(cost(problem, outcome.value))
    assert outcome.work == 0


def test_same_seed_and_work_repeat_the_roster_and_more_work_is_never_worse():
    """Two runs are equal duty by duty; each longer run is at most as dear; history tells a falling story."""
    problem = bell_problem(min_hours=30)
    params = SolveParams(rounds=0)
    outcomes = [solve(problem, stop=Stop(work=w), seed=5, params=params) for w in (0, 1, 4, 4)]
    assert outcomes[2].value.duties == outcomes[3].value.duties
    costs = [o.objective for o in outcomes]
    assert costs[0] >= costs[1] >= costs[2]
    assert costs[2] < costs[0]
    best = [p.best for p in outcomes[2].history]
    assert best == sorted(best, reverse=True)
    assert breaches(outcomes[2].value) == []


def test_a_run_ended_by_the_clock_is_repeated_by_its_work():
    """What the clock cut is thrown away: the same units without a clock give the same roster."""
    problem = bell_problem(min_hours=30)
    timed = solve(problem, stop=Stop(seconds=3), seed=2, params=SolveParams(rounds=0))
    again = solve(problem, stop=Stop(work=timed.work), seed=2, params=SolveParams(rounds=0))
    assert again.value.duties == timed.value.duties


def test_another_seed_takes_another_way():
    """The seed matters once the search begins."""
    problem, params = bell_problem(min_hours=30), SolveParams(rounds=0)
    one, two = (solve(problem, stop=Stop(work=3), seed=seed, params=params).value for seed in (1, 2))
    assert one.duties != two.duties


def test_cancelling_ends_the_search_and_keeps_the_best():
    """A caller who cancels at once still has the legal first roster."""
    outcome = solve(bell_problem(count=9), stop=Stop(cancelled=lambda: True))
    assert (outcome.status, outcome.work) == (Status.FEASIBLE, 0)
    assert breaches(outcome.value) == []


def test_rounds_group_effort_and_patience_each_change_the_search():
    """Every setting of the search matters."""
    problem = bell_problem(min_hours=30)
    rough = solve(problem, stop=Stop(work=0), params=SolveParams(rounds=0))
    settled = solve(problem, stop=Stop(work=0), params=SolveParams(rounds=3))
    assert settled.objective < rough.objective
    assert solve(problem, params=SolveParams(patience=0)).work == 0
    few, many, short = (
        solve(problem, stop=Stop(work=1), params=SolveParams(rounds=0, group=g, effort=e)).objective
        for g, e in ((1, 1.0), (5, 1.0), (5, 1e-4))
    )
    assert many < few
    assert many < short


@pytest.mark.parametrize("wrong", [{"rounds": -1}, {"group": 0}, {"effort": 0.0}, {"patience": -1}])
def test_impossible_settings_are_refused(wrong):
    """Settings check themselves."""
    with pytest.raises(InvalidInput, match="cannot be"):
        SolveParams(**wrong)


def test_too_few_people_leave_hours_short_and_say_so():
    """Three people for a need of up to nine: a legal roster, the rest short at its price."""
    problem = bell_problem(count=3, min_hours=30)
    outcome = solve(problem, stop=Stop(work=1))
    assert breaches(outcome.value) == []
    assert outcome.objective == pytest.approx(cost(problem, outcome.value))
    assert outcome.objective > 20 * sum(problem.needed) / 2 * 0.3
    assert outcome.gap < 0.1


def test_nobody_leaves_everything_short():
    """No people is a roster without duties."""
    outcome = solve(bell_problem(count=0))
    assert outcome.value.duties == ()
    assert (outcome.status, outcome.gap) == (Status.OPTIMAL, 0)


def test_more_people_than_needed_are_paid_their_least_and_the_bound_knows():
    """Forty people with thirty hours cost at least 1200, however little there is to do."""
    outcome = solve(bell_problem(count=40, min_hours=30), stop=Stop(work=0))
    assert outcome.bound == 1200
    assert outcome.gap < 0.02


def test_own_rules_replace_the_standard_ones():
    """Only the rules given are kept: without weekly hours nobody has a least."""
    problem = replace(bell_problem(count=40, min_hours=30), rules=(Rest(), BreakWindow()))
    outcome = solve(problem, stop=Stop(work=0))
    assert breaches(outcome.value, problem.rules) == []
    assert outcome.objective < 1200


def test_the_margin_of_the_break_window_moves_the_meals():
    """A rule's setting reaches the roster."""
    rules = (*STANDARD_RULES[:-1], BreakWindow(margin_minutes=60))
    outcome = solve(replace(bell_problem(min_hours=30), rules=rules), stop=Stop(work=0))
    assert breaches(outcome.value, rules) == []
    with pytest.raises(InvalidInput, match="no time left for its meal"):
        solve(replace(bell_problem(), rules=(BreakWindow(margin_minutes=61),)))


def test_people_for_hires_as_many_alike_as_the_need_takes():
    """Enough of them cover everything; each has the contract asked for; spare adds a share."""
    problem = bell_problem()
    counts = head_counts(problem).value
    people = people_for(counts)
    assert [p.id for p in people] == [f"A{n:03d}" for n in range(1, len(people) + 1)]
    assert {p.min_hours for p in people} == {30}
    assert counts.paid_hours / 40 <= len(people) <= counts.paid_hours / 30 + 1
    assert len(people_for(counts, spare=0.5)) == pytest.approx(1.5 * len(people), abs=1)
    part_time = people_for(counts, like=replace(people[0], min_hours=10, max_hours=20))
    assert len(part_time) >= counts.paid_hours / 20
    outcome = solve(replace(problem, people=people), stop=Stop(work=6))
    assert all(c >= n for c, n in zip(coverage(outcome.value), problem.needed, strict=True))
    assert outcome.gap < 0.1


def test_people_for_waives_a_least_no_opening_hours_could_fill():
    """A centre open on one day a week cannot give anybody thirty hours; nobody needed, nobody hired."""
    problem = day_problem((0,) * 8 + (2,) * 8, (plain_shift("day", 8, 8, weekdays=frozenset({0})),), days=7)
    people = people_for(head_counts(problem).value)
    assert (len(people), people[0].min_hours) == (2, 0)
    assert people_for(head_counts(day_problem((), (plain_shift("day", 8, 8),))).value) == ()


def test_the_week_of_the_clock_change_is_legal_and_covered():
    """A centre that never closes, through the night with 25 hours."""
    problem = always_open(first=date(2026, 10, 19))
    outcome = solve(problem, stop=Stop(work=0))
    assert breaches(outcome.value) == []
    assert outcome.gap < 0.15


def test_every_step_is_told():
    """A caller hears of the first roster and of each unit of work, the bound never above the best."""
    heard = []
    outcome = solve(bell_problem(count=9), stop=Stop(work=3, told=heard.append))
    assert len(heard) == outcome.work + 1
    assert all(step.bound is not None and step.best >= step.bound - 1e-6 for step in heard)
    assert heard[-1].best == outcome.objective


def test_a_search_taken_up_again_ends_with_the_roster_it_would_have_ended_with():
    """Kept after each unit, through JSON: from each the same roster, work and bound as undisturbed."""
    problem, kept = bell_problem(min_hours=30), []
    how = {"stop": Stop(work=6), "seed": 5, "params": SolveParams(rounds=0)}
    whole = solve(problem, **how, keep=lambda halfway: kept.append(json.dumps(halfway.plain)))
    assert len(kept) == whole.work + 1
    costs = []
    for number, each in enumerate(kept):
        further: list[str] = []
        start = Halfway.from_plain(json.loads(each))
        again = solve(problem, **how, start=start, keep=lambda h, to=further: to.append(json.dumps(h.plain)))
        assert further == kept[number + 1 :], "what is kept already is not kept again"
        assert (again.value, again.work, again.bound) == (whole.value, whole.work, whole.bound)
        costs.append(again.history[0].best)
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > costs[-1] == whole.objective


def test_a_search_kept_of_another_problem_is_refused():
    """Other people, unknown shifts, or rules the kept roster breaks: a sentence, not a wrong roster."""
    problem, kept = bell_problem(min_hours=30), []
    solve(problem, stop=Stop(work=0), keep=kept.append)
    (halfway,) = kept
    with pytest.raises(InvalidInput, match="people for a problem of"):
        solve(replace(problem, people=problem.people[1:]), start=halfway)
    with pytest.raises(InvalidInput, match="does not know"):
        solve(problem, start=replace(halfway, rows=((10**6,), *halfway.rows[1:])))
    first = replace(problem.people[0], max_hours=4, min_hours=0)
    with pytest.raises(InvalidInput, match="breaks a rule"):
        solve(replace(problem, people=(first, *problem.people[1:])), start=halfway)
