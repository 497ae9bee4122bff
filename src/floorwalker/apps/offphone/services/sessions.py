"""What is done with a session off the phones: asked for, owed, placed, lost, delivered, let go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import queries, rules
from floorwalker.apps.offphone.events import SessionMoved
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused, Stale
from floorwalker.kernel.periods import Period

PROMISE_KIND = "offphone.owed"
NOTICE_KIND = "offphone.moved"
OPEN = (rules.ASKED, rules.OWED, rules.PLACED)
MOST_TRIED = 50  # times looked through for one on another day


class NotThatWay(Refused):
    code = "offphone_move_not_allowed"
    status = 409
    text = _("A session that is {state} cannot become {to} like this.")


class WrongLength(Refused):
    code = "offphone_wrong_length"
    text = _("{minutes} minutes will not do: a session takes 5 minutes to 8 hours, in steps of 5.")


class NotOnThePhones(Refused):
    code = "offphone_not_at_work"
    text = _("{name} is not on the phones for all of that time; pick one of the slots shown.")


class SlotTaken(Refused):
    code = "offphone_slot_taken"
    status = 409
    text = _("{name} has another session at that time; nothing was changed.")


class ContractorIsOffered(Refused):
    code = "offphone_contractor_is_offered"
    text = _("{name} is an independent contractor: time can be offered, and placed once they have asked for it.")


@transaction.atomic
def ask(*, minutes: int, kind: str, reason: str, by: Actor, at: datetime, once: str | None = None) -> Session:
    """An agent asks for time off the phones; ``once`` is what the room calls it whose work it is for."""
    require(by, P.ASK)
    agent = people.agent_of(by)
    if agent is None:
        raise NotFound
    said = {"minutes": minutes, "kind": kind, "reason": reason, "by": by, "at": at}
    return _make(agent=agent, state=rules.ASKED, once=once, **said)


@transaction.atomic
def owe(
    *,
    agent_id: int,
    minutes: int,
    kind: str,
    reason: str,
    due: datetime,
    by: Actor,
    at: datetime,
    once: str | None = None,
    owner: int | None = None,
) -> Session:
    """Promise an agent time off the phones; the same ``once`` again changes nothing.

    ``owner`` is the user who owes it, where another room has it owed in somebody's name.
    """
    require(by, P.LEAD)
    if before := _owed_before(once, by):
        return before
    agent = people.the_agent(by, agent_id, P.LEAD)
    if agent.engagement == Agent.Engagement.CONTRACTOR:
        raise ContractorIsOffered(name=agent.name)
    more = {"owner_id": owner or by.user_id, "due": due, "once": once}
    said = {"minutes": minutes, "kind": kind, "reason": reason, "by": by, "at": at}
    try:
        with transaction.atomic():
            session = _make(agent=agent, state=rules.OWED, **said, **more)
    except IntegrityError:
        if before := _owed_before(once, by):
            return before  # the same was said a moment ago, and that one was quicker
        raise
    _promise(session, by, at)
    return session


def _owed_before(once: str | None, by: Actor) -> Session | None:
    before = Session.objects.filter(once=once).first() if once else None
    return queries.the_session(by, before.pk, P.LEAD) if before else None


@transaction.atomic
def grant(*, session_id: int, due: datetime, by: Actor, at: datetime) -> Session:
    """Agree to what an agent asked for: from now on it is owed."""
    session = _locked(session_id, by, P.LEAD)
    _only_from(session, rules.ASKED, rules.OWED)
    session.owner_id, session.due = by.user_id, due
    _move(session, rules.OWED, "lead", by, at)
    _promise(session, by, at)
    return session


@transaction.atomic
def decline(*, session_id: int, answer: str, by: Actor, at: datetime) -> Session:
    """Say no to what an agent asked for, with the reason they will read."""
    session = _locked(session_id, by, P.LEAD)
    if not answer.strip():
        raise promises.WithoutReason(what=session.reason)
    session.answer = answer.strip()[:200]
    return _move(session, rules.DECLINED, "lead", by, at)


@transaction.atomic
def place(*, session_id: int, start: datetime, version: int, by: Actor, at: datetime) -> Session:
    """Give a session its time, or move it: within the agent's shift, outside meals and other sessions."""
    session = _locked(session_id, by, P.LEAD)
    if session.version != version:
        raise Stale
    period = Period(start, start + timedelta(minutes=session.minutes))
    slots = queries.cheap_slots(
        [session.agent_id], session.minutes, period, actor=by, wanted=1, without=session.pk
    )
    if not slots:
        raise NotOnThePhones(name=session.agent.name)
    session.period, session.callers = period.range, None if slots[0].unpriced else slots[0].callers
    try:
        with transaction.atomic():
            return _move(session, rules.PLACED, "lead", by, at)
    except IntegrityError as error:
        if "offphone_one_session_at_a_time" in str(error):
            raise SlotTaken(name=session.agent.name) from error
        raise


