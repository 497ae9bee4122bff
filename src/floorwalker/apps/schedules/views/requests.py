"""Changes talked about: ask from the shift itself, answer, see both sides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import AnswerForm, AskForm, CounterForm
from floorwalker.apps.schedules.models import Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.requests import led_shift, own_shift, swappable_shifts, the_request
from floorwalker.apps.schedules.queries.threads import COLUMNS, request_lines, thread_of
from floorwalker.apps.schedules.rules.stints import WEEK
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look.words import clock_words, day_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.periods import Period


@page(P.ASK, methods=("GET", "POST"))
def ask(request: Request, shift_id: int) -> HttpResponse:
    """Ask for a change of a shift of my own."""
    shift = own_shift(request.actor, shift_id)
    with timezone.override(ZoneInfo(shift.week.site.zone)):
        others = [(each.pk, swap_words(each)) for each in swappable_shifts(shift, request.at)]
        return _begun(request, shift, others, lead=False)


@page(P.ANSWER, methods=("GET", "POST"))
def propose(request: Request, shift_id: int) -> HttpResponse:
    """Propose a change to the agent whose shift it is."""
    shift = led_shift(request.actor, shift_id)
    with timezone.override(ZoneInfo(shift.week.site.zone)):
        return _begun(request, shift, [], lead=True)


@page(P.ASK, P.ANSWER)
def requests(request: Request) -> HttpResponse:
    """All I take part in: mine to answer first."""
    found = request_lines(request.actor, request.at, **cursors(request.GET))
    return render(request, "schedules/requests.html", {"found": found, "columns": COLUMNS})


@page(P.ASK, P.ANSWER)
def request(request: Request, request_id: int) -> HttpResponse:
    """The talk, what agreeing would change and break, and the answers that are mine to give."""
    return _talk(request, request_id, "", 200)


@page(P.ASK, P.ANSWER, methods=("POST",))
def answer(request: Request, request_id: int) -> HttpResponse:
    """One answer; a refusal is said on the page of the talk."""
    found = the_request(request.actor, request_id)
    verb = request.POST.get("do", "")
    said = {"request_id": found.pk, "by": request.actor, "at": request.at}
    try:
        if verb == "counter":
            form: AnswerForm = _counter_form(found, request.POST)
            if not form.is_valid():
                return _talk(request, request_id, "", 422, form)
            assert isinstance(form, CounterForm)
            values = form.cleaned_data
            period = Period(*form.hours)
            services.counter(period=period, text=values["text"], version=values["version"], **said)
            return redirect("schedules:request", found.pk)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return _talk(request, request_id, _("Open the page again and answer there."), 422)
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        if verb == "say":
            services.say(text=text, **said)
        else:
            verbs = {"agree": services.agree, "decline": services.decline, "withdraw": services.withdraw}
            ended = verbs[verb](text=text, version=version, **said)
            messages.success(request, str(ended.get_state_display()).capitalize() + ".")
    except KeyError:
        return _talk(request, request_id, _("Choose one of the answers."), 422)
    except (Refused, ValueError) as refused:
        status = refused.status if isinstance(refused, Refused) else 422
        return _talk(request, request_id, str(refused), status)
    return redirect("schedules:request", found.pk)


def swap_words(shift: Shift) -> str:
    """“Cora Diaz, Tue 17 Mar 10:00–18:30”."""
    start, end = shift.period.lower, shift.period.upper
    name = shift.agent.name if shift.agent else ""
    return f"{name}, {day_words(start, year=False)} {clock_words(start)}–{clock_words(end)}"


def week_days(first_day: date) -> list[tuple[str, str]]:
    days = [first_day + timedelta(days=d) for d in range(WEEK)]
    return [(day.isoformat(), day_words(day, year=False)) for day in days]


def _begun(request: Request, shift: Shift, others: list[tuple[int, str]], *, lead: bool) -> HttpResponse:
    zone = shift.week.site.zone
    local = shift.period.lower.astimezone(ZoneInfo(zone)), shift.period.upper.astimezone(ZoneInfo(zone))
    initial = {"kind": "hours", "start": local[0].time(), "end": local[1].time()}
    form = AskForm(
        request.POST or None,
        initial=initial,
        days=week_days(shift.week.first_day),
        shifts=others,
        zone=zone,
        lead=lead,
    )
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        values, hours = form.cleaned_data, form.hours(shift.day)
        wish: dict[str, Any] = {"shift_id": shift.pk, "kind": values["kind"], "text": values["text"]}
        wish["period"] = Period(*hours) if hours and values["kind"] in ("hours", "move") else None
        try:
            if lead:
                found = services.propose(**wish, by=request.actor, at=request.at)
            else:
                other = values.get("colleague_shift") if values["kind"] == "swap" else None
                found = services.ask(**wish, colleague_shift_id=other, by=request.actor, at=request.at)
        except Refused as said:
            form.add_error(None, str(said))
            status = said.status
        else:
            return redirect("schedules:request", found.pk)
    context = {"form": form, "shift": shift, "lead": lead, "site_zone": zone}
    return render(request, "schedules/ask.html", context, status=status)


def _talk(
    request: Request, request_id: int, refused: str, status: int, counter: AnswerForm | None = None
) -> HttpResponse:
    found = the_request(request.actor, request_id)
    talk = thread_of(request.actor, found)
    with timezone.override(ZoneInfo(found.week.site.zone)):
        context = {
            "request_": found,
            "talk": talk,
            "refused": refused,
            "look": services.look_at(request.actor, found) if found.state == "open" else None,
            "form": AnswerForm(initial={"version": found.version}),
            "counter": counter or _counter_form(found, None),
            "counter_open": counter is not None,
            "site_zone": found.week.site.zone,
        }
        return render(request, "schedules/request.html", context, status=status)


def _counter_form(found: Any, data: Any) -> CounterForm:
    zone = ZoneInfo(found.week.site.zone)
    initial: dict[str, Any] = {"version": found.version}
    if found.period:
        start, end = found.period.lower.astimezone(zone), found.period.upper.astimezone(zone)
        initial |= {"day": start.date().isoformat(), "start": start.time(), "end": end.time()}
    return CounterForm(
        data, initial=initial, days=week_days(found.week.first_day), zone=zone.key, prefix="counter"
    )
