"""A group session goes on with who leads its people now; it ends where nobody does, and loses who has left."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import GroupMember, GroupSession
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.coaching.services import group_activity, groups
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import notices
from floorwalker.kernel.access import SYSTEM

HANDED_KIND = "coaching.group_handed"
FRESH_DAYS = timedelta(days=7)  # who takes one over has a week for it
DAY = timedelta(days=1)


@transaction.atomic
def follow_groups(*, at: datetime, agent_id: int | None = None) -> int:
    """Open groups whose lead has left, or leads none of them any more, go on with who leads most; how many moved.

    Where nobody leads them, a planned session is called off and a word withdrawn when its day has come; until
    then, and with sheets in hand, it waits for somebody.
    """
    rows = GroupSession.objects.select_for_update(of=("self",)).filter(queries.groups_that_go_on(at))
    if agent_id is not None:
        rows = rows.filter(members__agent=agent_id)
    moved = 0
    for group in rows.select_related("lead").order_by("pk"):
        agents = queries.people_of_group(group)
        if queries.still_leads(group.lead, agents):
            continue
        lead = queries.who_leads_most(agents)
        if lead is not None:
            _hand_over(group, lead, at)
            moved += 1
        elif _its_day(group) <= at + DAY:
            _end(group, _("nobody leads the group any more"), at)
    return moved


@transaction.atomic
def leave_groups(*, agent_id: int, why: str, at: datetime) -> int:
    """Who has left is expected at no planned session any more; one without anybody is called off; how many."""
    rows = GroupMember.objects.select_related("group").filter(agent=agent_id, group__state=rules.PLANNED)
    found = list(rows.order_by("group"))
    for member in found:
        group = GroupSession.objects.select_for_update().get(pk=member.group_id)
        offphone.fall_away(once=queries.minutes_name(group.pk, agent_id), why=why, by=SYSTEM, at=at)
        member.delete()
        group_activity.leave(group, [agent_id], at)
        groups.save_group(group, "coaching.leave_group", SYSTEM, at)
        if not group.members.exists():
            _end(group, why, at)
    return len(found)


def _its_day(group: GroupSession) -> datetime:
    if group.state == rules.CLOSED and group.outcome_due is not None:
        return group.outcome_due
    return group.due if group.state == rules.PLANNED else datetime.max.replace(tzinfo=group.due.tzinfo)


def _hand_over(group: GroupSession, lead: int, at: datetime) -> None:
    """Minutes and word are promised anew; everybody and the new lead are told."""
    why = _("somebody else leads the group now")
    group.lead_id = lead
    group_activity.hand_over(group, lead, at)
    members = list(group.members.select_related("agent"))
    if group.state == rules.PLANNED:
        if group.begins is None or group.begins <= at:
            group.due = max(group.due, at + FRESH_DAYS)
        for agent_id in queries.owed_members(members):
            once = queries.minutes_name(group.pk, agent_id)
            offphone.hand_over(once=once, owner=lead, why=why, by=SYSTEM, at=at, due=group.due)
    elif group.outcome_due is not None:
        group.outcome_due = max(group.outcome_due, at + FRESH_DAYS)
        once = groups.promise_name(group)
        promises.hand_over(once=once, owner=lead, why=why, by=SYSTEM, at=at, due=group.outcome_due)
    groups.save_group(group, "coaching.hand_group_over", SYSTEM, at)
    for user in {lead, *groups.who_reads(group, members)}:
        if user is not None:
            once, about = f"group:{group.pk}:handed:{group.version}", (queries.GROUP, group.pk)
            notices.notify(to=user, kind=HANDED_KIND, ref=about, once=once, at=at)


def _end(group: GroupSession, why: str, at: datetime) -> None:
    if group.state == rules.PLANNED:
        groups.call_off(group, why, SYSTEM, at)
    else:
        promises.withdraw(once=groups.promise_name(group), why=why, by=SYSTEM, at=at)
