"""Pages of new accounts: one page from signature to go-live."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import (
    FirstForecastForm,
    ItemForm,
    LaunchForm,
    ReasonForm,
    TakeForm,
    TrainingForm,
)
from floorwalker.apps.demand.models import Launch
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.launches import ItemState, LaunchState
from floorwalker.apps.demand.views.tabs import room_tabs
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column, Step, day_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.picking import offers


@page(P.LAUNCH_ACCOUNTS)
def launches(request: Request) -> HttpResponse:
    """New accounts under way."""
    states = queries.launch_states(queries.open_launches(request.actor), request.actor.today(request.at))
    columns = [
        Column("n", _("Account")),
        Column("c", _("Client")),
        Column("g", _("Goes live on")),
        Column("d", _("Stands"), kind="number"),
        Column("s", _("State")),
    ]
    context = {"states": states, "columns": columns, "room_tabs": room_tabs(request.actor, "launches")}
    return render(request, "demand/launches.html", context)


@page(P.LAUNCH_ACCOUNTS, methods=("GET", "POST"))
def new_launch(request: Request) -> HttpResponse:
    """Begin a new account."""
    form = LaunchForm(
        request.POST or None, actor=request.actor, initial={"signed_on": request.actor.today(request.at)}
    )
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.open_launch(
                client=given["client"],
                name=given["name"],
                signed_on=given["signed_on"],
                go_live=given["go_live"],
                owner=given["owner"],
                by=request.actor,
                at=request.at,
            )
            return redirect("demand:launch", made.pk)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error("go_live", str(refused))
    return render(request, "demand/new_launch.html", {"form": form}, status=422 if form.is_bound else 200)


@page(P.LAUNCH_ACCOUNTS)
def launch(request: Request, launch_id: int) -> HttpResponse:
    """One account: what stands, what is late, who brings the rest."""
    found = queries.the_launch(request.actor, launch_id)
    if name := request.GET.get("pick"):
        item = found.items.first()
        if item is None or name != "owner":
            raise NotFound
        return offers(request, ItemForm(actor=request.actor, item=item)) or HttpResponse()
    return render(request, "demand/launch.html", _context(request, found))


@page(P.LAUNCH_ACCOUNTS, methods=("POST",))
def give_item(request: Request, item_id: int) -> HttpResponse:
    """Give an item to somebody, or another day."""
    item = queries.the_item(request.actor, item_id)
    form = ItemForm(request.POST, actor=request.actor, item=item)
    if form.is_valid():
        services.give_item(
            item=item,
            owner=form.cleaned_data["owner"],
            due=form.cleaned_data["due"],
            by=request.actor,
            at=request.at,
        )
        return redirect("demand:launch", item.launch_id)
    context = _context(request, queries.the_launch(request.actor, item.launch_id), form, item.pk)
    return render(request, "demand/launch.html", context, status=422)


@page(P.LAUNCH_ACCOUNTS, methods=("POST",))
def take_form(request: Request, item_id: int) -> HttpResponse:
    """Say that a form for all clients is good enough for this account."""
    item = queries.the_item(request.actor, item_id)
    form = TakeForm(request.POST)
    try:
        services.take_form(
            item=item,
            form_id=form.cleaned_data["form"] if form.is_valid() else 0,
            by=request.actor,
            at=request.at,
        )
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("demand:launch", item.launch_id)


@page(P.LAUNCH_ACCOUNTS, methods=("POST",))
def say_training(request: Request, item_id: int) -> HttpResponse:
    """Say that the training material is there, and where."""
    item = queries.the_item(request.actor, item_id)
    form = TrainingForm(request.POST)
    if form.is_valid():
        services.say_training(item=item, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("demand:launch", item.launch_id)
    context = _context(request, queries.the_launch(request.actor, item.launch_id)) | {"training_form": form}
    return render(request, "demand/launch.html", context, status=422)


@page(P.LAUNCH_ACCOUNTS, methods=("POST",))
def go_live(request: Request, launch_id: int) -> HttpResponse:
    """The account is live."""
    found = queries.the_launch(request.actor, launch_id)
    try:
        services.go_live(launch=found, by=request.actor, at=request.at)
        messages.success(request, _("%(name)s is live.") % {"name": found.name})
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("demand:launch", found.pk)


@page(P.LAUNCH_ACCOUNTS, methods=("POST",))
def call_off(request: Request, launch_id: int) -> HttpResponse:
    """The account does not come."""
    found = queries.the_launch(request.actor, launch_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.call_off(launch=found, why=form.cleaned_data["reason"], by=request.actor, at=request.at)
    else:
        messages.error(request, _("Say in a few words why."))
    return redirect("demand:launch", found.pk)


@page(P.MAKE_FORECASTS, methods=("POST",))
def first_forecast(request: Request, launch_id: int) -> HttpResponse:
    """Have the first forecast of a new queue made."""
    found = queries.the_launch(request.actor, launch_id)
    form = FirstForecastForm(request.POST, actor=request.actor, client_id=found.client_id)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["uncertainty"] = given["uncertainty"] / 100
        given["ramp_days"] = given["ramp_days"] or 0
        try:
            services.ask_for_first_forecast(**given, by=request.actor, at=request.at)
            messages.success(request, _("The first forecast is being made."))
            return redirect("demand:forecast", given["queue"].pk)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error("queue", str(refused))
    return render(request, "demand/launch.html", _context(request, found) | {"first_form": form}, status=422)


def _context(
    request: Request, found: Launch, typed: ItemForm | None = None, item_id: int | None = None
) -> dict[str, object]:
    """``typed`` is what was sent for one item and will not do."""
    state = queries.launch_states([found], request.actor.today(request.at))[0]
    may_forecast = request.actor.may(P.MAKE_FORECASTS)
    return {
        "launch": found,
        "state": state,
        "steps": [_step(each, state) for each in state.items],
        "forms": [
            (
                each.item,
                typed if typed and each.item.pk == item_id else ItemForm(actor=request.actor, item=each.item),
            )
            for each in state.items
            if not each.done
        ],
        "take_form": form if (form := TakeForm()).fields["form"].choices else None,
        "training_form": TrainingForm(),
        "in_words": _in_words(state, request),
        "first_form": FirstForecastForm(
            actor=request.actor, client_id=found.client_id, initial={"starts": found.go_live}
        )
        if may_forecast
        else None,
    }


def _in_words(state: LaunchState, request: Request) -> str:
    launch = state.launch
    if launch.called_off_at:
        return _("It was called off.")
    if launch.went_live_at:
        return _("It went live on %(day)s.") % {"day": day_words(launch.went_live_at)}
    days = (launch.go_live - request.actor.today(request.at)).days
    text = (
        ngettext("%(n)s day to go-live", "%(n)s days to go-live", days)
        if days >= 0
        else ngettext("%(n)s day past its go-live", "%(n)s days past its go-live", -days)
    )
    left = text % {"n": abs(days)}
    late = _(", %(n)s late") % {"n": state.late} if state.late else ""
    return _("%(done)s of %(all)s items stand%(late)s; %(left)s.") % {
        "done": state.done,
        "all": len(state.items),
        "late": late,
        "left": left,
    }


def _short(state: LaunchState) -> str:
    """Whose skill too few hold, for the words of the step."""
    return "; ".join(
        _("%(queue)s: %(held)d of at least %(needed)d people")
        % {"queue": each.queue, "held": each.held, "needed": each.needed}
        for each in state.short
    )


def _step(each: ItemState, state: LaunchState) -> Step:
    item = each.item
    client = state.launch.client_id
    where = {
        "expectations": (reverse("demand:expectation", args=[client]), _("Write them down")),
        "queues": (f"{reverse('demand:new_queue')}?client={client}", _("Set one up")),
        "hours": (reverse("demand:queues"), _("Open the queues")),
        "forecast": ("#first-forecast", _("Make it")),
    }
    url, action = where.get(item.kind, ("", ""))
    who = _("%(name)s, by %(day)s") % {"name": item.owner.name, "day": day_words(item.due)}
    if item.kind == "skills" and not each.done and state.short:
        who = f"{who}; {_short(state)}"
    there = {"quality_form": state.form, "training": item.chosen}.get(item.kind, "")
    note = there if each.done and there else who
    if each.late:
        note = _("late: %(who)s") % {"who": who}
    first = next((i for i in state.items if not i.done), None)
    current = first is not None and first.item.pk == item.pk
    name = "done" if each.done else "blocked" if each.late else "current" if current else "waiting"
    return Step(item.get_kind_display(), name, note, "" if each.done else url, "" if each.done else action)
