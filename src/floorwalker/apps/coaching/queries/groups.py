"""Group sessions in sight: lists, one with what can be done, and what came back once nobody can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import sheets
from floorwalker.apps.coaching.models import GroupMember, GroupSession, ReturnSheet
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Team
from floorwalker.kernel.access import SYSTEM, Actor, Permission
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import pick, scoped, within

GROUP = "coaching.group"


def visible_groups(actor: Actor, permission: Permission = P.SEE_GROUPS) -> QuerySet[GroupSession]:
    """Those one leads, and those one is part of; no role reaches others."""
    sight = actor.sight(permission)
    member = GroupMember.objects.filter(within(sight, own="agent__user"), group=OuterRef("pk"))
    return GroupSession.objects.filter(within(sight, own="lead") | Q(Exists(member)))


def the_group(actor: Actor, group_id: int, permission: Permission = P.SEE_GROUPS) -> GroupSession:
    return pick(visible_groups(actor, permission).select_related("lead"), group_id)


def visible_members(actor: Actor, permission: Permission = P.SEE_GROUPS) -> QuerySet[GroupMember]:
    return GroupMember.objects.filter(group__in=visible_groups(actor, permission))


def visible_sheets(actor: Actor, permission: Permission = P.SEE_GROUPS) -> QuerySet[ReturnSheet]:
    """None before all are in: the difference between five and six would be somebody's."""
    return ReturnSheet.objects.filter(
        group__in=visible_groups(actor, permission).filter(sheets_in_at__isnull=False)
    )


scoped(
    GroupSession,
    visible_groups,
    P.SEE_GROUPS,
    canary=("title", "topic", "outcome", "answer"),
    key="group_id",
    relations=("own",),
)
scoped(GroupMember, visible_members, P.SEE_GROUPS, relations=("own",))
scoped(ReturnSheet, visible_sheets, P.SEE_GROUPS, canary=("keep", "change"), relations=("own",), fixed=("key",))

OPEN = (GroupSession.State.PLANNED, GroupSession.State.HELD)


def groups(actor: Actor, **place: Any) -> Rows[GroupSession]:
    """The open ones first by when they are due."""
    rows, order = open_first(
        visible_groups(actor).select_related("lead"), Q(state__in=OPEN), due="due", ended="ended_at"
    )
    return page_of(rows, order, counted=True, **place)


def teams_to_invite(actor: Actor) -> QuerySet[Team]:
    """Teams of which somebody can be asked to a group session."""
    seen = people.visible_agents(actor, P.LEAD_GROUPS).filter(left_on=None)
    return Team.objects.filter(pk__in=seen.values("team")).select_related("site").order_by("name", "pk")


def agents_to_invite(actor: Actor, team_id: int | None = None) -> QuerySet[Agent]:
    found = people.visible_agents(actor, P.LEAD_GROUPS).filter(left_on=None).exclude(user=actor.user_id)
    if team_id is not None:
        found = found.filter(team=team_id)
    return found.order_by("name", "pk")


def minutes_name(group_id: int, agent_id: int) -> str:
    """What the time of a member is called in the room of time off the phones."""
    return f"group:{group_id}:{agent_id}"


def activity_name(group_id: int) -> str:
    """What a session's activity is called in the arena."""
    return f"group:{group_id}"


@dataclass(frozen=True)
class MemberLine:
    """One of the group, and whether they have a time for it."""

    agent: Agent
    came: bool | None
    time: str


@dataclass(frozen=True)
class GroupPage:
    """A group session as its lead or a member sees it."""

    group: GroupSession
    leads: bool
    members: list[MemberLine]
    slots: list[Any]
    places: bool  # whether this lead may give times
    sheet_open: bool  # for this member, now
    results: dict[str, rules.Result] | None
    keep: list[str]
    change: list[str]


def group_page(actor: Actor, group_id: int, between: Period, at: datetime) -> GroupPage:
    group = the_group(actor, group_id)
    leads = group.lead_id == actor.user_id
    members = list(group.members.select_related("agent__team__site").order_by("agent__name", "pk"))
    planned = group.state == GroupSession.State.PLANNED
    came = list(visible_sheets(actor).filter(group=group))
    return GroupPage(
        group=group,
        leads=leads,
        members=_lines(group, members) if leads or planned else _lines(group, [m for m in members if m.came]),
        slots=slots_of(actor, group, members, between) if leads and planned else [],
        places=leads,
        sheet_open=may_return(actor, group, at),
        results=rules.results([{key: getattr(each, key) for key in rules.SCALE} for each in came]),
        keep=sorted(each.keep for each in came if each.keep),
        change=sorted(each.change for each in came if each.change),
    )


