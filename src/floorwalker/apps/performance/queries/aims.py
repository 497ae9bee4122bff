"""The line of sight: what the centre aims for, what a team does for it, what that means for one's own figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet
from django.db.models.functions import Cast

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Client, Site, Team
from floorwalker.apps.performance.models import BusinessGoal, Responsibility, TeamGoal
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.queries.sight import AGENTS
from floorwalker.apps.performance.words import aim_words
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.scoping import pick, scoped, within

AIMS_A_PAGE = 20
FIRST_WEEKS = timedelta(days=56)  # in which a small role does most


def visible_aims(actor: Actor, permission: Permission = P.SEE_AIMS) -> QuerySet[BusinessGoal]:
    """Aims of the sites in sight, and those of the whole house."""
    sight = actor.sight(permission)
    if sight.everything:
        return BusinessGoal.objects.all()
    reach = within(sight, own="site__teams__agents__user", team="site__teams", site="site")
    house = Q(site=None) if sight else Q(pk__in=[])
    return BusinessGoal.objects.filter(pk__in=BusinessGoal.objects.filter(reach | house).values("pk"))


def the_aim(actor: Actor, businessgoal_id: int, permission: Permission = P.SEE_AIMS) -> BusinessGoal:
    return pick(visible_aims(actor, permission).select_related("site"), businessgoal_id)


def visible_team_goals(actor: Actor, permission: Permission = P.SEE_AIMS) -> QuerySet[TeamGoal]:
    reach = within(actor.sight(permission), own="team__agents__user", team="team", site="team__site")
    return TeamGoal.objects.filter(pk__in=TeamGoal.objects.filter(reach).values("pk"))


def the_team_goal(actor: Actor, teamgoal_id: int, permission: Permission = P.SEE_AIMS) -> TeamGoal:
    return pick(visible_team_goals(actor, permission).select_related("team", "serves"), teamgoal_id)


def visible_roles(actor: Actor, permission: Permission = P.SEE_GOALS) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(within(actor.sight(permission), **AGENTS))


def the_role(actor: Actor, responsibility_id: int) -> Responsibility:
    return pick(visible_roles(actor).select_related("agent__team__site"), responsibility_id)


scoped(BusinessGoal, visible_aims, P.SEE_AIMS, canary=("words", "answer"))
scoped(TeamGoal, visible_team_goals, P.SEE_AIMS, canary="words")
scoped(Responsibility, visible_roles, P.SEE_GOALS, canary=("title", "words", "answer"))


@dataclass(frozen=True)
class Line:
    """One line of sight: the aim, and what the teams in sight do for it."""

    aim: BusinessGoal
    teams: list[TeamGoal]


def aims(actor: Actor, **place: Any) -> Rows[BusinessGoal]:
    """A page of aims: the open ones by their day, then those that ended, the latest first."""
    rows = (
        visible_aims(actor)
        .select_related("site")
        .annotate(
            closes=Cast("until", DateTimeField()),  # an order knows moments alone
        )
    )
    found, order = open_first(rows, Q(state=BusinessGoal.State.OPEN), due="closes", ended="ended_at")
    return page_of(found, order, limit=AIMS_A_PAGE, counted=True, **place)


def open_aims(actor: Actor) -> int:
    return visible_aims(actor).filter(state=BusinessGoal.State.OPEN).count()


def lines(actor: Actor, aims: Iterable[BusinessGoal]) -> list[Line]:
    """What the teams in sight do for these aims."""
    wanted = list(aims)
    served: dict[int, list[TeamGoal]] = {}
    rows = visible_team_goals(actor).filter(state="open", serves__in=wanted)
    for goal in rows.select_related("team").order_by("team__name", "pk"):
        served.setdefault(goal.serves_id, []).append(goal)
    return [Line(aim, served.get(aim.pk, [])) for aim in wanted]


def why_it_matters(actor: Actor, agent: Agent) -> dict[str, list[TeamGoal]]:
    """By measure: what the agent's team does for which aim."""
    rows = visible_team_goals(actor).filter(team=agent.team_id, state="open", serves__state="open")
    found: dict[str, list[TeamGoal]] = {}
    for goal in rows.select_related("serves").order_by("serves__until", "pk"):
        found.setdefault(goal.serves.measure, []).append(goal)
    return found


def sites_to_aim(actor: Actor) -> QuerySet[Site]:
    return people.visible_sites(actor, P.KEEP_AIMS).filter(archived=False).order_by("name")


def clients_to_aim(actor: Actor) -> QuerySet[Client]:
    return people.visible_clients(actor).filter(archived=False).order_by("name")


def teams_to_aim(actor: Actor, aim: BusinessGoal) -> QuerySet[Team]:
    """Teams that may still say what they do for an aim."""
    rows = people.visible_teams(actor, P.KEEP_TEAM_AIMS).filter(archived=False)
    if aim.site_id is not None:
        rows = rows.filter(site=aim.site_id)
    taken = TeamGoal.objects.filter(serves=aim, state="open").values("team")
    return rows.exclude(pk__in=taken).order_by("name")


def roles_of(actor: Actor, agents: list[Agent]) -> dict[int, list[Responsibility]]:
    """Small roles held, by agent."""
    found: dict[int, list[Responsibility]] = {}
    for role in visible_roles(actor).filter(agent__in=agents, state="held").order_by("given_at", "pk"):
        found.setdefault(role.agent_id, []).append(role)
    return found


def new_without_role(actor: Actor, today: date) -> list[Agent]:
    """People in their first weeks whom one leads and who have no small role yet."""
    rows = people.visible_agents(actor, P.LEAD).filter(
        left_on=None, engagement=Agent.Engagement.EMPLOYEE, started_on__gte=today - FIRST_WEEKS
    )
    held = Responsibility.objects.filter(state="held").values("agent")
    return list(rows.exclude(pk__in=held).exclude(user=actor.user_id).order_by("name")[:7])


def aims_past(at: datetime) -> list[BusinessGoal]:
    """Open aims whose day is over."""
    return list(BusinessGoal.objects.filter(state="open", until__lt=at.date(), owner__isnull=False))


def aim_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, for whoever still sees the aim."""
    found = visible_aims(actor).filter(pk=ref[1]).first()
    return aim_words(found) if found else None


def role_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_roles(actor).select_related("agent").filter(pk=ref[1]).first()
    return f"{found.agent.name}: {found.title} – {found.get_state_display()}" if found else None
