"""Sizes and words of scores taken apart. Plain values only."""

from __future__ import annotations

LOOK_BACK_DAYS = 365
LEAST_EVALUATIONS = 40  # of all
LEAST_BY_EVALUATOR = 20
LEAST_BY_AGENT = 4
CONFIDENCE = 0.9

FEW, STRANGERS = "few", "strangers"
LENIENT, STRICT, LIKE_THE_MEAN = "lenient", "strict", "mean"


def verdict(low: float, high: float) -> str:
    """What an interval around leniency allows to be said."""
    if low > 0:
        return LENIENT
    return STRICT if high < 0 else LIKE_THE_MEAN
