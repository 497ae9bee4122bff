"""The shifts a site offers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import WEEKDAYS, PatternForm
from floorwalker.apps.schedules.models import ShiftPattern
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.weeks import the_pattern, the_roster_site, visible_patterns
from floorwalker.apps.schedules.services.patterns import FIELDS
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

COLUMNS = [
    Column("name", gettext_lazy("Name")),
    Column("starts", gettext_lazy("Starts")),
    Column("length", gettext_lazy("Lasts")),
    Column("meal", gettext_lazy("Meal")),
    Column("days", gettext_lazy("Days")),
    Column("verbs", ""),
]


@page(P.PLAN)
def patterns(request: Request, site_id: int) -> HttpResponse:
    site = the_roster_site(request.actor, site_id, P.PLAN)
    rows = visible_patterns(request.actor).filter(site=site).order_by("archived", "starts_from", "length_minutes")
    words = dict(WEEKDAYS)
    context = {
        "site": site,
        "columns": COLUMNS,
        "patterns": [(row, ", ".join(str(words[day])[:3] for day in sorted(row.weekdays))) for row in rows],
    }
    return render(request, "schedules/patterns.html", context)


@page(P.PLAN, methods=("GET", "POST"))
def add(request: Request, site_id: int) -> HttpResponse:
    site = the_roster_site(request.actor, site_id, P.PLAN)
    return _kept(request, site.pk, site.name, None, {})


@page(P.PLAN, methods=("GET", "POST"))
def change(request: Request, pattern_id: int) -> HttpResponse:
    pattern = the_pattern(request.actor, pattern_id)
    return _kept(request, pattern.site_id, pattern.site.name, pattern, {f: getattr(pattern, f) for f in FIELDS})


@page(P.PLAN, methods=("POST",))
def archive(request: Request, pattern_id: int) -> HttpResponse:
    back = request.POST.get("back") == "yes"
    pattern = services.archive_pattern(pattern_id=pattern_id, back=back, by=request.actor, at=request.at)
    return redirect("schedules:patterns", pattern.site_id)


def _kept(
    request: Request, site_id: int, site: str, pattern: ShiftPattern | None, initial: dict[str, Any]
) -> HttpResponse:
    form = PatternForm(request.POST or None, initial=initial)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_pattern(
                site_id=site_id,
                values=form.cleaned_data,
                pattern_id=pattern.pk if pattern else None,
                by=request.actor,
                at=request.at,
            )
        except Refused as said:
            form.add_error(None, str(said))
            status = said.status
        else:
            messages.success(request, _("Kept. The next roster run uses it."))
            return redirect("schedules:patterns", site_id)
    context = {"form": form, "site_id": site_id, "site": site, "pattern": pattern}
    return render(request, "schedules/pattern.html", context, status=status)
