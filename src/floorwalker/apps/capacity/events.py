"""What happens to required staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class RequirementMade(Event):
    """The required staff of a queue was computed anew."""

    requirement_id: int
    queue_id: int
    first_day: date
    days: int
