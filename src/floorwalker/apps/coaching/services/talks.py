"""One-to-ones: planned and owed, placed where they cost the fewest callers, prepared, held and closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.events import TalkClosed, TalkHeld
from floorwalker.apps.coaching.models import Action, AgendaItem, OneToOne
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.coaching.services import talking
from floorwalker.apps.coaching.services.feedback import HasLeft, mind
from floorwalker.apps.coaching.services.talk_refusals import (
    DaysWillNotDo,
    LeadTalksThen,
    NobodyLeads,
    NoOffer,
    NoTimeAsked,
    NotPlacedYet,
    TalkIncomplete,
    TalkNotThatWay,
    TalkOpenAlready,
)
from floorwalker.apps.coaching.services.touches import note_touch
from floorwalker.apps.offphone import queries as minutes
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import events
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound

NEXT_KIND = "coaching.next_talk"
KIND = "one_to_one"
MISSING = {
    "words": gettext_lazy("the agent's own words"),
    "action": gettext_lazy("one action both agreed on, or why there is none"),
    "follow_up": gettext_lazy("the day on which you look at it again"),
}


@transaction.atomic
def plan_talk(*, agent_id: int, talk_minutes: int, due: datetime, by: Actor, at: datetime) -> OneToOne:
    """Owe an agent one leads a one-to-one until a day; a contractor is offered it and owes nobody an answer."""
    require(by, P.HOLD)
    agent = people.the_agent(by, agent_id, P.HOLD)
    if by.user_id is None or agent.user_id == by.user_id:
        refuse(by)
    return plan_for(agent, by.user_id, talk_minutes, due, by, at)


def plan_for(agent: Agent, lead_id: int, talk_minutes: int, due: datetime, by: Actor, at: datetime) -> OneToOne:
    """Make the talk of these two, and the minutes that are owed for it."""
    if agent.left_on is not None and agent.left_on <= at.date():
        raise HasLeft(name=agent.name)
    contractor = agent.engagement == Agent.Engagement.CONTRACTOR
    talk = _made(agent, lead_id, talk_minutes, due, at, offered=contractor)
    if contractor:
        if not minutes_will_do(talk_minutes):
            raise offphone.WrongLength(minutes=talk_minutes)
        talking.tell(talk, agent.user_id, "offered", at)
    else:
        session = offphone.owe(
            agent_id=agent.pk, minutes=talk_minutes, kind=KIND, reason=_("One-to-one"), due=due,
            by=SYSTEM, at=at, once=talking.session_name(talk), owner=lead_id,
        )  # fmt: skip
        talk.session = session.pk
        talk.save(update_fields=["session"])
    for before in queries.closed_talks(agent.pk, lead_id):
        promises.keep(once=next_name(before), by=by, at=at)
    talking.note(talk, "plan", by, at)
    return talk


def minutes_will_do(wanted: int) -> bool:
    return 5 <= wanted <= 120 and wanted % 5 == 0


def _made(agent: Agent, lead_id: int, talk_minutes: int, due: datetime, at: datetime, **more: bool) -> OneToOne:
    try:
        with transaction.atomic():
            talk = OneToOne.objects.create(
                agent=agent, lead_id=lead_id, minutes=talk_minutes, due=due, made_at=at, **more
            )
    except IntegrityError as error:
        if "coaching_one_open_talk" in str(error):
            raise TalkOpenAlready from error
        raise
    return OneToOne.objects.select_related("agent__team__site", "agent__user", "lead").get(pk=talk.pk)


@transaction.atomic
def ask_for_talk(
    *, talk_minutes: int, words: str, by: Actor, at: datetime, lead_id: int | None = None, meant: bool = False
) -> OneToOne:
    """An agent asks who leads them for a talk, with what it is about; the lead says until when."""
    require(by, P.TALK)
    agent = people.agent_of(by)
    if agent is None or by.user_id is None:
        raise NotFound
    leads = queries.users_who_lead(agent)
    if not leads:
        raise NobodyLeads
    if lead_id is not None and lead_id not in leads:
        raise NotFound
    mind(words, meant=meant)
    talk = _made(agent, lead_id or leads[0], talk_minutes, at + timedelta(days=14), at, asked_by_agent=True)
    _ask(talk, by, at)
    if words.strip():
        AgendaItem.objects.create(talk=talk, kind="agent", words=words.strip()[:500], by_id=by.user_id, at=at)
    talking.note(talk, "ask", by, at)
    talking.tell(talk, talk.lead_id, "asked", at)
    return talk


@transaction.atomic
def take_offer(*, talk_id: int, by: Actor, at: datetime) -> OneToOne:
    """A contractor takes the offer: they ask for the time, and the lead agrees to it."""
    talk = talking.locked(talk_id, by)
    talking.only(talk, by, rules.AGENT)
    if not talk.offered or talk.session is not None or talk.state not in rules.TO_HOLD:
        raise NoOffer
    _ask(talk, by, at)
    talking.note(talk, "take", by, at)
    talking.tell(talk, talk.lead_id, "taken", at)
    return talk


def _ask(talk: OneToOne, by: Actor, at: datetime) -> None:
    session = offphone.ask(
        minutes=talk.minutes, kind=KIND, reason=_("One-to-one"), by=by, at=at, once=talking.session_name(talk)
    )
    talk.session, talk.version = session.pk, talk.version + 1
    talk.save(update_fields=["session", "version"])


@transaction.atomic
def agree_time(*, talk_id: int, due: datetime, by: Actor, at: datetime) -> OneToOne:
    """The lead agrees to the time that was asked for: from now on it is owed."""
    talk = talking.locked(talk_id, by)
    talking.only(talk, by, rules.LEAD)
    session = minutes.the_session(SYSTEM, talk.session) if talk.session else None
    if session is None or session.state != "asked" or talk.state not in rules.TO_HOLD:
        raise NoTimeAsked
    offphone.grant(session_id=session.pk, due=due, by=by, at=at)
    talk.due, talk.version = due, talk.version + 1
    talk.save(update_fields=["due", "version"])
    talking.note(talk, "agree_time", by, at)
    return talk


@transaction.atomic
def place_talk(*, talk_id: int, start: datetime, version: int, by: Actor, at: datetime) -> OneToOne:
    """Give a talk one of the times in which it costs the fewest callers, or move it there."""
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)  # one lead, one talk at a time
    talk = talking.locked(talk_id, by, version)
    talking.only(talk, by, rules.LEAD)
    if talk.session is None or talk.state not in rules.TO_HOLD:
        raise NotPlacedYet
    if queries.lead_is_taken(talk, start):
        raise LeadTalksThen
    session = minutes.the_session(SYSTEM, talk.session)
    if session.state not in ("owed", "placed"):
        raise NotPlacedYet
    offphone.place(session_id=session.pk, start=start, version=session.version, by=by, at=at)
    return follow(talk, by, at)


@transaction.atomic
def cancel_talk(*, talk_id: int, why: str, by: Actor, at: datetime) -> OneToOne:
    """The lead takes its time away; it stays owed until it is held, or let go by the agent."""
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.LEAD)
    if talk.begins_at is None or talk.session is None or talk.state not in rules.TO_HOLD:
        raise TalkNotThatWay(state=talk.get_state_display(), to=OneToOne.State.CANCELLED.label)
    assert side == rules.LEAD
    offphone.lose(session_id=talk.session, answer=_("cancelled; it needs another time"), by=by, at=at)
    talk.answer = why.strip()[:300]
    return follow(talk, by, at)


@transaction.atomic
def let_go_talk(*, talk_id: int, why: str, by: Actor, at: datetime) -> OneToOne:
    """The agent does not want it; nobody else forgives what is owed, and nobody asks a contractor why."""
    talk = talking.locked(talk_id, by)
    side = talking.only(talk, by, rules.AGENT)
    talk.answer = why.strip()[:300]
    talking.move(talk, rules.LET_GO, side, by, at)
    if talk.session is not None:
        offphone.let_go(session_id=talk.session, why="", by=by, at=at)
    talking.tell(talk, talk.lead_id, "let_go", at)
    return talk


@transaction.atomic
def prepare_talk(*, talk_id: int, evidence: Iterable[str], by: Actor, at: datetime) -> OneToOne:
    """The lead chooses what the talk is about from what is known; the agent reads it before."""
    talk = talking.locked(talk_id, by)
    talking.only(talk, by, rules.LEAD)
    if talk.state not in rules.TO_HOLD:
        raise TalkNotThatWay(state=talk.get_state_display(), to=OneToOne.State.PREPARED.label)
    wanted = set(evidence)
    for each in queries.evidence_for(by, talk, at):
        if each.key in wanted:
            AgendaItem.objects.get_or_create(
                talk=talk,
                source=each.source,
                ref=each.ref,
                defaults={"kind": "evidence", "words": each.words[:500], "by_id": by.user_id, "at": at},
            )
    first, talk.prepared_at = talk.prepared_at is None, at
    if talk.state == rules.PLANNED:
        talking.move(talk, rules.PREPARED, rules.LEAD, by, at)
    else:
        talk.save(update_fields=["prepared_at"])
    if first:
        talking.tell(talk, talk.agent.user_id, "prepared", at)
    return talk


@transaction.atomic
def hold_talk(*, talk_id: int, by: Actor, at: datetime) -> OneToOne:
    """It takes place now: its minutes are delivered, and the agent was spoken to."""
    talk = talking.locked(talk_id, by)
    talking.only(talk, by, rules.LEAD)
    if not rules.may_move(talk.state, rules.HELD, rules.LEAD):
        raise TalkNotThatWay(state=talk.get_state_display(), to=OneToOne.State.HELD.label)
    if talk.session is not None:
        if minutes.the_session(SYSTEM, talk.session).state == "asked":
            offphone.grant(session_id=talk.session, due=at, by=by, at=at)
        offphone.settle(once=talking.session_name(talk), by=by, at=at)
    return _held(talk, rules.LEAD, by, at)


def _held(talk: OneToOne, side: str, by: Actor, at: datetime) -> OneToOne:
    talk.held_at = at
    talking.move(talk, rules.HELD, side, by, at)
    spent = talk.minutes if talk.session is not None else None
    note_touch(
        agent_id=talk.agent_id,
        by_user_id=talk.lead_id,
        kind="one_to_one",
        minutes=spent,
        at=at,
        once=f"one_to_one:{talk.pk}",
    )
    events.announce(TalkHeld(talk.pk, talk.agent_id, talk.lead_id, spent))
    return talk


@transaction.atomic
def close_talk(
    *, talk_id: int, by: Actor, at: datetime, follow_up_on: date | None = None, why_no_action: str = "",
    meant: bool = False,
) -> OneToOne:  # fmt: skip
    """Close a talk that was held: with the agent's words, one action or why there is none, and a day after it."""
    talk = talking.locked(talk_id, by)
    talking.only(talk, by, rules.LEAD)
    if not rules.may_move(talk.state, rules.CLOSED, rules.LEAD):
        raise TalkNotThatWay(state=talk.get_state_display(), to=OneToOne.State.CLOSED.label)
    action = (
        Action.objects.filter(talk=talk).exclude(agreed_by_agent_at=None).exclude(agreed_by_lead_at=None).first()
    )
    follow_up_on = action.follow_up_on if action else follow_up_on
    missing = rules.missing_to_close(
        agent_spoke=talk.notes.filter(side="agent").exists(),
        action_agreed=action is not None,
        why_none=why_no_action,
        follow_up=follow_up_on,
    )
    if missing:
        raise TalkIncomplete(missing="; ".join(str(MISSING[each]) for each in missing))
    assert follow_up_on is not None
    today = talking.today_of(talk.agent, at)
    if action is None:
        mind(why_no_action, meant=meant)
        if not today + rules.SOONEST_FOLLOW_UP <= follow_up_on <= today + rules.LATEST_FOLLOW_UP:
            raise DaysWillNotDo
        Action.objects.filter(talk=talk).delete()  # one that only one side wanted
    talk.follow_up_on, talk.why_no_action = follow_up_on, "" if action else why_no_action.strip()[:300]
    talking.move(talk, rules.CLOSED, rules.LEAD, by, at)
    if action is None:
        _promise_next(talk, by, at)
    talking.tell(talk, talk.agent.user_id, "closed", at)
    events.announce(TalkClosed(talk.pk, talk.agent_id, talk.lead_id, action.pk if action else None))
    return talk


