"""Boards of a season, joining and leaving it, what earns points, and the seasons there are and were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.recognition import forms, queries, services, words
from floorwalker.apps.recognition.models import Season
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules.sources import SOURCES, weighed
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column, Tab, percent_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

KINDS = {
    "points": gettext_lazy("Points"),
    "together": gettext_lazy("Helping"),
    "teams": gettext_lazy("Teams"),
}
AMONG = {
    "all": gettext_lazy("Everybody"),
    "division": gettext_lazy("Your division"),
    "band": gettext_lazy("Here as long as you"),
    "site": gettext_lazy("Your site"),
}
PLACE_COLUMNS = [
    Column("rank", gettext_lazy("Place"), kind="number"),
    Column("name", gettext_lazy("Name")),
    Column("points", gettext_lazy("Points"), kind="number"),
]
TEAM_COLUMNS = [
    Column("rank", gettext_lazy("Place"), kind="number"),
    Column("team", gettext_lazy("Team")),
    Column("members", gettext_lazy("Joined"), kind="number"),
    Column("average", gettext_lazy("Average, evened out"), kind="number"),
]
WAY_COLUMNS = [
    Column("what", gettext_lazy("What")),
    Column("points", gettext_lazy("Points"), kind="number"),
    Column("a_day", gettext_lazy("At most a day"), kind="number"),
]
SEASON_COLUMNS = [
    Column("name", gettext_lazy("Season")),
    Column("state", gettext_lazy("State")),
    Column("days", gettext_lazy("Days")),
]


@page(P.BOARDS)
def boards(request: Request) -> HttpResponse:
    """The season that runs: its boards for who joined or leads people; for others how to join."""
    actor, season = request.actor, queries.running()
    mine = queries.visible_members(actor).filter(season=season).first() if season else None
    context: dict[str, Any] = {
        "season": season,
        "title": words.season_name(season.first_day, season.last_day) if season else "",
        "member": mine if mine is not None and mine.left_at is None else None,
        "titles": list(queries.my_titles(actor)[:5]),
        "may_join": actor.sight(P.BOARDS).own is not None,
        "join": forms.JoinForm(),
    }
    if season is not None and queries.may_see_boards(actor, season):
        context |= _shown(request, season, context["member"] is not None)
    return render(request, "recognition/boards.html", context)


def _shown(request: Request, season: Season, joined: bool) -> dict[str, Any]:
    """The one board asked for, and the way to the others."""
    kind, among = request.GET.get("board", "points"), request.GET.get("among", "all")
    allowed = [key for key in AMONG if key == "all" or joined]
    if queries.divisions_of(season) < 2:
        allowed = [key for key in allowed if key != "division"]
    if kind not in KINDS or among not in allowed:
        raise NotFound
    here = reverse("recognition:boards")
    found: dict[str, Any] = {
        "shown": True,
        "kind": kind,
        "kinds": [Tab(label, f"{here}?board={key}", key == kind) for key, label in KINDS.items()],
        "place_columns": PLACE_COLUMNS,
        "team_columns": TEAM_COLUMNS,
    }
    if kind == "teams":
        return found | {"teams": queries.team_board(request.actor, season)}
    return found | {
        "board": queries.board(request.actor, season, kind=kind, among=among),
        "among": [
            Tab(AMONG[key], f"{here}?board={kind}&among={key}", key == among)
            for key in allowed
            if len(allowed) > 1
        ],
    }


@page(P.BOARDS, methods=("POST",))
def join(request: Request) -> HttpResponse:
    form = forms.JoinForm(request.POST)
    if form.is_valid():
        try:
            services.join_season(again=form.cleaned_data["again"], by=request.actor, at=request.at)
        except services.NoSeason as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You are in. You can leave at any time; your points stay yours."))
    return redirect("recognition:boards")


@page(P.BOARDS, methods=("POST",))
def leave(request: Request) -> HttpResponse:
    services.leave_season(by=request.actor, at=request.at)
    messages.success(request, _("You stand on no board any more. Your points stay yours."))
    return redirect("recognition:boards")


@dataclass(frozen=True)
class Part:
    """The ways of one nature, what a day of them can bring, and their share in the season."""

    key: str
    title: str
    note: str
    ways: list[tuple[str, int, int]]


@page(P.BOARDS)
def earning(request: Request) -> HttpResponse:
    """What earns points: the same page for everybody."""
    return _earning(request, None)


@page(P.KEEP_GAME, methods=("POST",))
def set_points(request: Request) -> HttpResponse:
    form = _points_form(request.POST)
    if form.is_valid():
        given = {"points": form.points(), "kudos_a_month": form.cleaned_data["kudos_a_month"]}
        try:
            services.set_points(**given, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept. It holds from now on; what was earned before stays."))
            return redirect("recognition:earning")
    return _earning(request, form)


def _points_form(given: Any = None) -> forms.PointsForm:
    labels = {key: str(label) for key, label in words.WAYS.items()}
    return forms.PointsForm(given, ways=queries.ways(), words=labels, month=queries.kudos_a_month())


def _earning(request: Request, form: forms.PointsForm | None) -> HttpResponse:
    ways, season = queries.ways(), queries.running()
    shares, sums = queries.shares_of(season) if season else {}, weighed(ways)
    parts = []
    for nature, title in words.NATURES.items():
        rows = [
            (str(words.WAYS[k]), w.points, w.a_day) for k, w in ways.items() if SOURCES[w.source].nature == nature
        ]
        note = _("A day can bring %(most)d points.") % {"most": sums[nature]}
        if any(shares.values()):
            note += " " + _("%(share)s of this season’s points came so.") % {
                "share": percent_words(shares[nature])
            }
        parts.append(Part(nature, str(title), note, rows))
    may = request.actor.may(P.KEEP_GAME)
    context = {
        "parts": parts,
        "columns": WAY_COLUMNS,
        "month": queries.kudos_a_month(),
        "form": form or (_points_form() if may else None),
    }
    return render(request, "recognition/earning.html", context, status=422 if form is not None else 200)


@page(P.BOARDS)
def seasons(request: Request) -> HttpResponse:
    """All seasons, and a new one for who keeps the game."""
    return _seasons(request, None)


@page(P.KEEP_GAME, methods=("POST",))
def plan_season(request: Request) -> HttpResponse:
    form = forms.SeasonForm(request.POST)
    if form.is_valid():
        try:
            services.plan_season(**form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Planned. It begins and ends by itself."))
            return redirect("recognition:seasons")
    return _seasons(request, form)


def _seasons(request: Request, form: forms.SeasonForm | None) -> HttpResponse:
    found = queries.seasons_page(request.actor, **cursors(request.GET))
    context = {
        "found": found,
        "rows": [(each, words.season_name(each.first_day, each.last_day)) for each in found.items],
        "tones": words.STATE_TONES,
        "columns": SEASON_COLUMNS,
        "form": form or (forms.SeasonForm() if request.actor.may(P.KEEP_GAME) else None),
    }
    return render(request, "recognition/seasons.html", context, status=422 if form is not None else 200)


@page(P.BOARDS)
def season(request: Request, season_id: int) -> HttpResponse:
    """One season: its days, and what was won in it."""
    return _season(request, queries.the_season(request.actor, season_id), None)


@page(P.KEEP_GAME, methods=("POST",))
def change_season(request: Request, season_id: int) -> HttpResponse:
    found = queries.the_season(request.actor, season_id)
    form = forms.SeasonForm(request.POST)
    if form.is_valid():
        try:
            services.change_season(season_id=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Changed. Standings are counted over its days anew; nothing is lost."))
            return redirect("recognition:season", found.pk)
    return _season(request, found, form)


def _season(request: Request, found: Season, form: forms.SeasonForm | None) -> HttpResponse:
    days = {"first_day": found.first_day, "last_day": found.last_day}
    may = request.actor.may(P.KEEP_GAME) and found.state != Season.State.ENDED
    context = {
        "season": found,
        "title": words.season_name(found.first_day, found.last_day),
        "titles": queries.titles_of(request.actor, found),
        "may_see": queries.may_see_boards(request.actor, found),
        "form": form or (forms.SeasonForm(initial=days) if may else None),
    }
    return render(request, "recognition/season.html", context, status=422 if form is not None else 200)
