"""Values printed in books and tables."""

from __future__ import annotations

import pytest

from floorwalker.science.queueing import (
    Definition,
    Goals,
    ServiceTarget,
    erlang_a,
    erlang_b,
    erlang_c,
    smallest_staff,
)

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


def test_impatient_against_endlessly_patient_callers() -> None:
    """48 calls a minute, one minute each, 50 agents, patience two minutes or endless.

    3.1 % abandon and the mean wait is 3.7 s (9 in 10 within 12.5 s, 3 in queue, 93 % busy); without abandonment
    it is 20.8 s (58.1 s, 17, 96 %). The opening example of Mandelbaum and Zeltyn (2005), *The Palm/Erlang-A
    queue, with applications to call centers*.
    """
    impatient = erlang_a(50, 48, 60, 60, 120, ServiceTarget(0.9, 12.5, Definition.QUICK_ABANDONS_MET))
    assert round(100 * impatient.abandon_rate, 1) == 3.1
    assert round(impatient.mean_wait_seconds, 1) == 3.7
    assert impatient.service_level == pytest.approx(0.9, abs=2e-3)
    assert round(impatient.queue_length) == 3
    assert round(100 * impatient.occupancy) == 93
    patient = erlang_c(50, 48, 60, 60, ServiceTarget(0.9, 58.1))
    assert round(patient.asa_seconds, 1) == 20.8
    assert patient.service_level == pytest.approx(0.9, abs=2e-3)
    assert round(patient.queue_length) == 17
    assert round(100 * patient.occupancy) == 96


def test_pyworkforce_agrees() -> None:
    """Where it is installed, the same Erlang C staff for two hundred intervals."""
    queuing = pytest.importorskip("pyworkforce.queuing", reason="pyworkforce belongs to the benchmark group")
    for step in range(1, 200):
        contacts, aht = 3.7 * step, 100 + step
        theirs = queuing.ErlangC(transactions=contacts, aht=aht / 60, asa=20 / 60, interval=30)
        staff = theirs.required_positions(service_level=0.8, max_occupancy=0.9)["raw_positions"]
        assert smallest_staff(contacts, 1800, aht, Goals(EIGHTY_TWENTY, max_occupancy=0.9)) == staff
