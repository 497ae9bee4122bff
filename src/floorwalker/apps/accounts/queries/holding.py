"""Who holds a role somewhere: for rooms that have to say whose something is."""

from __future__ import annotations

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.kernel.roles import Role, Scope


def who_holds(role: Role, site_id: int | None = None) -> int | None:
    """The user who has held a role longest at a site, else everywhere; without a site only everywhere."""
    held = RoleHeld.objects.filter(role=role, user__is_active=True, user__service_account=False)
    places = [(Scope.SITE, site_id)] if site_id is not None else []
    for scope, place in [*places, (Scope.ALL, None)]:
        found = (
            held.filter(scope=scope, scope_id=place).order_by("given_at", "user").values_list("user", flat=True)
        )
        if user := found.first():
            return int(user)
    return None
