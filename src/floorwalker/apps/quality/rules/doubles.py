"""Second scores: how many are asked for, so that they teach and do not burden."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

OF_LATE = timedelta(days=28)  # what was scored longer ago is no longer fresh in anybody's mind
TOGETHER = timedelta(days=365)  # how long two scores of one contact tell of two evaluators
SHARE = 0.1  # of the contacts scored of late
OPEN_AT_MOST = 2  # second scores waiting for one evaluator
EVALUATOR_SD, REST_SD = 5.0, 8.0  # in points, while no scores were taken apart yet


def wanted(scored: int, evaluators: int, waiting: int) -> int:
    """A tenth of what was scored of late, at most two open ones each."""
    return max(0, min(ceil(SHARE * scored), OPEN_AT_MOST * evaluators) - waiting)
