"""Which people work for which queue."""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering import Person, allot, reduced_by_days_off

WEEK = [date(2026, 11, day) for day in range(2, 9)]
NEED = {"sales": [5] * 48, "service": [15] * 48}


def person(name: str, *queues: str, **settings: object) -> Person:
    return Person(name, queues=frozenset(queues), **settings)  # type: ignore[arg-type]


def test_everybody_works_for_one_queue_of_theirs() -> None:
    """Nobody is lost or doubled; who names one queue gets it; who names none may get any."""
    people = (person("a", "sales"), person("b", "service"), *(person(f"c{n}") for n in range(6)))
    found = allot(people, NEED)
    assert sorted(p.id for group in found.values() for p in group) == sorted(p.id for p in people)
    assert "a" in {p.id for p in found["sales"]}
    assert "b" in {p.id for p in found["service"]}


def test_those_of_several_queues_follow_the_work() -> None:
    """Twenty who can do both are shared out as the work is: a quarter and three quarters."""
    found = allot(tuple(person(f"p{n:02d}", "sales", "service") for n in range(20)), NEED)
    assert (len(found["sales"]), len(found["service"])) == (5, 15)


def test_people_of_queues_elsewhere_are_left_out() -> None:
    """They count neither as hands nor as hours."""
    found = allot((person("a", "sales"), person("b", "service"), person("x", "billing")), NEED)
    assert sum(len(group) for group in found.values()) == 2


def test_a_queue_without_people_is_refused() -> None:
    """Its name is said."""
    with pytest.raises(InvalidInput, match="'service'"):
        allot((person("a", "sales"),), NEED)


def test_a_queue_may_stay_empty_when_that_is_allowed() -> None:
    """A roster of the others is worth having."""
    assert allot((person("a", "sales"),), NEED, each_queue=False)["service"] == ()


@pytest.mark.parametrize(("away", "hours"), [(0, 30.0), (2, 30.0), (3, 24.0), (6, 6.0), (7, 0.0)])
def test_days_off_count_towards_least_hours(away: int, hours: float) -> None:
    """A five-day contract of 30 hours owes six hours for each working day that is left, at most five."""
    given = person("a", min_hours=30.0, days_off=frozenset(WEEK[:away]))
    assert reduced_by_days_off((given,), WEEK)[0].min_hours == pytest.approx(hours)


def test_a_closed_day_counts_too() -> None:
    """A centre of five days that is closed on one of them holds nobody to more than four fifths."""
    assert reduced_by_days_off((person("a", min_hours=30.0),), WEEK[1:5])[0].min_hours == pytest.approx(24.0)
    assert reduced_by_days_off((person("a", min_hours=30.0),), WEEK[:5])[0].min_hours == 30.0
