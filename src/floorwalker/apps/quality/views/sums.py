"""Pages in sums: who is overdue, points no agent can win back, scores of groups."""

from __future__ import annotations

from datetime import timedelta

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
from floorwalker.kernel.taking import taken_along

SHOWN = 100


@page(P.EVALUATE)
def overdue(request: Request) -> HttpResponse:
    """Agents whose last review lies further back than their cadence."""
    form = forms.CadenceForm(request.GET)
    cadence = form.days()
    found = queries.overdue(request.actor, cadence, request.at)
    values = {
        "form": form,
        "cadence": cadence,
        "plans": request.actor.may(P.SEE_PLANS),
        "unplanned": sum(not each.planned for each in found),
        "csv_url": f"{reverse('quality:overdue_csv')}?cadence={cadence or ''}",
        "found": found[:SHOWN],
        "count": len(found),
        "columns": [
            Column("agent", _("Agent")),
            Column("team", _("Team")),
            Column("last", _("Last review")),
            Column("every", _("Every")),
            Column("days", _("Days overdue"), kind="number"),
            Column("now", _("Now")),
        ],
    }
    return render(request, "quality/overdue.html", values)


@page(P.EVALUATE)
def overdue_csv(request: Request) -> HttpResponse:
    found = queries.overdue(request.actor, forms.CadenceForm(request.GET).days(), request.at)
    columns = ["number", "agent", "team", "last_review", "days_overdue", "cadence_days"]
    return taken_along(request, "overdue-reviews.csv", columns, queries.overdue_rows(found))


@page(P.SEE_LOST)
def lost(request: Request) -> HttpResponse:
    """Points lost that no agent can win back, by who can."""
    form = forms.LostForm(request.GET)
    days = form.number()
    values = {
        "form": forms.LostForm(initial={"days": days}),
        "days": days,
        "csv_url": f"{reverse('quality:lost_csv')}?days={days}",
        "said": queries.beyond_agents(request.actor, request.at - timedelta(days=days))[:SHOWN],
        "phrases_url": reverse("quality:phrases") if request.actor.may(P.SEE_PHRASES) else "",
        "said_url": f"{reverse('quality:beyond_csv')}?days={days}",
        "said_columns": [
            Column("who", _("Who could mend it")),
            Column("phrase", _("What was said")),
            Column("contacts", _("Contacts"), kind="number"),
            Column("share", _("Of all contacts"), kind="number"),
        ],
        "lost": queries.lost_points(request.actor, request.at - timedelta(days=days), request.at),
        "columns": [
            Column("who", _("Who could keep them")),
            Column("item", _("What was looked at")),
            Column("contacts", _("Contacts"), kind="number"),
            Column("share", _("Of all scored"), kind="number"),
            Column("points", _("Points"), kind="number"),
        ],
    }
    return render(request, "quality/lost.html", values)


@page(P.SEE_LOST)
def lost_csv(request: Request) -> HttpResponse:
    days = forms.LostForm(request.GET).number()
    found = queries.lost_points(request.actor, request.at - timedelta(days=days), request.at)
    columns = ["controlled_by", "item", "contacts", "points", "share_of_contacts"]
    return response("lost-points.csv", csv_bytes(columns, queries.lost_rows(found)))


@page(P.SEE_SUMS)
def scores(request: Request) -> HttpResponse:
    """Scores by client and month; groups of fewer than five agents are not told."""
    values = {
        "lines": queries.score_sums(request.actor, request.at),
        "fewest": queries.FEWEST_AGENTS,
        "keeps": request.actor.may(P.KEEP_FORMS),
        "columns": [
            Column("month", _("Month of the contacts")),
            Column("client", _("Client")),
            Column("score", _("Score of the agents"), kind="number"),
            Column("target", _("Agreed"), kind="number"),
            Column("held", _("Kept?")),
            Column("reviews", _("Reviews"), kind="number"),
            Column("all", _("All points"), kind="number"),
        ],
    }
    return render(request, "quality/scores.html", values)
