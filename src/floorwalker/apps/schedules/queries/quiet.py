"""When somebody may be written to: not in their free time."""

from __future__ import annotations

from collections.abc import Sequence
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


def paid_from_many(user_ids: Sequence[int], at: datetime) -> dict[int, datetime]:
    """The same for a crowd in one question; who has no shift ahead is left out."""
    around = Period(at, at + LOOK_AHEAD).range
    rows = Shift.objects.filter(until=None, cancelled=False, agent__user__in=user_ids, period__overlap=around)
    firsts = rows.order_by("agent__user", "period").distinct("agent__user").values_list("agent__user", "period")
    return {user: max(at, period.lower) for user, period in firsts}
