"""How contacts were documented."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of

ROWS = 25


def _since(request: Request) -> tuple[int, datetime]:
    days = forms.LostForm(request.GET).number()
    return days, request.at - timedelta(days=days)


@page(P.SEE_LOST)
def endings(request: Request) -> HttpResponse:
    """What share says how it ended, and contacts whose words raise a question; those for who may read them."""
    days, first = _since(request)
    lines = queries.endings(request.actor, first)
    shown = None
    if request.actor.may(P.SEE_TRANSCRIPT):
        rows = queries.ending_questions(request.actor, first)
        place = {side: request.GET.get(side, "") for side in ("after", "before")}
        shown = page_of(rows, ("-started_at", "-pk"), limit=ROWS, **place)
    values = {
        "form": forms.LostForm(initial={"days": days}),
        "days": days,
        "lines": lines,
        "whole": queries.whole(lines),
        "shown": shown,
        "csv_url": f"{reverse('quality:endings_csv')}?days={days}",
        "columns": [
            Column("queue", _("Queue")),
            Column("contacts", _("Contacts"), kind="number"),
            Column("reason", _("Name a reason"), kind="number"),
            Column("coded", _("Say how they ended"), kind="number"),
            Column("questions", _("Raise a question"), kind="number"),
        ],
        "question_columns": [
            Column("began", _("Began")),
            Column("agent", _("Agent")),
            Column("code", _("How it ended")),
            Column("question", _("Question")),
        ],
    }
    return render(request, "quality/endings.html", values)


@page(P.SEE_LOST)
def endings_csv(request: Request) -> HttpResponse:
    found = queries.endings(request.actor, _since(request)[1])
    return response("how-contacts-ended.csv", csv_bytes(list(queries.ENDING_COLUMNS), queries.ending_rows(found)))
