"""Who answers for whom."""

from __future__ import annotations

from django.db.models import Q

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent, Team
from floorwalker.kernel.roles import Role, Scope


def leads_over(user: User) -> list[User]:
    """Who is told when this person does not keep to something, the nearest only.

    Of an agent it is who leads the team, else the site; of everybody else, and where nobody leads, the managers of
    the sites they work for, else those of everywhere.
    """
    agent = Agent.objects.filter(user=user).select_related("team").first()
    nearest: list[Q] = []
    if agent is not None:
        sites = {agent.team.site_id}
        nearest += [
            Q(role=Role.SUPERVISOR, scope=Scope.TEAM, scope_id=agent.team_id),
            Q(role=Role.SUPERVISOR, scope=Scope.SITE, scope_id=agent.team.site_id),
        ]
    else:
        held = list(RoleHeld.objects.filter(user=user).values_list("scope", "scope_id"))
        teams = [place for scope, place in held if scope == Scope.TEAM]
        sites = {place for scope, place in held if scope == Scope.SITE}
        sites |= set(Team.objects.filter(pk__in=teams).values_list("site", flat=True))
    nearest += [
        Q(role=Role.MANAGER, scope=Scope.SITE, scope_id__in=sites),
        Q(role=Role.MANAGER, scope=Scope.ALL),
    ]
    others = RoleHeld.objects.filter(user__is_active=True).exclude(user=user)
    for wanted in nearest:
        users = others.filter(wanted).values("user")
        if found := list(User.objects.filter(pk__in=users).order_by("pk")):
            return found
    return []
