"""When somebody may be written to: not in their free time."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.schedules.models import Shift
from floorwalker.kernel.periods import Period

LOOK_AHEAD = timedelta(days=14)


def paid_from(user_id: int, at: datetime) -> datetime:
    """The moment itself within a shift, else the start of the next; without a shift ahead, the moment itself."""
    around = Period(at, at + LOOK_AHEAD).range
    rows = Shift.objects.filter(until=None, cancelled=False, agent__user=user_id, period__overlap=around)
    first = rows.order_by("period").values_list("period", flat=True).first()
    return max(at, first.lower) if first else at
