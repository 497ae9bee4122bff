"""What happens to what was said."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class SayingMoved(Event):
    """Something that was said has reached its owner, or moved on; who said it is not told."""

    saying_id: int
    kind: str
    state: str
    topic_id: int
    owner_id: int