@transaction.atomic
def place_cheapest(
    *, once: str, between: Period, by: Actor, at: datetime, rather_not_on: Collection[date] = ()
) -> Session | None:
    """Give an owed session the cheapest time there is within published shifts; without one it stays owed.

    ``rather_not_on`` are days, by the clock of the agent's site, taken only where no other has room.
    """
    rows = Session.objects.select_for_update(of=("self",)).select_related("agent__team__site")
    session = rows.filter(once=once).first()
    if session is None or session.state != rules.OWED:
        return session
    wanted = MOST_TRIED if rather_not_on else 1
    slots = queries.cheap_slots([session.agent_id], session.minutes, between, actor=by, wanted=wanted)
    if not slots:
        return session
    zone = ZoneInfo(session.agent.team.site.zone)
    other = (slot for slot in slots if slot.start.astimezone(zone).date() not in rather_not_on)
    start = next(other, slots[0]).start
    return place(session_id=session.pk, start=start, version=session.version, by=by, at=at)


@transaction.atomic
def lose(*, session_id: int, answer: str, by: Actor, at: datetime) -> Session:
    """Take a session's time away, in a surge for example; it stays owed."""
    session = _locked(session_id, by, P.LEAD)
    _only_from(session, rules.PLACED, rules.OWED)
    session.period, session.callers, session.answer = None, None, answer.strip()[:200]
    session.times_lost += 1
    return _move(session, rules.OWED, "lead", by, at)


@transaction.atomic
def deliver(*, session_id: int, by: Actor, at: datetime) -> Session:
    """It took place."""
    session = _locked(session_id, by, P.SEE)
    _move(session, rules.DELIVERED, _side(session, by), by, at)
    promises.keep(once=_promise_name(session), by=by, at=at)
    return session


@transaction.atomic
def settle(*, once: str, by: Actor, at: datetime) -> Session | None:
    """The work these minutes were owed for is done: they were taken, with a time of their own or without."""
    session = Session.objects.select_for_update(of=("self",)).select_related("agent").filter(once=once).first()
    if session is None or session.state not in (rules.OWED, rules.PLACED):
        return session
    if session.state == rules.OWED or session.period.lower > at:  # done before the time it was given
        session.period, session.callers = Period(at - timedelta(minutes=session.minutes), at).range, None
    _move(session, rules.DELIVERED, "work", by, at)
    promises.keep(once=_promise_name(session), by=by, at=at)
    return session


@transaction.atomic
def let_go(*, session_id: int, why: str, by: Actor, at: datetime) -> Session:
    """The agent gives up what is owed to them; nobody else can."""
    session = _locked(session_id, by, P.SEE)
    session.period, session.callers, session.answer = None, None, why.strip()[:200]
    _move(session, rules.LET_GO, _side(session, by), by, at)
    promises.withdraw(once=_promise_name(session), why=str(_("the agent let it go")), by=by, at=at)
    return session


@transaction.atomic
def fall_away(*, once: str, why: str, by: Actor, at: datetime) -> Session | None:
    """What these minutes were owed or asked for cannot or need not be done any more; the agent reads why."""
    session = Session.objects.select_for_update(of=("self",)).select_related("agent").filter(once=once).first()
    if session is None or session.state not in OPEN:
        return session
    return _fall(session, why, by, at)


