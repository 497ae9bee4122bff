"""When somebody else leads an agent, or an agent leaves: what becomes of what is open between them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Action, AgendaItem, OneToOne
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.coaching.services import actions, agenda, agreements, talking, talks
from floorwalker.apps.coaching.services.group_hands import follow_groups, leave_groups
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.promises import services as promises
from floorwalker.kernel.access import SYSTEM

FRESH_DAYS = timedelta(days=14)


@transaction.atomic
def end_of_leavers(at: datetime) -> int:
    """Every day: whoever has left by now and still has something open here; how many."""
    found = queries.left_with_something_open(at.date())
    for agent_id in found:
        end_of_leaver(agent_id=agent_id, at=at)
    return len(found)


@transaction.atomic
def end_of_leaver(*, agent_id: int, at: datetime) -> int:
    """Open talks end, minutes and promises are withdrawn with the reason; how many talks."""
    why = _("the agent has left")
    rows = OneToOne.objects.select_for_update(of=("self",)).filter(agent=agent_id, state__in=rules.OPEN)
    found = list(rows.select_related("agent__team__site", "agent__user", "lead").order_by("pk"))
    for talk in found:
        _end_talk(talk, why, at)
        talking.tell(talk, talk.lead_id, "ended", at)
    for talk in queries.closed_talks(agent_id):
        promises.withdraw(once=talks.next_name(talk), why=why, by=SYSTEM, at=at)
    for action in _open_actions().filter(agent=agent_id):
        _withdraw(action, why, at)
        action.state, action.outcome, action.ended_at = Action.State.DROPPED, why, at
        action.save(update_fields=["state", "outcome", "ended_at"])
    for item in AgendaItem.objects.select_for_update(of=("self",)).filter(talk__agent=agent_id, outcome="open"):
        item.outcome, item.outcome_words, item.outcome_at = "dropped", why, at
        item.save(update_fields=["outcome", "outcome_words", "outcome_at"])
        promises.withdraw(once=agenda.claim_name(item), why=why, by=SYSTEM, at=at)
    agreements.end_agreements(queries.open_agreements(agent_id), why, at)
    leave_groups(agent_id=agent_id, why=why, at=at)
    return len(found)


@transaction.atomic
def follow_leads(*, at: datetime, agent_id: int | None = None) -> int:
    """What is open with somebody who no longer leads the agent goes on with who does; how much moved.

    The new lead gets no word of what was said: the minutes are owed anew, and the action is theirs to follow up.
    Until somebody leads the agent, everything stays as it is.
    """
    moved = 0
    rows = OneToOne.objects.select_for_update(of=("self",)).filter(state__in=rules.TO_HOLD)
    if agent_id is not None:
        rows = rows.filter(agent=agent_id)
    for talk in rows.select_related("agent__team__site", "agent__user", "lead").order_by("pk"):
        leads = queries.users_who_lead(talk.agent)
        if not leads or talk.lead_id in leads:
            continue
        _end_talk(talk, _("somebody else leads the agent now"), at)
        talking.tell(talk, talk.lead_id, "ended", at)
        talking.tell(talk, talk.agent.user_id, "ended", at)
        if not queries.open_talk_of(talk.agent_id, leads[0]):
            talks.plan_for(talk.agent, leads[0], talk.minutes, max(talk.due, at + FRESH_DAYS), SYSTEM, at)
        moved += 1
    open_actions = _open_actions()
    if agent_id is not None:
        open_actions = open_actions.filter(agent=agent_id)
    for action in open_actions:
        leads = queries.users_who_lead(action.agent)
        if not leads or action.lead_id in leads or not (action.agreed_by_agent_at and action.agreed_by_lead_at):
            continue
        why = _("somebody else leads the agent now")
        once = actions.promise_name(action, rules.LEAD)
        promises.hand_over(once=once, owner=leads[0], why=why, by=SYSTEM, at=at)
        theirs = actions.promise_name(action, rules.AGENT)
        promises.owe_to(once=theirs, to=leads[0], why=why, by=SYSTEM, at=at)
        action.lead_id, action.version = leads[0], action.version + 1
        action.save(update_fields=["lead_id", "version"])
        talking.tell_of_action(action, action.agent.user_id, f"moved:{leads[0]}", at)
        talking.tell_of_action(action, leads[0], "moved", at)
        moved += 1
    for pair in queries.open_agreements(agent_id).select_related("agent__team"):
        leads = queries.users_who_lead(pair.agent)
        if leads and pair.lead_id not in leads:
            why = _("somebody else leads the agent now")
            moved += agreements.end_agreements(queries.open_agreements(pair.agent_id, pair.lead_id), why, at)
    return moved + follow_groups(at=at, agent_id=agent_id)


@transaction.atomic
def look_at_actions(at: datetime) -> int:
    """Every day: tell who follows up that the day has come; how many ended that nobody looked at for a week."""
    ended = 0
    for action in _open_actions().filter(follow_up_on__lte=at.date() + timedelta(days=1)):
        if not (action.agreed_by_agent_at and action.agreed_by_lead_at):
            continue
        today = talking.today_of(action.agent, at)
        if action.follow_up_on + rules.FOLLOW_UP_GRACE < today:
            actions.end_unseen(action, at)
            ended += 1
        elif action.follow_up_on <= today:
            talking.tell_of_action(action, action.lead_id, "due", at)
    return ended


def _open_actions() -> queries.ActionRows:
    rows = Action.objects.select_for_update(of=("self",)).filter(state=Action.State.OPEN)
    return rows.select_related("agent__team__site", "agent__user", "talk").order_by("pk")


def _withdraw(action: Action, why: str, at: datetime) -> None:
    for side in (rules.AGENT, rules.LEAD):
        promises.withdraw(once=actions.promise_name(action, side), why=why, by=SYSTEM, at=at)


def _end_talk(talk: OneToOne, why: str, at: datetime) -> None:
    talk.answer = why
    talking.move(talk, rules.ENDED, rules.WORK, SYSTEM, at)
    offphone.fall_away(once=talking.session_name(talk), why=why, by=SYSTEM, at=at)
    for item in talk.items.filter(outcome="open"):
        item.outcome, item.outcome_words, item.outcome_at = "dropped", why, at
        item.save(update_fields=["outcome", "outcome_words", "outcome_at"])
        promises.withdraw(once=agenda.claim_name(item), why=why, by=SYSTEM, at=at)
