"""Who sees and keeps the workforce."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class PeoplePermission(Permission):
    SEE_AGENTS = grant(
        "people.see_agents",
        _("See agents: team, hours, skills, names in other systems"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR, Role.PLANNER, Role.QUALITY_ANALYST, Role.HR, Role.MANAGER],
    )
    SEE_LEAVING = grant(
        "people.see_leaving", _("See why somebody left"), own=[Role.AGENT], held=[Role.HR, Role.MANAGER]
    )
    KEEP_AGENTS = grant(
        "people.keep_agents",
        _("Add, change, move and import agents, and record that they leave"),
        held=[Role.PLANNER, Role.HR, Role.MANAGER],
    )
    IMPORT_AGENTS = grant(
        "people.import_agents",
        _("Import files of agents, and see one's own imports"),
        own=[Role.PLANNER, Role.HR, Role.MANAGER],
    )
    KEEP_SKILLS = grant(
        "people.keep_skills",
        _("Say what an agent can do, how well, and what proves it"),
        held=[Role.SUPERVISOR, Role.PLANNER, Role.HR, Role.MANAGER],
    )
    SEE_ORGANISATION = grant(
        "people.see_organisation",
        _("See sites, teams and skills"),
        own=[Role.AGENT],
        held=[role for role in Role if role not in {Role.AGENT, Role.CLIENT_VIEWER}],
    )
    SEE_CLIENTS = grant(
        "people.see_clients",
        _("See clients"),
        held=[role for role in Role if role is not Role.AGENT],
    )
    KEEP_ORGANISATION = grant(
        "people.keep_organisation",
        _("Add and change clients, sites, teams and skills"),
        held=[Role.PLANNER, Role.MANAGER, Role.ADMINISTRATOR],
    )
