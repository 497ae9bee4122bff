"""Tables of coaching: `feedback` and who reads it, `touches` that tell who was spoken to, `effects` of that."""

from floorwalker.apps.coaching.models.agreements import (
    Agreement,
    AgreementItem,
    AgreementReview,
    Verdict,
)
from floorwalker.apps.coaching.models.effects import (
    Effect,
)
from floorwalker.apps.coaching.models.feedback import (
    Behaviour,
    Feedback,
    FeedbackReply,
    HandOn,
    Opening,
)
from floorwalker.apps.coaching.models.groups import (
    GroupMember,
    GroupSession,
    ReturnSheet,
)
from floorwalker.apps.coaching.models.one_to_ones import (
    Action,
    AgendaItem,
    Note,
    OneToOne,
    TalkHandOn,
)
from floorwalker.apps.coaching.models.peers import (
    PeerMeeting,
    PeerNote,
    PeerPair,
)
from floorwalker.apps.coaching.models.touches import (
    FloorSetting,
    Touch,
)

__all__ = [
    "Action",
    "AgendaItem",
    "Agreement",
    "AgreementItem",
    "AgreementReview",
    "Behaviour",
    "Effect",
    "Feedback",
    "FeedbackReply",
    "FloorSetting",
    "GroupMember",
    "GroupSession",
    "HandOn",
    "Note",
    "OneToOne",
    "Opening",
    "PeerMeeting",
    "PeerNote",
    "PeerPair",
    "ReturnSheet",
    "TalkHandOn",
    "Touch",
    "Verdict",
]
