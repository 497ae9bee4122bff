"""When somebody else leads an agent, or an agent leaves: what becomes of goals, their support and small roles."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.performance.rules import goals as rules
from floorwalker.apps.performance.services.aims import end_roles_of
from floorwalker.apps.performance.services.goals import end_goal, promise_name, support_due
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM

HANDED_KIND = "performance.goal_handed"
FRESH_DAYS = timedelta(days=7)  # who comes to owe support has a week for it


@transaction.atomic
def end_of_leaver(*, agent_id: int, at: datetime) -> int:
    """Goals are let go, promised support is withdrawn, small roles end, all with the reason; how many ended."""
    why = _("the agent has left")
    rows = Goal.objects.select_for_update(of=("self",)).select_related("agent__team__site")
    for goal in (
        found := list(rows.filter(queries.SUPPORT_OWED | queries.IS_OPEN, agent=agent_id).order_by("pk"))
    ):
        if goal.state in queries.OPEN:
            end_goal(goal, rules.LET_GO, why, SYSTEM, at)
        promises.withdraw(once=promise_name(goal), why=why, by=SYSTEM, at=at)
    return len(found) + end_roles_of(agent_id=agent_id, why=why, at=at)


@transaction.atomic
def follow_leads(*, at: datetime, agent_id: int | None = None) -> int:
    """A goal shared with somebody who no longer leads the agent goes on with who does; how many moved.

    Support is owed by the new lead then, who has a week for it at least. Until somebody leads the agent,
    everything stays as it is.
    """
    rows = Goal.objects.select_for_update(of=("self",)).filter(queries.SUPPORT_OWED | queries.IS_OPEN)
    rows = rows.filter(lead__isnull=False, agent__left_on=None)
    if agent_id is not None:
        rows = rows.filter(agent=agent_id)
    moved = 0
    for goal in rows.select_related("agent__team__site").order_by("pk"):
        leads = people.leads_of(goal.agent)
        if leads and goal.lead_id not in leads:
            _hand_over(goal, leads[0], at)
            moved += 1
    return moved


def _hand_over(goal: Goal, lead: int, at: datetime) -> None:
    goal.lead_id, goal.version = lead, goal.version + 1
    if goal.support_by is not None and not goal.support_given_at:
        goal.support_by = max(goal.support_by, queries.today_of(goal.agent, at) + FRESH_DAYS)
        once, why = promise_name(goal), _("somebody else leads the agent now")
        promises.hand_over(once=once, owner=lead, why=why, by=SYSTEM, at=at, due=support_due(goal))
    goal.save(update_fields=["lead_id", "version", "support_by"])
    about, person = ("performance.goal", goal.pk), goal.agent.user_id
    audit.record(
        by=SYSTEM, verb="performance.goal_handed", about=about, facts={"lead": lead}, person=person, at=at
    )
    for user in dict.fromkeys((person, lead)):
        if user is not None:
            once = f"{HANDED_KIND}:{goal.pk}:{goal.version}:{user}"
            notices.notify(to=user, kind=HANDED_KIND, ref=about, once=once, at=at)
