"""The one action of a talk: written by one, agreed by both, a promise both ways, looked at again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.events import ActionEnded
from floorwalker.apps.coaching.models import Action, AgendaItem
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.coaching.services import talking
from floorwalker.apps.coaching.services.feedback import WordsMissing, mind
from floorwalker.apps.coaching.services.talk_refusals import (
    AboutNothing,
    ActionNotThatWay,
    ClaimIsNoGround,
    ContractorSetsOwn,
    DaysWillNotDo,
    NotAgreedYet,
    OneOfTheTwo,
    TalkOver,
    UnknownMeasure,
)
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries as performance
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Invalid, Stale
from floorwalker.kernel.scoping import pick

ACTION_KIND, FOLLOW_UP_KIND = "coaching.action", "coaching.follow_up"


@transaction.atomic
def set_action(
    *, talk_id: int, what: str, target: str, due: date, follow_up_on: date, by: Actor, at: datetime,
    behaviour_id: int | None = None, item_id: int | None = None, measure: str = "", support: str = "",
    meant: bool = False,
) -> Action:  # fmt: skip
    """Write the one action down, or write it anew: who writes it agrees, the other side is asked."""
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.AGENT, rules.LEAD)
    item = pick(queries.visible_items(by).filter(talk=talk), item_id) if item_id is not None else None
    if talk.state != rules.HELD:
        raise TalkOver(state=talk.get_state_display())
    if talk.agent.engagement == Agent.Engagement.CONTRACTOR and side == rules.LEAD:
        raise ContractorSetsOwn(name=talk.agent.name)
    if not what.strip() or not target.strip():
        raise WordsMissing
    mind(what, target, support, meant=meant)
    if not rules.days_will_do(talking.today_of(talk.agent, at), due, follow_up_on):
        raise DaysWillNotDo
    if measure and measure not in performance.measure_names():
        raise UnknownMeasure(measure=measure)
    behaviour = pick(queries.behaviours_offered(by), behaviour_id) if behaviour_id is not None else None
    if behaviour is None and item is None and not measure:
        raise AboutNothing
    if item is not None and item.kind == AgendaItem.Kind.PARKED and item.outcome != AgendaItem.Outcome.EVIDENCE:
        raise ClaimIsNoGround
    before = Action.objects.select_for_update().filter(talk=talk).first()
    if before is not None and before.agreed_by_agent_at and before.agreed_by_lead_at:
        raise ActionNotThatWay(state=_("agreed by both"))
    # Without a sign-in of their own the agent agrees in the talk itself.
    agent_agrees = side == rules.AGENT or talk.agent.user_id is None
    action, _new = Action.objects.update_or_create(
        talk=talk,
        defaults={
            "agent": talk.agent,
            "lead": talk.lead,
            "what": what.strip()[:300],
            "target": target.strip()[:200],
            "behaviour": behaviour,
            "item": item,
            "measure": measure,
            "support": support.strip()[:300] if side == rules.LEAD else before.support if before else "",
            "due": due,
            "follow_up_on": follow_up_on,
            "agreed_by_agent_at": at if agent_agrees else None,
            "agreed_by_lead_at": at if side == rules.LEAD else None,
            "version": before.version + 1 if before else 1,
        },
    )
    _note(action, "set", by, at)
    if action.agreed_by_agent_at and action.agreed_by_lead_at:
        _agreed(action, by, at)
    else:
        talking.tell_of_action(action, queries.other_side(talk, by.user_id), f"set:{action.version}", at)
    return action


@transaction.atomic
def agree_action(*, action_id: int, version: int, by: Actor, at: datetime) -> Action:
    """The other side wants it too: from now on it is promised both ways."""
    action, side = _locked(action_id, by)
    if action.version != version:
        raise Stale
    mine = action.agreed_by_agent_at if side == rules.AGENT else action.agreed_by_lead_at
    if action.state != Action.State.OPEN or mine is not None:
        raise ActionNotThatWay(state=action.get_state_display())
    if side == rules.AGENT:
        action.agreed_by_agent_at = at
    else:
        action.agreed_by_lead_at = at
    action.version += 1
    action.save()
    _note(action, "agree", by, at)
    if action.agreed_by_agent_at and action.agreed_by_lead_at:
        _agreed(action, by, at)
    talking.tell_of_action(action, queries.other_side(action.talk, by.user_id), "agreed", at)
    return action


@transaction.atomic
def say_done(*, action_id: int, by: Actor, at: datetime) -> Action:
    """The agent has done it; it is looked at again on its day, and their word counts if nobody does."""
    action, side = _locked(action_id, by)
    if side != rules.AGENT:
        raise OneOfTheTwo(who=_("agent"))
    _both_agreed(action)
    if action.said_done_at is None:
        action.said_done_at, action.version = at, action.version + 1
        action.save(update_fields=["said_done_at", "version"])
        _note(action, "said_done", by, at)
        talking.tell_of_action(action, action.lead_id, "said_done", at)
    return action


@transaction.atomic
def follow_up(*, action_id: int, state: str, words: str, by: Actor, at: datetime, meant: bool = False) -> Action:
    """Who leads looks at it again with the agent: done, or not reached and why."""
    action, side = _locked(action_id, by)
    if side != rules.LEAD:
        raise OneOfTheTwo(who=_("lead"))
    _both_agreed(action)
    if state not in (Action.State.DONE, Action.State.MISSED):
        raise Invalid(problem=_("An action was done, or not reached."))
    if state == Action.State.MISSED and not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    return _end(action, state, words, by, at)


@transaction.atomic
def drop_action(*, action_id: int, why: str, by: Actor, at: datetime, meant: bool = False) -> Action:
    """Either side says that it makes no sense any more; the other reads why, and it counts against nobody."""
    action, _side = _locked(action_id, by)
    _both_agreed(action)
    if not why.strip():
        raise WordsMissing
    mind(why, meant=meant)
    return _end(action, Action.State.DROPPED, why, by, at)


def end_unseen(action: Action, at: datetime) -> Action:
    """Nobody looked at it a week after its day: the agent's word counts; without one it was not reached."""
    if action.said_done_at is not None:
        words = _("Nobody looked at it again; the agent's word counts.")
        return _end(action, Action.State.DONE, words, SYSTEM, at, followed=False)
    words = _("Its day passed, and nobody said that it was done.")
    return _end(action, Action.State.MISSED, words, SYSTEM, at, followed=False)


