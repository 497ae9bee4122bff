"""What people type in coaching."""

from floorwalker.apps.coaching.forms.feedback import (
    GiveForm,
    HandOnForm,
    OpenForm,
    ReplyForm,
)
from floorwalker.apps.coaching.forms.floor import (
    LimitForm,
)
from floorwalker.apps.coaching.forms.groups import (
    CancelGroupForm,
    CloseGroupForm,
    HoldGroupForm,
    PlanGroupForm,
    SheetForm,
    TimeForm,
    VersionForm,
)
from floorwalker.apps.coaching.forms.talks import (
    AskTalkForm,
    ClaimForm,
    CloseTalkForm,
    FollowUpForm,
    HandTalkOnForm,
    ItemForm,
    NoteForm,
    PlaceTalkForm,
    PlanTalkForm,
    PrepareForm,
    SettleClaimForm,
    TalkActionForm,
    TimeAskedForm,
    WhyForm,
    WhyIfYouLikeForm,
    end_of,
)

__all__ = [
    "AskTalkForm",
    "CancelGroupForm",
    "ClaimForm",
    "CloseGroupForm",
    "CloseTalkForm",
    "FollowUpForm",
    "GiveForm",
    "HandOnForm",
    "HandTalkOnForm",
    "HoldGroupForm",
    "ItemForm",
    "LimitForm",
    "NoteForm",
    "OpenForm",
    "PlaceTalkForm",
    "PlanGroupForm",
    "PlanTalkForm",
    "PrepareForm",
    "ReplyForm",
    "SettleClaimForm",
    "SheetForm",
    "TalkActionForm",
    "TimeAskedForm",
    "TimeForm",
    "VersionForm",
    "WhyForm",
    "WhyIfYouLikeForm",
    "end_of",
]
