"""Pages of queues."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import EndNameForm, NameForm, QueueForm, queue_initial
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.rules.hours import in_words
from floorwalker.apps.demand.views.tabs import queue_tabs, room_tabs
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column, duration_words, percent_words
from floorwalker.kernel.pages import Request, page


@page(P.SEE_VOLUMES)
def queues(request: Request) -> HttpResponse:
    """Every queue: how far its history reaches, what is expected, how good forecasts were."""
    inside = queries.is_inside(request.actor)
    columns = [
        Column("name", _("Queue")),
        Column("client", _("Client")),
        *([Column("site", _("Site"))] if inside else []),  # where we answer is no client's business
        Column("history", _("History until")),
        Column("next", _("First 7 days"), kind="number", hint=_("Contacts expected")),
        Column("made", _("Forecast")),
        Column("error", _("Error tried on the past"), kind="number"),
    ]
    lines = queries.queue_lines(request.actor)
    return render(
        request,
        "demand/queues.html",
        {
            "columns": columns,
            "lines": lines,
            "inside": inside,
            "room_tabs": room_tabs(request.actor, "queues"),
            "without": sum(1 for line in lines if line.held.last is None),
            "may_store": request.actor.may(P.STORE_HISTORY),
            "may_keep": request.actor.may(P.KEEP_QUEUES),
            "may_forecast": request.actor.may(P.MAKE_FORECASTS),
        },
    )


@page(P.SEE_VOLUMES)
def queue(request: Request, queue_id: int) -> HttpResponse:
    """One queue: what was agreed for it and what other systems call it."""
    found = queries.the_queue(request.actor, queue_id)
    may_keep = queries.visible_queues(request.actor, P.KEEP_QUEUES).filter(pk=found.pk).exists()
    return render(
        request,
        "demand/queue.html",
        {
            "queue": found,
            "inside": queries.is_inside(request.actor),
            "queue_tabs": queue_tabs(found, "queue"),
            "agreed": _agreed(found),
            "hours": in_words(found.hours),
            "names": queries.names_of_queue(found) if may_keep else [],
            "name_columns": [
                Column("s", _("System")),
                Column("n", _("Name there")),
                Column("d", _("From – to")),
                Column("e", ""),
            ],
            "may_keep": may_keep,
            "name_form": NameForm(initial={"system": "history"}),
            "end_form": EndNameForm(initial={"until": request.actor.today(request.at)}),
        },
    )


@page(P.KEEP_QUEUES, methods=("GET", "POST"))
def new_queue(request: Request) -> HttpResponse:
    """Set up a queue."""
    form = QueueForm(request.POST or None, actor=request.actor, initial=_first_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.set_up_queue(fields=form.values(), by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Queue %(name)s is set up.") % {"name": made.name})
            return redirect("demand:queue", made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "demand/queue_form.html", {"form": form, "queue": None}, status=status)


@page(P.KEEP_QUEUES, methods=("GET", "POST"))
def change_queue(request: Request, queue_id: int) -> HttpResponse:
    """Change a queue."""
    found = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    form = QueueForm(request.POST or None, actor=request.actor, initial=queue_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_queue(
                queue=found,
                fields=form.values(),
                version=form.cleaned_data["version"] or 0,
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("demand:queue", found.pk)
    status = 422 if form.is_bound else 200
    return render(request, "demand/queue_form.html", {"form": form, "queue": found}, status=status)


@page(P.KEEP_QUEUES, methods=("POST",))
def archive_queue(request: Request, queue_id: int) -> HttpResponse:
    """Take a queue out of use, or back."""
    found = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    services.archive_queue(queue=found, archived=not found.archived, by=request.actor, at=request.at)
    messages.success(
        request, _("It is in use again.") if found.archived else _("It is out of use; its past stays.")
    )
    return redirect("demand:queue", found.pk)


@page(P.KEEP_QUEUES, methods=("POST",))
def names(request: Request, queue_id: int) -> HttpResponse:
    """Say what another system calls a queue."""
    found = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            services.call_queue(queue=found, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("demand:queue", found.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect("demand:queue", found.pk)


@page(P.KEEP_QUEUES, methods=("POST",))
def end_name(request: Request, queue_id: int, name_id: int) -> HttpResponse:
    """End a name elsewhere."""
    found = queries.the_queue(request.actor, queue_id, P.KEEP_QUEUES)
    name = queries.the_name(request.actor, name_id)
    form = EndNameForm(request.POST)
    if form.is_valid():
        try:
            services.end_name(name=name, until=form.cleaned_data["until"], by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, _("Give the day from which on the name no longer means this queue."))
    return redirect("demand:queue", found.pk)


def _first_of(request: Request) -> dict[str, object]:
    """What there is only one of is chosen already."""
    clients, sites = queries.clients_for_queues(request.actor), queries.sites_for_queues(request.actor)
    only_client = list(clients[:2])
    only_site = list(sites[:2])
    return {
        "client": only_client[0].pk if len(only_client) == 1 else request.GET.get("client"),
        "site": only_site[0].pk if len(only_site) == 1 else None,
    }


def _agreed(queue: Queue) -> list[tuple[str, object]]:
    """What a queue aims at and is made of, in words."""
    target = _("%(share)s within %(seconds)s") % {
        "share": percent_words(queue.service_share),
        "seconds": duration_words(queue.service_seconds),
    }
    if queue.target == Queue.Target.ASA:
        target = _("average speed of answer %(seconds)s") % {"seconds": duration_words(queue.asa_seconds)}
    unknown = _("not known")
    return [
        (_("Target"), target),
        (_("Counted as"), queue.get_service_definition_display()),
        (_("Tolerance"), percent_words(queue.tolerance)),
        (_("Channel"), queue.get_channel_display()),
        (_("Skill"), queue.skill or _("any agent")),
        (_("Interval"), duration_words(queue.step_seconds)),
        (_("Its days are of"), queue.zone),
        (_("Patience of callers"), duration_words(queue.patience_seconds) if queue.patience_seconds else unknown),
        (_("Handling time where unknown"), duration_words(queue.aht_seconds) if queue.aht_seconds else unknown),
        (_("Key in files"), queue.key),
    ]
