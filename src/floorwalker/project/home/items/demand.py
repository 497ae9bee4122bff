"""From demand: forecasts that lag behind, files that wait, what clients said – and a client's own queues."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import HistoryUpload, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import ago_words, day_words, duration_words, number_words, percent_words
from floorwalker.kernel.roles import Role
from floorwalker.project.home.item import Item, Line
from floorwalker.project.home.items.shifts import monday, today_of

NAMED = 5
WEEK = timedelta(days=7)
CLIENTS_WORD_DAYS = 14


def forecasts_behind(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - every item is made alike
    """Queues whose forecast does not know the newest days of their history."""
    if not actor.may(P.MAKE_FORECASTS):
        return None
    queues = list(demand.queues_in_order(actor, P.MAKE_FORECASTS))
    if not queues:
        return None
    held, used = demand.held_of(queues), demand.in_use(queues)
    behind = []
    for queue in queues:
        known = held[queue.pk].last if queue.pk in held else None
        origin = used[queue.pk].origin if queue.pk in used else None
        if known is not None and (origin is None or origin < known):
            behind.append((queue, origin, known))
    number = len(behind)
    if number:
        words = ngettext(
            "The forecast of %(n)d queue is older than its history.",
            "The forecasts of %(n)d queues are older than their history.",
            number,
        ) % {"n": number}
    elif held:
        words = _("Every forecast knows all of its queue’s history.")
    else:
        return None
    return Item(
        key="forecasts",
        title=_("Forecasts"),
        words=words,
        why=_("What you plan rests on them."),
        action=_("Make them anew") if number else _("See the queues"),
        url=reverse("demand:make") if number else reverse("demand:queues"),
        tone="attention" if number else "good",
        lines=[
            Line(
                queue.name,
                reverse("demand:queue", args=[queue.pk]),
                _("no forecast; history until %(known)s") % {"known": day_words(known)}
                if origin is None
                else _("knows until %(origin)s, history until %(known)s")
                % {"origin": day_words(origin), "known": day_words(known)},
            )
            for queue, origin, known in behind[:NAMED]
        ],
    )


def files_waiting(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001
    """Uploads that need a word before they count."""
    if not actor.may(P.STORE_HISTORY):
        return None
    states = HistoryUpload.State
    waiting = [each for each in demand.latest_uploads(actor) if each.state in (states.ASKED, states.READY)]
    if not waiting:
        return None
    return Item(
        key="files",
        title=_("Files"),
        words=ngettext(
            "%(n)d file of history waits for your word.",
            "%(n)d files of history wait for your word.",
            len(waiting),
        )
        % {"n": len(waiting)},
        why=_("What lies in them does not count yet."),
        action=_("Answer"),
        url=reverse("demand:upload", args=[waiting[0].pk]),
        tone="attention",
        lines=[
            Line(each.name, reverse("demand:upload", args=[each.pk]), each.get_state_display())
            for each in waiting[:NAMED]
        ],
    )


def to_state(actor: Actor, at: datetime) -> Item | None:
    """Clients to whom the month that is over has not been stated."""
    if not actor.may(P.ISSUE_STATEMENTS):
        return None
    month = demand.month_before(today_of(actor, at))
    clients = demand.still_to_state(actor, month)
    number = len(clients)
    if not number:
        return None
    name = date_format(month, "F Y")
    lines = [Line(each.name, state_url(each.pk)) for each in clients[:NAMED]]
    return Item(
        key="to_state",
        title=_("Statements"),
        words=ngettext(
            "The statement of %(month)s for %(n)d client is not issued yet.",
            "The statements of %(month)s for %(n)d clients are not issued yet.",
            number,
        )
        % {"n": number, "month": name},
        why=_("Clients read there whose numbers were right, by the tenth."),
        action=_("Issue it"),
        url=lines[0].url,
        tone="attention",
        lines=lines,
    )


def state_url(client_id: int) -> str:
    return f"{reverse('demand:statements')}?client={client_id}"


def clients_said(actor: Actor, at: datetime) -> Item | None:
    """Forecasts of clients that came in lately, to be compared with ours."""
    if not actor.may(P.MAKE_FORECASTS):
        return None
    since = at - timedelta(days=CLIENTS_WORD_DAYS)
    recent = [each for each in demand.latest_client_forecasts(actor) if each.submitted_at >= since]
    if not recent:
        return None
    newest = {each.queue_id: each for each in reversed(recent)}
    shown = sorted(newest.values(), key=lambda each: each.submitted_at, reverse=True)
    return Item(
        key="clients_said",
        title=_("From clients"),
        words=ngettext(
            "A client sent a forecast for %(n)d queue in the last two weeks.",
            "Clients sent forecasts for %(n)d queues in the last two weeks.",
            len(newest),
        )
        % {"n": len(newest)},
        why=_("Where they differ from yours, somebody knows something."),
        action=_("Compare"),
        url=said_url(shown[0].pk),
        tone="info",
        lines=[
            Line(
                f"{each.queue.client.name}: {each.queue.name}",
                said_url(each.pk),
                ago_words(each.submitted_at, at),
            )
            for each in shown[:NAMED]
        ],
    )


def said_url(forecast_id: int) -> str:
    """Where a client's forecast stands beside ours."""
    return reverse("demand:client_forecast", args=[forecast_id])


