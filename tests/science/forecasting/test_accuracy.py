"""Error measures against hand-computed figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import accuracy

Y = np.array([10.0, 20.0, np.nan, 30.0])
F = np.array([12.0, 18.0, 5.0, 33.0])


def test_hand_computed() -> None:
    """Gaps are left out; the bias is positive where too much was expected."""
    assert accuracy.wape(Y, F) == pytest.approx(7 / 60)
    assert accuracy.bias(Y, F) == pytest.approx(3 / 60)
    assert accuracy.mase(Y, F, scale=2.0) == pytest.approx(7 / 3 / 2)
    assert accuracy.coverage(Y, F - 2, F + 2) == pytest.approx(2 / 3)
    assert accuracy.pinball(Y, F, 0.9) == pytest.approx((0.1 * 2 + 0.9 * 2 + 0.1 * 3) / 3)


def test_nothing_known_is_nan() -> None:
    """An error of nothing is not zero."""
    empty = np.array([np.nan])
    assert math.isnan(accuracy.wape(empty, empty))
    assert math.isnan(accuracy.bias(empty, empty))
    assert math.isnan(accuracy.mase(empty, empty, 1.0))
    assert math.isnan(accuracy.coverage(empty, empty, empty))
    assert math.isnan(accuracy.pinball(empty, empty, 0.5))
    assert math.isnan(accuracy.seasonal_scale(np.ones((7, 2))))


def test_seasonal_scale_is_the_weekly_difference() -> None:
    """Counts growing by 1 a day differ by 7 a week."""
    assert accuracy.seasonal_scale(np.arange(20.0)[:, None]) == pytest.approx(7)


def test_shapes_must_agree() -> None:
    """Two different lengths are a mistake, not a broadcast."""
    with pytest.raises(InvalidInput, match="compared"):
        accuracy.wape(Y, F[:2])


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=20), st.floats(0.1, 10))
def test_wape_is_free_of_scale(values: list[float], factor: float) -> None:
    """Counting in dozens changes nothing."""
    y = np.array(values)
    assert accuracy.wape(y * factor, y[::-1] * factor) == pytest.approx(accuracy.wape(y, y[::-1]))
