"""Tables of recognition: `thanks`, the `ledger` of points, `seasons`, `contests` and questions."""

from floorwalker.apps.recognition.models.contests import (
    Contest,
    ContestEntry,
    Finding,
)
from floorwalker.apps.recognition.models.fun import (
    FunDay,
    FunPost,
    FunVote,
)
from floorwalker.apps.recognition.models.incentives import (
    Budget,
    Incentive,
)
from floorwalker.apps.recognition.models.ledger import (
    Account,
    Entry,
)
from floorwalker.apps.recognition.models.photos import (
    FunPhoto,
)
from floorwalker.apps.recognition.models.rewards import (
    PointsPolicy,
    Redemption,
    Reward,
    RewardVote,
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
    "Budget",
    "Contest",
    "ContestEntry",
    "Earned",
    "Entry",
    "Finding",
    "FunDay",
    "FunPhoto",
    "FunPost",
    "FunVote",
    "Incentive",
    "PointRule",
    "PointsPolicy",
    "Redemption",
    "Reward",
    "RewardVote",
    "Season",
    "SeasonMember",
    "Thanks",
    "ThanksWish",
    "Title",
    "Visibility",
]
