"""Rosters: always legal, honest about their distance from the bound."""

import pytest

from floorwalker.science.rostering import STANDARD_RULES, coverage, head_counts, people_for, solve

from .centres import bell_problem


def breaches(roster, rules=STANDARD_RULES):
    return [b for rule in rules for b in rule.breaches(roster)]


def test_a_week_is_covered_legally_and_its_objective_is_what_it_says():
    """The first roster breaks no rule; objective and bound speak of the same thing."""
    problem = bell_problem(min_hours=30)
    outcome = solve(problem)
    assert breaches(outcome.value) == []
    short = sum(max(0, n - c) / 2 for n, c in zip(problem.needed, coverage(outcome.value), strict=True))
    assert outcome.objective == pytest.approx(outcome.value.paid_hours + 20 * short)
    assert outcome.bound <= outcome.objective
    assert outcome.bound >= 14 * 30


def test_people_for_hires_as_many_alike_as_the_need_takes():
    """Enough of them cover everything; each has the contract asked for; spare adds a share."""
    counts = head_counts(bell_problem()).value
    people = people_for(counts)
    assert [p.id for p in people] == [f"A{n:03d}" for n in range(1, len(people) + 1)]
    assert counts.paid_hours / 40 <= len(people) <= counts.paid_hours / 30 + 1
    assert len(people_for(counts, spare=0.5)) == pytest.approx(1.5 * len(people), abs=1)
