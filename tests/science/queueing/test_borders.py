"""Nobody calls, nobody works, too many call, and arguments that cannot be right."""

from __future__ import annotations

import subprocess
import sys
from math import exp, inf, nan

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import (
    Definition,
    Goals,
    ServiceTarget,
    erlang_a,
    erlang_b,
    erlang_c,
    smallest_staff,
)

TARGET = ServiceTarget(0.8, 20)


@pytest.mark.parametrize("n", [0, 1, 2.5, 10_000])
def test_nobody_calls(n: float) -> None:
    """Without contacts every promise is kept and nobody is busy."""
    for found in (erlang_c(n, 0, 1800, 180, TARGET), erlang_a(n, 0, 1800, 180, 60, TARGET)):
        assert (found.service_level, found.wait_probability, found.asa_seconds) == (1, 0, 0)
        assert (found.mean_wait_seconds, found.queue_length, found.occupancy, found.stable) == (0, 0, 0, True)


@pytest.mark.parametrize("definition", Definition)
def test_nobody_works(definition: Definition) -> None:
    """Without agents everybody abandons after their patience, and only quick abandons can count as met."""
    found = erlang_a(0, 100, 1800, 180, 60, ServiceTarget(0.8, 20, definition))
    gone = 1 - exp(-20 / 60)
    assert (found.abandon_rate, found.wait_probability, found.mean_wait_seconds) == (1, 1, 60)
    assert found.queue_length == pytest.approx(100 / 1800 * 60)
    assert found.abandoned_within == pytest.approx(gone)
    expected = gone if definition is Definition.QUICK_ABANDONS_MET else 0
    assert found.service_level == pytest.approx(expected)
    assert found.asa_seconds == inf


@pytest.mark.parametrize("n", [0, 9, 10, 10.5])
def test_too_many_call_without_abandonment(n: float) -> None:
    """At load 10, ten agents or fewer (or ten for half of the time) never catch up; no error is raised."""
    found = erlang_c(n, 100, 1800, 180, TARGET)
    assert not found.stable
    assert (found.service_level, found.wait_probability, found.occupancy) == (0, 1, 1)
    assert found.asa_seconds == found.mean_wait_seconds == found.queue_length == inf
    assert erlang_c(11, 100, 1800, 180, TARGET).stable


def test_overload_with_abandonment_answers_what_the_agents_can() -> None:
    """Twice the load: all are busy, half abandon."""
    found = erlang_a(1000, 20_000, 1800, 180, 300, TARGET)
    assert found.stable
    assert found.occupancy == pytest.approx(1, abs=1e-9)
    assert found.abandon_rate == pytest.approx(0.5, abs=1e-9)


def test_between_whole_agents_both_neighbours_share_the_time() -> None:
    """10.25 agents are 10 for three quarters of the time: shares and waits of all interpolate linearly."""
    low, between, high = (erlang_a(n, 100, 1800, 180, 60, TARGET) for n in (10, 10.25, 11))
    for measure in (
        "wait_probability",
        "abandon_rate",
        "mean_wait_seconds",
        "answered_within",
        "abandoned_within",
    ):
        mixed = 0.75 * getattr(low, measure) + 0.25 * getattr(high, measure)
        assert getattr(between, measure) == pytest.approx(mixed, rel=1e-12)
    assert between.occupancy == pytest.approx(10 * (1 - between.abandon_rate) / 10.25, rel=1e-12)
    assert between.service_level == pytest.approx(between.answered_within / (1 - between.abandoned_within))
    assert low.asa_seconds > between.asa_seconds > high.asa_seconds
    assert between.agents == 10.25
    half = erlang_a(0.5, 2, 1800, 180, 60, TARGET)
    assert half.asa_seconds == pytest.approx(erlang_a(1, 2, 1800, 180, 60, TARGET).asa_seconds)
    assert half.abandon_rate > 0.5


@pytest.mark.parametrize("n", [0, 0.5, 1, 30, 10_000])
@pytest.mark.parametrize("load", [1e-300, 1e-12, 1e6])
def test_no_load_is_too_small_or_too_large(n: float, load: float) -> None:
    """Every measure stays a number between its bounds."""
    for found in (erlang_a(n, load, 180, 180, 60, TARGET), erlang_c(n, load, 180, 180, TARGET)):
        for share in (found.service_level, found.wait_probability, found.abandon_rate, found.answered_within):
            assert 0 <= share <= 1 + 1e-12
        assert found.mean_wait_seconds >= 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((-1, 100, 1800, 180, 60), "agents is -1"),
        ((nan, 100, 1800, 180, 60), "agents is nan"),
        ((inf, 100, 1800, 180, 60), "agents is inf"),
        ((10, -5, 1800, 180, 60), "contacts is -5"),
        ((10, nan, 1800, 180, 60), "contacts is nan"),
        ((10, 100, 0, 180, 60), "interval_seconds is 0"),
        ((10, 100, 1800, 0, 60), "aht_seconds is 0"),
        ((10, 100, 1800, inf, 60), "aht_seconds is inf"),
        ((10, 100, 1800, 180, 0), "patience_seconds is 0"),
        ((10, 100, 1800, 180, nan), "patience_seconds is nan"),
        ((10, 1e308, 1e-5, 180, 60), "too many"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: tuple[float, ...], sentence: str) -> None:
    """The message names the argument and its value."""
    with pytest.raises(InvalidInput, match=sentence):
        erlang_a(*arguments, TARGET)
    if "patience" not in sentence:
        with pytest.raises(InvalidInput, match=sentence):
            erlang_c(*arguments[:4], TARGET)


@pytest.mark.parametrize(("n", "load"), [(-1, 1), (2.5, 1), (inf, 1), (nan, 1), (1, -1), (1, nan), (1, inf)])
def test_erlang_b_refuses(n: float, load: float) -> None:
    """Erlang B wants whole agents and a load that is a number."""
    with pytest.raises(InvalidInput):
        erlang_b(n, load)


def test_importing_the_room_and_asking_one_number_stays_plain() -> None:
    """Web pages use the formulas: no NumPy, no Numba, until arrays are asked for."""
    program = (
        "import sys; from floorwalker.science.queueing import *;"
        "smallest_staff(100, 1800, 180, Goals(ServiceTarget(0.8, 20)), 60);"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'numba', 'pandas', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    assert smallest_staff(100, 1800, 180, Goals(TARGET), 60) > 0


def test_work_for_more_agents_than_there_can_be() -> None:
    """A load beyond counting is refused, not searched for; the largest allowed one is solved."""
    goals = Goals(TARGET)
    with pytest.raises(InvalidInput, match="too many"):
        smallest_staff(1e300, 1800, 180, goals)
    assert smallest_staff(1e9, 1800, 180, goals) > 1e8
    with pytest.raises(InvalidInput, match="agents is"):
        erlang_c(2e9, 100, 1800, 180, TARGET)


@pytest.mark.parametrize("text", ["80%/20s", " 80 / 20 ", "80.0/20."])
def test_a_target_is_read_with_units(text: str) -> None:
    """Percent and seconds may be named."""
    assert ServiceTarget.parse(text) == TARGET


@pytest.mark.parametrize("text", ["0.8/20", ".8/20", "0/20", "100/20", "80/20/3", "", "/", "nan/20", "80/-1"])
def test_a_target_that_cannot_be_meant(text: str) -> None:
    """A share instead of a percentage is refused with the value, like everything that is no target."""
    with pytest.raises(InvalidInput, match="service"):
        ServiceTarget.parse(text)
