"""One agent: everything their page shows, in a handful of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.people.models import Agent, AgentDayOff, AgentName, AgentSkill, Skill, TeamMembership
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.queries.leading import leaders
from floorwalker.apps.people.queries.sight import the_agent, visible_agents
from floorwalker.apps.people.rules import Tenure, tenure
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.audit.words import said
from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.roles import Role, Scope


@dataclass(frozen=True)
class SkillLine:
    """One skill of an agent; ``held`` is nothing where a general skill is not held yet."""

    skill: Skill
    held: AgentSkill | None


@dataclass(frozen=True)
class SideBySide:
    """Skills in the two sides of the work; what serves both stands in both."""

    sales: list[SkillLine]
    service: list[SkillLine]

    @property
    def any(self) -> bool:
        return bool(self.sales or self.service)


@dataclass(frozen=True)
class Seer:
    """Who sees this agent, and what for."""

    role: Any
    where: Any
    names: list[str]


@dataclass(frozen=True)
class AgentPage:
    """What the page of an agent shows."""

    agent: Agent
    mine: bool
    tenure: Tenure
    leaders: list[str]
    general: SideBySide
    special: SideBySide
    names: list[AgentName]
    stays: list[TeamMembership]
    days_off: list[date]
    may_keep: bool
    may_say_skills: bool
    may_see_leaving: bool
    seers: list[Seer]


def agent_page(actor: Actor, agent_id: int, today: date) -> AgentPage:
    """The agent as this actor may see them."""
    agent = the_agent(actor, agent_id)
    mine = agent.user_id is not None and agent.user_id == actor.user_id
    held = list(AgentSkill.objects.filter(agent=agent).select_related("skill").order_by("skill__name"))
    general = list(Skill.objects.filter(kind=Skill.Kind.GENERAL, archived=False).order_by("name"))
    until = agent.left_on if agent.left_on and agent.left_on < today else today
    return AgentPage(
        agent=agent,
        mine=mine,
        tenure=tenure(agent.started_on, until),
        leaders=leaders([agent.team_id]).get(agent.team_id, []),
        general=levels_side_by_side(held, general, Skill.Kind.GENERAL),
        special=levels_side_by_side(held, [], Skill.Kind.SPECIAL),
        names=list(AgentName.objects.filter(agent=agent).order_by("system", "days")),
        stays=list(TeamMembership.objects.filter(agent=agent).select_related("team__site").order_by("-days")),
        days_off=list(
            AgentDayOff.objects.filter(agent=agent, day__gte=today).order_by("day").values_list("day", flat=True)
        ),
        may_keep=_within(actor, agent, P.KEEP_AGENTS),
        may_say_skills=_within(actor, agent, P.KEEP_SKILLS),
        may_see_leaving=_within(actor, agent, P.SEE_LEAVING),
        seers=seers(agent) if mine else [],
    )


def _within(actor: Actor, agent: Agent, permission: Permission) -> bool:
    return visible_agents(actor, permission).filter(pk=agent.pk).exists()


def levels_side_by_side(held: list[AgentSkill], offered: list[Skill], kind: str) -> SideBySide:
    """Sales beside service: what is held, and what of the offered is not held yet."""
    by_skill = {each.skill_id: each for each in held if each.skill.kind == kind}
    skills = {skill.pk: skill for skill in offered} | {each.skill_id: each.skill for each in by_skill.values()}
    lines = [SkillLine(skill, by_skill.get(pk)) for pk, skill in sorted(skills.items(), key=lambda i: i[1].name)]
    both = Skill.Side.BOTH
    return SideBySide(
        sales=[line for line in lines if line.skill.side in {Skill.Side.SALES, both}],
        service=[line for line in lines if line.skill.side in {Skill.Side.SERVICE, both}],
    )


def seers(agent: Agent) -> list[Seer]:
    """The people who may open this agent's page, by role: agents see who sees them."""
    places = {Scope.ALL: None, Scope.TEAM: agent.team_id, Scope.SITE: agent.team.site_id}
    found: dict[tuple[str, str], list[str]] = {}
    held = RoleHeld.objects.filter(role__in=P.SEE_AGENTS.value.held, user__is_active=True).select_related("user")
    for each in held.order_by("role", "user__name"):
        scope = Scope(each.scope)
        if scope in places and places[scope] == each.scope_id:
            found.setdefault((each.role, scope), []).append(each.user.name)
    return [Seer(Role(role).label, Scope(scope).label, names) for (role, scope), names in found.items()]


@dataclass(frozen=True)
class Happened:
    """One line of the history: who did what when, and the values before and after."""

    at: datetime
    who: str
    what: str
    facts: list[tuple[str, Any, Any]]  # field, before, after; before is nothing for a plain fact


def history(page: AgentPage, most: int = 100) -> list[Happened]:
    """What was changed about them, latest first; why somebody left only for those who may know.

    Who looked at them is the auditor's and their own to know, in the audit.
    """
    if not (page.mine or page.may_keep):
        return []
    rows = Entry.objects.filter(about_kind="people.agent", about_id=str(page.agent.pk))
    rows = rows.exclude(verb__endswith=".seen").order_by("-at", "-pk")
    hidden = set() if page.may_see_leaving else {"leaving_reason"}
    return [_happened(row, hidden) for row in rows[:most]]


def _happened(row: Entry, hidden: set[str]) -> Happened:
    facts = []
    for name, value in row.facts.items():
        if name in hidden or value in (None, ""):
            continue
        before, after = value if isinstance(value, list) and len(value) == 2 else (None, value)
        facts.append((name.replace("_", " "), before, after))
    return Happened(row.at, row.actor_name, said(row.verb), facts)
