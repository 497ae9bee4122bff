"""The hub for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.hub.api.announcements import router as announcements
from floorwalker.apps.hub.api.posts import router as posts
from floorwalker.apps.hub.api.pulses import router as pulses
from floorwalker.apps.hub.api.sayings import router as sayings

router = Router()
router.add_router("", sayings)
router.add_router("", posts)
router.add_router("", announcements)
router.add_router("", pulses)
