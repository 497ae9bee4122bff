"""My floor: whom to see first and why, one tap a visit; how attention lies; the limits of silence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules.feedback import STEPS_COUNT_MONTHS
from floorwalker.apps.coaching.rules.floor import SILENCE_LIMIT_DAYS
from floorwalker.apps.people import queries as people
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

PEOPLE_COLUMNS = [
    Column("name", gettext_lazy("Name")),
    Column("silent", gettext_lazy("Days without a word"), kind="number"),
    Column("by", gettext_lazy("Who took time, and how much")),
    Column("mix", gettext_lazy("Mix")),
    Column("minutes", gettext_lazy("Minutes"), kind="number"),
]
GIVEN_COLUMNS = [
    Column("name", gettext_lazy("Who")),
    Column("agents", gettext_lazy("People"), kind="number"),
    Column("times", gettext_lazy("Times"), kind="number"),
    Column("mix", gettext_lazy("Mix")),
    Column("minutes", gettext_lazy("Minutes"), kind="number"),
    Column("apart", gettext_lazy("How far apart")),
]
PLACE_COLUMNS = [
    Column("place", gettext_lazy("Where they work")),
    Column("people", gettext_lazy("People"), kind="number"),
    Column("times", gettext_lazy("Times"), kind="number"),
    Column("each", gettext_lazy("Times each"), kind="number"),
    Column("minutes", gettext_lazy("Minutes"), kind="number"),
]
TEAM_COLUMNS = [
    Column("team", gettext_lazy("Team")),
    Column("over", gettext_lazy("Over the limit"), kind="number"),
    Column("people", gettext_lazy("People"), kind="number"),
    Column("limit", gettext_lazy("Limit, days"), kind="number"),
]


@page(P.WALK)
def my_floor(request: Request) -> HttpResponse:
    """At most seven people, each with why and one tap."""
    return render(request, "coaching/floor.html", {"floor": queries.my_floor(request.actor, request.at)})


@page(P.WALK, methods=("POST",))
def saw(request: Request, agent_id: int) -> HttpResponse:
    """“I saw them.”"""
    how = request.POST.get("how", "")
    touch = services.visit(agent_id=agent_id, how=how, by=request.actor, at=request.at)
    said = {
        "walked_by": _("Noted: you walked by at %(name)s."),
        "called": _("Noted: you called %(name)s."),
    }.get(touch.how, _("Noted: you saw %(name)s."))
    messages.success(request, said % {"name": touch.agent.name})
    return redirect("coaching:floor")


@page(P.WALK, methods=("POST",))
def take_back(request: Request, touch_id: int) -> HttpResponse:
    """A tap on the wrong name."""
    services.take_back_visit(touch_id=touch_id, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("coaching:floor")


@page(P.WALK, P.KEEP_LIMITS)
def attention(request: Request) -> HttpResponse:
    """Who leads sees their people, a manager teams and givers, who does both all of it: counts, never words."""
    actor, manages, leads = request.actor, request.actor.may(P.KEEP_LIMITS), request.actor.may(P.WALK)
    context = {
        "manages": manages,
        "leads": leads,
        "people": queries.attention(actor, request.at) if leads else [],
        "teams": queries.silence_by_team(actor, request.at) if manages else [],
        "given": queries.given_lately(actor, request.at),
        "places": queries.attention_by_place(actor, request.at),
        "place_columns": PLACE_COLUMNS,
        "people_columns": PEOPLE_COLUMNS,
        "given_columns": GIVEN_COLUMNS,
        "team_columns": TEAM_COLUMNS,
        "sites": people.visible_sites(actor, P.KEEP_LIMITS).filter(archived=False).order_by("name"),
    }
    return render(request, "coaching/attention.html", context)


@page(P.KEEP_LIMITS, methods=("GET", "POST"))
def limits(request: Request, site_id: int) -> HttpResponse:
    """The limit of silence of a site."""
    site = people.the_site(request.actor, site_id, P.KEEP_LIMITS)
    kept = queries.visible_settings(request.actor).filter(site=site).first()
    usual = {"silence_days": SILENCE_LIMIT_DAYS, "visits_a_day": 4, "steps_months": STEPS_COUNT_MONTHS}
    form = forms.LimitForm(request.POST or None, instance=kept, initial={} if kept else usual)
    if request.method == "POST" and form.is_valid():
        services.set_limits(site_id=site.pk, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("The limit of %(site)s is kept.") % {"site": site.name})
        return redirect("coaching:attention")
    return render(
        request, "coaching/limits.html", {"form": form, "site": site}, status=422 if form.errors else 200
    )
