"""Coaching for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.coaching.api.agreements import router as agreements
from floorwalker.apps.coaching.api.effects import router as effects
from floorwalker.apps.coaching.api.feedback import router as feedback
from floorwalker.apps.coaching.api.floor import router as floor
from floorwalker.apps.coaching.api.groups import router as groups
from floorwalker.apps.coaching.api.pairs import router as pairs
from floorwalker.apps.coaching.api.responses import router as responses
from floorwalker.apps.coaching.api.talks import router as talks

router = Router()
router.add_router("", feedback)
router.add_router("", effects)
router.add_router("", floor)
router.add_router("", groups)
router.add_router("", responses)
router.add_router("", talks)
router.add_router("", agreements)
router.add_router("", pairs)
