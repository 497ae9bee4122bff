"""Pages of calibrations: opened on a contact, scored blind, closed, read and agreed upon."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column, end_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of

ROWS = 50
USUAL_DAYS = 7


@page(P.TAKE_PART)
def calibrations(request: Request) -> HttpResponse:
    """Every calibration in sight, the newest first."""
    rows = queries.calibrations_in(request.actor)
    shown = page_of(
        rows, ("-opened_at",), after=request.GET.get("after", ""), before=request.GET.get("before", ""), limit=ROWS
    )
    values = {
        "lines": queries.calibration_lines(request.actor, shown.items),
        "page": shown,
        "count": rows.count(),
        "opens": request.actor.may(P.CALIBRATE),
        "columns": [
            Column("form", _("Form")),
            Column("contact", _("Contact")),
            Column("owner", _("Kept by")),
            Column("scored", _("Have scored"), kind="number"),
            Column("due", _("Due")),
            Column("state", _("State")),
        ],
    }
    return render(request, "quality/calibrations.html", values)


@page(P.CALIBRATE, methods=("GET", "POST"))
def new(request: Request, conversation_id: int) -> HttpResponse:
    """Have this contact scored by several."""
    found = queries.the_conversation(request.actor, conversation_id, P.CALIBRATE)
    people = queries.participants_to_choose(found)
    first = {"last_day": (request.at + timedelta(days=USUAL_DAYS)).date()}
    form = forms.CalibrationForm(request.POST or None, people=people, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_calibration(
                conversation_id=conversation_id, **form.cleaned_data, by=request.actor, at=request.at
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Open. Everybody is told and has it on their first page."))
            return redirect("quality:calibration", made.pk)
    values = {"form": form, "found": found, "thread": queries.blind_thread(found)}
    return render(request, "quality/calibrate.html", values, status=422 if form.errors else 200)


@page(P.TAKE_PART, methods=("GET", "POST"))
def calibration(request: Request, calibration_id: int) -> HttpResponse:
    """Score it while it is open; read everybody's answers once it is closed."""
    found = queries.the_calibration(request.actor, calibration_id)
    shown = queries.calibration_page(request.actor, found)
    to_score = shown.open and shown.mine is not None and shown.mine.scored_at is None
    form, problem = None, ""
    if shown.mine is not None and to_score:
        form = forms.AnswersForm(
            request.POST or None,
            content=found.form_version.words,
            answers=shown.mine.answers,
            comments=shown.mine.comments,
            places=False,
            readings=queries.readings_of(request.actor, found.form_version.form_id),
        )
        if request.method == "POST" and form.is_valid():
            finish = request.POST.get("verb") == "finish"
            kept = {key: value for key, (value, _seconds) in form.answers().items()}
            said = {key.removeprefix("item:"): text for key, text in form.remarks().items()}
            try:
                # First kept, so that nothing is lost where something is still to be answered.
                services.score_calibration(
                    calibration_id=calibration_id, answers=kept, comments=said, finish=False,
                    by=request.actor, at=request.at,
                )  # fmt: skip
                if finish:
                    services.score_calibration(
                        calibration_id=calibration_id, answers={}, comments={}, finish=True,
                        by=request.actor, at=request.at,
                    )  # fmt: skip
                messages.success(request, _("Handed in.") if finish else _("Your answers so far are kept."))
                return redirect("quality:calibration", calibration_id)
            except services.NotAnswered as refused:
                problem = str(refused)
    person = found.conversation.agent.user_id
    audit.seen(by=request.actor, about=("quality.calibration", found.pk), person=person, at=request.at)
    job = jobs.latest((services.CALIBRATION, found.pk)) if not shown.open and found.result is None else None
    values = {
        "found": found,
        "shown": shown,
        "form": form,
        "problem": problem,
        "thread": queries.blind_thread(found.conversation),
        "job": jobs.view(job) if job is not None else None,
        "columns": [
            Column("name", _("Who")),
            Column("score", _("Score of the agent"), kind="number"),
            Column("all", _("All points"), kind="number"),
        ],
        "coefficient_columns": [
            Column("name", _("Measure")),
            Column("value", _("Agreement"), kind="number"),
            Column("says", _("What it says")),
            Column("means", _("What it looks at")),
        ],
        "due": end_words(found.due),
    }
    wrong = problem or (form is not None and form.errors)
    return render(request, "quality/calibration.html", values, status=422 if wrong else 200)


@page(P.CALIBRATE, methods=("POST",))
def close(request: Request, calibration_id: int) -> HttpResponse:
    try:
        services.close_calibration(calibration_id=calibration_id, by=request.actor, at=request.at)
    except (services.TooFewScores, services.CalibrationClosed) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Closed. Everybody who took part reads all answers now."))
    return redirect("quality:calibration", calibration_id)


@page(P.CALIBRATE, methods=("POST",))
def reading(request: Request, calibration_id: int, item_key: str) -> HttpResponse:
    """Write down how an item is read from now on."""
    kept = services.agree_reading(
        calibration_id=calibration_id, item_key=item_key, text=request.POST.get("text", ""),
        by=request.actor, at=request.at,
    )  # fmt: skip
    messages.success(request, _("Written down; it stands with the form now.") if kept else _("Taken back."))
    return redirect("quality:calibration", calibration_id)
