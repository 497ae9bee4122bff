"""The week of a site: who works when, and where people are missing."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.capacity.queries import QueueLine, site_audits
from floorwalker.apps.schedules.forms import BoardFilters
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import board as boards
from floorwalker.apps.schedules.queries import sheets
from floorwalker.apps.schedules.queries.exporting import COLUMNS, export_rows, exported
from floorwalker.apps.schedules.queries.needs import queues_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.weeks import roster_sites, the_week, week_to_show
from floorwalker.apps.schedules.rules.stints import WEEK, monday_of
from floorwalker.apps.schedules.services.editing import UNDO_WITHIN
from floorwalker.apps.schedules.services.exporting import note_export
from floorwalker.kernel.days import the_day
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks
from floorwalker.kernel.files.signed import purpose, signed
from floorwalker.kernel.look import Tab
from floorwalker.kernel.look.words import day_words
from floorwalker.kernel.pages import Request, page


@page(P.SEE_ROSTER)
def here(request: Request) -> HttpResponse:
    """The first site in sight, at the nearest week that has a roster."""
    sites = list(roster_sites(request.actor))
    if not sites:
        return render(request, "schedules/no_site.html")
    site = next((each for each in sites if str(each.pk) == request.GET.get("site")), sites[0])
    today = request.at.astimezone(ZoneInfo(site.zone)).date()
    return redirect("schedules:board", site.pk, week_to_show(request.actor, site.pk, monday_of(today)))


@page(P.SEE_ROSTER)
def week(request: Request, week_id: int) -> HttpResponse:
    """The board of a week, wherever it is spoken of."""
    found = the_week(request.actor, week_id)
    return redirect("schedules:board", found.site_id, found.first_day)


@page(P.SEE_ROSTER)
def board(request: Request, site_id: int, first_day: str) -> HttpResponse:
    actor = request.actor
    sheet = sheets.the_sheet(actor, site_id, the_day(first_day), request.GET.get("draft"))
    site = sheet.week.site
    queues = queues_of(actor, site.pk)
    form = BoardFilters(
        request.GET,
        teams=sheets.teams_here(actor, site.pk),
        skills=sheets.skills_here(actor),
        queues=[(queue.id, queue.name) for queue in queues],
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    with timezone.override(ZoneInfo(site.zone)):
        shown = boards.board(actor, sheet, queues, _filters(request, wanted, sheet.week.first_day), request.at)
        edits = sheets.last_edits(actor, sheet)
        context = {
            "sheet": sheet,
            "week": sheet.week,
            "draft": sheet.draft,
            "site": site,
            "sites": roster_sites(actor),
            "board": shown,
            "form": form,
            "drafts": sheets.open_drafts(actor, sheet.week),
            "edits": edits,
            "undoable": [
                edit.pk
                for edit in (line.edit for line in edits)
                if not edit.undone_at and (edit.draft_id or request.at - edit.at < UNDO_WITHIN)
            ],
            "views": _views(request, shown),
            "before": _address(request, site.pk, sheet.week.first_day - timedelta(days=WEEK)),
            "after": _address(request, site.pk, sheet.week.first_day + timedelta(days=WEEK)),
            "last_day": sheet.week.first_day + timedelta(days=WEEK - 1),
            "sees_needs": actor.may(CapacityPermission.SEE),
            "simulated": _simulated(request, sheet),
            "sees_skills": sheet.week.current_id is not None and actor.may(CapacityPermission.SKILLS),
            "plans": actor.may(P.PLAN),
            "publishes": actor.may(P.PUBLISH),
            "changes": actor.may(sheet.permission),
        }
        return render(request, "schedules/board.html", context)


def _simulated(request: Request, sheet: Sheet) -> list[QueueLine]:
    """Of the published week, for those who see required staff; a draft is not simulated yet."""
    if sheet.draft is not None or not request.actor.may(CapacityPermission.SEE):
        return []
    return site_audits(request.actor, sheet.week.site_id, sheet.week.first_day)


@page(P.SEE_ROSTER)
def csv(request: Request, site_id: int, first_day: str) -> HttpResponseBase:
    """The shifts of the sheet, one a line."""
    sheet = sheets.the_sheet(request.actor, site_id, the_day(first_day), request.GET.get("draft"))
    shifts = exported(request.actor, sheet).count()
    why = purpose(request.GET)
    note_export(sheet=sheet, shifts=shifts, why=why, by=request.actor, at=request.at)
    table = signed(COLUMNS, export_rows(request.actor, sheet), by=request.actor, at=request.at, why=why)
    return response(f"shifts-{sheet.week.first_day}.csv", csv_chunks(*table))


def _filters(request: Request, wanted: dict, first_day: date) -> boards.Filters:  # type: ignore[type-arg]
    day = None
    if request.GET.get("day"):
        day = the_day(request.GET["day"])
        if not first_day <= day < first_day + timedelta(days=WEEK):
            raise NotFound
    return boards.Filters(
        team=wanted.get("team"),
        skill=wanted.get("skill"),
        queue=wanted.get("queue"),
        only_breaches=bool(wanted.get("only")),
        day=day,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _views(request: Request, shown: boards.Board) -> list[Tab]:
    """The week, and each of its days; the filters stay."""

    def address(day: date | None) -> str:
        query = request.GET.copy()
        for name in ("day", "after", "before"):
            query.pop(name, None)
        if day:
            query["day"] = day.isoformat()
        return f"?{query.urlencode()}"

    days = [Tab(day_words(day, year=False), address(day), shown.day == day) for day in shown.days]
    return [Tab(_("Week"), address(None), shown.day is None), *days]


def _address(request: Request, site_id: int, first_day: date) -> str:
    """Another week with the same filters; a draft belongs to one week alone."""
    query = request.GET.copy()
    for name in ("draft", "day", "after", "before"):
        query.pop(name, None)
    base = reverse("schedules:board", args=[site_id, first_day])
    return f"{base}?{query.urlencode()}" if query else base
