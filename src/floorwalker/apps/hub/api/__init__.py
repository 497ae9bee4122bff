"""The hub for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.hub.api.sayings import router as sayings

router = Router()
router.add_router("", sayings)
