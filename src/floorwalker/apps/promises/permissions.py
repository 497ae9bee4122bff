"""Who sees promises that are not their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class PromisePermission(Permission):
    SEE = grant(
        "promises.see",
        _("See the promises of others, and how well they are kept"),
        own=list(Role),
        held=[Role.SUPERVISOR, Role.PLANNER, Role.HR, Role.MANAGER, Role.AUDITOR],
    )
