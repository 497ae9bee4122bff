"""Pages of scores taken apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import jobs
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.taking import taken_along

SHOWN_ITEMS = 50


@page(P.SEE_RATERS)
def raters(request: Request) -> HttpResponse:
    """How lenient evaluators are: one's own, and for leads those of their places, by name and with how sure."""
    shown = queries.raters_page(request.actor)
    job = jobs.latest((services.FIT_REF, shown.newest.pk)) if shown.newest else None
    items = queries.fit_items(shown.fit) if shown.fit else []
    values = {
        "shown": shown,
        "job": jobs.view(job) if job is not None and job.live else None,
        "leads": request.actor.may(P.FIT_RATERS),
        "items": items[:SHOWN_ITEMS],
        "number": len(items),
        "fits": queries.recent_fits(request.actor),
        "columns": [
            Column("evaluator", _("Evaluator")),
            Column("n", _("Evaluations"), kind="number"),
            Column("points", _("Above or below the mean"), kind="number"),
            Column("interval", _("In nine of ten cases"), kind="number"),
            Column("disputes", _("Disputes answered"), kind="number"),
            Column("changed", _("Score changed"), kind="number"),
            Column("says", _("What it says")),
        ],
        "item_columns": [
            Column("item", _("What is looked at")),
            Column("form", _("Form")),
            Column("n", _("Evaluations"), kind="number"),
            Column("points", _("Against the mean item"), kind="number"),
            Column("interval", _("In nine of ten cases"), kind="number"),
        ],
        "fit_columns": [
            Column("when", _("When")),
            Column("state", _("State")),
            Column("n", _("Evaluations"), kind="number"),
            Column("why", _("What came of it")),
        ],
    }
    return render(request, "quality/raters.html", values)


@page(P.FIT_RATERS, methods=("POST",))
def fit(request: Request) -> HttpResponse:
    """Take scores apart now."""
    try:
        services.order_fit(by=request.actor, at=request.at)
    except services.FitUnderWay as refused:
        messages.info(request, str(refused))
    return redirect("quality:raters")


@page(P.SEE_RATERS)
def raters_csv(request: Request) -> HttpResponse:
    shown = queries.raters_page(request.actor)
    lines = shown.lines or ([shown.mine] if shown.mine else [])
    return taken_along(request, "evaluators.csv", queries.RATER_COLUMNS, queries.rater_rows(lines))


@page(P.SEE_RATERS)
def items_csv(request: Request) -> HttpResponse:
    shown = queries.raters_page(request.actor)
    items = queries.fit_items(shown.fit) if shown.fit else []
    return response("items.csv", csv_bytes(queries.ITEM_COLUMNS, queries.item_rows(items)))
