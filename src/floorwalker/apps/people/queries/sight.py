"""Reads of the workforce, each filtered by what the actor may see."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from floorwalker.apps.people.models import (
    Agent,
    AgentDayOff,
    AgentName,
    AgentSkill,
    Client,
    LeavingReason,
    PeopleImport,
    Site,
    Skill,
    Team,
    TeamMembership,
)
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.once import read_once
from floorwalker.kernel.scoping import pick, scoped, within


def visible_agents(actor: Actor, permission: Permission = P.SEE_AGENTS) -> QuerySet[Agent]:
    """Agents within this actor's sight, those who left included; a client never sees a person."""
    return Agent.objects.filter(within(actor.sight(permission), own="user", team="team", site="team__site"))


def the_agent(actor: Actor, agent_id: int, permission: Permission = P.SEE_AGENTS) -> Agent:
    return pick(visible_agents(actor, permission).select_related("team__site", "user"), agent_id)


def today_of(agent: Agent, at: datetime) -> date:
    """The day it is where the agent works."""
    return at.astimezone(ZoneInfo(agent.zone or agent.team.site.zone)).date()


@read_once
def agent_of(actor: Actor) -> Agent | None:
    """The agent this actor is, if any."""
    if actor.user_id is None:
        return None
    return Agent.objects.select_related("team__site").filter(user_id=actor.user_id).first()


def visible_agent_skills(actor: Actor, permission: Permission = P.SEE_AGENTS) -> QuerySet[AgentSkill]:
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return AgentSkill.objects.filter(reach)


def visible_agent_names(actor: Actor, permission: Permission = P.SEE_AGENTS) -> QuerySet[AgentName]:
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return AgentName.objects.filter(reach)


def visible_days_off(actor: Actor, permission: Permission = P.SEE_AGENTS) -> QuerySet[AgentDayOff]:
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return AgentDayOff.objects.filter(reach)


def visible_memberships(actor: Actor, permission: Permission = P.SEE_AGENTS) -> QuerySet[TeamMembership]:
    """Where the agents in sight were and are: the history moves with the agent, not with the team."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return TeamMembership.objects.filter(reach)


def visible_teams(actor: Actor, permission: Permission = P.SEE_ORGANISATION) -> QuerySet[Team]:
    reach = within(actor.sight(permission), own="agents__user", team="pk", site="site")
    return Team.objects.filter(pk__in=Team.objects.filter(reach).values("pk"))


def the_team(actor: Actor, team_id: int, permission: Permission = P.SEE_ORGANISATION) -> Team:
    return pick(visible_teams(actor, permission).select_related("site"), team_id)


def visible_sites(actor: Actor, permission: Permission = P.SEE_ORGANISATION) -> QuerySet[Site]:
    """Sites in sight, and the one of each team in sight."""
    reach = within(actor.sight(permission), own="teams__agents__user", team="teams", site="pk")
    return Site.objects.filter(pk__in=Site.objects.filter(reach).values("pk"))


def the_site(actor: Actor, site_id: int, permission: Permission = P.SEE_ORGANISATION) -> Site:
    return pick(visible_sites(actor, permission), site_id)


def visible_clients(actor: Actor, permission: Permission = P.SEE_CLIENTS) -> QuerySet[Client]:
    """All for those who work here, whatever team or site; a client's own people see their own."""
    sight = actor.sight(permission)
    if sight.teams or sight.sites:
        return Client.objects.all()
    return Client.objects.filter(within(sight, client="pk"))


def the_client(actor: Actor, client_id: int, permission: Permission = P.SEE_CLIENTS) -> Client:
    return pick(visible_clients(actor, permission), client_id)


def visible_skills(actor: Actor, permission: Permission = P.SEE_ORGANISATION) -> QuerySet[Skill]:
    """The catalogue is one for all who see the organisation."""
    return Skill.objects.all() if actor.sight(permission) else Skill.objects.none()


def the_skill(actor: Actor, skill_id: int, permission: Permission = P.SEE_ORGANISATION) -> Skill:
    return pick(visible_skills(actor, permission), skill_id)


def visible_leaving_reasons(actor: Actor, permission: Permission = P.KEEP_AGENTS) -> QuerySet[LeavingReason]:
    """The list of reasons is one for all who record leaving."""
    return LeavingReason.objects.all() if actor.sight(permission) else LeavingReason.objects.none()


def visible_imports(actor: Actor, permission: Permission = P.IMPORT_AGENTS) -> QuerySet[PeopleImport]:
    """One's own files; what others upload is theirs until it is applied."""
    return PeopleImport.objects.filter(within(actor.sight(permission), own="user"))


def the_import(actor: Actor, import_id: int) -> PeopleImport:
    return pick(visible_imports(actor).select_related("default_team__site"), import_id)


scoped(PeopleImport, visible_imports, P.IMPORT_AGENTS, canary="file_name", key="import_id", relations=("own",))
scoped(Agent, visible_agents, P.SEE_AGENTS, canary=("name", "number"), fixed=("zone", "available"))
scoped(AgentSkill, visible_agent_skills, P.SEE_AGENTS, canary="proof")
scoped(AgentName, visible_agent_names, P.SEE_AGENTS, canary=("system", "external_id"), key="name_id")
scoped(AgentDayOff, visible_days_off, P.SEE_AGENTS, key="day_off_id")
scoped(TeamMembership, visible_memberships, P.SEE_AGENTS, key="membership_id")
scoped(Team, visible_teams, P.SEE_ORGANISATION, canary="name")
scoped(Site, visible_sites, P.SEE_ORGANISATION, canary="name", fixed=("zone", "country"))
scoped(
    Client,
    visible_clients,
    P.SEE_CLIENTS,
    canary="name",
    relations=("client",),
    staff_see_all="who works here knows whom the house works for",
)
