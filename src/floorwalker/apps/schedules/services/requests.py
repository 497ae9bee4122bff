"""The talk about a change of a shift: asked, countered, declined, withdrawn; both sides are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.promises import services as promises
from floorwalker.apps.schedules import words
from floorwalker.apps.schedules.events import ChangeAsked, ChangeEnded
from floorwalker.apps.schedules.models import ChangeEntry, ChangeRequest, Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.requests import (
    led_shift,
    own_shift,
    side_of,
    swappable_shifts,
    the_request,
)
from floorwalker.apps.schedules.queries.shifts import stint_of
from floorwalker.apps.schedules.rules import requests as rules
from floorwalker.apps.schedules.rules.edits import Impossible, moved_to
from floorwalker.apps.schedules.rules.stints import WEEK, Stint, wall_of
from floorwalker.apps.schedules.services.refusals import CannotBe, NotOpenForChange, NotYourTurn, RequestEnded
from floorwalker.apps.schedules.services.versions import lock_agents
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Stale
from floorwalker.kernel.periods import Period

PROMISE = "schedules.answer"
ANSWERED = "schedules.change"
Kind, State, Turn = ChangeRequest.Kind, ChangeRequest.State, ChangeRequest.Turn
What = ChangeEntry.What


@transaction.atomic
def ask(
    *,
    shift_id: int,
    kind: str,
    text: str = "",
    period: Period | None = None,
    colleague_shift_id: int | None = None,
    by: Actor,
    at: datetime,
) -> ChangeRequest:
    """An agent asks for a change of a shift of theirs; an answer is promised."""
    require(by, P.ASK)
    shift = own_shift(by, shift_id)
    return _begin(shift, kind, text, period, colleague_shift_id, by_lead=False, by=by, at=at)


@transaction.atomic
def propose(
    *, shift_id: int, kind: str, text: str = "", period: Period | None = None, by: Actor, at: datetime
) -> ChangeRequest:
    """A supervisor or planner proposes a change to an agent, who may say no."""
    require(by, P.ANSWER)
    shift = led_shift(by, shift_id)
    if kind == Kind.SWAP:
        raise NotOpenForChange(
            problem=_("A swap is for two agents to propose; change the hours or the day instead.")
        )
    return _begin(shift, kind, text, period, None, by_lead=True, by=by, at=at)


def _begin(
    shift: Shift,
    kind: str,
    text: str,
    period: Period | None,
    colleague_shift_id: int | None,
    *,
    by_lead: bool,
    by: Actor,
    at: datetime,
) -> ChangeRequest:
    if shift.period.lower <= at:
        raise NotOpenForChange(problem=_("This shift has begun; talk to your supervisor directly."))
    assert shift.agent is not None
    lock_agents({shift.agent.pk})  # a second wish at the same moment finds the first
    open_ones = ChangeRequest.objects.filter(agent=shift.agent_id, state=State.OPEN)
    if open_ones.filter(shift_identity=shift.identity).exists():
        raise NotOpenForChange(
            problem=_("There is an open request about this shift already; answer it, or withdraw it.")
        )
    other = _colleagues_shift(shift, colleague_shift_id, at) if kind == Kind.SWAP else None
    if kind in (Kind.HOURS, Kind.MOVE):
        proposed(shift, period)
    if kind in (Kind.DROP, Kind.SWAP):
        period = None
    request = ChangeRequest.objects.create(
        week=shift.week,
        agent=shift.agent,
        shift_identity=shift.identity,
        shift_version=shift.version,
        colleague=other.agent if other else None,
        colleague_identity=other.identity if other else None,
        colleague_version=other.version if other else None,
        kind=kind,
        period=period.range if period else None,
        begun_by_lead=by_lead,
        turn=rules.first_turn(kind, by_lead),
        due=rules.due(shift.period.lower, at),
        asked_at=at,
    )
    log(request, What.ASKED, Turn.LEAD if by_lead else Turn.AGENT, text, by, at)
    audit.record(
        by=by,
        verb="schedules.ask_change",
        about=_ref(request),
        facts={"kind": kind},
        person=shift.agent.user_id,
        at=at,
    )
    events.announce(ChangeAsked(request.pk, shift.agent_id or 0))
    if not by_lead:
        promise_answer(request, by, at)
    tell_turn(request, by, at)
    return request


def _colleagues_shift(shift: Shift, colleague_shift_id: int | None, at: datetime) -> Shift:
    other = swappable_shifts(shift, at).filter(pk=colleague_shift_id).first() if colleague_shift_id else None
    if other is None:
        raise NotOpenForChange(
            problem=_("Choose a shift of a colleague in your team, in the same week, that has not begun.")
        )
    return other


def proposed(shift: Shift, period: Period | None) -> Stint:
    if period is None:
        raise NotOpenForChange(problem=_("Say from when to when you would work."))
    stint = stint_of(shift)
    zone = shift.week.site.zone
    day, minute = wall_of(period.start, zone)
    if not shift.week.first_day <= day < shift.week.first_day + timedelta(days=WEEK):
        raise NotOpenForChange(problem=_("A shift stays in its week; ask to give this one up instead."))
    try:
        return moved_to(stint, timedelta(minutes=minute), day, period.length, zone)
    except Impossible as impossible:
        raise CannotBe(problem=words.impossible_words(impossible)) from impossible


@transaction.atomic
def say(*, request_id: int, text: str, by: Actor, at: datetime) -> ChangeRequest:
    """A word in the talk that changes nothing."""
    request, side = locked(by, request_id, None)
    if text.strip():
        log(request, What.SAID, side, text, by, at)
        _tell(request, by, at)
    return request


@transaction.atomic
def counter(
    *, request_id: int, period: Period, text: str = "", version: int, by: Actor, at: datetime
) -> ChangeRequest:
    """Other hours instead; now the other side answers."""
    request, side = locked(by, request_id, version)
    if not rules.may("counter", side=side, turn=request.turn, state=request.state, kind=request.kind):
        raise NotYourTurn(turn=request.get_turn_display())
    shift = live(request.week_id, request.shift_identity, request.shift_version)
    if shift is None:
        return overtaken(request, side, by, at)
    proposed(shift, period)
    request.period, request.turn = period.range, rules.turn_after_counter(side)
    bump(request, ["period", "turn"])
    log(request, What.COUNTERED, side, text, by, at)
    if side == Turn.LEAD:
        promises.keep(once=_once(request), by=by, at=at)
    else:
        promise_answer(request, by, at)
    tell_turn(request, by, at)
    return request


@transaction.atomic
def decline(*, request_id: int, text: str = "", version: int, by: Actor, at: datetime) -> ChangeRequest:
    """Say no."""
    request, side = locked(by, request_id, version)
    if not rules.may("decline", side=side, turn=request.turn, state=request.state, kind=request.kind):
        raise NotYourTurn(turn=request.get_turn_display())
    return _end(request, State.DECLINED, What.DECLINED, side, text, by, at)


@transaction.atomic
def withdraw(*, request_id: int, text: str = "", version: int, by: Actor, at: datetime) -> ChangeRequest:
    """Whoever began it takes it back."""
    request, side = locked(by, request_id, version)
    began = Turn.LEAD if request.begun_by_lead else Turn.AGENT
    if side != began:
        raise NotYourTurn(turn=ChangeRequest.Turn(began).label)
    return _end(request, State.WITHDRAWN, What.WITHDREW, side, text, by, at)


def live(week_id: int, identity: object, version: int) -> Shift | None:
    rows = Shift.objects.select_related("week__site", "week__current", "agent")
    return rows.filter(week=week_id, identity=identity, version=version, until=None, cancelled=False).first()


def locked(by: Actor, request_id: int, version: int | None) -> tuple[ChangeRequest, str]:
    """The request, nobody else's until the transaction ends, and the side this actor is on."""
    require(by, P.ASK, P.ANSWER)
    seen = the_request(by, request_id)
    ChangeRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
    request = the_request(by, seen.pk)
    side = side_of(by, request)
    if request.state != State.OPEN:
        raise RequestEnded(state=request.get_state_display())
    if version is not None and request.version != version:
        raise Stale
    return request, side


