"""Pages of the fun calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.recognition import forms, queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.views.points import tabs
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors


@page(P.POINTS, P.KEEP_FUN)
def fun(request: Request) -> HttpResponse:
    """The days to come and those that were."""
    context = {
        "found": queries.fun_days(request.actor, **cursors(request.GET)),
        "keeps": request.actor.may(P.KEEP_FUN),
        "tabs": tabs("fun") if request.actor.may(P.POINTS) else [],
        "today": request.actor.today(request.at),
    }
    return render(request, "recognition/fun.html", context)


@page(P.KEEP_FUN, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    form = forms.FunDayForm(request.POST or None, sites=queries.sites_for_fun(request.actor))
    if request.method == "POST" and form.is_valid():
        made = services.plan_fun_day(**form.cleaned_data, by=request.actor, at=request.at)
        return redirect("recognition:fun_day", made.pk)
    return render(request, "recognition/fun_new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.POINTS, P.KEEP_FUN, methods=("GET", "POST"))
def fun_day(request: Request, fun_day_id: int) -> HttpResponse:
    """One day: what people show, and votes; a post shows one's own part."""
    form = forms.ShowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.show(fun_day_id=fun_day_id, **form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("recognition:fun_day", fun_day_id)
    found = queries.fun_page(request.actor, fun_day_id, request.at, **cursors(request.GET))
    context: dict[str, Any] = {"page": found, "day": found.day, "form": form, "why_form": forms.WhyForm()}
    return render(request, "recognition/fun_day.html", context, status=422 if form.errors else 200)


@page(P.KEEP_FUN, methods=("POST",))
def cancel(request: Request, fun_day_id: int) -> HttpResponse:
    queries.the_fun_day(request.actor, fun_day_id)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.cancel_fun_day(fun_day_id=fun_day_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Called off. The site is told."))
    return redirect("recognition:fun_day", fun_day_id)


@page(P.POINTS, methods=("POST",))
def vote(request: Request, fun_post_id: int) -> HttpResponse:
    found = services.vote_fun(fun_post_id=fun_post_id, by=request.actor, at=request.at)
    return redirect("recognition:fun_day", found.fun_day_id)


@page(P.POINTS, P.KEEP_FUN, methods=("POST",))
def take_away(request: Request, fun_post_id: int) -> HttpResponse:
    """One's own, or somebody else's with a reason."""
    why = request.POST.get("why", "")[:300]
    found = services.take_away(fun_post_id=fun_post_id, why=why, by=request.actor, at=request.at)
    return redirect("recognition:fun_day", found.fun_day_id)
