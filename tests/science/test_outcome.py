"""What solvers answer with: no value without a solution, stops that stop, gaps that mean something."""

from __future__ import annotations

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Outcome, Progress, Status, Stop


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.OUT_OF_TIME])
def test_no_solution_carries_no_value(status: Status) -> None:
    """A fake row cannot be built."""
    with pytest.raises(InvalidInput, match="must not carry"):
        Outcome(status, "roster")
    assert Outcome[str](status, None).value is None


@pytest.mark.parametrize("status", [Status.OPTIMAL, Status.FEASIBLE])
def test_a_solution_carries_one(status: Status) -> None:
    """A status that promises a value has it."""
    with pytest.raises(InvalidInput, match="must carry"):
        Outcome(status, None)


def test_the_gap_is_relative_to_the_bound() -> None:
    """110 against a bound of 100 is 10 %; unknown while either is."""
    assert Outcome(Status.FEASIBLE, "x", 110.0, 100.0).gap == pytest.approx(0.1)
    assert Progress(110.0, None, 1.0).gap is None


def test_a_clock_ends_by_work_time_or_cancel() -> None:
    """Each of the three ends a search by itself."""
    assert Stop(work=3).clock().over(3)
    assert not Stop(work=3).clock().over(2)
    assert Stop(seconds=0).clock().over()
    assert Stop(cancelled=lambda: True).clock().over()
    assert not Stop().clock().over(10**9)
    assert Stop().clock().left == float("inf")


@pytest.mark.parametrize("arguments", [{"seconds": -1}, {"seconds": float("nan")}, {"work": -1}])
def test_impossible_limits_are_refused(arguments: dict[str, float]) -> None:
    """A negative or undefined limit is a mistake, not a way to stop at once."""
    with pytest.raises(InvalidInput):
        Stop(**arguments)  # type: ignore[arg-type]
