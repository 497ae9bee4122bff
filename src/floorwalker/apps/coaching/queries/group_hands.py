"""Who leads a group session now, and which ones somebody has still to lead."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.coaching.models import GroupMember, GroupSession
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.groups import OPEN, visible_groups
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import NOBODY, Actor


def groups_that_go_on(at: datetime) -> Q:
    """Those somebody has still to lead: to be held, to be closed, or with a word that is not kept yet."""
    return Q(state__in=OPEN) | Q(state=GroupSession.State.CLOSED, kept_at=None, outcome_due__gt=at)


def groups_to_come(agents: QuerySet[Agent]) -> QuerySet[GroupMember]:
    """Planned sessions at which some of these are still expected."""
    return GroupMember.objects.filter(agent__in=agents, group__state=GroupSession.State.PLANNED)


def people_of_group(group: GroupSession) -> list[Agent]:
    """Those of a group who are still here: all who are asked, afterwards those who came."""
    members = group.members.filter(agent__left_on=None)
    if group.state != GroupSession.State.PLANNED:
        members = members.filter(came=True)
    return [each.agent for each in members.select_related("agent__team").order_by("pk")]


def still_leads(lead: User, agents: list[Agent]) -> bool:
    """Whether who leads a group may still lead at least one of its people."""
    actor = actor_of(lead) if lead.is_active else NOBODY
    if not actor.may(P.LEAD_GROUPS):
        return False
    return people.visible_agents(actor, P.LEAD_GROUPS).filter(pk__in=[each.pk for each in agents]).exists()


def who_leads_most(agents: list[Agent]) -> int | None:
    """Who leads most of these people now and is none of them; nobody where nobody leads one."""
    themselves = {each.user_id for each in agents}
    found = Counter(lead for each in agents for lead in people.leads_of(each) if lead not in themselves)
    return min(found, key=lambda lead: (-found[lead], lead), default=None)


def handed_group_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """That somebody else leads a group now, to whoever still sees it."""
    group = visible_groups(actor).filter(pk=ref[1]).select_related("lead").first()
    if group is None:
        return None
    said = {"title": group.title, "lead": group.lead.name, "n": group.members.count()}
    if group.lead_id == actor.user_id:
        return _("“%(title)s”, a session of %(n)d people, is yours to lead now.") % said
    return _("“%(title)s” goes on with %(lead)s.") % said
