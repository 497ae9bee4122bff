"""Pages of playing: what there is to play, one line at a time, how it went; and the same as a preview."""

from __future__ import annotations

from hashlib import blake2s
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Play
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.flow import MOST_TURNS, Answer, NoSuchAnswer, Option, begin, take
from floorwalker.apps.people import queries as people
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

A_PAGE = 20


def mixed(options: tuple[Option, ...], salt: str) -> list[Option]:
    """Answers in an order of their own for each play, so that nobody learns their places by heart."""
    return sorted(options, key=lambda each: blake2s(f"{salt}/{each.key}".encode()).digest())


@page(P.PLAY)
def arena(request: Request) -> HttpResponse:
    """Scenarios to play, those one has not completed first."""
    rows = queries.scenarios_to_play(request.actor)
    found = page_of(rows, ("done", "name", "pk"), **cursors(request.GET), limit=A_PAGE)
    values = {
        "found": found,
        "cards": queries.cards_of(request.actor, found.items),
        "may_compete": request.actor.may(P.COMPETE),
    }
    return render(request, "learning/arena.html", values)


@page(P.PLAY, methods=("POST",))
def begin_play(request: Request, scenario_id: int) -> HttpResponse:
    """Begin, or go on where one left off."""
    agent = people.agent_of(request.actor)
    version = queries.in_force(request.actor, scenario_id)
    if agent is None:
        raise NotFound
    play = services.begin_play(version_id=version.pk, agent_id=agent.pk, by=request.actor, at=request.at)
    return redirect("learning:play", play.pk)


@page(P.PLAY)
def play(request: Request, play_id: int) -> HttpResponse:
    """The line that stands with its answers; once it is over, how it went."""
    found = queries.the_play(request.actor, play_id)
    match_id = queries.match_of_play(found)
    if match_id is not None and found.state != "playing":
        return redirect("learning:match", match_id)
    if found.state != "playing":
        return render(
            request, "learning/result.html", {"found": found, "result": queries.result_of(request.actor, found)}
        )
    return render(request, "learning/play.html", {**the_line(found), "match_id": match_id})


def the_line(found: Play) -> dict[str, Any]:
    """The line that stands in a play, and what was said before it."""
    flow, turns = found.version.flow, queries.turns_of(found)
    node = flow.node(turns[-1].node)
    if node is None:
        raise NotFound
    return {
        "found": found,
        "setting": flow.setting,
        "turn": turns[-1],
        "node": node,
        "options": mixed(node.options, f"{found.pk}/{turns[-1].number}"),
        "before": queries.said_before(flow, turns),
    }


@page(P.PLAY, methods=("POST",))
def answer(request: Request, play_id: int) -> HttpResponse:
    """Answer the line that stands, by an option or in own words; the next line takes its place on the page."""
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 4:
        queries.the_play(request.actor, play_id)
        raise Invalid(problem=_("The line that is answered is missing; open the page again."))
    try:
        found = services.answer(
            play_id=play_id,
            number=int(number),
            option=request.POST.get("option", ""),
            words=request.POST.get("words", ""),
            by=request.actor,
            at=request.at,
        )
    except (services.AnswersOneLine, services.NotYourTurn, services.PlayOver) as refused:
        messages.error(request, str(refused))
        return whole_page(request, play_id)
    if request.htmx and found.state == Play.State.PLAYING:  # type: ignore[attr-defined]
        return render(request, "learning/_turn.html", {**the_line(found), "next": True})
    return whole_page(request, play_id)


def whole_page(request: Request, play_id: int) -> HttpResponse:
    """Lead to the page of the play, also a browser that asked for its next line alone."""
    url = reverse("learning:play", args=[play_id])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]


@page(P.PLAY, methods=("POST",))
def shown(request: Request, play_id: int) -> HttpResponse:
    """The line stands on the screen now."""
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 4:
        raise NotFound
    services.shown(play_id=play_id, number=int(number), by=request.actor, at=request.at)
    return HttpResponse(status=204)


@page(P.PLAY, methods=("POST",))
def give_up(request: Request, play_id: int) -> HttpResponse:
    ended = services.give_up(play_id=play_id, by=request.actor, at=request.at)
    match_id = queries.match_of_play(ended)
    return redirect("learning:arena") if match_id is None else redirect("learning:match", match_id)


@page(P.PLAY)
def mine(request: Request) -> HttpResponse:
    """One's own practice: scenarios with the branches one has never taken, and every play."""
    rows = queries.played_scenarios(request.actor)
    found = page_of(rows, ("-latest", "-pk"), **cursors(request.GET), limit=A_PAGE)
    values = {
        "found": found,
        "own": queries.own_scenarios(request.actor, found.items),
    }
    return render(request, "learning/mine.html", values)


@page(P.PLAY)
def plays(request: Request) -> HttpResponse:
    """Every play of one's own."""
    rows = queries.visible_plays(request.actor).filter(purpose="practice").select_related("version__scenario")
    values = {
        "found": page_of(rows, ("-began_at", "-pk"), **cursors(request.GET), counted=True),
        "columns": [
            Column("scenario", _("Scenario")),
            Column("at", _("Played")),
            Column("met", _("Steps met"), kind="number"),
            Column("time", _("Time to think"), kind="number"),
            Column("state", _("How it ended")),
        ],
    }
    return render(request, "learning/plays.html", values)


@page(P.SEE_SCENARIOS)
def preview(request: Request, scenario_version_id: int) -> HttpResponse:
    """Play a version as an agent will; the address holds the answers, and nothing is kept."""
    found = queries.the_version(request.actor, scenario_version_id)
    flow = found.flow
    if flow.node(flow.start) is None:
        return render(request, "learning/preview.html", {"found": found, "node": None})
    so_far = request.GET.getlist("a")[:MOST_TURNS]
    given = request.GET.get("words", "").strip()[:1000]
    if given:
        so_far = [*so_far, f"w:{given}"]
    walked, gone = begin(flow), []
    for each in so_far:
        kind, _sep, value = each.partition(":")
        try:
            walked = take(flow, walked, Answer(option=value) if kind == "o" else Answer(words=value))
        except NoSuchAnswer:
            messages.warning(request, _("The draft was changed meanwhile; the preview stops at this line."))
            break
        gone.append(each)
    node = flow.node(walked.node)
    values = {
        "found": found,
        "walk": walked,
        "node": node,
        "gone": gone,
        "options": mixed(node.options, str(len(gone))) if node else [],
        "told": queries.preview_of(flow, walked),
    }
    return render(request, "learning/preview.html", values)