def _lines(group: GroupSession, members: list[GroupMember]) -> list[MemberLine]:
    names = {minutes_name(group.pk, each.agent_id): each.agent_id for each in members}
    sessions = offphone.visible_sessions(SYSTEM).filter(once__in=names)
    times = {names[each.once or ""]: str(each.get_state_display()) for each in sessions}
    return [MemberLine(each.agent, each.came, times.get(each.agent_id, _("offered"))) for each in members]


def owed_members(members: list[GroupMember]) -> list[int]:
    """Whose time is owed: independent contractors come if they like."""
    return [each.agent_id for each in members if each.agent.engagement == Agent.Engagement.EMPLOYEE]


def slots_of(actor: Actor, group: GroupSession, members: list[GroupMember], between: Period) -> list[Any]:
    """The times that cost the fewest callers, in which all of them can come.

    For whoever leads the group: a trainer finds a time with people whose shifts others plan.
    """
    wanted = owed_members(members)
    if not wanted or not may_gather(actor, wanted):
        return []
    return offphone.cheap_slots(wanted, group.minutes, between, actor=SYSTEM)


def may_gather(actor: Actor, agents: list[int]) -> bool:
    """Whether all of these may still be asked to a group session by this actor."""
    seen = people.visible_agents(actor, P.LEAD_GROUPS).filter(pk__in=agents)
    return seen.count() == len(set(agents))


def may_return(actor: Actor, group: GroupSession, at: datetime) -> bool:
    """Whether this member can still return a sheet."""
    if actor.user_id is None or group.sheets_until is None or group.sheets_in_at or at >= group.sheets_until:
        return False
    if not GroupMember.objects.filter(group=group, agent__user=actor.user_id, came=True).exists():
        return False
    return not ReturnSheet.objects.filter(key__in=sheets.keys_of(group.pk, actor.user_id)).exists()


def sheets_to_return(actor: Actor, at: datetime) -> list[GroupSession]:
    """Groups of mine whose sheet I can still return."""
    if actor.user_id is None:
        return []
    mine = visible_groups(actor).filter(
        state=GroupSession.State.HELD, sheets_until__gt=at, members__agent__user=actor.user_id, members__came=True
    )
    found = list(mine.order_by("sheets_until", "pk"))
    keys = {key: group.pk for group in found for key in sheets.keys_of(group.pk, actor.user_id)}
    gone = {keys[key] for key in ReturnSheet.objects.filter(key__in=keys).values_list("key", flat=True) if key}
    return [group for group in found if group.pk not in gone]


def groups_waiting(actor: Actor, at: datetime) -> list[GroupSession]:
    """Groups I lead that wait for me: to be held, or for what will change."""
    past = Q(state="planned") & (Q(begins__lte=at) | Q(begins=None, due__lte=at))
    in_hand = Q(state="held") & (Q(sheets_until=None) | Q(sheets_in_at__isnull=False))
    rows = GroupSession.objects.filter(past | in_hand, lead=actor.user_id)
    return list(rows.order_by("due", "pk")[:20])


def sheets_due(at: datetime) -> list[int]:
    """Groups whose time for sheets is over, and whose sheets are not taken in."""
    rows = GroupSession.objects.filter(state="held", sheets_until__lte=at, sheets_in_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def group_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, to whoever still sees the group."""
    group = visible_groups(actor).filter(pk=ref[1]).select_related("lead").first()
    if group is None:
        return None
    said = {"title": group.title, "lead": group.lead.name}
    if group.lead_id == actor.user_id:
        return _("The sheets of “%(title)s” are in: say what will change.") % said
    if group.state == GroupSession.State.CANCELLED:
        return _("“%(title)s” was called off.") % said
    if group.kept_at:
        return _("%(lead)s says that what was promised after “%(title)s” has changed.") % said
    if group.state == GroupSession.State.CLOSED:
        return _("%(lead)s says what will change after “%(title)s”.") % said
    if group.state == GroupSession.State.HELD:
        return _("Say without your name what you thought of “%(title)s”.") % said
    return _("%(lead)s plans “%(title)s” with you.") % said
