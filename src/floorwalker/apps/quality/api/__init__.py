"""Quality for programs."""

from floorwalker.apps.quality.api import (
    calibration,
    conversations,
    forms,
    notices,
    phrases,
    plans,
    raters,
    reviews,
    sums,
    weights,
)
from floorwalker.apps.quality.api.router import router

__all__ = [
    "calibration",
    "conversations",
    "forms",
    "notices",
    "phrases",
    "plans",
    "raters",
    "reviews",
    "router",
    "sums",
    "weights",
]
