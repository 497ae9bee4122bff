"""Pages of plans of drawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.views.seen import seen_version
from floorwalker.kernel import audit
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

ROWS = 50


@page(P.SEE_PLANS)
def plan_list(request: Request) -> HttpResponse:
    """Every plan in sight, with what it brought of late."""
    values = {
        "lines": queries.plan_lines(request.actor, request.at),
        "keeps": request.actor.may(P.KEEP_PLANS),
        "evaluates": request.actor.may(P.EVALUATE),
        "columns": [
            Column("name", _("Plan")),
            Column("where", _("For whom")),
            Column("every", _("How often")),
            Column("state", _("State")),
            Column("drawn", _("Drawn in 30 days"), kind="number"),
            Column("missing", _("Not drawn"), kind="number"),
        ],
    }
    return render(request, "quality/plans.html", values)


@page(P.SEE_PLANS)
def plan(request: Request, sample_plan_id: int) -> HttpResponse:
    """What it drew, what it could not and why, and what its filters leave out."""
    found = queries.the_plan(request.actor, sample_plan_id)
    form = forms.DrawsForm(request.GET)
    rows = queries.draws_in(request.actor, found, form.wanted())
    values = {
        "shown": queries.plan_page(request.actor, found, request.at),
        "found": found,
        "keeps": _keeps(request, sample_plan_id),
        "form": form,
        "draws": page_of(rows, ("-wanted_at", "agent_name"), **cursors(request.GET), limit=ROWS, counted=True),
        "history": audit.history(("quality.plan", found.pk)),
        "columns": [
            Column("agent", _("Agent")),
            Column("state", _("How it stands")),
            Column("contact", _("Contact drawn")),
            Column("day", _("Day")),
        ],
        "bias_columns": [
            Column("kind", _("By")),
            Column("name", _("Which")),
            Column("kept", _("Of what can be drawn"), kind="number"),
            Column("all", _("Of all contacts"), kind="number"),
            Column("apart", _("Difference"), kind="number"),
        ],
    }
    return render(request, "quality/plan.html", values)


def _keeps(request: Request, plan_id: int) -> bool:
    return bool(queries.visible_plans(request.actor, P.KEEP_PLANS).filter(pk=plan_id).exists())


def _choices(request: Request) -> dict[str, Any]:
    lines = queries.form_lines(request.actor)
    return {
        "places": queries.places_to_choose(request.actor),
        "clients": queries.clients_to_choose(request.actor),
        "versions": [(each.form.pk, each.form.name) for each in lines if each.in_force],
        "everywhere": request.actor.sight(P.KEEP_PLANS).everything,
    }


@page(P.KEEP_PLANS, methods=("GET", "POST"))
def new_plan(request: Request) -> HttpResponse:
    form = forms.PlanForm(request.POST or None, **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_plan(values=form.values(), by=request.actor, at=request.at)
        except services.PlanFlaw as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept. It draws every night; agents come one after another."))
            return redirect("quality:plan", made.pk)
    return render(request, "quality/plan_edit.html", {"form": form}, status=422 if form.errors else 200)


@page(P.KEEP_PLANS, methods=("GET", "POST"))
def change_plan(request: Request, sample_plan_id: int) -> HttpResponse:
    found = queries.the_plan(request.actor, sample_plan_id, P.KEEP_PLANS)
    form = forms.PlanForm(request.POST or None, initial=forms.PlanForm.first(found), **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_plan(
                plan_id=sample_plan_id,
                values=form.values(),
                version=seen_version(request),
                by=request.actor,
                at=request.at,
            )
        except services.PlanFlaw as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("quality:plan", sample_plan_id)
    values = {"form": form, "found": found}
    return render(request, "quality/plan_edit.html", values, status=422 if form.errors else 200)


@page(P.KEEP_PLANS, methods=("POST",))
def pause_plan(request: Request, sample_plan_id: int) -> HttpResponse:
    paused = request.POST.get("paused", "yes") == "yes"
    try:
        services.pause_plan(plan_id=sample_plan_id, paused=paused, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    return redirect("quality:plan", sample_plan_id)
