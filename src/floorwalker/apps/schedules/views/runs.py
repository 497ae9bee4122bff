"""Rosters made by the solver."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import RunForm
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import sheets
from floorwalker.apps.schedules.queries.runs import before_a_run, figures_of
from floorwalker.apps.schedules.queries.weeks import the_run
from floorwalker.apps.schedules.views.drafts import board_url
from floorwalker.kernel import jobs
from floorwalker.kernel.days import the_day
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

QUEUE_COLUMNS = [
    Column("queue", _("Queue")),
    Column("people", _("People"), kind="number"),
    Column("needed", _("Hours needed"), kind="number"),
    Column("paid", _("Hours paid"), kind="number"),
    Column("short", _("Hours short"), kind="number"),
    Column("gap", _("Above the best possible"), kind="number"),
    Column("status", _("How sure")),
]


@page(P.PLAN, methods=("GET", "POST"))
def start(request: Request, site_id: int, first_day: str) -> HttpResponse:
    """Who is rostered against what, and the button that begins it."""
    sheet = sheets.the_sheet(request.actor, site_id, the_day(first_day))
    form = RunForm(request.POST or None, teams=sheets.teams_here(request.actor, site_id))
    refused, status = "", 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            week = services.week_for(site_id=site_id, day=sheet.week.first_day, by=request.actor)
            found = services.start_run(week_id=week.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as said:
            refused, status = str(said), said.status
        else:
            return redirect("schedules:run", found.pk)
    context = {
        "site": sheet.week.site,
        "week": sheet.week,
        "form": form,
        "refused": refused,
        "facts": before_a_run(request.actor, sheet.week),
        "board_url": board_url(site_id, sheet.week.first_day),
    }
    return render(request, "schedules/start_run.html", context, status=status)


@page(P.PLAN)
def run(request: Request, run_id: int) -> HttpResponse:
    """How far it is; then what came of it, what clashed, and the draft to look at."""
    found = the_run(request.actor, run_id)
    job = jobs.latest(("schedules.run", found.pk))
    with timezone.override(ZoneInfo(found.week.site.zone)):
        context = {
            "run": found,
            "site": found.week.site,
            "week": found.week,
            "job": jobs.view(job) if job else None,
            "figures": figures_of(request.actor, found),
            "columns": QUEUE_COLUMNS,
            "board_url": board_url(found.week.site_id, found.week.first_day),
            "draft_url": board_url(found.week.site_id, found.week.first_day, found.draft_id)
            if found.draft_id
            else "",
        }
        return render(request, "schedules/run.html", context)
