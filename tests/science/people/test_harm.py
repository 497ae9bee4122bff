"""Contests: honest ones raise no question beyond the stated rate, planted cheats and planted harm are found."""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import PersonDays, check_harm

BETTER = {"quality_score": True, "first_contact_resolution": True, "transfers": False, "short_calls": False}
SHARES = {"short_calls": (0.01, 0.05), "transfers": (0.05, 0.15), "first_contact_resolution": (0.7, 0.85)}


def a_contest(
    seed: int, *, taking: int = 20, beside: int = 25, cheats: int = 0, worse: float = 0.0
) -> dict[str, list[PersonDays]]:
    """Four weeks before and two since; people drift by themselves. Cheats hang up on every third call."""
    rng = np.random.default_rng(seed)

    def shares(days: int, share: float) -> list[tuple[float, float]]:
        calls = rng.integers(25, 60, days)
        daily = np.clip(share * rng.lognormal(0, 0.15, days), 0.001, 0.99)
        return [(float(n / c), float(c)) for n, c in zip(rng.binomial(calls, daily), calls, strict=True)]

    days: dict[str, list[PersonDays]] = {measure: [] for measure in BETTER}
    for number in range(taking + beside):
        name, part = f"a{number}", number < taking
        for measure, span in SHARES.items():
            share = rng.uniform(*span)
            since = share * rng.lognormal(0, 0.1)
            if part and measure == "transfers":
                since *= 1 + worse
            if number < cheats and measure == "short_calls":
                since = 1 / 3
            days[measure].append(PersonDays(name, part, shares(20, share), shares(10, min(since, 0.99))))
        level = rng.normal(78, 5)
        scores = [(float(each), 1.0) for each in rng.normal(level, 7, 10)]
        later = [(float(each), 1.0) for each in rng.normal(level + rng.normal(0, 1), 7, 5)]
        days["quality_score"].append(PersonDays(name, part, scores, later))
    return days


@pytest.mark.parametrize("beside", [25, 0])
def test_an_honest_contest_raises_no_question(beside: int) -> None:
    """Two dozen contests with and without comparable people: at most four raise any question; 5 % are stated."""
    assert sum(check_harm(a_contest(seed, beside=beside), BETTER).asks for seed in range(24)) <= 4


def test_who_hangs_up_is_found() -> None:
    """Every third call cut short: both are named in each of ten contests, and nobody else beyond one in all."""
    strangers = 0
    for seed in range(10):
        found = check_harm(a_contest(seed, cheats=2), BETTER)
        named = {each.person for line in found.measures if line.measure == "short_calls" for each in line.people}
        assert {"a0", "a1"} <= named
        strangers += len(named - {"a0", "a1"})
    assert strangers <= 1


def test_a_contest_that_costs_transfers_is_found() -> None:
    """A third more transfers among those who took part: told in each of ten, and as transfers."""
    for seed in range(10):
        found = {each.measure: each for each in check_harm(a_contest(seed, worse=0.35), BETTER).measures}
        line = found["transfers"]
        assert line.harmed and line.high is not None and line.high < 0
        assert line.detectable is not None and line.detectable < 0.05


def test_too_few_is_said_not_guessed() -> None:
    """Three who take part beside eight: no change is claimed, with the numbers that are missing."""
    found = check_harm(a_contest(1, taking=3, beside=8), BETTER)
    assert all(each.change is None and "3 took part and 8 did not" in each.silent for each in found.measures)


def test_nonsense_is_refused() -> None:
    """A measure nobody knows the better side of, a chance of 0, a day that rests on nothing."""
    with pytest.raises(InvalidInput):
        check_harm({"x": []}, {})
    with pytest.raises(InvalidInput):
        check_harm({}, {}, false_alarm=0)
    with pytest.raises(InvalidInput):
        check_harm({"x": [PersonDays("a", True, [(1.0, 0.0)], [])]}, {"x": True})
