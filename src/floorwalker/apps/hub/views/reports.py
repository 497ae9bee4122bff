"""Pages of reports: say that a post should not stand there, look at those, and read what became of one’s own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.hub import forms, queries, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.views.posts import step
from floorwalker.apps.hub.views.tabs import hub_tabs
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors


@page(P.POST, methods=("POST",))
def report_post(request: Request, post_id: int) -> HttpResponse:
    def verb(given: dict[str, Any]) -> None:
        services.report_post(post_id=post_id, reason=given["reason"], by=request.actor, at=request.at)
        messages.success(request, _("Reported, without your name. You will read here what becomes of it."))

    return step(request, post_id, "report", forms.ReportForm(request.POST), verb)


@page(P.MODERATE, P.JUDGE)
def reported(request: Request) -> HttpResponse:
    """What waits to be looked at, with how many reported it and why."""
    return _reported(request, None, None)


def _reported(request: Request, post_id: int | None, tried: forms.KeepForm | None) -> HttpResponse:
    context = {
        "found": queries.reported(request.actor, request.at.date(), **cursors(request.GET)),
        "hide": forms.HideForm(auto_id="hide-%s"),
        "keep": forms.KeepForm(auto_id="keep-%s"),
        "tried": tried,
        "tried_id": post_id,
        "tabs": hub_tabs(request.actor, "hub:reported"),
    }
    return render(request, "hub/reported.html", context, status=422 if tried is not None else 200)


@page(P.MODERATE, P.JUDGE, methods=("POST",))
def keep_post(request: Request, post_id: int) -> HttpResponse:
    queries.the_post_to_moderate(request.actor, post_id)
    form = forms.KeepForm(request.POST, auto_id="keep-%s")
    if form.is_valid():
        try:
            services.keep_post(post_id=post_id, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        except services.AnswerNeeded as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, _("It stays. Whoever reported it reads why."))
            return redirect("hub:reported")
    return _reported(request, post_id, form)


@page(P.POST)
def my_reports(request: Request) -> HttpResponse:
    """What oneself reported, and what became of it."""
    context = {
        "found": queries.my_reports(request.actor, **cursors(request.GET)),
        "tabs": hub_tabs(request.actor, "hub:board"),
    }
    return render(request, "hub/my_reports.html", context)
