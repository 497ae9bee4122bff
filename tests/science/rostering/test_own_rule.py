"""A rule the room does not know is kept by the first roster and by the search."""

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Status, Stop
from floorwalker.science.rostering import STANDARD_RULES, Person, solve
from floorwalker.science.rostering.rules import DaysOff

from .centres import bell_problem
from .few_evenings import FewEvenings


def test_an_own_rule_is_kept_and_without_it_it_would_not_be():
    """Four people need late shifts: more than one evening each, unless the rule forbids it."""
    problem = bell_problem(count=4)
    rule = FewEvenings(most=1)
    free = solve(problem, stop=Stop(work=0)).value
    assert list(rule.breaches(free))
    kept = solve(replace(problem, rules=(*STANDARD_RULES, rule)), stop=Stop(work=1)).value
    assert [b for r in (*STANDARD_RULES, rule) for b in r.breaches(kept)] == []
    assert kept.duties


def test_an_own_rule_that_leaves_nothing_legal_is_named():
    """No evenings for someone who may only work evenings, and must."""
    problem = bell_problem(count=1)
    evening = frozenset(s.name for s in problem.shifts if FewEvenings().is_evening(s))
    person = Person("A", min_hours=8, shifts=evening)
    outcome = solve(replace(problem, people=(person,), rules=(*STANDARD_RULES, FewEvenings(most=0))))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.clashes == (
        "A has no legal week under 'weekly hours' and 'availability' and 'few evenings' together",
    )
    assert outcome.repair == "for A: leave out 'few evenings'"


@dataclass(frozen=True)
class Lonely:
    name: ClassVar[str] = "lonely"

    def breaches(self, roster):
        return ()

    def sentence(self):
        return "Nothing."


def test_a_rule_without_a_solver_side_is_refused_with_what_to_write():
    """Better than a roster that quietly breaks it."""
    with pytest.raises(InvalidInput, match=r"'lonely' has no solver side; write .*test_own_rule_cp"):
        solve(replace(bell_problem(count=1), rules=(DaysOff(), Lonely())))
