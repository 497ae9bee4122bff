"""Pages of required staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.forms import AgainForm, OrderForm, PolicyForm, WeekForm
from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.rules import next_monday
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.kernel.days import the_day
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.files import downloads, exports
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

PART_COLUMNS = [
    Column("part", _("Part")),
    Column("amount", _("People"), kind="number"),
    Column("so_far", _("So far"), kind="number"),
]
WARNING_COLUMNS = [
    Column("day", _("Day")),
    Column("queue", _("Queue")),
    Column("probability", _("May miss its target")),
    Column("why", _("Why")),
    Column("repair", _("Cheapest repair")),
]
AUDIT_COLUMNS = [
    Column("day", _("Day")),
    Column("claimed", _("Claimed")),
    Column("simulated", _("As simulated")),
    Column("verdict", _("The claim")),
    Column("abandoned", _("Callers who abandon"), kind="number"),
]
LEFT_OUT_COLUMNS = [Column("queue", _("Queue")), Column("why", _("Why nothing was computed"))]


@page(P.SEE)
def required(request: Request) -> HttpResponse:
    """One queue's week: required staff interval by interval, each number open to its reasons."""
    queues = queries.queues(request.actor)
    form = WeekForm(request.GET, queues=[(queue.pk, queue.name) for queue in queues])
    queue = queries.choose(queues, form.wanted)
    context: dict[str, Any] = {"queues": queues, "queue": queue, "may_plan": request.actor.may(P.PLAN)}
    if queue is None:
        return render(request, "capacity/no_queue.html", context)
    with timezone.override(queue.zone):
        monday = form.week_from(timezone.localdate(request.at))
        shown = {"queue": queue.pk, "week": monday}
        week = queries.week(request.actor, queue, monday)
        currency = {"currency": week.audit.currency if week.audit else ""}
        worth = (
            [Column("worth", _("Worth, %(currency)s") % currency, kind="number")] if currency["currency"] else []
        )
        context |= {
            "week": week,
            "may_keep": request.actor.may(DemandPermission.KEEP_QUEUES),
            "may_ask_skills": request.actor.may(P.SKILLS),
            "form": WeekForm(shown, queues=[(each.pk, each.name) for each in queues]),
            "part_columns": PART_COLUMNS,
            "audit_columns": [*AUDIT_COLUMNS, *worth],
            "other_zone": queue.zone if queue.zone != request.actor.zone else "",
        }
        return render(request, "capacity/required.html", context)


@page(P.SEE)
def why(request: Request, queue_id: int, day: str, number: int) -> HttpResponse:
    """Why so many in this interval: the parts of the number, what went in, and what it achieves."""
    found = queries.why(request.actor, queue_id, the_day(day), number)
    template = "capacity/why_panel.html" if request.headers.get("HX-Request") else "capacity/why.html"
    with timezone.override(found.queue.zone):
        return render(request, template, {"why": found, "part_columns": PART_COLUMNS})


@page(P.SEE)
def week_csv(request: Request, queue_id: int, day: str) -> HttpResponse:
    """The week as a file."""
    name, columns, rows = queries.week_table(request.actor, queue_id, the_day(day))
    return downloads.response(name, exports.csv_bytes(columns, rows))


@page(P.SEE)
def warnings(request: Request) -> HttpResponse:
    """The days of the next two weeks that may miss their target."""
    watch = queries.watch(request.actor, request.at, **cursors(request.GET))
    context = {"watch": watch, "columns": WARNING_COLUMNS, "may_plan": request.actor.may(P.PLAN)}
    return render(request, "capacity/warnings.html", context)


@page(P.PLAN, methods=("GET", "POST"))
def order(request: Request) -> HttpResponse:
    """Compute the required staff of some weeks."""
    queues = [(queue.pk, queue.name) for queue in queries.queues(request.actor, P.PLAN)]
    first = next_monday(timezone.localdate(request.at))
    initial = {"queues": [pk for pk, _name in queues], "first_day": first}
    form = OrderForm(request.POST or None, queues=queues, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        days = 7 * values["weeks"]
        try:
            made = services.order(
                queues=values["queues"], first_day=values["first_day"], days=days, by=request.actor, at=request.at
            )
            return redirect("capacity:order_progress", made.pk)
        except services.NothingToStaff as refused:
            form.add_error("queues", str(refused))
    orders = queries.orders(request.actor)
    return render(
        request, "capacity/order.html", {"form": form, "orders": orders}, status=422 if form.errors else 200
    )


@page(P.PLAN, methods=("POST",))
def again(request: Request) -> HttpResponse:
    """Compute one queue's week again, at one click."""
    return _one_week(request, StaffingOrder.Purpose.REQUIREMENT)


@page(P.PLAN, methods=("POST",))
def simulate(request: Request) -> HttpResponse:
    """Simulate one queue's week, at one click."""
    return _one_week(request, StaffingOrder.Purpose.AUDIT)


def _one_week(request: Request, purpose: str) -> HttpResponse:
    form = AgainForm(request.POST)
    if not form.is_valid():
        raise NotFound
    queue, week = form.cleaned_data["queue"], form.cleaned_data["week"]
    made = services.order(queues=[queue], first_day=week, days=7, purpose=purpose, by=request.actor, at=request.at)
    return redirect("capacity:order_progress", made.pk)


@page(P.PLAN)
def order_progress(request: Request, order_id: int) -> HttpResponse:
    found = queries.progress(request.actor, order_id)
    return render(request, "capacity/order_progress.html", {"found": found, "columns": LEFT_OUT_COLUMNS})


@page(P.PLAN, methods=("GET", "POST"))
def policy(request: Request, queue_id: int) -> HttpResponse:
    """Decide how a queue is staffed."""
    queue, kept = queries.policy(request.actor, queue_id)
    initial = {**queries.policy_of(kept).to_dict(), "version": kept.version}
    form = PolicyForm(request.POST or None, initial=initial, currency=settings.CURRENCY)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.decide_policy(
                queue_id=queue_id, policy=form.policy(), version=version, by=request.actor, at=request.at
            )
            return redirect(f"{reverse('capacity:required')}?queue={queue_id}")
        except services.BadPolicy as refused:
            form.add_error(None, str(refused))
    off_phone = queries.off_phone_shares([queue], request.at.date())[queue.pk]
    context = {"form": form, "queue": queue, "off_phone": off_phone}
    return render(request, "capacity/policy.html", context, status=422 if form.errors else 200)
