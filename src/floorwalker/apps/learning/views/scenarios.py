"""Pages of scenarios: the list, one of them with its versions and how it is played, and how one begins."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.learning import forms, queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.flow import from_json
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.uploads import accept
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of


@page(P.SEE_SCENARIOS)
def scenarios(request: Request) -> HttpResponse:
    """Every scenario, what is in force and what is being written."""
    retired = request.GET.get("retired") == "yes"
    rows = queries.visible_scenarios(request.actor).filter(retired_at__isnull=not retired).select_related("keeper")
    found = page_of(rows, ("name", "pk"), **cursors(request.GET), counted=True)
    values = {
        "found": found,
        "lines": queries.scenario_lines(found.items),
        "retired": retired,
        "keeps": request.actor.may(P.KEEP_SCENARIOS),
        "columns": [
            Column("name", _("Scenario")),
            Column("in_force", _("In force")),
            Column("draft", _("Being written")),
            Column("keeper", _("Kept by")),
            Column("look", _("To be looked at again")),
        ],
    }
    return render(request, "learning/scenarios.html", values)


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def new_scenario(request: Request) -> HttpResponse:
    form = forms.ScenarioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.make_scenario(**form.cleaned_data, by=request.actor, at=request.at)
        except services.ScenarioNameTaken as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("learning:version", draft.pk)
    return render(request, "learning/scenario_new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def from_file(request: Request) -> HttpResponse:
    """A scenario that was saved as a file comes in as a draft."""
    form = forms.ScenarioFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = read_file("learning.scenario", form.cleaned_data["file"])
            draft = services.make_scenario(
                name=form.cleaned_data["name"], flow=from_json(found), by=request.actor, at=request.at
            )
        except Refused as refused:
            form.add_error("name" if isinstance(refused, services.ScenarioNameTaken) else "file", str(refused))
        else:
            return redirect("learning:version", draft.pk)
    return render(request, "learning/scenario_file.html", {"form": form}, status=422 if form.errors else 200)


def read_file(reader: str, file: Any, *, packed: bool = False, structured: bool = True) -> Any:
    """What a reader of ours makes of an upload, in a limited child process."""
    with tempfile.TemporaryDirectory() as folder:
        taken = accept(file, Path(folder), packed=packed, structured=structured)
        return run_limited(reader, str(taken.path))


@page(P.SEE_SCENARIOS)
def scenario(request: Request, scenario_id: int) -> HttpResponse:
    """One scenario: the version in force with how often each way is taken, and all versions."""
    found = queries.the_scenario(request.actor, scenario_id)
    versions = list(queries.versions_of(request.actor, found))
    in_force = next((each for each in versions if each.state == "in_force"), None)
    played = queries.played(request.actor, in_force) if in_force else None
    values = {
        "found": found,
        "versions": versions,
        "in_force": in_force,
        "draft": next((each for each in versions if each.state == "draft"), None),
        "played": played,
        "sheet": queries.sheet_of(in_force.flow, played.chosen if played else None) if in_force else None,
        "keeps": request.actor.may(P.KEEP_SCENARIOS),
        "mine": found.keeper_id == request.actor.user_id,
        "due": found.look_again_on <= request.actor.today(request.at),
        "columns": [
            Column("n", _("Version")),
            Column("state", _("State")),
            Column("since", _("In force from")),
            Column("by", _("Written by")),
            Column("changed", _("What changed")),
        ],
    }
    return render(request, "learning/scenario.html", values)


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def describe(request: Request, scenario_id: int) -> HttpResponse:
    found = queries.the_scenario(request.actor, scenario_id, P.KEEP_SCENARIOS)
    form = forms.ScenarioForm(request.POST or None, initial={"name": found.name, "about": found.about})
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_scenario(
                scenario_id=scenario_id, **form.cleaned_data, by=request.actor, at=request.at
            )
        except services.ScenarioNameTaken as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("learning:scenario", scenario_id)
    values = {"form": form, "found": found}
    return render(request, "learning/scenario_new.html", values, status=422 if form.errors else 200)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def retire(request: Request, scenario_id: int) -> HttpResponse:
    retired = request.POST.get("retired", "yes") == "yes"
    services.retire_scenario(scenario_id=scenario_id, retired=retired, by=request.actor, at=request.at)
    return redirect("learning:scenario", scenario_id)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def take_over(request: Request, scenario_id: int) -> HttpResponse:
    services.keep_scenario(scenario_id=scenario_id, by=request.actor, at=request.at)
    messages.success(request, _("You keep this scenario now; your first page says when to look at it again."))
    return redirect("learning:scenario", scenario_id)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def look_again(request: Request, scenario_id: int) -> HttpResponse:
    services.look_again(scenario_id=scenario_id, by=request.actor, at=request.at)
    messages.success(request, _("It still holds. You are asked again in half a year."))
    return redirect("learning:scenario", scenario_id)


@page(P.KEEP_SCENARIOS, methods=("POST",))
def start_draft(request: Request, scenario_id: int) -> HttpResponse:
    draft = services.start_draft(scenario_id=scenario_id, by=request.actor, at=request.at)
    return redirect("learning:version", draft.pk)


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def copy(request: Request, scenario_version_id: int) -> HttpResponse:
    """A new scenario that begins as this one."""
    found = queries.the_version(request.actor, scenario_version_id, P.KEEP_SCENARIOS)
    first = {"name": _("%(name)s, copy") % {"name": found.scenario.name}, "about": found.scenario.about}
    form = forms.ScenarioForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.copy_scenario(
                version_id=found.pk, name=form.cleaned_data["name"], by=request.actor, at=request.at
            )
        except services.ScenarioNameTaken as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("learning:version", made.pk)
    values = {"form": form, "copied": found}
    return render(request, "learning/scenario_new.html", values, status=422 if form.errors else 200)


@page(P.SEE_SCENARIOS)
def as_file(request: Request, scenario_version_id: int) -> HttpResponse:
    """A version as JSON, to be kept or taken elsewhere."""
    found = queries.the_version(request.actor, scenario_version_id)
    name = f"{found.scenario.name} {found.number}.json"
    return response(name, queries.as_json(found))
