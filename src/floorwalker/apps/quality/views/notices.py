"""What people are told about being assessed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.pages import Request, page


@page(P.SEE_FORMS)
def assessment(request: Request) -> HttpResponse:
    """What scores are for, who looks again, and how one contests; what was said before it."""
    holds, *before = [*queries.notices_given(request.actor)[:10]] or [None]
    values = {"holds": holds, "before": before, "keeps": request.actor.may(P.KEEP_FORMS)}
    return render(request, "quality/assessment.html", values)


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def give_notice(request: Request) -> HttpResponse:
    """Say it, or say it anew."""
    form = forms.NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.give_notice(**form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Everybody who is assessed reads it from now on."))
        return redirect("quality:assessment")
    return render(request, "quality/assessment_give.html", {"form": form}, status=422 if form.errors else 200)
