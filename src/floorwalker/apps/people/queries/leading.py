"""Who leads whom now: one answer for every room that hands something on, tells of something or owes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent, Team
from floorwalker.kernel.roles import Role, Scope


def leads_of(agent: Agent) -> list[int]:
    """Users who lead an agent: of the team, else of the site, else of all; nobody leads themselves."""
    return leads_at(agent.team_id, agent.team.site_id, without=agent.user_id)


def answers_for(agent: Agent) -> list[int]:
    """Users who see to an agent's time: who leads them; where nobody does, who plans their site, or all."""
    return leads_of(agent) or leads_at(None, agent.team.site_id, without=agent.user_id, roles=(Role.PLANNER,))


def leads_at(
    team_id: int | None,
    site_id: int | None,
    *,
    without: int | None = None,
    roles: Sequence[Role] = (Role.SUPERVISOR,),
) -> list[int]:
    """The nearest who hold one of these roles: for the team, else for the site, else everywhere.

    A small house has one supervisor who holds the role everywhere; nothing that is for "who leads" may miss them.
    """
    held = RoleHeld.objects.filter(role__in=roles, user__is_active=True).exclude(user=without)
    for scope, place in ((Scope.TEAM, team_id), (Scope.SITE, site_id), (Scope.ALL, None)):
        if place is None and scope is not Scope.ALL:
            continue
        found = held.filter(scope=scope, scope_id=place).order_by("user").values_list("user", flat=True)
        if found:
            return list(dict.fromkeys(found))
    return []


def somebody_leads(
    places: Iterable[tuple[int | None, int | None, int | None]], roles: Sequence[Role]
) -> list[bool]:
    """Of each team, site and who does not count: whether `leads_at` would find anybody; asked once for all."""
    held: dict[tuple[str, int | None], set[int]] = {}
    rows = RoleHeld.objects.filter(role__in=roles, user__is_active=True)
    for scope, place, user in rows.values_list("scope", "scope_id", "user"):
        held.setdefault((scope, place), set()).add(user)
    found = []
    for team_id, site_id, without in places:
        ways = ((Scope.TEAM, team_id), (Scope.SITE, site_id), (Scope.ALL, None))
        known = (held.get(way, set()) for way in ways if way[1] is not None or way[0] is Scope.ALL)
        found.append(any(users - {without} for users in known))
    return found


def leads_of_teams(team_ids: Iterable[int]) -> dict[int, list[int]]:
    """Users who lead each team, the nearest as in `leads_at`; asked once, however many teams."""
    return {team: [user for user, _name in nearest] for team, nearest in _nearest(team_ids).items()}


def leaders(team_ids: Iterable[int]) -> dict[int, list[str]]:
    """Who leads each team, by name."""
    found = _nearest(team_ids)
    return {team: [name for _user, name in nearest] for team, nearest in found.items()}


def _nearest(team_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    sites = dict(Team.objects.filter(pk__in=set(team_ids)).values_list("pk", "site"))
    where = (
        Q(scope=Scope.TEAM, scope_id__in=sites)
        | Q(scope=Scope.SITE, scope_id__in=set(sites.values()))
        | Q(scope=Scope.ALL)
    )
    held = RoleHeld.objects.filter(where, role=Role.SUPERVISOR, user__is_active=True).order_by(
        "user__name", "user"
    )
    by_place: dict[tuple[str, int | None], list[tuple[int, str]]] = {}
    rows = held.order_by("user__name").values_list("scope", "scope_id", "user", "user__name")
    for scope, place, user, name in rows:
        by_place.setdefault((scope, place), []).append((user, name))
    found = {}
    for team_id, site_id in sites.items():
        ways = ((Scope.TEAM, team_id), (Scope.SITE, site_id), (Scope.ALL, None))
        if nearest := next((by_place[way] for way in ways if way in by_place), None):
            found[team_id] = nearest
    return found


def leads_over(user: User) -> list[User]:
    """Who is told when this person does not keep to something, the nearest only.

    Of an agent it is who leads them; of everybody else, and where nobody leads, the managers of the sites they
    work for, else those of everywhere.
    """
    agent = Agent.objects.filter(user=user).select_related("team").first()
    if agent is not None and (leads := leads_of(agent)):
        return list(User.objects.filter(pk__in=leads).order_by("pk"))
    if agent is not None:
        sites = {agent.team.site_id}
    else:
        held = list(RoleHeld.objects.filter(user=user).values_list("scope", "scope_id"))
        teams = [place for scope, place in held if scope == Scope.TEAM]
        sites = {place for scope, place in held if scope == Scope.SITE}
        sites |= set(Team.objects.filter(pk__in=teams).values_list("site", flat=True))
    others = RoleHeld.objects.filter(role=Role.MANAGER, user__is_active=True).exclude(user=user)
    for wanted in (Q(scope=Scope.SITE, scope_id__in=sites), Q(scope=Scope.ALL)):
        if found := list(User.objects.filter(pk__in=others.filter(wanted).values("user")).order_by("pk")):
            return found
    return []
