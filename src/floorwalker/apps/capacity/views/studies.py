"""Pages of published weeks put to a question: what a skill would be worth, what callbacks would bring."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _words
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.forms import CallbacksForm, StudyForm, StudyWeekForm, WeekOfSiteForm
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.rules import (
    CALLBACK_ACCEPTED,
    CALLBACK_FROM_MINUTES,
    CALLBACK_WITHIN_HOURS,
    SLOWER,
    TRAINING_HOURS,
)
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.files import downloads, exports
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

WAY_COLUMNS = [
    Column("way", _("The same people and callers")),
    Column("lost", _("Callers lost a week"), kind="number"),
    Column("saved", _("Saved against the roster"), kind="number"),
    Column("training", _("Hours of training"), kind="number"),
]
TOGETHER_COLUMNS = [
    Column("skills", _("Skills")),
    Column("holders", _("Of its holders also hold the second"), kind="number"),
    Column("others", _("Of the others"), kind="number"),
]
PROMISE_COLUMNS = [
    Column("step", _("Step")),
    Column("offered", _("Offered"), kind="number"),
    Column("taken", _("Taken"), kind="number"),
    Column("kept", _("Kept"), kind="number"),
    Column("late", _("Late"), kind="number"),
    Column("broken", _("Broken"), kind="number"),
]
CALLBACKS_ID = "callbacks_%s"  # two forms on one page
REFUSED_COLUMNS = [Column("queue", _("Queue")), Column("why", _("What is left out there"))]
LEFT_OUT_COLUMNS = [Column("queue", _("Queue")), Column("why", _("Why it is not simulated"))]


@page(P.SKILLS)
def skills(request: Request) -> HttpResponse:
    """A published week in which to ask what a skill would be worth, and what was asked before."""
    return _week(request, request.GET)


@page(P.PLAN, methods=("POST",))
def ask_study(request: Request) -> HttpResponse:
    """Have the week computed with each skill taught."""
    where = WeekOfSiteForm(request.POST)
    if not where.is_valid():
        raise NotFound
    site, week = where.cleaned_data["site"], where.cleaned_data["week"]
    queues = queries.study_queues(request.actor, site)
    form = StudyForm(request.POST, queues=[(queue.pk, queue.name) for queue in queues])
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = services.ask_study(
                site_id=site,
                first_day=week,
                taught_id=values["taught"],
                slower=values["slower"],
                training_hours=values["training_hours"],
                by=request.actor,
                at=request.at,
            )
            return redirect("capacity:study", made.pk)
        except (services.NotPublished, services.NothingToSimulate, services.NobodyToTeach) as refused:
            form.add_error(None, str(refused))
    return _week(request, {"site": str(site), "week": week.isoformat()}, form)


@page(P.PLAN, methods=("POST",))
def ask_callbacks(request: Request) -> HttpResponse:
    """Have the week computed with callbacks as the last resort."""
    where = WeekOfSiteForm(request.POST)
    if not where.is_valid():
        raise NotFound
    site, week = where.cleaned_data["site"], where.cleaned_data["week"]
    form = CallbacksForm(request.POST, auto_id=CALLBACKS_ID)
    if form.is_valid():
        rule = {
            f"callback_{name}": form.cleaned_data[name] for name in ("from_minutes", "accepted", "within_hours")
        }
        levers = WeekStudy.Purpose.LEVERS
        try:
            made = services.ask_study(
                site_id=site, first_day=week, purpose=levers, **rule, by=request.actor, at=request.at
            )
            return redirect("capacity:study", made.pk)
        except (services.NotPublished, services.NothingToSimulate) as refused:
            form.add_error(None, str(refused))
    return _week(request, {"site": str(site), "week": week.isoformat()}, callbacks=form)


@page(P.PLAN, methods=("POST",))
def ask_model(request: Request) -> HttpResponse:
    """Take a published week as a model, at one click."""
    form = WeekOfSiteForm(request.POST)
    if not form.is_valid():
        raise NotFound
    site, week = form.cleaned_data["site"], form.cleaned_data["week"]
    made = services.ask_study(
        site_id=site, first_day=week, purpose=WeekStudy.Purpose.MODEL, by=request.actor, at=request.at
    )
    return redirect("capacity:study", made.pk)


@page(P.SKILLS)
def study(request: Request, study_id: int) -> HttpResponse:
    """What a study found: the answer in one sentence, the lessons ranked, and what went in."""
    found = queries.study_page(request.actor, study_id)
    context = {
        "found": found,
        "columns": _columns(found),
        "way_columns": _ways(found),
        "rung_columns": _rungs(found),
        "together_columns": TOGETHER_COLUMNS,
        "promise_columns": PROMISE_COLUMNS,
        "left_out_columns": LEFT_OUT_COLUMNS,
        "refused_columns": REFUSED_COLUMNS,
        "may_plan": request.actor.may(P.PLAN),
        "week_url": f"{reverse('capacity:skills')}?site={found.study.site_id}&week={found.study.first_day}",
    }
    return render(request, "capacity/study.html", context)


@page(P.SKILLS)
def study_csv(request: Request, study_id: int) -> HttpResponse:
    """The lessons as a file."""
    name, columns, rows = queries.study_table(request.actor, study_id)
    return downloads.response(name, exports.csv_bytes(columns, rows))


@page(P.SKILLS)
def study_model(request: Request, study_id: int) -> HttpResponse:
    """The week as the command line reads it; people are numbers in it."""
    name, text = queries.study_model(request.actor, study_id)
    return downloads.response(name, text.encode())


def _week(
    request: Request, asked: Any, form: StudyForm | None = None, callbacks: CallbacksForm | None = None
) -> HttpResponse:
    sites = queries.study_sites(request.actor)
    where = StudyWeekForm(asked, sites=[(site.pk, site.name) for site in sites])
    wanted = where.cleaned_data.get("site") if where.is_valid() else None
    site = next((each for each in sites if each.pk == wanted), sites[0] if sites and wanted is None else None)
    week = where.week_from(timezone.localdate(request.at))
    found = queries.study_week(request.actor, site, week)
    if form is None and site is not None:
        initial = {"site": site.pk, "week": week, "slower": SLOWER, "training_hours": f"{TRAINING_HOURS:g}"}
        form = StudyForm(initial=initial, queues=[(queue.pk, queue.name) for queue in found.queues])
    refused = any(each is not None and each.errors for each in (form, callbacks))
    if callbacks is None and site is not None:
        rule = {"from_minutes": CALLBACK_FROM_MINUTES, "within_hours": CALLBACK_WITHIN_HOURS}
        shown = {name: f"{value:g}" for name, value in rule.items()}
        initial = {"site": site.pk, "week": week, "accepted": CALLBACK_ACCEPTED, **shown}
        callbacks = CallbacksForm(initial=initial, auto_id=CALLBACKS_ID)
    context = {
        "found": found,
        "sites": sites,
        "where": StudyWeekForm(
            {"site": site.pk if site else None, "week": week}, sites=[(each.pk, each.name) for each in sites]
        ),
        "form": form,
        "callbacks": callbacks,
        "may_plan": request.actor.may(P.PLAN),
    }
    return render(request, "capacity/skills.html", context, status=422 if refused else 200)


def _columns(found: queries.StudyPage) -> list[Column]:
    worth = [Column("value", _("Worth"), kind="number")] if found.currency else []
    what = found.currency or (_words("in time") if found.by_time else _words("Callers"))
    return [
        Column("skill", _("Teach")),
        Column("saved", _("Callers saved"), kind="number"),
        Column("in_time", _("More in time"), kind="number"),
        *worth,
        Column("replaced", _("Hours of specialists"), kind="number"),
        Column("training", _("Hours of training"), kind="number"),
        Column("rank", _words("%(what)s an hour") % {"what": what}, kind="number"),
    ]


def _rungs(found: queries.StudyPage) -> list[Column]:
    worth = [Column("value", _("Worth a week"), kind="number")] if found.currency else []
    return [Column("step", _("The same people and callers")), *WAY_COLUMNS[1:3], *worth]


def _ways(found: queries.StudyPage) -> list[Column]:
    worth = [Column("value", _("Worth a week"), kind="number")] if found.currency else []
    return [*WAY_COLUMNS[:3], *worth, WAY_COLUMNS[3]]
