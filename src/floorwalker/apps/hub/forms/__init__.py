"""What people type in the hub."""

from floorwalker.apps.hub.forms.announcements import (
    AnnounceForm,
    WithdrawForm,
)
from floorwalker.apps.hub.forms.posts import (
    KIND,
    FindForm,
    HideForm,
    MentionForm,
    PostEditForm,
    PostForm,
    PostReplyForm,
)
from floorwalker.apps.hub.forms.pulses import (
    ANSWER_DAYS,
    OPEN_DAYS,
    QUESTIONS,
    SAID,
    AskPulseForm,
    FollowForm,
    OutcomeForm,
    SheetForm,
)
from floorwalker.apps.hub.forms.sayings import (
    DAY,
    FOR_ALL,
    FOR_ME,
    HandOnForm,
    JoinForm,
    PolicyForm,
    SayForm,
    Words,
    WordsAndDay,
    topics,
)

__all__ = [
    "ANSWER_DAYS",
    "DAY",
    "FOR_ALL",
    "FOR_ME",
    "KIND",
    "OPEN_DAYS",
    "QUESTIONS",
    "SAID",
    "AnnounceForm",
    "AskPulseForm",
    "FindForm",
    "FollowForm",
    "HandOnForm",
    "HideForm",
    "JoinForm",
    "MentionForm",
    "OutcomeForm",
    "PolicyForm",
    "PostEditForm",
    "PostForm",
    "PostReplyForm",
    "SayForm",
    "SheetForm",
    "WithdrawForm",
    "Words",
    "WordsAndDay",
    "topics",
]