def my_queues(actor: Actor, at: datetime) -> Item | None:
    """A client's own queues: what was agreed, and what is expected next week."""
    if not actor.has_role(Role.CLIENT_VIEWER):
        return None
    queues = list(demand.queues_in_order(actor, P.SEE_VOLUMES))
    submits = bool(queues) and actor.may(P.SUBMIT_CLIENT_FORECAST)
    words = _("None of your queues is set up here yet.")
    first = monday(today_of(actor, at)) + WEEK
    expected = demand.expected_days(queues, first, first + WEEK - timedelta(days=1)) if queues else {}
    weeks = {queue.pk: sum(day.total for day in expected[queue.pk].days) for queue in queues}
    total = sum(weeks.values())
    if queues and total:
        words = _("About %(contacts)s contacts are expected next week, from %(day)s.") % {
            "contacts": number_words(total),
            "day": day_words(first),
        }
    elif queues:
        words = _("There is no forecast for next week yet.")
    return Item(
        key="my_queues",
        title=_("My queues"),
        words=words,
        why=_("Your customers call on them."),
        action=_("Submit a forecast") if submits else _("See the queues"),
        url=reverse("demand:submit") if submits else reverse("demand:queues"),
        tone="info" if total else "neutral",
        lines=[
            Line(
                queue.name,
                reverse("demand:queue", args=[queue.pk]),
                _("%(contacts)s next week; %(target)s")
                % {"contacts": number_words(weeks[queue.pk]), "target": target_words(queue)},
            )
            for queue in queues[:NAMED]
        ],
        first=True,
    )


def target_words(queue: Queue) -> str:
    """What was agreed for a queue."""
    if queue.target == Queue.Target.ASA and queue.asa_seconds:
        return _("answered after %(time)s on average") % {"time": duration_words(queue.asa_seconds)}
    return _("%(share)s within %(time)s") % {
        "share": percent_words(queue.service_share),
        "time": duration_words(queue.service_seconds),
    }


def statements(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001
    """The monthly accounts between a client and the house."""
    if not actor.may(P.SEE_RECORD):
        return None
    found = demand.latest_statements(actor, NAMED)
    if not found:
        return None
    newest = found[0]
    return Item(
        key="statements",
        title=_("Statements"),
        words=_("The newest is of %(month)s.") % {"month": date_format(newest.month, "F Y")},
        why=_("What was promised and what came, month by month."),
        action=_("See the statements"),
        url=reverse("demand:statements"),
        tone="info",
        lines=[
            Line(
                f"{each.client.name}, {date_format(each.month, 'F Y')}",
                reverse("demand:statement", args=[each.pk]),
                _("a correction") if each.corrects_id else "",
            )
            for each in found
        ],
    )
