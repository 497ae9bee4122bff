"""What fits refuse, and what they say about data that do not suit them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.fitting import (
    fit_busyness,
    fit_handling,
    fit_patience,
    fit_redial,
)
from tests.science.simulation.fitting import planted


def test_the_exponential_is_time_waited_per_abandon() -> None:
    """The estimate of Brown et al. for exact waits; the naive mean of those who left is far below."""
    waits, left = planted.waits("exponential", np.random.default_rng(3), 4_000)
    fit = fit_patience(waits, left)
    assert fit.family == "exponential"
    assert fit.mean_seconds.value == pytest.approx(waits.sum() / left.sum(), rel=1e-4)
    assert waits[left].mean() < 0.5 * fit.mean_seconds.value


def test_kaplan_meier_is_as_published() -> None:
    """Remission of 21 patients (Freireich et al. 1963, as in Cox and Oakes 1984): 0.857 at 6, 0.753 at 10."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    lasted = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    waits = np.array([*ended, *lasted], dtype=float)
    left = np.array([True] * 9 + [False] * 12)
    with pytest.raises(InvalidInput, match="only 9 of 21 gave up"):
        fit_patience(waits, left)
    twice = fit_patience(np.tile(waits, 5), np.tile(left, 5))
    share = dict(zip(twice.curve.seconds.tolist(), twice.curve.share.tolist(), strict=True))
    assert share[6] == pytest.approx(0.857, abs=5e-4)
    assert share[10] == pytest.approx(0.753, abs=5e-4)


def test_waves_of_giving_up_fit_no_shape() -> None:
    """Where half give up at an announcement, the distance to the curve says so."""
    random = np.random.default_rng(1)
    willing = np.where(random.random(3_000) < 0.5, 60.0, random.exponential(400.0, 3_000))
    offered = random.exponential(120.0, 3_000)
    fit = fit_patience(np.minimum(willing, offered), willing < offered)
    assert fit.distance > 5 * fit.band


def test_days_that_do_not_differ_have_no_busyness() -> None:
    """Poisson days: the interval reaches 0 and types have nothing to share."""
    random = np.random.default_rng(2)
    alike = np.arange(70) % 7
    fit = fit_busyness({"a": random.poisson(200, 70), "b": random.poisson(50, 70)}, alike)
    assert fit.day_cv["a"].low == 0
    assert fit.day_cv["a"].high < 0.1
    assert 0 <= fit.busyness_correlation <= 1


def test_a_trend_is_not_busyness_when_it_was_expected() -> None:
    """Growth over a year looks like busyness against the mean of all Mondays, not against a forecast."""
    random = np.random.default_rng(4)
    growing = np.linspace(200, 400, 140)
    counts, alike = random.poisson(growing), np.arange(140) % 7
    assert fit_busyness({"a": counts}, alike).day_cv["a"].value > 0.15
    assert fit_busyness({"a": counts}, alike, expected={"a": growing}).day_cv["a"].low < 0.01


def test_closed_days_and_holes_are_left_out() -> None:
    """A NaN and a day unlike any other change nothing."""
    counts, alike = planted.days(np.random.default_rng(5), 84, 0.2, 0.5)
    whole = fit_busyness(counts, alike)
    longer = {name: np.append(values, [np.nan, 9_999.0]) for name, values in counts.items()}
    assert fit_busyness(longer, np.append(alike, [3, 77])).day_cv == whole.day_cv


BAD: list[tuple[str, Any]] = [
    ("negative or missing", lambda: fit_patience([1.0, -1.0], [True, True])),
    ("only 1 of 2 gave up; patience needs at least 10", lambda: fit_patience([1.0, 2.0], [True, False])),
    ("one row of each", lambda: fit_patience([1.0, 2.0], [True])),
    ("every wait is 0", lambda: fit_patience([0.0] * 20, [True] * 20)),
    ("at least 20 contacts", lambda: fit_handling([60.0] * 5)),
    (r"use Deterministic\(60\)", lambda: fit_handling([60.0] * 50)),
    ("negative or missing", lambda: fit_handling([60.0] * 50 + [float("nan")])),
    ("give 17 or more", lambda: fit_busyness({"a": np.arange(14)}, np.arange(14) % 7)),
    ("one value a day each", lambda: fit_busyness({"a": np.arange(14)}, np.arange(13))),
    ("give the types of contacts, a", lambda: fit_busyness({"a": [1.0]}, [1], expected={"b": [1.0]})),
    ("too few; give 30 and 100", lambda: fit_redial([1, 1], [0, 9], [5, 12], [True, False])),
    ("ends before it starts", lambda: fit_redial([1, 1], [0, 9], [5, 8], [True, False])),
    ("one value a contact each", lambda: fit_redial([1, 1], [0, 9], [5], [True, False])),
]  # fmt: skip


@pytest.mark.parametrize(("said", "asked"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_fitted_is_said(said: str, asked: Any) -> None:
    """Too little, too few, or not what was meant."""
    with pytest.raises(InvalidInput, match=said):
        asked()
