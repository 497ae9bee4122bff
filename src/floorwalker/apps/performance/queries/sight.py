"""Who sees which figures."""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay, FactFile
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick, scoped, within

AGENTS = {"own": "agent__user", "team": "agent__team", "site": "agent__team__site"}


def the_agent(actor: Actor, agent_id: int, permission: Permission = P.SEE) -> Agent:
    return people.the_agent(actor, agent_id, permission)


def visible_agent_days(actor: Actor, permission: Permission = P.SEE) -> QuerySet[AgentDay]:
    """Figures of the agents in sight, those that were replaced included."""
    return AgentDay.objects.filter(within(actor.sight(permission), **AGENTS))


def visible_files(actor: Actor, permission: Permission = P.IMPORT) -> QuerySet[FactFile]:
    """One's own files; what others upload is theirs until it is taken."""
    return FactFile.objects.filter(within(actor.sight(permission), own="user"))


def the_file(actor: Actor, factfile_id: int) -> FactFile:
    return pick(visible_files(actor), factfile_id)


scoped(AgentDay, visible_agent_days, P.SEE, canary=("source", "key"))
scoped(FactFile, visible_files, P.IMPORT, canary=("file_name", "system"), relations=("own",))
