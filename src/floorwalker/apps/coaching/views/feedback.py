"""Pages of feedback: what was said to me, what I wrote, one talk, and the door of HR."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of
from floorwalker.kernel.picking import offers
from floorwalker.kernel.taking import taken_along

COLUMNS = [
    Column("about", gettext_lazy("About")),
    Column("who", gettext_lazy("Who")),
    Column("kind", gettext_lazy("Kind")),
    Column("at", gettext_lazy("When")),
]
TOUCH_COLUMNS = [
    Column("kind", gettext_lazy("How")),
    Column("n", gettext_lazy("Times"), kind="number"),
    Column("last", gettext_lazy("Last")),
]
OPENING_COLUMNS = [
    Column("agent", gettext_lazy("Whose feedback")),
    Column("by", gettext_lazy("Opened by")),
    Column("why", gettext_lazy("Why")),
    Column("at", gettext_lazy("When")),
]
OPENED_TALKS = [
    Column("lead", gettext_lazy("Held by")),
    Column("state", gettext_lazy("State")),
    Column("at", gettext_lazy("Planned")),
]
COUNTED = ["month", "agent", "kind", "times", "positive", "corrective", "minutes"]


def tabs_of(actor: Actor, here: str) -> list[Tab]:
    """The lists somebody has a use for."""
    found = []
    if people.agent_of(actor) is not None:
        found.append(("coaching:mine", _("Said to me")))
    if actor.may(P.GIVE):
        found += [("coaching:written", _("Written by me")), ("coaching:handed", _("Handed to me"))]
    if actor.may(P.SEE_OPENINGS):
        found.append(("coaching:openings", _("Opened by HR")))
    return [Tab(label, reverse(name), current=name == here) for name, label in found]


@page(P.READ)
def mine(request: Request) -> HttpResponse:
    """What was said to me; who is no agent is led to what they wrote."""
    agent = people.agent_of(request.actor)
    if agent is None:
        return redirect("coaching:written")
    more = {"touches": queries.given_to(request.actor, agent), "touch_columns": TOUCH_COLUMNS}
    return _list(request, "mine", "coaching:mine", more)


@page(P.READ)
def written(request: Request) -> HttpResponse:
    """What I wrote."""
    return _list(request, "written", "coaching:written", {"gives": request.actor.may(P.GIVE)})


@page(P.READ)
def handed(request: Request) -> HttpResponse:
    """What agents I lead let me read of what others wrote."""
    services.note_handed(by=request.actor, at=request.at)
    return _list(request, "handed", "coaching:handed", {})


def _list(request: Request, side: str, here: str, more: dict[str, object]) -> HttpResponse:
    rows = queries.list_feedback(request.actor, side)
    context = {
        "side": side,
        "found": page_of(rows, ("-at", "-pk"), counted=True, **cursors(request.GET)),
        "columns": COLUMNS,
        "tabs": tabs_of(request.actor, here),
    }
    return render(request, "coaching/list.html", context | more)


@page(P.GIVE)
def choose(request: Request) -> HttpResponse:
    """Whom the feedback is for."""
    agents = people.visible_agents(request.actor, P.GIVE).filter(left_on=None).select_related("team")
    columns = [Column("name", _("Name")), Column("team", _("Team"))]
    context = {
        "found": page_of(agents, ("name", "pk"), counted=True, **cursors(request.GET)),
        "columns": columns,
        "tabs": tabs_of(request.actor, ""),
    }
    return render(request, "coaching/choose.html", context)


@page(P.GIVE)
def agent(request: Request, agent_id: int) -> HttpResponse:
    """One agent: what I may read of what was said to them, and how much attention they had."""
    found = people.the_agent(request.actor, agent_id, P.GIVE)
    context = {
        "about": queries.about_agent(request.actor, found, **cursors(request.GET)),
        "agent": found,
        "columns": COLUMNS,
        "touch_columns": TOUCH_COLUMNS,
    }
    return render(request, "coaching/agent.html", context)


@page(P.GIVE, methods=("GET", "POST"))
def give(request: Request, agent_id: int) -> HttpResponse:
    """Give an agent feedback."""
    found = people.the_agent(request.actor, agent_id, P.GIVE)
    first = {"kind": request.GET.get("kind", "positive")}
    days = forms.PlannedDayForm(request.GET)
    day = (days.cleaned_data["day"] if days.is_valid() else None) or people.today_of(found, request.at)
    pieces = queries.pieces_offered(request.actor, found, day, request.at)
    form = forms.GiveForm(
        request.POST or None,
        actor=request.actor,
        agent=found,
        pointed=request.POST.get("evidence_kind", "") or request.GET.get("evidence", ""),
        pieces=pieces,
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.give(agent_id=found.pk, **form.said(), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(name)s can read it now.") % {"name": found.name})
            return redirect("coaching:agent", found.pk)
    context = {
        "form": form,
        "agent": found,
        "behaviours": queries.behaviours_offered(request.actor),
        "days": forms.PlannedDayForm(initial={"day": day}) if "state" in form.fields else None,
        "pieces": bool(pieces),
    }
    return render(request, "coaching/give.html", context, status=422 if form.errors else 200)


@page(P.READ)
def feedback(request: Request, feedback_id: int) -> HttpResponse:
    found = services.read_feedback(feedback_id=feedback_id, by=request.actor, at=request.at)
    return _talk(request, found)


def _talk(
    request: Request, found: Feedback, reply: forms.ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    """One talk: the words, the evidence, the answers, and what this reader can do."""
    actor = request.actor
    mine = found.agent.user_id == actor.user_id
    words, url = queries.evidence_of(actor, found)
    hand_on = forms.HandOnForm(feedback=found) if mine else None
    context = {
        "feedback": found,
        "mine": mine,
        "evidence": words,
        "evidence_url": url,
        "planned": queries.planned_at(actor, found),
        "expired": found.expires_on is not None and found.expires_on <= people.today_of(found.agent, request.at),
        "response": getattr(found.behaviour, ("first", "second", "third")[(found.rung or 1) - 1], ""),
        "thread": queries.messages_of(actor, found),
        "reply": (reply or forms.ReplyForm()) if mine or found.author_id == actor.user_id else None,
        "hand_on": hand_on if hand_on and hand_on.fields["to"].choices else None,  # type: ignore[attr-defined]
    }
    return render(request, "coaching/feedback.html", context, status=status)


@page(P.READ, methods=("POST",))
def reply(request: Request, feedback_id: int) -> HttpResponse:
    found = queries.the_feedback(request.actor, feedback_id)
    form = forms.ReplyForm(request.POST)
    if not form.is_valid():
        return _talk(request, found, form, 422)
    try:
        services.reply(feedback_id=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
    except (services.DelicateWords, services.WordsMissing) as refusal:
        form.refused(refusal)
        return _talk(request, found, form, 422)
    return redirect("coaching:feedback", found.pk)


@page(P.READ, methods=("POST",))
def hand_on(request: Request, feedback_id: int) -> HttpResponse:
    found = queries.the_feedback(request.actor, feedback_id)
    form = forms.HandOnForm(request.POST, feedback=found)
    if not form.is_valid():
        raise services.OnlyTheAgent
    services.hand_on(feedback_ids=[found.pk], to_user_id=form.cleaned_data["to"], by=request.actor, at=request.at)
    messages.success(request, _("They can read it now."))
    return redirect("coaching:feedback", found.pk)


@page(P.SEE_OPENINGS)
def openings(request: Request) -> HttpResponse:
    """Who of HR opened feedback, when and why: one's own, or what HR opened."""
    context = {
        "found": page_of(queries.openings_of(request.actor), ("-at", "-pk"), counted=True, **cursors(request.GET)),
        "columns": OPENING_COLUMNS,
        "tabs": tabs_of(request.actor, "coaching:openings"),
        "opens": request.actor.may(P.BREAK_GLASS),
    }
    return render(request, "coaching/openings.html", context)


