"""Redials: the load they add, who gets through, and where they never end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput, Unstable
from floorwalker.science.queueing import (
    ServiceTarget,
    erlang_a,
    erlang_a_with_redials,
    erlang_b,
    erlang_b_with_redials,
)

TARGET = ServiceTarget(0.8, 20)


@settings(deadline=None)
@given(st.integers(0, 60), st.floats(0.0, 800.0), st.floats(5.0, 600.0), st.floats(0.0, 0.95))
def test_the_fixed_point(n: int, contacts: float, patience: float, share: float) -> None:
    """Attempts = first attempts + redials of the abandoned, and the metrics are those of that many attempts."""
    found = erlang_a_with_redials(n, contacts, 1800, 180, patience, TARGET, share)
    assert found.attempts is not None
    redials = share * found.attempts.abandon_rate * found.effective_load
    assert found.effective_load == pytest.approx(found.fresh_load + redials, rel=1e-10)
    again = erlang_a(n, found.effective_load * 10, 1800, 180, patience, TARGET)
    assert found.attempts.abandon_rate == pytest.approx(again.abandon_rate, rel=1e-9)
    assert found.answered_finally + found.lost == pytest.approx(1)
    assert found.answered_first <= found.answered_finally + 1e-12
    assert found.answered_finally * found.fresh_load == pytest.approx(
        (1 - found.attempts.abandon_rate) * found.effective_load, abs=1e-9
    )


def test_nobody_redials() -> None:
    """Without redials the attempts are the contacts and the formulas the plain ones."""
    found = erlang_a_with_redials(10, 100, 1800, 180, 60, TARGET, 0.0)
    assert found.attempts == erlang_a(10, 100, 1800, 180, 60, TARGET)
    assert found.attempts_per_caller == 1
    assert erlang_b_with_redials(10, 8, 0.0).lost == pytest.approx(erlang_b(10, 8))


def test_more_redials_more_attempts() -> None:
    """The share of redialling callers raises the load and worsens every attempt, but more get through at last."""
    low, high = (erlang_a_with_redials(10, 110, 1800, 180, 60, TARGET, share) for share in (0.3, 0.8))
    assert high.attempts_per_caller > low.attempts_per_caller > 1
    assert high.answered_first < low.answered_first
    assert high.answered_finally > low.answered_finally


def test_one_line_by_hand() -> None:
    """One line, everybody redials: load a needs x with x ÷ (1 + x) = a, so x = a ÷ (1 - a)."""
    found = erlang_b_with_redials(1, 0.6, 1.0)
    assert found.effective_load == pytest.approx(1.5, rel=1e-12)
    assert found.answered_first == pytest.approx(0.4, rel=1e-12)
    assert (found.answered_finally, found.lost, found.attempts) == (pytest.approx(1), 0, None)
    assert found.attempts_per_caller == pytest.approx(2.5)


def test_redials_without_end() -> None:
    """Everybody redials until answered and more call than can be answered: no number of attempts is enough."""
    with pytest.raises(Unstable, match="10 Erlangs arrive for 10 agents"):
        erlang_a_with_redials(10, 100, 1800, 180, 60, TARGET, 1.0)
    with pytest.raises(Unstable, match="5 Erlangs arrive for 4 lines"):
        erlang_b_with_redials(4, 5, 1.0)
    assert erlang_a_with_redials(10, 99.9, 1800, 180, 60, TARGET, 1.0).attempts_per_caller > 2
    assert erlang_a_with_redials(0, 100, 1800, 180, 60, TARGET, 0.5).attempts_per_caller == pytest.approx(2)


def test_nobody_calls() -> None:
    """No callers, no attempts."""
    found = erlang_a_with_redials(5, 0, 1800, 180, 60, TARGET, 1.0)
    assert (found.effective_load, found.attempts_per_caller, found.lost) == (0, 1, 0)
    assert erlang_b_with_redials(0, 0, 1.0).effective_load == 0


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_a_share(share: float) -> None:
    """Redial shares are 0 to 1."""
    with pytest.raises(InvalidInput, match="redial_share"):
        erlang_a_with_redials(10, 100, 1800, 180, 60, TARGET, share)
    with pytest.raises(InvalidInput, match="redial_share"):
        erlang_b_with_redials(10, 8, share)
