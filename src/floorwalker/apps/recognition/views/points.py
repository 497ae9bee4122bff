"""The agent's pages of points: what one has and why, what one could have."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.recognition import forms, queries
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.look import Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors


def tabs(here: str) -> list[Tab]:
    """The rooms of points an agent goes between."""
    rooms = (
        ("points", _("Points")),
        ("rewards", _("Rewards")),
        ("chances", _("What you can earn")),
        ("fun", _("Fun calendar")),
    )
    return [Tab(label, reverse(f"recognition:{key}"), key == here) for key, label in rooms]


@page(P.POINTS)
def points(request: Request) -> HttpResponse:
    """What you have, what you asked for, and every step that led there."""
    context = {
        "found": queries.statement(request.actor, **cursors(request.GET)),
        "asked": queries.my_redemptions(request.actor),
        "kept": queries.policy() == "kept",
        "tabs": tabs("points"),
    }
    return render(request, "recognition/points.html", context)


@page(P.POINTS)
def chances(request: Request) -> HttpResponse:
    """What is running for you, and what you would have if."""
    found = queries.chances(request.actor, request.at)
    form = forms.WhatIfForm(request.GET or None, lines=found.fields())
    context = {
        "found": found,
        "form": form,
        "result": queries.what_if(request.actor, found, form.wanted())
        if form.is_bound and form.is_valid()
        else None,
        "tabs": tabs("chances"),
    }
    return render(request, "recognition/chances.html", context, status=422 if form.errors else 200)