@page(P.BREAK_GLASS, methods=("GET", "POST"))
def break_glass(request: Request) -> HttpResponse:
    """Open somebody's feedback, with the reason."""
    form = forms.OpenForm(request.POST or None, actor=request.actor)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        opening = services.break_glass(
            agent_id=form.cleaned_data["agent"], why=form.cleaned_data["why"], by=request.actor, at=request.at
        )
        return redirect("coaching:opening", opening.pk)
    return render(request, "coaching/break_glass.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE_OPENINGS)
def opening(request: Request, opening_id: int) -> HttpResponse:
    """What one opening lets its opener read, for a day."""
    found = queries.the_opening(request.actor, opening_id)
    rows = queries.opened_feedback(request.actor, found)
    context = {
        "opening": found,
        "found": page_of(rows, ("-at", "-pk"), counted=True, **cursors(request.GET)),
        "columns": COLUMNS,
        "talks": list(queries.opened_talks(request.actor, found)[:50]),
        "talk_columns": OPENED_TALKS,
        "closed": found.until <= request.at,
        "mine": found.by_id == request.actor.user_id,
    }
    return render(request, "coaching/opening.html", context)


@page(P.SEE_ATTENTION)
def counts_csv(request: Request) -> HttpResponse | StreamingHttpResponse:
    """How often and how long, month by month; no words."""
    rows = queries.counts_given(request.actor, request.actor.zone)
    return taken_along(request, "attention.csv", COUNTED, rows)
