"""Coaching for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.coaching.api.effects import router as effects
from floorwalker.apps.coaching.api.feedback import router as feedback

router = Router()
router.add_router("", feedback)
router.add_router("", effects)
