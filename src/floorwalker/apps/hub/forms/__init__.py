"""What people type in the hub."""

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
    "DAY",
    "FOR_ALL",
    "FOR_ME",
    "HandOnForm",
    "JoinForm",
    "PolicyForm",
    "SayForm",
    "Words",
    "WordsAndDay",
    "topics",
]
