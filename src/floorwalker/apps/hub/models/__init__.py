"""Tables of the hub: `sayings` to whoever answers, `posts` among colleagues, `announcements`, `pulses`."""

from floorwalker.apps.hub.models.announcements import (
    Announcement,
    Receipt,
)
from floorwalker.apps.hub.models.posts import (
    Mention,
    Post,
    PostEdit,
    PostReport,
    Reuse,
    Tag,
)
from floorwalker.apps.hub.models.pulses import (
    Pulse,
    PulseAsked,
    PulseResult,
    PulseSheet,
)
from floorwalker.apps.hub.models.sayings import (
    Policy,
    Saying,
    SayingMove,
    Topic,
    fresh_id,
)

__all__ = [
    "Announcement",
    "Mention",
    "Policy",
    "Post",
    "PostEdit",
    "PostReport",
    "Pulse",
    "PulseAsked",
    "PulseResult",
    "PulseSheet",
    "Receipt",
    "Reuse",
    "Saying",
    "SayingMove",
    "Tag",
    "Topic",
    "fresh_id",
]