def next_name(talk: OneToOne) -> str:
    return f"coaching:next:{talk.pk}"


def _promise_next(talk: OneToOne, by: Actor, at: datetime) -> None:
    """Without an action it is the next talk that is promised; kept when it is planned."""
    assert talk.follow_up_on is not None
    promises.register(
        kind=NEXT_KIND,
        ref=("coaching.talk", talk.pk),
        owner=talk.lead_id,
        to=talk.agent.user_id or talk.agent.name,
        what=_("The next one-to-one is planned"),
        due=talking.end_of(talk.follow_up_on, talk.agent),
        by=by,
        at=at,
        once=next_name(talk),
    )


def follow(talk: OneToOne, by: Actor, at: datetime) -> OneToOne:
    """What became of its minutes becomes of the talk."""
    assert talk.session is not None
    session = minutes.the_session(SYSTEM, talk.session)
    if session.state == "placed":
        begins = session.period.lower
        if talk.state == rules.CANCELLED:
            talk.begins_at, talk.answer = begins, ""
            talking.move(talk, rules.with_time(talk.prepared_at is not None), rules.WORK, by, at)
        elif talk.begins_at != begins and talk.state in rules.TO_HOLD:
            talk.begins_at, talk.version = begins, talk.version + 1
            talk.save(update_fields=["begins_at", "version"])
    elif session.state == "owed" and talk.begins_at is not None and talk.state in rules.TO_HOLD:
        talk.begins_at, talk.answer = None, talk.answer or session.answer
        talking.move(talk, rules.CANCELLED, rules.WORK, by, at)
        if by.user_id != talk.lead_id:
            talking.tell(talk, talk.lead_id, f"lost:{talk.version}", at)
    elif session.state == "delivered" and talk.state in rules.TO_HOLD:
        _held(talk, rules.WORK, by, at)
    elif session.state == "let_go" and talk.state in rules.TO_HOLD:
        talk.answer = talk.answer or session.answer
        talking.move(talk, rules.LET_GO, rules.WORK, by, at)
        talking.tell(talk, talk.lead_id, "let_go", at)
    elif session.state in ("declined", "fell_away") and talk.state in rules.TO_HOLD:
        talk.answer = session.answer
        talking.move(talk, rules.ENDED, rules.WORK, by, at)
    return talk


@transaction.atomic
def follow_session(*, session_id: int, at: datetime) -> None:
    """A session off the phones moved; if it is that of an open talk, the talk follows."""
    rows = OneToOne.objects.select_for_update(of=("self",)).select_related(
        "agent__team__site", "agent__user", "lead"
    )
    talk = rows.filter(session=session_id, state__in=rules.TO_HOLD).first()
    if talk is not None:
        follow(talk, SYSTEM, at)
