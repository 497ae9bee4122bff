"""Who sees and stops jobs of others; everybody sees and stops their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class JobPermission(Permission):
    SEE_ALL = grant("jobs.see_all", _("See all background work"), held=[Role.ADMINISTRATOR])
    SEE_MY = grant(
        "jobs.see_my",
        _("Find the background work one has started in the menu"),
        held=[Role.PLANNER, Role.MANAGER, Role.ADMINISTRATOR],
    )
    RETRY_REACTIONS = grant(
        "jobs.retry_reactions",
        _("Have what should have followed tried again"),
        held=[Role.ADMINISTRATOR],
    )
    STOP_ALL = grant("jobs.stop_all", _("Stop any background work"), held=[Role.ADMINISTRATOR])
