"""Pages of weight rounds."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page


@page(P.WEIGH, P.KEEP_FORMS)
def rounds(request: Request) -> HttpResponse:
    """Rounds one is asked in; all for who keeps forms."""
    values = {
        "lines": queries.round_lines(request.actor),
        "keeps": request.actor.may(P.KEEP_FORMS),
        "columns": [
            Column("form", _("Form")),
            Column("state", _("State")),
            Column("due", _("Until")),
            Column("voted", _("Have weighed")),
            Column("owner", _("Agrees the weights")),
        ],
    }
    return render(request, "quality/rounds.html", values)


@page(P.KEEP_FORMS, methods=("GET", "POST"))
def new_round(request: Request) -> HttpResponse:
    form = forms.RoundForm(
        request.POST or None,
        versions=queries.versions_to_weigh(request.actor),
        leaders=queries.leaders_to_ask(request.actor),
        zone=request.actor.zone,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_round(
                version_id=form.cleaned_data["version"],
                leaders=form.cleaned_data["leaders"],
                due=form.due(),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("day" if isinstance(refused, services.RoundDay) else "leaders", str(refused))
        else:
            messages.success(request, _("Open. Each of them is told, and nobody sees what the others say."))
            return redirect("quality:round", made.pk)
    return render(request, "quality/round_new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.WEIGH, P.KEEP_FORMS, methods=("GET", "POST"))
def one_round(request: Request, weight_round_id: int) -> HttpResponse:
    """Weigh the items; once it is closed, see how far apart you are."""
    found = queries.the_round(request.actor, weight_round_id)
    shown = queries.round_page(request.actor, found, request.at)
    items = queries.items_weighed(found.form_version)
    form = forms.WeightsForm(request.POST or None, items=items, weights=queries.own_weights(request.actor, found))
    if request.method == "POST" and form.is_valid():
        try:
            services.weigh(round_id=found.pk, weights=form.weights(), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept. You can change it while the round is open."))
            return redirect("quality:round", found.pk)
    proposes = shown.owns and found.state in ("closed", "proposed") and shown.lines
    propose = forms.WeightsForm(items=items, weights=shown.proposed) if proposes else None
    values = {
        "found": found,
        "shown": shown,
        "form": form,
        "propose": propose,
        "proposed": [(item, found.proposed.get(item.key)) for item in items] if found.proposed else [],
        "proposed_columns": [
            Column("item", _("What is looked at")),
            Column("weight", _("Weight proposed"), kind="number"),
        ],
        "history": audit.history(("quality.weights", found.pk)) if shown.owns else [],
        "columns": [
            Column("item", _("What is looked at")),
            Column("says", _("How far apart")),
            Column("low", _("Lowest"), kind="number"),
            Column("middle", _("Middle"), kind="number"),
            Column("high", _("Highest"), kind="number"),
            Column("own", _("You"), kind="number"),
            Column("now", _("Now in force"), kind="number"),
        ],
    }
    return render(request, "quality/round.html", values, status=422 if request.method == "POST" else 200)


@page(P.KEEP_FORMS, methods=("POST",))
def close_round(request: Request, weight_round_id: int) -> HttpResponse:
    services.close_round(round_id=weight_round_id, by=request.actor, at=request.at)
    return redirect("quality:round", weight_round_id)


@page(P.KEEP_FORMS, methods=("POST",))
def propose_weights(request: Request, weight_round_id: int) -> HttpResponse:
    """Put weights before those who weighed."""
    found = queries.the_round(request.actor, weight_round_id)
    form = forms.WeightsForm(request.POST, items=queries.items_weighed(found.form_version), weights={})
    if not form.is_valid():
        messages.error(request, _("Each item needs a weight from 0 to 1000; nothing was proposed."))
        return redirect("quality:round", weight_round_id)
    return _done(
        request,
        weight_round_id,
        lambda: services.propose_weights(
            round_id=weight_round_id,
            weights=form.weights(),
            version=_version(request),
            by=request.actor,
            at=request.at,
        ),
        _("Proposed. Those who weighed are asked whether they agree."),
    )


@page(P.WEIGH, methods=("POST",))
def answer_weights(request: Request, weight_round_id: int) -> HttpResponse:
    """Yes, or no with the reason."""
    return _done(
        request,
        weight_round_id,
        lambda: services.answer_weights(
            round_id=weight_round_id,
            agrees=request.POST.get("said") == "yes",
            why=request.POST.get("why", ""),
            version=_version(request),
            by=request.actor,
            at=request.at,
        ),
        _("Noted. You can change it until the weights are in force."),
    )


@page(P.KEEP_FORMS, methods=("POST",))
def agree_weights(request: Request, weight_round_id: int) -> HttpResponse:
    """Put what was proposed and answered in force."""
    return _done(
        request,
        weight_round_id,
        lambda: services.agree_weights(
            round_id=weight_round_id, version=_version(request), by=request.actor, at=request.at
        ),
        _("In force: contacts drawn from now on are evaluated with these weights."),
    )


def _version(request: Request) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else 0


def _done(request: Request, weight_round_id: int, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it and say so, or say on the page of the round why not."""
    try:
        do()
    except Stale:
        raise
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("quality:round", weight_round_id)


@page(P.KEEP_FORMS, methods=("POST",))
def end_round(request: Request, weight_round_id: int) -> HttpResponse:
    why = request.POST.get("words", "").strip() or _("the round was given up")
    services.end_round(round_id=weight_round_id, why=why, by=request.actor, at=request.at)
    return redirect("quality:round", weight_round_id)
