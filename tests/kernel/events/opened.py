"""An event for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from floorwalker.kernel import events


@dataclass(frozen=True)
class DoorOpened(events.Event):
    """A door was opened."""

    door: int
    at: datetime = datetime(2026, 3, 1, 9, tzinfo=UTC)
    day: date = date(2026, 3, 1)
    price: Decimal = Decimal("1.10")
    people: tuple[int, ...] = ()
    why: str | None = None
