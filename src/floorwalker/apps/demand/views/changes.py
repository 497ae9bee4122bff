"""What a planner changes about a forecast: overrides, special days, versions, vouched counts, blends."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import OverrideForm, ReasonForm, SpecialDayForm, VouchForm
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.views.forecasts import forecast_page
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.pages import Request, page


@page(P.MAKE_FORECASTS, methods=("POST",))
def override(request: Request, queue_id: int) -> HttpResponse:
    """Change what is expected, with the reason."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    form = OverrideForm(request.POST)
    if form.is_valid():
        start, end = form.stretch(queue)
        given = form.cleaned_data
        try:
            services.override(
                queue=queue,
                start=start,
                end=end,
                kind=given["kind"],
                value=given["value"],
                reason=given["reason"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Changed. It can be taken back below the chart."))
            return redirect(_back(request, queue.pk))
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    return forecast_page(request, queue, status=422, override_form=form)


@page(P.MAKE_FORECASTS, methods=("POST",))
def undo_override(request: Request, override_id: int) -> HttpResponse:
    """Take a change back."""
    layer = queries.the_override(request.actor, override_id)
    services.undo_override(layer=layer, by=request.actor, at=request.at)
    messages.success(request, _("Taken back; the change stays readable in the record."))
    return redirect(_back(request, layer.queue_id))


@page(P.MAKE_FORECASTS, methods=("POST",))
def add_special_day(request: Request, queue_id: int) -> HttpResponse:
    """Say that a day differs."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    form = SpecialDayForm(request.POST)
    if form.is_valid():
        try:
            services.add_special_day(queues=[queue], **form.values(), by=request.actor, at=request.at)
            messages.success(request, _("Noted. The next forecast knows it."))
            return redirect(_back(request, queue.pk))
        except NotFound:
            raise
        except Refused as refused:
            form.add_error("day", str(refused))
    return forecast_page(request, queue, status=422, special_form=form)


@page(P.MAKE_FORECASTS, methods=("POST",))
def remove_special_day(request: Request, special_id: int) -> HttpResponse:
    """The day is like any other after all."""
    special = queries.the_special_day(request.actor, special_id)
    services.remove_special_day(special=special, by=request.actor, at=request.at)
    return redirect(_back(request, special.queue_id))


@page(P.MAKE_FORECASTS, methods=("POST",))
def vouch(request: Request, queue_id: int) -> HttpResponse:
    """Use counts that were set aside anyway."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    form = VouchForm(request.POST)
    if form.is_valid():
        services.vouch(queue=queue, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("The next forecast learns from these counts."))
    else:
        messages.error(request, _("Say in a few words why these counts are right."))
    return redirect(_back(request, queue.pk))


@page(P.MAKE_FORECASTS, methods=("POST",))
def use_version(request: Request, version_id: int) -> HttpResponse:
    """Put another version in use."""
    version = queries.the_version(request.actor, version_id, P.MAKE_FORECASTS)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        services.use_version(version=version, reason=reason, by=request.actor, at=request.at)
        messages.success(request, _("Version %(n)s is in use.") % {"n": version.number})
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("demand:versions", version.queue_id)


@page(P.MAKE_FORECASTS, methods=("POST",))
def blend(request: Request, queue_id: int) -> HttpResponse:
    """Blend our forecast and the client's by their record."""
    queue = queries.the_queue(request.actor, queue_id, P.MAKE_FORECASTS)
    try:
        services.ask_for_blend(queue=queue, by=request.actor, at=request.at)
        messages.success(request, _("The blend is being made; it appears among the versions."))
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("demand:versions", queue.pk)


def _back(request: Request, queue_id: int) -> Any:
    """Where the form stood, with the days it showed; else the forecast."""
    said = request.POST.get("back", "")
    if said.startswith("/demand/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None):
        return said
    return reverse("demand:forecast", args=[queue_id])
