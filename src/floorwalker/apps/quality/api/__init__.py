"""Quality for programs."""

from floorwalker.apps.quality.api import calibration, conversations, forms, reviews, sums
from floorwalker.apps.quality.api.router import router

__all__ = ["calibration", "conversations", "forms", "reviews", "router", "sums"]
