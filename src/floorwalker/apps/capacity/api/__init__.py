"""Required staff for programs, and published weeks put to a question."""

from ninja import Router

from floorwalker.apps.capacity.api.required import router as required
from floorwalker.apps.capacity.api.studies import router as studies

__all__ = ["router"]

router = Router()
router.add_router("", required)
router.add_router("", studies)
