"""Quality for programs."""

from floorwalker.apps.quality.api import conversations, forms, reviews, sums
from floorwalker.apps.quality.api.router import router

__all__ = ["conversations", "forms", "reviews", "router", "sums"]
