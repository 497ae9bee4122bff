"""One shift of a sheet: what may be done to it, what that would break, and doing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import AddForm, ShiftForm
from floorwalker.apps.schedules.models import Edit
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries import sheets
from floorwalker.apps.schedules.queries.board import days_of
from floorwalker.apps.schedules.queries.needs import queues_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.prices import Price, callers_words
from floorwalker.apps.schedules.queries.promised import unasked_words
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.apps.schedules.services.refusals import ShiftChanged
from floorwalker.kernel.days import the_day
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look.words import day_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.picking import offers

MINUTE = timedelta(minutes=1)
CHECK = "check"


@page(P.SEE_ROSTER, methods=("GET", "POST"))
def shift(request: Request, site_id: int, first_day: str, identity: UUID) -> HttpResponse:
    """Look at a shift, check a change of it, make the change."""
    sheet = sheets.the_sheet(request.actor, site_id, the_day(first_day), request.GET.get("draft"))
    found = sheets.the_shift(request.actor, sheet, identity)
    with timezone.override(ZoneInfo(sheet.week.site.zone)):
        form = _shift_form(request, sheet, found.stint, bound=request.method == "POST")
        if offered := offers(request, form):
            return offered
        context = {"found": found, "stint": found.stint, "form": form}
        if request.method == "POST" and form.is_valid():
            return _stepped(request, sheet, form, form.step(str(identity)), "schedules/shift.html", context)
        return _answer(request, sheet, "schedules/shift.html", context, 422 if form.errors else 200)


@page(P.PLAN, P.CHANGE, methods=("GET", "POST"))
def add(request: Request, site_id: int, first_day: str) -> HttpResponse:
    """A new shift for somebody, or for nobody yet."""
    sheet = sheets.the_sheet(request.actor, site_id, the_day(first_day), request.GET.get("draft"))
    with timezone.override(ZoneInfo(sheet.week.site.zone)):
        initial = {
            "day": request.GET.get("day", sheet.week.first_day.isoformat()),
            "agent": request.GET.get("agent"),
            "start": "09:00",
            "length": 510,
            "meal": 30,
            "identity": services.new_identity(),
        }
        form = AddForm(
            request.POST or None,
            initial=initial,
            days=_days(sheet),
            agents=sheets.people_to_give_to(request.actor, sheet),
            queues=[(queue.id, queue.name) for queue in queues_of(request.actor, site_id)],
            may_override=request.actor.may(P.OVERRIDE),
            published=sheet.draft is None,
        )
        if offered := offers(request, form):
            return offered
        if request.method == "POST" and form.is_valid():
            return _stepped(request, sheet, form, form.step(), "schedules/add.html", {"form": form})
        return _answer(request, sheet, "schedules/add.html", {"form": form}, 422 if form.errors else 200)


@page(P.PLAN, P.CHANGE, methods=("POST",))
def undo(request: Request, edit_id: int) -> HttpResponse:
    """Take a change back."""
    edit = services.undo(edit_id=edit_id, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect(_board(Sheet(edit.week, edit.draft)))


def _stepped(
    request: Request, sheet: Sheet, form: ShiftForm | AddForm, step: Step, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Check only, or do it and go back to the board; a refusal is said on the page, with how it stands now."""
    checks = request.POST.get("do") == CHECK
    status = 200
    try:
        context["preview"] = services.check(sheet=sheet, step=step, by=request.actor)
        if sheet.draft is None and not form.cleaned_data["agreed"]:
            found = context["preview"].differences
            context["unasked"] = unasked_words(sheet.week, found, request.actor, request.at)
        if not checks:
            edit = _do(request, sheet, step, form.cleaned_data)
            messages.success(request, _changed(edit, context["preview"].price))
            return redirect(_board(sheet))
    except Refused as refused:
        status, context = _said(request, sheet, refused, context)
    if request.headers.get("HX-Request"):
        return render(request, "schedules/preview.html", {**context, "sheet": sheet})
    return _answer(request, sheet, template, context, status)


def _changed(edit: Edit, price: Price | None) -> str:
    """That it is done, and to those who see required staff what it costs in callers."""
    done = _("Changed. You can take it back below the board for a while.")
    return f"{done} {capfirst(callers_words(edit.callers))}" if price and price.lines else done


def _do(request: Request, sheet: Sheet, step: Step, values: dict[str, Any]) -> Edit:
    said = {"why": values["why"], "override": values.get("override", False), "by": request.actor, "at": request.at}
    if sheet.draft:
        return services.change_draft(draft_id=sheet.draft.pk, step=step, **said)
    return services.change_published(week_id=sheet.week.pk, step=step, agreed=values["agreed"], **said)


def _said(request: Request, sheet: Sheet, refused: Refused, context: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The refusal in words; of a shift somebody else has changed, the form with how it stands now."""
    context["refused"] = str(refused)
    if isinstance(refused, ShiftChanged) and "stint" in context:
        fresh = sheets.the_shift(request.actor, sheet, context["stint"].identity)
        form = _shift_form(request, sheet, fresh.stint, bound=False)
        context |= {"found": fresh, "stint": fresh.stint, "form": form, "preview": None}
    return refused.status, context


def _shift_form(request: Request, sheet: Sheet, stint: Stint, *, bound: bool) -> ShiftForm:
    meal = (stint.meal_end - stint.meal_start) // MINUTE if stint.meal_start and stint.meal_end else 0
    initial = {
        "day": stint.day.isoformat() if stint.day else "",
        "start": f"{stint.wall_minute // 60:02d}:{stint.wall_minute % 60:02d}",
        "length": (stint.end - stint.start) // MINUTE,
        "meal": meal,
        "version": stint.version,
    }
    return ShiftForm(
        request.POST if bound else None,
        initial=initial,
        days=_days(sheet),
        agents=sheets.people_to_give_to(request.actor, sheet),
        others=sheets.shifts_to_swap_with(request.actor, sheet, stint),
        may_override=request.actor.may(P.OVERRIDE),
        published=sheet.draft is None,
    )


def _days(sheet: Sheet) -> list[tuple[str, str]]:
    return [(day.isoformat(), day_words(day, year=False)) for day in days_of(sheet.week.first_day)]


def _board(sheet: Sheet) -> str:
    base = reverse("schedules:board", args=[sheet.week.site_id, sheet.week.first_day])
    return f"{base}?draft={sheet.draft.pk}" if sheet.draft else base


def _answer(request: Request, sheet: Sheet, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    actor = request.actor
    shell = {
        "sheet": sheet,
        "site": sheet.week.site,
        "board_url": _board(sheet),
        "may_change": actor.may(sheet.permission) and (sheet.draft is None or sheet.draft.state == "open"),
        "may_propose": actor.may(P.ANSWER) and sheet.draft is None,
    }
    return render(request, template, {**shell, **context}, status=status)
