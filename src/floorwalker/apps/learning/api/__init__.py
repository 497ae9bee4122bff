"""Learning for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.learning.api import bank, plays, scenarios
from floorwalker.apps.learning.api.activities import router as activities
from floorwalker.apps.learning.api.duels import router as duels
from floorwalker.apps.learning.api.exercises import router as exercises
from floorwalker.apps.learning.api.own_pitch import router as own_pitch
from floorwalker.apps.learning.api.round_table import router as round_table
from floorwalker.apps.learning.api.router import router as practice

__all__ = ["bank", "plays", "router", "scenarios"]

router = Router()
router.add_router("", practice)
router.add_router("", duels)
router.add_router("", activities)
router.add_router("", round_table)
router.add_router("", own_pitch)
router.add_router("", exercises)
