"""Recognition for programs, each room of it with a router of its own."""

from ninja import Router

from floorwalker.apps.recognition.api.boards import router as boards
from floorwalker.apps.recognition.api.contests import router as contests
from floorwalker.apps.recognition.api.giving import router as giving
from floorwalker.apps.recognition.api.photos import router as photos
from floorwalker.apps.recognition.api.points import router as points
from floorwalker.apps.recognition.api.rewards import router as rewards
from floorwalker.apps.recognition.api.thanks import router as thanks

router = Router()
router.add_router("", thanks)
router.add_router("", points)
router.add_router("", boards)
router.add_router("", contests)
router.add_router("", giving)
router.add_router("", rewards)
router.add_router("", photos)
