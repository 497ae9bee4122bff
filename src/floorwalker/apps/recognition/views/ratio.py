"""How reward stands to correction, for whoever manages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page

COLUMNS = [
    Column("team", gettext_lazy("Team")),
    Column("people", gettext_lazy("People"), kind="number"),
    Column("points", gettext_lazy("Points given"), kind="number"),
    Column("taken_back", gettext_lazy("Bookings taken back"), kind="number"),
    Column("positive", gettext_lazy("Positive feedback"), kind="number"),
    Column("corrective", gettext_lazy("Corrective feedback"), kind="number"),
    Column("ratio", gettext_lazy("Positive to corrective")),
]


@page(P.SEE_REWARD)
def reward_ratio(request: Request) -> HttpResponse:
    """One month; the tabs lead to it and the two before."""
    now = queries.month_asked("", localdate(request.at))
    month = queries.month_asked(request.GET.get("month", ""), now)
    before = queries.month_before(now)
    here = reverse("recognition:reward_ratio")
    tabs = [
        Tab(date_format(each, "F Y"), f"{here}?month={each:%Y-%m}", each == month)
        for each in (now, before, queries.month_before(before))
    ]
    found = queries.reward_by_team(request.actor, month)
    return render(request, "recognition/reward_ratio.html", {"found": found, "tabs": tabs, "columns": COLUMNS})
