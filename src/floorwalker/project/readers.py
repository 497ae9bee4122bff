"""Who reads notices, and when they may be written to: what the kernel asks of the rooms above it."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.schedules import queries as schedules
from floorwalker.kernel import notices
from floorwalker.kernel.access import SYSTEM


def reader(user_id: int) -> notices.Reader | None:
    """A user who may sign in; programs and the shut out read nothing."""
    user = User.objects.filter(pk=user_id, is_active=True, service_account=False).first()
    if user is None:
        return None
    return notices.Reader(actor_of(user), user.email, user.name, user.zone, user.language)


def next_paid_moment(user_id: int, at: datetime) -> datetime:
    """The moment itself within a published shift, else the start of the next; at once where no shift is known."""
    shifts = schedules.visible_planned(SYSTEM).filter(agent__user=user_id, period__endswith__gt=at)
    period = shifts.order_by("period").values_list("period", flat=True).first()
    return at if period is None else max(at, period.lower)


def register() -> None:
    notices.read_by(reader)
    notices.quiet_by(next_paid_moment)
