"""The pages of the ledger."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.promises import queries, services
from floorwalker.apps.promises.forms import BreakForm, KindForm
from floorwalker.apps.promises.permissions import PromisePermission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

SIDES = {"owed-to-me": queries.owed_to, "owed-by-me": queries.owed_by, "all": queries.visible_promises}
LABELS = {"owed-to-me": _("Owed to me"), "owed-by-me": _("Owed by me"), "all": _("All I may see")}
COLUMNS = [
    Column("what", _("Promise")),
    Column("state", _("State")),
    Column("due", _("Due")),
    Column("owner", _("Who owes it")),
    Column("to", _("To whom")),
    Column("kind", _("Kind")),
]
RATE_COLUMNS = [
    Column("owner", _("Who")),
    Column("open", _("Open"), kind="number"),
    Column("kept", _("Kept"), kind="number"),
    Column("late", _("Late"), kind="number"),
    Column("broken", _("Broken"), kind="number"),
    Column("rate", _("Kept in time")),
]


@page(PromisePermission.SEE)
def promises(request: Request, side: str = "owed-to-me") -> HttpResponse:
    """Promises owed to me, owed by me, or all I may see; late ones first."""
    if side not in SIDES:
        raise NotFound
    found = SIDES[side](request.actor)
    form = KindForm(request.GET, kinds=queries.kinds_used(found))
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    found = found.filter(kind=kind) if kind else found
    standing = queries.standing(found, request.at)
    beyond = request.actor.sight(PromisePermission.SEE).beyond_own
    shown = [key for key in SIDES if key != "all" or beyond]
    context = {
        "side_tabs": [Tab(LABELS[key], reverse("promises:side", args=[key]), key == side) for key in shown],
        "found": queries.lines(found, request.at, **cursors(request.GET)),
        "columns": COLUMNS,
        "rate_columns": RATE_COLUMNS,
        "form": form,
        "overdue": standing.overdue,
        "open": standing.open,
        "rates": queries.rates_in_sight(request.actor) if side == "all" else [],
    }
    return render(request, "promises/promises.html", context)


@page(PromisePermission.SEE)
def kinds(request: Request) -> HttpResponse:
    """What can be promised in the suite, and what became of what was."""
    columns = [
        Column("kind", _("Kind")),
        Column("grace", _("Broken")),
        *(each for each in RATE_COLUMNS if each.key in ("open", "kept", "late", "broken")),
    ]
    lines = queries.kind_lines(request.actor)
    return render(request, "promises/kinds.html", {"lines": lines, "columns": columns})


@page(PromisePermission.SEE, methods=("GET", "POST"))
def promise(request: Request, promise_id: int) -> HttpResponse:
    """One promise; its owner may say that it will not be kept."""
    found = queries.the_promise(request.actor, promise_id)
    mine = found.owner_id == request.actor.user_id
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.break_off(promise=found, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        return redirect("promises:promise", promise_id)
    line = queries.line(found, request.at)
    context = {
        "line": line,
        "pairs": queries.facts(line),
        "form": form,
        "may_break": mine and found.state == "open",
    }
    return render(request, "promises/promise.html", context, status=422 if form.errors else 200)