def overtaken(request: ChangeRequest, side: str, by: Actor, at: datetime) -> ChangeRequest:
    return _end(request, State.OVERTAKEN, What.OVERTAKEN, side, "", by, at)


def _end(
    request: ChangeRequest, state: str, what: str, side: str, text: str, by: Actor, at: datetime
) -> ChangeRequest:
    request.state, request.ended_at = state, at
    bump(request, ["state", "ended_at"])
    log(request, what, side, text, by, at)
    ended(request, by, at)
    return request


def ended(request: ChangeRequest, by: Actor, at: datetime) -> None:
    if request.state in (State.WITHDRAWN, State.OVERTAKEN):
        promises.withdraw(once=_once(request), why=str(request.get_state_display()), by=by, at=at)
    else:
        promises.keep(once=_once(request), by=by, at=at)
    facts = {"state": request.state, "publication": request.applied_id}
    person = request.agent.user_id
    audit.record(by=by, verb="schedules.end_change", about=_ref(request), facts=facts, person=person, at=at)
    events.announce(ChangeEnded(request.pk, request.agent_id, request.state))
    _tell(request, by, at)


def bump(request: ChangeRequest, fields: list[str]) -> None:
    request.version += 1
    request.save(update_fields=[*fields, "version"])


def log(request: ChangeRequest, what: str, side: str, text: str, by: Actor, at: datetime) -> None:
    terms = request.period if what in (What.ASKED, What.COUNTERED) else None
    ChangeEntry.objects.create(
        request=request,
        what=what,
        side=side,
        text=text.strip()[:1000],
        period=terms,
        at=at,
        by_name=by.name,
        by_user_id=by.user_id,
    )