@transaction.atomic
def hand_over(
    *, once: str, owner: int, why: str, by: Actor, at: datetime, due: datetime | None = None
) -> Session | None:
    """Somebody else owes these minutes from now on, and promises them; the room they are for tells of it."""
    session = Session.objects.select_for_update(of=("self",)).select_related("agent").filter(once=once).first()
    if session is None or session.state not in (rules.OWED, rules.PLACED) or session.owner_id == owner:
        return session
    session.owner_id, session.due, session.version = owner, due or session.due, session.version + 1
    session.save(update_fields=["owner", "due", "version"])
    about, person = ("offphone.session", session.pk), session.agent.user_id
    audit.record(by=by, verb="offphone.hand_over", about=about, facts={"owner": owner}, person=person, at=at)
    promises.hand_over(once=_promise_name(session), owner=owner, why=why, by=by, at=at, due=due)
    return session


@transaction.atomic
def end_of_leaver(*, agent_id: int, at: datetime) -> int:
    """Whoever has left is owed no more minutes, and no promise of them breaks; how many sessions fell away."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("agent")
    found = list(rows.filter(agent=agent_id, state__in=OPEN).order_by("pk"))
    for session in found:
        _fall(session, str(_("the agent has left")), SYSTEM, at)
    return len(found)


def _fall(session: Session, why: str, by: Actor, at: datetime) -> Session:
    session.period, session.callers, session.answer = None, None, why.strip()[:200]
    _move(session, rules.FELL_AWAY, "work", by, at)
    promises.withdraw(once=_promise_name(session), why=why, by=by, at=at)
    return session


def _make(*, agent: Agent, state: str, minutes: int, by: Actor, at: datetime, **more: Any) -> Session:
    if not rules.valid_minutes(minutes):
        raise WrongLength(minutes=minutes)
    session = Session.objects.create(agent=agent, state=state, minutes=minutes, made_at=at, **more)
    _tell(session, by, at)
    return session


def _locked(session_id: int, by: Actor, permission: P) -> Session:
    require(by, permission)
    queries.the_session(by, session_id, permission)
    found: Session = Session.objects.select_for_update(of=("self",)).select_related("agent").get(pk=session_id)
    return found


def _side(session: Session, by: Actor) -> str:
    return "agent" if session.agent.user_id == by.user_id else "lead"


def _move(session: Session, to: str, side: str, by: Actor, at: datetime) -> Session:
    leads = side != "lead" or queries.leads(by, session)
    if not rules.may_move(session.state, to, side) or not leads:
        raise _not_that_way(session, to)
    session.state, session.version = to, session.version + 1
    session.ended_at = at if to in rules.ENDED else None
    session.save()
    _tell(session, by, at)
    return session


def _only_from(session: Session, state: str, to: str) -> None:
    """Two verbs end in “owed”: what was asked for is agreed to, and what has a time loses it."""
    if session.state != state:
        raise _not_that_way(session, to)


def _not_that_way(session: Session, to: str) -> NotThatWay:
    return NotThatWay(state=Session.State(session.state).label, to=Session.State(to).label)


def _tell(session: Session, by: Actor, at: datetime) -> None:
    about = ("offphone.session", session.pk)
    verb, facts, person = f"offphone.{session.state}", {"minutes": session.minutes}, session.agent.user_id
    audit.record(by=by, verb=verb, about=about, facts=facts, person=person, at=at)
    events.announce(SessionMoved(session.pk, session.agent_id, session.state))
    once = f"offphone:{session.pk}:{session.version}"
    other = session.owner_id if session.agent.user_id == by.user_id else session.agent.user_id
    if other is not None and other != by.user_id:
        notices.notify(to=other, kind=NOTICE_KIND, ref=about, once=once, at=at)


def _promise_name(session: Session) -> str:
    return f"offphone:{session.pk}"


def _promise(session: Session, by: Actor, at: datetime) -> None:
    """More people read promises than sessions, so the reason is not told in it."""
    to, kind = session.agent.user_id or session.agent.name, capfirst(session.get_kind_display())
    assert session.owner_id is not None and session.due is not None
    promises.register(
        kind=PROMISE_KIND,
        ref=("offphone.session", session.pk),
        owner=session.owner_id,
        to=to,
        what=str(_("%(kind)s, %(minutes)s min") % {"kind": kind, "minutes": session.minutes}),
        due=session.due,
        by=by,
        at=at,
        once=_promise_name(session),
    )
