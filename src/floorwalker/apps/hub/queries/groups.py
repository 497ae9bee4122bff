"""Where somebody can speak without a name: the smallest group of theirs that is large enough."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from floorwalker.apps.hub.rules import SMALLEST_GROUP, group_to_hide_in
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class Hiding:
    """A group somebody can hide in, as the reader will be told of it; none: only with a name."""

    team: Team | None = None
    site: Site | None = None
    people: int = 0
    smallest: int = SMALLEST_GROUP

    def __bool__(self) -> bool:
        return self.team is not None or self.site is not None

    @property
    def name(self) -> str:
        return str(self.team or self.site or "")


def hiding_place(actor: Actor) -> Hiding:
    """Counted are those who could have said it: agents who can sign in and have not left."""
    agent = people.agent_of(actor)
    if agent is None:
        return Hiding()
    able = Agent.objects.filter(left_on=None, user__is_active=True, team__site=agent.team.site_id)
    counts = able.aggregate(site=Count("pk"), team=Count("pk", filter=Q(team=agent.team_id)))
    group = group_to_hide_in(**counts)
    if group == "team":
        return Hiding(team=agent.team, people=counts["team"])
    return Hiding(site=agent.team.site, people=counts["site"]) if group == "site" else Hiding()
