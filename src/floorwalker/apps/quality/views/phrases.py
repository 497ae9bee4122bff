"""Pages of phrases: the bank, one of them, where it was said, and judging by hand how well it is found."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import jobs
from floorwalker.kernel.access import require
from floorwalker.kernel.errors import Invalid, Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.uploads import accept
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of

ROWS = 50
DAYS = 30


@page(P.SEE_PHRASES, methods=("GET", "POST"))
def phrases(request: Request) -> HttpResponse:
    """The bank: what is said how often, and how sure it is that it was said."""
    actor, keeps = request.actor, request.actor.may(P.KEEP_PHRASES)
    archived = request.GET.get("archived") == "yes"
    form = forms.PhraseForm(request.POST or None, clients=queries.clients_to_choose(actor)) if keeps else None
    if request.method == "POST":
        require(actor, P.KEEP_PHRASES)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = services.add_phrase(**form.values(), by=actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("Added. It is looked for in what is stored, and in all that comes in."))
            return redirect("quality:phrase", made.pk)
    lines = queries.phrase_lines(actor, request.at, days=DAYS, archived=archived)
    start = _whole(request.GET.get("from", ""))
    values = {
        "form": form,
        "file_form": forms.PhraseFileForm() if keeps else None,
        "lines": lines[start : start + ROWS],
        "count": len(lines),
        "before": max(0, start - ROWS) if start else None,
        "after": start + ROWS if len(lines) > start + ROWS else None,
        "archived": archived,
        "days": DAYS,
        "clients": queries.knows_clients(actor),
        "columns": [
            Column("phrase", _("Words")),
            Column("by", _("Said by")),
            Column("owner", _("Who could mend it")),
            Column("now", _("Contacts, last 30 days"), kind="number"),
            Column("before", _("30 days before"), kind="number"),
            Column("sure", _("Really said"), kind="number"),
        ],
    }
    wrong = form is not None and form.errors
    return render(request, "quality/phrases.html", values, status=422 if wrong else 200)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


@page(P.SEE_PHRASES)
def phrases_csv(request: Request) -> HttpResponse:
    lines = queries.phrase_lines(request.actor, request.at, days=DAYS, archived=False)
    return response("phrases.csv", csv_bytes(queries.PHRASE_COLUMNS, queries.phrase_rows(lines)))


@page(P.KEEP_PHRASES, methods=("POST",))
def take_file(request: Request) -> HttpResponse:
    """A file of phrases: all of them or none."""
    form = forms.PhraseFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect("quality:phrases")
    try:
        with tempfile.TemporaryDirectory() as folder:
            taken = accept(form.cleaned_data["file"], Path(folder), structured=True)
            rows = run_limited("quality.phrases", str(taken.path))
        found = services.take_phrases(
            rows=[(line, cells) for line, cells in rows], by=request.actor, at=request.at
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    else:
        said = _("%(new)d phrases are added; %(known)d were in the bank already.")
        messages.success(request, said % {"new": found.new, "known": found.known})
    return redirect("quality:phrases")


@page(P.SEE_PHRASES)
def phrase(request: Request, phrase_id: int) -> HttpResponse:
    """One phrase: over time, by queue and reason, how well it is found, and where it was said."""
    actor = request.actor
    found = queries.the_phrase(actor, phrase_id)
    job = jobs.latest((services.PHRASE, found.pk))
    reads = actor.may(P.SEE_TRANSCRIPT)
    shown = page_of(
        queries.spotted_turns(actor, found),
        ("-conversation__started_at",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        limit=ROWS,
    )
    values = {
        "found": found,
        "shown": queries.phrase_page(actor, found, request.at),
        "job": jobs.view(job) if job is not None and job.live else None,
        "keeps": actor.may(P.KEEP_PHRASES),
        "reads": reads,
        "clients": queries.knows_clients(actor),
        "page": shown,
        "spots": [(each, queries.words_of(each)) for each in shown.items],
        "spotted": queries.spotted_turns(actor, found).count() if reads else 0,
        "place_columns": [
            Column("name", _("Where")),
            Column("n", _("Contacts"), kind="number"),
            Column("share", _("Of all there"), kind="number"),
        ],
        "spot_columns": [Column("contact", _("Contact")), Column("words", _("What was said"))],
    }
    return render(request, "quality/phrase.html", values)


@page(P.KEEP_PHRASES, methods=("POST",))
def archive(request: Request, phrase_id: int) -> HttpResponse:
    archived = request.POST.get("archived", "yes") == "yes"
    services.archive_phrase(phrase_id=phrase_id, archived=archived, by=request.actor, at=request.at)
    return redirect("quality:phrase", phrase_id)


@page(P.KEEP_PHRASES, methods=("GET", "POST"))
def label(request: Request, phrase_id: int) -> HttpResponse:
    """One turn after the other: does the phrase stand in it? Whether the rules found it is not shown."""
    found = queries.the_phrase(request.actor, phrase_id, P.KEEP_PHRASES)
    if request.method == "POST":
        try:
            conversation, turn = int(request.POST["conversation"]), int(request.POST["turn"])
        except (KeyError, ValueError):
            raise Invalid(problem=_("The turn is missing; open the page again.")) from None
        services.label(
            phrase_id=phrase_id, conversation_id=conversation, turn=turn,
            present=request.POST.get("present") == "yes", by=request.actor, at=request.at,
        )  # fmt: skip
        return redirect("quality:label_phrase", phrase_id)
    values = {
        "found": found,
        "drawn": queries.draw_turn(request.actor, found, random.SystemRandom()),
        "shown": queries.phrase_page(request.actor, found, request.at),
    }
    return render(request, "quality/label.html", values)


@page(P.SEE_LOST)
def beyond_csv(request: Request) -> HttpResponse:
    """Phrases no agent can do anything about, for who can."""
    days = forms.LostForm(request.GET).number()
    found = queries.beyond_agents(request.actor, request.at - timedelta(days=days))
    rows = [[each.phrase.owner_topic, each.phrase.text, each.contacts, round(each.share, 4)] for each in found]
    columns = ["who_could_mend_it", "phrase", "contacts", "share_of_contacts"]
    return response("said-and-nobodys-fault.csv", csv_bytes(columns, rows))
