"""Tables of recognition: `thanks`, the `ledger` of points, `seasons`, `contests` and questions."""

from floorwalker.apps.recognition.models.contests import (
    Contest,
    ContestEntry,
    Finding,
)
from floorwalker.apps.recognition.models.ledger import (
    Account,
    Entry,
)
from floorwalker.apps.recognition.models.seasons import (
    Earned,
    PointRule,
    Season,
    SeasonMember,
    Title,
)
from floorwalker.apps.recognition.models.thanks import (
    Thanks,
    ThanksWish,
    Visibility,
)

__all__ = [
    "Account",
    "Contest",
    "ContestEntry",
    "Earned",
    "Entry",
    "Finding",
    "PointRule",
    "Season",
    "SeasonMember",
    "Thanks",
    "ThanksWish",
    "Title",
    "Visibility",
]
