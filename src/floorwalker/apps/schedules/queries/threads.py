"""The talk about a change as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.schedules.models import ChangeEntry, ChangeRequest, Shift
from floorwalker.apps.schedules.queries.requests import requests_of, side_of
from floorwalker.apps.schedules.rules import requests as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Column, Message
from floorwalker.kernel.look.words import span_words
from floorwalker.kernel.paging import Rows, open_first, page_of

COLUMNS = [
    Column("what", gettext_lazy("What")),
    Column("agent", gettext_lazy("Whose shift")),
    Column("turn", gettext_lazy("Who answers")),
    Column("due", gettext_lazy("Until")),
    Column("state", gettext_lazy("State")),
]
IS_OPEN = Q(state=ChangeRequest.State.OPEN)
TONES = {
    "agreed": "good",
    "declined": "neutral",
    "withdrawn": "neutral",
    "overtaken": "attention",
    "open": "progress",
}
EVENT_TONES = {
    ChangeEntry.What.AGREED: "good",
    ChangeEntry.What.DECLINED: "bad",
    ChangeEntry.What.OVERTAKEN: "attention",
    ChangeEntry.What.CONSENTED: "progress",
}


@dataclass(frozen=True)
class Line:
    """A request as the list shows it."""

    request: ChangeRequest
    mine: bool
    tone: str
    late: bool


@dataclass(frozen=True)
class Lines:
    """A page of requests as the list shows them."""

    lines: list[Line]
    page: Rows[ChangeRequest]


def request_lines(actor: Actor, at: datetime, *, after: str = "", before: str = "") -> Lines:
    """Open ones first, mine to answer before all; then what ended, the latest first."""
    rows = requests_of(actor).select_related("agent", "colleague")
    rows, (first, *rest) = open_first(rows, IS_OPEN, due="due", ended="ended_at")
    rows = rows.annotate(waits_for_others=Case(When(_mine(actor), then=0), default=1))
    page = page_of(rows, (first, "waits_for_others", *rest), after=after, before=before, counted=True)
    return Lines([_line(actor, each, at) for each in page.items], page)


def _mine(actor: Actor) -> Q:
    """Those on which this actor has the next word, of those they take part in."""
    asked, wanted = Q(agent__user=actor.user_id), Q(colleague__isnull=False, colleague__user=actor.user_id)
    turn = ChangeRequest.Turn
    led = Q(turn=turn.LEAD) & ~asked & ~wanted
    return IS_OPEN & (Q(turn=turn.AGENT) & asked | Q(turn=turn.COLLEAGUE) & wanted | led)


def _line(actor: Actor, request: ChangeRequest, at: datetime) -> Line:
    is_open = request.state == ChangeRequest.State.OPEN
    mine = is_open and _quick_side(actor, request) == request.turn
    return Line(request, mine, TONES[request.state], is_open and request.due < at)


def _quick_side(actor: Actor, request: ChangeRequest) -> str:
    """The side of someone who already sees the request, without asking the database again."""
    if request.agent.user_id == actor.user_id:
        return rules.AGENT
    if request.colleague and request.colleague.user_id == actor.user_id:
        return rules.COLLEAGUE
    return rules.LEAD


@dataclass(frozen=True)
class Talk:
    """Both sides of a request, and what this reader may answer."""

    messages: list[Message]
    side: str
    may: dict[str, bool]
    shift: str
    proposed: str
    colleague_shift: str
    tone: str


def thread_of(actor: Actor, request: ChangeRequest) -> Talk:
    side = side_of(actor, request)
    began = rules.LEAD if request.begun_by_lead else rules.AGENT
    actions = ("agree", "decline", "counter", "withdraw", "say")
    may = {
        action: rules.may(action, side=side, turn=request.turn, state=request.state, kind=request.kind)
        for action in actions
    }
    may["withdraw"] = may["withdraw"] and side == began
    return Talk(
        messages=[_message(entry, actor) for entry in request.entries.order_by("at", "pk")],
        side=side,
        may=may,
        shift=_words(request.week_id, request.shift_identity, request.shift_version),
        proposed=span_words(request.period.lower, request.period.upper) if request.period else "",
        colleague_shift=_words(request.week_id, request.colleague_identity, request.colleague_version),
        tone=TONES[request.state],
    )


def _message(entry: ChangeEntry, actor: Actor) -> Message:
    terms = f": {span_words(entry.period.lower, entry.period.upper)}" if entry.period else ""
    event = "" if entry.what == ChangeEntry.What.SAID else f"{entry.get_what_display()}{terms}"
    return Message(
        who=entry.by_name,
        at=entry.at,
        text=entry.text,
        event=event or ("" if entry.text else _("wrote")),
        tone=EVENT_TONES.get(ChangeEntry.What(entry.what), "neutral"),
        mine=entry.by_user_id is not None and entry.by_user_id == actor.user_id,
        role=entry.get_side_display(),
    )


def _words(week_id: int, identity: Any, version: int | None) -> str:
    """When the shift was, as it stood when the talk began."""
    if identity is None:
        return ""
    row = Shift.objects.filter(week=week_id, identity=identity, version=version, cancelled=False).first()
    return span_words(row.period.lower, row.period.upper) if row else ""
