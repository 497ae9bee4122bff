"""Agreeing: the last yes changes the roster in the same transaction, or is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.schedules.models import ChangeRequest, Publication
from floorwalker.apps.schedules.queries.preview import Preview, Sheet, broken_by, cover_words, workers_of
from floorwalker.apps.schedules.queries.prices import price_of
from floorwalker.apps.schedules.queries.requests import side_of, the_request
from floorwalker.apps.schedules.queries.shifts import stint_of
from floorwalker.apps.schedules.rules import requests as rules
from floorwalker.apps.schedules.rules.differences import Difference
from floorwalker.apps.schedules.services.editing import in_words
from floorwalker.apps.schedules.services.refusals import BreaksRules, NotYourTurn, ShiftChanged, sentences
from floorwalker.apps.schedules.services.requests import (
    Kind,
    State,
    Turn,
    What,
    bump,
    ended,
    live,
    locked,
    log,
    overtaken,
    promise_answer,
    proposed,
    tell_turn,
)
from floorwalker.apps.schedules.services.versions import lock_agents, locked_week, write_version
from floorwalker.kernel.access import Actor
from floorwalker.kernel.periods import Period


@transaction.atomic
def agree(*, request_id: int, text: str = "", version: int, by: Actor, at: datetime) -> ChangeRequest:
    """Say yes. When nobody else has to, it is done here and now.

    Locks are taken in one order everywhere – the week, the request, the people by their ids – so that swaps in a
    ring wait for each other and never for ever.
    """
    week = locked_week(the_request(by, request_id).week_id)
    request, side = locked(by, request_id, version)
    if not rules.may("agree", side=side, turn=request.turn, state=request.state, kind=request.kind):
        raise NotYourTurn(turn=request.get_turn_display())
    if side == Turn.COLLEAGUE:
        return _consent(request, text, by, at)
    lock_agents({request.agent_id, request.colleague_id or request.agent_id})
    found = wanted(request)
    if found is None:
        return overtaken(request, side, by, at)
    look = _look(by, Sheet(week), found)
    if look.hard:
        raise BreaksRules(sentences=sentences(look.hard))
    request.applied = write_version(
        week=week,
        found=found,
        kind=Publication.Kind.CHANGE,
        note=request.get_kind_display(),
        by=by,
        at=at,
        facts={"request": request.pk},
    )
    request.state, request.ended_at = State.AGREED, at
    bump(request, ["applied", "state", "ended_at"])
    log(request, What.AGREED, side, text, by, at)
    ended(request, by, at)
    return request


def wanted(request: ChangeRequest) -> list[Difference] | None:
    """The change on the table; None when a shift is no longer what was talked about."""
    shift = live(request.week_id, request.shift_identity, request.shift_version)
    if shift is None or shift.agent_id != request.agent_id:
        return None
    mine = stint_of(shift)
    if request.kind == Kind.DROP:
        return [Difference(mine, replace(mine, agent=None))]
    if request.kind != Kind.SWAP:
        return [Difference(mine, proposed(shift, Period.of(request.period)))]
    other = live(request.week_id, request.colleague_identity, request.colleague_version or 0)
    if other is None or other.agent_id != request.colleague_id:
        return None
    theirs = stint_of(other)
    return [
        Difference(mine, replace(mine, agent=theirs.agent)),
        Difference(theirs, replace(theirs, agent=mine.agent)),
    ]


def look_at(by: Actor, request: ChangeRequest) -> Preview | None:
    """What agreeing would break and do to coverage; None when the shift is gone."""
    found = wanted(request)
    return None if found is None else _without_anothers_terms(by, request, _look(by, Sheet(request.week), found))


def effect(*, request_id: int, by: Actor) -> Preview:
    """What agreeing would do, for programs; refused when there is nothing left to agree to."""
    look = look_at(by, the_request(by, request_id))
    if look is None:
        raise ShiftChanged(fresh=in_words(None))
    return look


def _without_anothers_terms(by: Actor, request: ChangeRequest, look: Preview) -> Preview:
    """An agent reads which rules of their own would break, and of a colleague only that one would: hours and rest
    of others are between them and who leads them."""
    side = side_of(by, request)
    if side == Turn.LEAD:
        return look
    me = request.agent_id if side == Turn.AGENT else request.colleague_id
    said = _("A rule about your colleague's hours would be broken; who answers for the team sees which.")
    findings = [
        each if each.agent == me else replace(each, day=None, facts=(), text=said) for each in look.findings
    ]
    return replace(look, findings=list(dict.fromkeys(findings)))


def _look(by: Actor, sheet: Sheet, found: list[Difference]) -> Preview:
    """As a preview of a planner's step; whoever takes part may see this much of it."""
    everyone = workers_of(sorted({person for each in found for person in each.people}), sheet)
    names = {worker.id: worker.name for worker in everyone}
    price = price_of(by, sheet.week, sheet.draft_id, found)
    return Preview(found, broken_by(sheet, everyone, found), cover_words(by, sheet, found), names, price)


def _consent(request: ChangeRequest, text: str, by: Actor, at: datetime) -> ChangeRequest:
    """The colleague would swap; now the lead answers."""
    request.colleague_agreed, request.turn = True, Turn.LEAD
    bump(request, ["colleague_agreed", "turn"])
    log(request, What.CONSENTED, Turn.COLLEAGUE, text, by, at)
    promise_answer(request, by, at)
    tell_turn(request, by, at)
    return request
