"""Who reads notices: the kernel asks, accounts answers."""

from __future__ import annotations

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.kernel import notices


def reader(user_id: int) -> notices.Reader | None:
    """A user who may sign in; programs and the shut out read nothing."""
    user = User.objects.filter(pk=user_id, is_active=True, service_account=False).first()
    if user is None:
        return None
    return notices.Reader(actor_of(user), user.email, user.name, user.zone, user.language)


def register() -> None:
    notices.read_by(reader)
