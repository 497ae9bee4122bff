"""Who may do what with required staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class CapacityPermission(Permission):
    SEE = grant(
        "capacity.see",
        _("See required staff, why, and the days at risk"),
        held=[Role.PLANNER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR],
    )
    PLAN = grant(
        "capacity.plan", _("Compute required staff and decide how queues are staffed"), held=[Role.PLANNER]
    )
    SKILLS = grant(
        "capacity.skills",
        _("See what teaching a skill would be worth, and take a published week along as a model"),
        held=[Role.PLANNER, Role.MANAGER],
    )
