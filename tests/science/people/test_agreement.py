"""Agreement of raters against the published examples of its inventors."""

import math
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import (
    cohen_kappa,
    fleiss_kappa,
    intraclass_correlation,
    krippendorff_alpha,
)

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Raters = Literal["any", "random", "fixed"]

# Cohen 1960, three diagnoses by two raters; Cohen 1968 weighs its confusions.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
COHEN_WEIGHTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
# Fleiss 1971: thirty patients, six psychiatrists, five diagnoses.
FLEISS = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
_ = math.nan
# Krippendorff 2011: four observers, twelve units, gaps.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Shrout and Fleiss 1979: six targets, four judges.
SHROUT = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_cohen() -> None:
    """κ = .492, and weighted .348 by the costs of his second paper."""
    assert cohen_kappa(COHEN) == pytest.approx(0.29 / 0.59)
    assert cohen_kappa(COHEN, weights=COHEN_WEIGHTS) == pytest.approx(0.348, abs=5e-4)


def test_cohen_equals_a_kept_library() -> None:
    """scikit-learn gives the same for every weighting."""
    from sklearn.metrics import cohen_kappa_score

    first, second = zip(*[(i, j) for i in range(3) for j in range(3) for _ in range(COHEN[i][j])], strict=True)
    for ours, theirs in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
        assert cohen_kappa(COHEN, weights=ours) == pytest.approx(cohen_kappa_score(first, second, weights=theirs))


def test_fleiss() -> None:
    """κ = .430 for the psychiatrists."""
    counts = [[int(each) for each in row] for row in FLEISS.split()]
    assert fleiss_kappa(counts) == pytest.approx(0.430, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff(level: Level, alpha: float) -> None:
    """Each level of measurement as he computed it by hand."""
    assert krippendorff_alpha(KRIPPENDORFF, level=level) == pytest.approx(alpha, abs=6e-4)


@pytest.mark.parametrize(
    ("raters", "single", "low", "high", "mean"),
    [("any", 0.17, -0.13, 0.72, 0.44), ("random", 0.29, 0.02, 0.76, 0.62), ("fixed", 0.71, 0.34, 0.95, 0.91)],
)
def test_shrout_and_fleiss(raters: Raters, single: float, low: float, high: float, mean: float) -> None:
    """All six coefficients, and the intervals of the single ones."""
    found = intraclass_correlation(SHROUT, raters=raters)
    assert (found.value, found.low, found.high) == pytest.approx((single, low, high), abs=6e-3)
    assert intraclass_correlation(SHROUT, raters=raters, averaged=True).value == pytest.approx(mean, abs=6e-3)


@given(st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=2, max_size=8))
def test_perfect_is_one_and_chance_bounds_it(units: list[list[int]]) -> None:
    """Nothing exceeds one; raters who copy each other reach it, or nothing can be said."""
    table = np.array(units, dtype=float).T
    for level in ("nominal", "ordinal", "interval", "ratio"):
        alpha = krippendorff_alpha(table, level=level)
        assert math.isnan(alpha) or alpha <= 1
        copied = krippendorff_alpha(np.tile(table[0], (3, 1)), level=level)
        assert copied == pytest.approx(1) if len(set(table[0])) > 1 else math.isnan(copied)


def test_lenient_raters_disagree_unless_set_aside() -> None:
    """One who gives a point more to everybody: consistent, yet not in agreement."""
    scores = np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    assert intraclass_correlation(scores, raters="fixed").value == pytest.approx(1)
    assert intraclass_correlation(scores, raters="random").value < 0.95


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: cohen_kappa([[1, 2, 3], [4, 5, 6]]),
        lambda: cohen_kappa([[0, 0], [0, 0]]),
        lambda: cohen_kappa([[1, 2], [3, 4]], weights="cubic"),
        lambda: cohen_kappa([[1, 2], [3, 4]], weights=[[1, 0], [0, 1]]),
        lambda: fleiss_kappa([[3, 0], [1, 1]]),
        lambda: krippendorff_alpha([[1, _], [_, 2]]),
        lambda: krippendorff_alpha([[1, -2], [1, 2]], level="ratio"),
        lambda: intraclass_correlation([[1, 2]]),
        lambda: intraclass_correlation([[1, 1], [1, 1]]),
        lambda: intraclass_correlation(SHROUT, confidence=1.0),
    ],
)
def test_bad_input_is_named(wrong: object) -> None:
    """A table that cannot be right is refused, not averaged away."""
    with pytest.raises(InvalidInput):
        wrong()  # type: ignore[operator]
