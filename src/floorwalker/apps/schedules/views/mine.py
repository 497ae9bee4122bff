"""My schedule."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.feeds import calendar
from floorwalker.apps.schedules.queries.mine import day_to_show, own_agent, own_week
from floorwalker.apps.schedules.queries.requests import requests_of
from floorwalker.kernel.days import the_day
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.pages import Request, page


@page(P.SEE_OWN)
def mine(request: Request, day: str = "") -> HttpResponse:
    """What is next, my week, and what is new in it."""
    looked = services.looked(by=request.actor, at=request.at)
    shown = the_day(day) if day else day_to_show(request.actor, request.at)
    context = {
        "today": request.at.astimezone(ZoneInfo(request.actor.zone)).date(),
        "own": own_week(request.actor, shown, request.at, looked),
        "looked": looked,
        "open_requests": requests_of(request.actor).filter(state="open").count(),
    }
    return render(request, "schedules/mine.html", context)


@page(P.SEE_OWN)
def download(request: Request) -> HttpResponse:
    """My shifts once, as a calendar file."""
    agent = own_agent(request.actor)
    return response("my-shifts.ics", calendar(agent, request.at))
