"""Values printed in books and tables."""

from __future__ import annotations

import pytest

from floorwalker.science.queueing import Goals, ServiceTarget, erlang_a, erlang_b, erlang_c, smallest_staff

EIGHTY_TWENTY = ServiceTarget(0.8, 20)


@pytest.mark.parametrize(
    ("lines", "blocked", "load"),
    [
        (1, 0.01, 0.0101),
        (2, 0.01, 0.153),
        (5, 0.01, 1.361),
        (10, 0.01, 4.461),
        (20, 0.01, 12.03),
        (50, 0.01, 37.90),
        (100, 0.01, 84.06),
        (10, 0.05, 6.216),
        (100, 0.05, 95.24),
    ],
)
def test_erlang_b_tables(lines: int, blocked: float, load: float) -> None:
    """The load each number of lines carries at 1 % and 5 % blocking, as in every printed Erlang B table."""
    assert erlang_b(lines, load) == pytest.approx(blocked, rel=6e-3)


def test_erlang_c_classroom_example() -> None:
    """100 calls in half an hour of 3 minutes, 80/20: 14 agents, 88.8 % in time, 17.4 % wait, ASA 7.8 s."""
    answer = erlang_c(14, 100, 1800, 180, EIGHTY_TWENTY)
    assert answer.wait_probability == pytest.approx(0.1741, abs=5e-5)
    assert answer.service_level == pytest.approx(0.8884, abs=5e-5)
    assert answer.asa_seconds == pytest.approx(7.8, abs=0.05)
    assert smallest_staff(100, 1800, 180, Goals(EIGHTY_TWENTY)) == 14


def test_one_impatient_agent_by_hand() -> None:
    """One agent, load 1, patience = handling time: the number present is Poisson(1), so every share is known."""
    answer = erlang_a(1, 10, 600, 60, 60, EIGHTY_TWENTY)
    empty = 0.36787944117144233  # exp(-1)
    assert answer.wait_probability == pytest.approx(1 - empty, rel=1e-12)
    assert answer.occupancy == pytest.approx(1 - empty, rel=1e-12)
    assert answer.abandon_rate == pytest.approx(empty, rel=1e-12)
