"""The agent's page of points."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors


@page(P.POINTS)
def points(request: Request) -> HttpResponse:
    """What you have, and every step that led there."""
    found = queries.statement(request.actor, **cursors(request.GET))
    return render(request, "recognition/points.html", {"found": found})
