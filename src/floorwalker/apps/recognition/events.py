"""What happens with thanks."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class ThanksGiven(Event):
    """Somebody was thanked; ``at`` in ISO form, ``visibility`` as far as it is shown."""

    thanks_id: int
    agent_id: int
    by: int
    kind: str
    visibility: str
    at: str
