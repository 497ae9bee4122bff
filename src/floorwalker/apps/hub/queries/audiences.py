"""Who reads what is written to a team, a site, a queue or all, and to whom somebody may write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.hub.permissions import WITH_TEAMS
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules.posts import ALL, QUEUE, SITE, TEAM
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.scoping import pick


@dataclass(frozen=True)
class To:
    """To whom something is written."""

    audience: str
    site_id: int | None = None
    team_id: int | None = None
    skill_id: int | None = None  # of a queue


@dataclass(frozen=True)
class Reach:
    """The teams and sites an actor belongs to or works for, with one permission."""

    everything: bool = False
    teams: frozenset[int] = frozenset()  # theirs by name; those of a whole site are not listed
    whole_sites: frozenset[int] = frozenset()
    sites: frozenset[int] = frozenset()  # whose words to the whole site reach them

    def __bool__(self) -> bool:
        return self.everything or bool(self.teams or self.whole_sites or self.sites)


def reach(actor: Actor, permission: Permission) -> Reach:
    """What is one's own comes from the agent one is; what is held from the roles one holds."""
    sight = actor.sight(permission)
    if sight.everything:
        return Reach(everything=True)
    teams, sites = set(sight.teams), set(sight.sites)
    if teams:
        sites |= set(Team.objects.filter(pk__in=teams).values_list("site", flat=True))
    agent = people.agent_of(actor) if sight.own is not None else None
    if agent is not None:
        teams.add(agent.team_id)
        sites.add(agent.team.site_id)
    return Reach(teams=frozenset(teams), whole_sites=sight.sites, sites=frozenset(sites))


def within_reach(found: Reach) -> Q:
    """The filter for rows that carry audience, site and team."""
    if found.everything:
        return Q()
    return (
        Q(audience=ALL)
        | Q(audience=SITE, site__in=found.sites)
        | Q(audience=TEAM, team__in=found.teams)
        | Q(audience=TEAM, site__in=found.whole_sites)
    )


def audiences(actor: Actor) -> list[tuple[str, str]]:
    """To whom somebody may write a post, the nearest first: keys as the form sends them, and names."""
    found = reach(actor, P.POST)
    if not found and not actor.sight(P.POST):
        return []
    teams = Team.objects.filter(pk__in=found.teams, archived=False).order_by("name", "pk")
    sites = Site.objects.filter(archived=False).order_by("name", "pk")
    if not found.everything:
        sites = sites.filter(pk__in=found.sites)
    named = [(f"{TEAM}:{each.pk}", each.name) for each in teams[:50]]
    named += [(f"{SITE}:{each.pk}", each.name) for each in sites[:50]]
    return [*named, (ALL, "")]


def audience_to_post(actor: Actor, key: str) -> To:
    """What such a key means for this actor; the nearest when none is named."""
    offered = [each for each, _name in audiences(actor)]
    if not key and offered:
        key = offered[0]
    kind, _, number = key.partition(":")
    if kind == TEAM and number.isdigit():
        found = reach(actor, P.POST)
        mine = Q(pk__in=found.teams) | Q(site__in=found.whole_sites)
        team = pick(Team.objects.filter(Q() if found.everything else mine), int(number))
        return To(TEAM, team.site_id, team.pk)
    if key not in offered:
        raise NotFound
    return To(SITE, int(number)) if kind == SITE else To(ALL)


def readers(to: To, today: date, *, also_above: bool = False) -> QuerySet[User]:
    """Who can sign in and is meant; never a client. ``also_above``: and whoever sees teams from further up."""
    held = RoleHeld.objects.exclude(role__in=[Role.CLIENT_VIEWER, Role.AGENT])
    agents = Agent.objects.filter(Q(left_on=None) | Q(left_on__gte=today), user__isnull=False)
    if to.audience == TEAM:
        agents, held_here = agents.filter(team=to.team_id), held.filter(scope=Scope.TEAM, scope_id=to.team_id)
    elif to.audience == QUEUE:
        agents, held_here = agents.filter(team__site=to.site_id), held.none()
        if to.skill_id is not None:
            agents = agents.filter(agent_skills__skill=to.skill_id)
    elif to.audience == SITE:
        teams = Team.objects.filter(site=to.site_id).values("pk")
        agents = agents.filter(team__site=to.site_id)
        held_here = held.filter(Q(scope=Scope.SITE, scope_id=to.site_id) | Q(scope=Scope.TEAM, scope_id__in=teams))
    else:
        held_here = held
    meant = Q(pk__in=agents.values("user")) | Q(pk__in=held_here.values("user"))
    if also_above and to.audience in (SITE, TEAM):
        above = held.filter(role__in=WITH_TEAMS).filter(
            Q(scope=Scope.ALL) | Q(scope=Scope.SITE, scope_id=to.site_id)
        )
        meant |= Q(pk__in=above.values("user"))
    return User.objects.filter(meant, is_active=True, service_account=False)


def _called(name: str, number: str | None, team: str | None) -> str:
    return f"{name}, {number}, {team}" if number else name


def users_to_pick(rows: QuerySet[User]) -> Choices:
    """These people for a field in which one types; nobody is listed before one does."""
    columns = ("name", "agent__number", "agent__team__name")
    return Choices(rows.order_by("name", "pk"), columns, _called, searched=("name", "agent__number"), listed=False)
