"""Drafts and versions: begin, compare, publish, go back."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import PublishForm
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import comparing, sheets
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.weeks import the_draft, the_publication
from floorwalker.kernel.days import the_day
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

VERSION_COLUMNS = [
    Column("number", gettext_lazy("Version"), kind="number"),
    Column("kind", gettext_lazy("How")),
    Column("when", gettext_lazy("When")),
    Column("who", gettext_lazy("Who")),
    Column("people", gettext_lazy("People touched"), kind="number"),
    Column("changes", gettext_lazy("Shifts changed"), kind="number"),
    Column("again", ""),
]


@page(P.PLAN, methods=("POST",))
def drafts(request: Request, site_id: int, first_day: str) -> HttpResponse:
    """Begin a working copy of the published week."""
    week = services.week_for(site_id=site_id, day=the_day(first_day), by=request.actor)
    draft = services.begin_draft(week_id=week.pk, by=request.actor, at=request.at)
    return redirect(board_url(site_id, week.first_day, draft.pk))


@page(P.PUBLISH, methods=("GET", "POST"))
def publish(request: Request, draft_id: int) -> HttpResponse:
    """What would change, and the button that changes it."""
    draft = the_draft(request.actor, draft_id, P.PUBLISH)
    week = draft.week
    form = PublishForm(request.POST or None)
    refused = ""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            found = services.publish(
                draft_id=draft_id, note=form.cleaned_data["note"], by=request.actor, at=request.at
            )
        except Refused as said:
            refused, status = str(said), said.status
        else:
            messages.success(request, published_words(found.number, found.touched))
            return redirect(board_url(week.site_id, week.first_day))
    with timezone.override(ZoneInfo(week.site.zone)):
        context = {
            "draft": draft,
            "week": week,
            "site": week.site,
            "form": form,
            "refused": refused,
            "behind": draft.based_on != week.number,
            "comparison": comparing.draft_against_published(request.actor, Sheet(week, draft), request.at),
            "board_url": board_url(week.site_id, week.first_day, draft.pk),
        }
        return render(request, "schedules/publish.html", context, status=status)


@page(P.PLAN, methods=("POST",))
def take_in(request: Request, draft_id: int) -> HttpResponse:
    """Bring a draft up to what has been published meanwhile."""
    clashes = services.take_in(draft_id=draft_id, by=request.actor, at=request.at)
    draft = the_draft(request.actor, draft_id)
    if clashes:
        text = ngettext(
            "Taken in. %(count)s shift was changed on both sides; the published one was kept.",
            "Taken in. %(count)s shifts were changed on both sides; the published ones were kept.",
            len(clashes),
        )
        messages.warning(request, text % {"count": len(clashes)})
    else:
        messages.success(request, _("Taken in; nothing was changed on both sides."))
    return redirect(board_url(draft.week.site_id, draft.week.first_day, draft.pk))


@page(P.PLAN, methods=("POST",))
def discard(request: Request, draft_id: int) -> HttpResponse:
    draft = services.discard_draft(draft_id=draft_id, by=request.actor, at=request.at)
    messages.success(request, _("The draft is put away; it can be opened again from the versions of the week."))
    return redirect(board_url(draft.week.site_id, draft.week.first_day))


@page(P.PLAN, methods=("POST",))
def reopen(request: Request, draft_id: int) -> HttpResponse:
    draft = services.reopen_draft(draft_id=draft_id, by=request.actor, at=request.at)
    return redirect(board_url(draft.week.site_id, draft.week.first_day, draft.pk))


@page(P.SEE_ROSTER)
def versions(request: Request, site_id: int, first_day: str) -> HttpResponse:
    """Every version the week had, and the drafts put away."""
    sheet = sheets.the_sheet(request.actor, site_id, the_day(first_day))
    week = sheet.week
    with timezone.override(ZoneInfo(week.site.zone)):
        context = {
            "week": week,
            "site": week.site,
            "columns": VERSION_COLUMNS,
            "versions": list(comparing.versions(week)) if week.pk else [],
            "discarded": sheets.discarded_drafts(request.actor, week),
            "publishes": request.actor.may(P.PUBLISH),
            "board_url": board_url(site_id, week.first_day),
        }
        return render(request, "schedules/versions.html", context)


@page(P.PUBLISH)
def version(request: Request, publication_id: int) -> HttpResponse:
    """What going back to an earlier version would change."""
    publication = the_publication(request.actor, publication_id, P.PUBLISH)
    week = publication.week
    with timezone.override(ZoneInfo(week.site.zone)):
        context = {
            "publication": publication,
            "week": week,
            "site": week.site,
            "comparison": comparing.version_against_published(request.actor, publication, request.at),
            "versions_url": reverse("schedules:versions", args=[week.site_id, week.first_day]),
        }
        return render(request, "schedules/version.html", context)


@page(P.PUBLISH, methods=("POST",))
def again(request: Request, publication_id: int) -> HttpResponse:
    """Publish an earlier version anew."""
    found = services.publish_again(publication_id=publication_id, by=request.actor, at=request.at)
    messages.success(request, published_words(found.number, found.touched))
    return redirect(board_url(found.week.site_id, found.week.first_day))


def published_words(number: int, people: int) -> str:
    text = ngettext(
        "Version %(number)s is published; %(people)s person is told.",
        "Version %(number)s is published; %(people)s people are told.",
        people,
    )
    return text % {"number": number, "people": people}


def board_url(site_id: int, first_day: date, draft_id: int | None = None) -> str:
    base = reverse("schedules:board", args=[site_id, first_day])
    return f"{base}?draft={draft_id}" if draft_id else base
