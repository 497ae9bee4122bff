"""Tables of the hub."""

from floorwalker.apps.hub.models.sayings import (
    Policy,
    Saying,
    SayingMove,
    Topic,
    fresh_id,
)

__all__ = [
    "Policy",
    "Saying",
    "SayingMove",
    "Topic",
    "fresh_id",
]
