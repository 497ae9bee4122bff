"""Learning for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.learning.api.duels import router as duels

router = Router()
router.add_router("", duels)