def promise_name(action: Action, side: str) -> str:
    return f"coaching:action:{action.pk}:{side}"


def promise_follow_up(action: Action, by: Actor, at: datetime) -> None:
    promises.register(
        kind=FOLLOW_UP_KIND,
        ref=("coaching.action", action.pk),
        owner=action.lead_id,
        to=action.agent.user_id or action.agent.name,
        what=_("An action from a one-to-one is looked at again"),
        due=talking.end_of(action.follow_up_on, action.agent),
        by=by,
        at=at,
        once=promise_name(action, rules.LEAD),
    )


def _agreed(action: Action, by: Actor, at: datetime) -> None:
    """More people read promises than talks, so neither says what the action is."""
    promise_follow_up(action, by, at)
    if action.agent.user_id is not None and action.agent.engagement != Agent.Engagement.CONTRACTOR:
        promises.register(
            kind=ACTION_KIND,
            ref=("coaching.action", action.pk),
            owner=action.agent.user_id,
            to=action.lead_id,
            what=_("An action from a one-to-one"),
            due=talking.end_of(action.follow_up_on, action.agent),
            by=by,
            at=at,
            once=promise_name(action, rules.AGENT),
        )


def _end(action: Action, state: str, words: str, by: Actor, at: datetime, followed: bool = True) -> Action:
    action.state, action.outcome, action.ended_at = state, words.strip()[:500], at
    action.version += 1
    if state != Action.State.DROPPED:
        _keep_change(action, by, at)
    action.save()
    theirs, leads = promise_name(action, rules.AGENT), promise_name(action, rules.LEAD)
    if state == Action.State.DONE:
        promises.keep(once=theirs, by=by, at=action.said_done_at or at)
    elif state == Action.State.MISSED:
        promises.miss(once=theirs, why=_("it was not reached; both have read why"), by=by, at=at)
    else:
        promises.withdraw(once=theirs, why=_("the action was dropped"), by=by, at=at)
        promises.withdraw(once=leads, why=_("the action was dropped"), by=by, at=at)
    if followed and state != Action.State.DROPPED:
        promises.keep(once=leads, by=by, at=at)
    _note(action, state, by, at)
    for user in {action.agent.user_id, action.lead_id} - {by.user_id, None}:
        talking.tell_of_action(action, user, state, at)
    events.announce(ActionEnded(action.pk, action.agent_id, action.lead_id, state, action.measure))
    return action


def _keep_change(action: Action, by: Actor, at: datetime) -> None:
    """What the measure did: the four weeks before the talk against the days since."""
    if not action.measure or action.talk.held_at is None:
        return
    middle = talking.today_of(action.agent, action.talk.held_at) + timedelta(days=1)
    found = performance.change_of(
        by,
        action.agent,
        action.measure,
        middle=middle,
        first=middle - timedelta(days=rules.BEFORE_DAYS),
        last=talking.today_of(action.agent, at) - timedelta(days=1),
    )
    if found is not None:
        action.before, action.after = found.found.before, found.found.after
        action.change_low, action.change_high = found.found.low, found.found.high


def _both_agreed(action: Action) -> None:
    if action.state != Action.State.OPEN:
        raise ActionNotThatWay(state=action.get_state_display())
    if not action.agreed_by_agent_at or not action.agreed_by_lead_at:
        raise NotAgreedYet


def _locked(action_id: int, by: Actor) -> tuple[Action, str]:
    """The action for writing, and the side; the talk is locked first, as by who closes it."""
    require(by, P.TALK)
    found = queries.the_action(by, action_id)
    if found.talk.agent.user_id == by.user_id or found.talk.lead_id == by.user_id:
        talking.locked(found.talk_id, by)
    rows = Action.objects.select_for_update(of=("self",))
    action = rows.select_related("agent__team__site", "agent__user", "talk__agent").get(pk=action_id)
    if by.user_id is not None and action.agent.user_id == by.user_id:
        return action, rules.AGENT
    if action.lead_id != by.user_id:
        raise OneOfTheTwo(who=_("agent or lead"))
    return action, rules.LEAD


def _note(action: Action, verb: str, by: Actor, at: datetime) -> None:
    about = ("coaching.action", action.pk)
    audit.record(by=by, verb=f"coaching.action_{verb}", about=about, facts={}, person=action.agent.user_id, at=at)