def _ref(request: ChangeRequest) -> tuple[str, int]:
    return ("schedules.request", request.pk)


def _once(request: ChangeRequest) -> str:
    return f"schedules.request:{request.pk}:{request.entries.filter(what=What.COUNTERED, side=Turn.AGENT).count()}"


def promise_answer(request: ChangeRequest, by: Actor, at: datetime) -> None:
    """The first of those who lead owes the answer; all of them may give it."""
    leads = people.answers_for(request.agent)
    if request.turn == Turn.LEAD and leads and request.agent.user_id:
        promises.register(
            kind=PROMISE,
            ref=_ref(request),
            owner=leads[0],
            to=request.agent.user_id,
            what=_("Answer to %(name)s: %(kind)s") % {
                "name": request.agent.name, "kind": request.get_kind_display()
            },
            due=request.due,
            by=by,
            at=at,
            once=_once(request),
        )  # fmt: skip


def tell_turn(request: ChangeRequest, by: Actor, at: datetime) -> None:
    """Tell whoever answers next."""
    waiting = {
        Turn.AGENT: [request.agent.user_id],
        Turn.COLLEAGUE: [request.colleague.user_id if request.colleague else None],
        Turn.LEAD: people.answers_for(request.agent),
    }[Turn(request.turn)]
    _notify(request, waiting, by, at)


def _tell(request: ChangeRequest, by: Actor, at: datetime) -> None:
    """Tell all the others."""
    sides = [request.agent.user_id, request.colleague.user_id if request.colleague else None]
    _notify(request, [*sides, *people.answers_for(request.agent)], by, at)


def _notify(request: ChangeRequest, users: list[int | None], by: Actor, at: datetime) -> None:
    last = request.entries.order_by("-pk").values_list("pk", flat=True)[0]
    for user in dict.fromkeys(users):
        if user is not None and user != by.user_id:
            once = f"change:{request.pk}:{last}:user:{user}"
            notices.notify(to=user, kind=ANSWERED, ref=_ref(request), once=once, at=at)
