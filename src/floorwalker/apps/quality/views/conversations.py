"""Pages of conversations: lists, one of them, and files on their way in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.uploads import accept
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of
from floorwalker.kernel.picking import offers

ROWS = 50
SHOWN_REJECTS = 200


@page(P.SEE_TRANSCRIPT)
def conversations(request: Request) -> HttpResponse:
    """Conversations in sight, filtered by the address."""
    actor = request.actor
    form = forms.FilterForm(request.GET, agents=queries.agents_to_choose(actor), zone=actor.zone)
    if offered := offers(request, form):
        return offered
    rows = queries.conversations_in(actor, form.wanted())
    shown = page_of(
        rows,
        ("-started_at",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        limit=ROWS,
    )
    values = {
        "form": form,
        "shown": shown,
        "count": rows.count(),
        "columns": [
            Column("began", _("Began")),
            Column("agent", _("Agent")),
            Column("reason", _("Reason")),
            *([Column("client", _("Client"))] if queries.knows_clients(actor) else []),
            Column("channel", _("Channel")),
            Column("length", _("Length"), kind="number"),
        ],
        "imports": actor.may(P.IMPORT),
        "clients": queries.knows_clients(actor),
        "own_only": not actor.sight(P.SEE_TRANSCRIPT).beyond_own,
    }
    return render(request, "quality/conversations.html", values)


@page(P.SEE_TRANSCRIPT)
def conversation(request: Request, conversation_id: int) -> HttpResponse:
    """One conversation with its turns; reading somebody else's is written down."""
    found = queries.the_conversation(request.actor, conversation_id)
    person = found.agent.user_id
    audit.seen(by=request.actor, about=("quality.conversation", found.pk), person=person, at=request.at)
    own = person == request.actor.user_id
    values = {
        "found": found,
        "own": own,
        "clients": queries.knows_clients(request.actor),
        "thread": queries.turns_as_thread(found, own, queries.spots_of(request.actor, found)),
        "pairs": queries.conversation_facts(request.actor, found),
        "review": queries.review_of(request.actor, found),
        "feedback_url": queries.feedback_url(request.actor, found.agent, "contact", found.key),
        "may_draw": request.actor.may(P.EVALUATE),
        "may_calibrate": request.actor.may(P.CALIBRATE),
        "may_ask": request.actor.may(P.ANSWER),
    }
    return render(request, "quality/conversation.html", values)


@page(P.IMPORT, methods=("GET", "POST"))
def upload(request: Request) -> HttpResponse:
    """Choose a file; it is read and redacted in a process that can do no harm."""
    actor = request.actor
    form = forms.UploadForm(
        request.POST or None,
        request.FILES or None,
        systems=queries.systems_to_choose(actor),
        clients=queries.clients_to_choose(actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                taken = accept(form.cleaned_data["file"], Path(folder), structured=True)
                kind, encoding = str(taken.what.kind), taken.what.encoding
                reading = run_limited("quality.conversations", str(taken.path), kind, encoding, actor.zone)
            found = services.take_conversations(
                reading=reading,
                file_name=taken.shown_name,
                system=form.cleaned_data["system"],
                client_id=form.cleaned_data["client"],
                by=actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("file", str(refused))
        else:
            return redirect("quality:import_preview", found.pk)
    mine = queries.visible_imports(actor).defer("rows", "rejects").order_by("-uploaded_at")[:10]
    values = {"form": form, "mine": mine}
    return render(request, "quality/import.html", values, status=422 if form.errors else 200)


@page(P.IMPORT)
def preview(request: Request, conversation_import_id: int) -> HttpResponse:
    """What the file would bring, or has brought: stored, there already, rejected with line and reason."""
    found = queries.the_import(request.actor, conversation_import_id)
    if found.applied_at:
        counts, rejects = found.outcome, found.outcome["rejects"]
        first = []
    else:
        plan = queries.plan_of(request.actor, found)
        counts, rejects = queries.import_counts(plan), queries.reject_rows(plan.rejects)
        first = [row for row, _agent, _client in plan.fresh[:3]]
    values = {
        "found": found,
        "counts": counts,
        "rejects": rejects[:SHOWN_REJECTS],
        "more": max(0, len(rejects) - SHOWN_REJECTS),
        "first": first,
        "columns": [Column("line", _("Line"), kind="number"), Column("why", _("Why it is not taken"))],
    }
    return render(request, "quality/import_preview.html", values)


@page(P.IMPORT)
def rejects(request: Request, conversation_import_id: int) -> HttpResponse:
    """The rejects as a file, to be mended and uploaded again."""
    found = queries.the_import(request.actor, conversation_import_id)
    plan = None if found.applied_at else queries.plan_of(request.actor, found)
    rows = queries.reject_rows(plan.rejects) if plan else found.outcome["rejects"]
    return response("rejected-conversations.csv", csv_bytes(["line", "why"], rows))


@page(P.IMPORT, methods=("POST",))
def apply(request: Request, conversation_import_id: int) -> HttpResponse:
    try:
        found = services.import_conversations(import_id=conversation_import_id, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    else:
        number = found.outcome["stored"]
        said = ngettext("%(n)d conversation is stored.", "%(n)d conversations are stored.", number)
        messages.success(request, said % {"n": number})
    return redirect("quality:import_preview", conversation_import_id)


@page(P.IMPORT, methods=("POST",))
def drop(request: Request, conversation_import_id: int) -> HttpResponse:
    services.drop_import(import_id=conversation_import_id, by=request.actor, at=request.at)
    messages.success(request, _("The file is forgotten. Nothing else changed."))
    return redirect("quality:import")
