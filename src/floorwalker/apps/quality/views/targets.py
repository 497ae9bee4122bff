"""The quality agreed with each client."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def targets(request: Request) -> HttpResponse:
    """What was ever agreed, and what is from a day on."""
    form = forms.TargetForm(request.POST or None, clients=queries.clients_to_choose(request.actor))
    if request.method == "POST" and form.is_valid():
        made = services.agree_target(**form.values(), by=request.actor, at=request.at)
        messages.success(request, _("Written down for %(client)s.") % {"client": made.client.name})
        return redirect("quality:targets")
    values = {
        "form": form,
        "targets": queries.targets_written(request.actor)[:100],
        "columns": [
            Column("client", _("Client")),
            Column("score", _("Average score"), kind="number"),
            Column("starts", _("In force from")),
            Column("note", _("Note")),
            Column("by", _("Written down by")),
        ],
    }
    return render(request, "quality/targets.html", values, status=422 if form.errors else 200)
