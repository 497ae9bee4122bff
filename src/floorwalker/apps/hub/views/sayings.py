"""Pages of what people say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.hub import forms, queries, rules, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

TABS = (
    ("hub:say", gettext_lazy("Say something")),
    ("hub:mine", gettext_lazy("What you said")),
    ("hub:answered", gettext_lazy("You said, we did")),
    ("hub:to_answer", gettext_lazy("To answer")),
    ("hub:who", gettext_lazy("Whom to talk to")),
    ("hub:policies", gettext_lazy("Policies")),
)
MAP_COLUMNS = [
    Column("topic", gettext_lazy("About")),
    Column("owner", gettext_lazy("Who answers")),
    Column("days", gettext_lazy("Within")),
    Column("second", gettext_lazy("When the day has passed")),
    Column("open", gettext_lazy("Waiting"), kind="number"),
    Column("say", ""),
]
OVERDUE_COLUMNS = [
    Column("owner", gettext_lazy("Who answers")),
    Column("topic", gettext_lazy("About")),
    Column("due", gettext_lazy("Promised for")),
]
EXPORTED = ("said_on", "kind", "topic", "words", "state", "owner", "moved_on", "answer")


def _tabs(here: str) -> list[Tab]:
    return [Tab(label, reverse(name), current=name == here) for name, label in TABS]


@page(P.SAY, methods=("GET", "POST"))
def say(request: Request) -> HttpResponse:
    """The one form; without a topic there is nobody to say it to."""
    wanted = {key: request.GET[key] for key in ("kind", "topic", "policy") if key in request.GET}
    form = forms.SayForm(request.POST or None, actor=request.actor, initial=wanted)
    if request.method == "POST" and form.is_valid():
        try:
            services.say(**form.said(), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            # No message: it would be kept in the session, beside the hour.
            return redirect(f"{reverse('hub:mine')}?received=yes")
    context = {
        "form": form,
        "tabs": _tabs("hub:say"),
        "topics": queries.visible_topics(request.actor).filter(archived=False).exists(),
        "hides": "anonymous" in form.fields,
        "smallest": rules.SMALLEST_GROUP,
        "keeps": request.actor.may(P.KEEP_TOPICS),
    }
    return render(request, "hub/say.html", context, status=422 if form.errors else 200)


@page(P.SAY)
def mine(request: Request) -> HttpResponse:
    """What I said, with everything that became of it; nothing here leads to an address that names one."""
    found = queries.mine(request.actor, request.at.date(), **cursors(request.GET))
    context = {"found": found, "tabs": _tabs("hub:mine"), "received": "received" in request.GET}
    return render(request, "hub/mine.html", context)


@page(P.SAY)
def answered(request: Request) -> HttpResponse:
    """“You said, we did”, and whose days have passed."""
    today = request.at.date()
    context = {
        "found": queries.answered(request.actor, today, **cursors(request.GET)),
        "overdue": queries.overdue(request.actor, today),
        "overdue_columns": OVERDUE_COLUMNS,
        "tabs": _tabs("hub:answered"),
    }
    return render(request, "hub/answered.html", context)


@page(P.SAY)
def answered_csv(request: Request) -> StreamingHttpResponse:
    """The same as a table."""
    return response("you-said-we-did.csv", csv_chunks(EXPORTED, queries.exported(request.actor)))


@page(P.SAY)
def to_answer(request: Request) -> HttpResponse:
    """What waits for me, the earliest day first."""
    found = queries.to_answer(request.actor, request.at.date(), **cursors(request.GET))
    return render(request, "hub/to_answer.html", {"found": found, "tabs": _tabs("hub:to_answer")})


@page(P.SEE_TOPICS)
def who(request: Request) -> HttpResponse:
    """Whom to talk to about what, how soon, and who comes after them."""
    context = {
        "lines": queries.contact_map(request.actor, request.at.date()),
        "columns": MAP_COLUMNS,
        "tabs": _tabs("hub:who"),
        "keeps": request.actor.may(P.KEEP_TOPICS),
    }
    return render(request, "hub/who.html", context)


@page(P.SAY)
def saying(request: Request, saying_id: int) -> HttpResponse:
    return _shown(request, saying_id)


def _shown(request: Request, saying_id: int, **tried: django_forms.Form) -> HttpResponse:
    """One of them; who answers finds the steps that are possible."""
    found = queries.the_saying(request.actor, saying_id)
    line = queries.shown(request.actor, found, request.at.date())
    context: dict[str, Any] = {"line": line, "saying": found}
    if line.to_answer and line.open and not found.joined_to_id:
        context |= _steps(request, found)
        context["history"] = audit.history(("hub.saying", found.pk))
    return render(request, "hub/saying.html", context | tried, status=422 if tried else 200)


def _steps(request: Request, found: Any) -> dict[str, Any]:
    """The forms of what may be done now."""

    def may(to: str) -> bool:
        return rules.may_move(found.kind, found.state, to)

    actor, steps = request.actor, dict[str, Any]()
    if may(rules.ANSWERED):
        steps["answer"] = forms.WordsAndDay() if rules.needs_day(found.kind, rules.ANSWERED) else forms.Words()
    if may(rules.TRIAL):
        steps["trial"] = forms.WordsAndDay(label=_("What is tried"), day_label=_("Until when"))
    if may(rules.DONE):
        taught = _("What the trial has taught") if found.state == rules.TRIAL else _("What was done")
        steps["finish"] = forms.Words(label=taught)
    if may(rules.DECLINED):
        steps["decline"] = forms.Words(label=_("Why not"))
    if may(rules.JOINED) and queries.to_join(actor, found).exists() and not found.joined.exists():
        steps["join"] = forms.JoinForm(actor=actor, saying=found)
    steps["hand_on"] = forms.HandOnForm(actor=actor, saying=found)
    return steps


def _step(
    request: Request, saying_id: int, key: str, form: django_forms.Form, verb: Callable[..., Any], done: str
) -> HttpResponse:
    """Take a step with what a form holds: done, or the page again with the reason."""
    if form.is_valid():
        try:
            verb(saying_id=saying_id, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status != Refused.status:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("hub:saying", saying_id)
    return _shown(request, saying_id, **{key: form})


@page(P.SAY, methods=("POST",))
def answer(request: Request, saying_id: int) -> HttpResponse:
    found = queries.the_saying_to_answer(request.actor, saying_id)
    shape = forms.WordsAndDay if rules.needs_day(found.kind, rules.ANSWERED) else forms.Words
    return _step(request, saying_id, "answer", shape(request.POST), services.answer, _("The answer is given."))


@page(P.SAY, methods=("POST",))
def trial(request: Request, saying_id: int) -> HttpResponse:
    queries.the_saying_to_answer(request.actor, saying_id)
    form = forms.WordsAndDay(request.POST, label=_("What is tried"), day_label=_("Until when"))
    return _step(request, saying_id, "trial", form, services.try_out, _("The trial has begun."))


@page(P.SAY, methods=("POST",))
def finish(request: Request, saying_id: int) -> HttpResponse:
    queries.the_saying_to_answer(request.actor, saying_id)
    form = forms.Words(request.POST, label=_("What was done"))
    return _step(request, saying_id, "finish", form, services.finish, _("It is done."))


@page(P.SAY, methods=("POST",))
def decline(request: Request, saying_id: int) -> HttpResponse:
    queries.the_saying_to_answer(request.actor, saying_id)
    form = forms.Words(request.POST, label=_("Why not"))
    return _step(request, saying_id, "decline", form, services.decline, _("It is declined, with your reason."))


@page(P.SAY, methods=("POST",))
def join(request: Request, saying_id: int) -> HttpResponse:
    found = queries.the_saying_to_answer(request.actor, saying_id)
    form = forms.JoinForm(request.POST, actor=request.actor, saying=found)

    def verb(*, to: int, **more: Any) -> None:
        services.join(to_saying_id=to, **more)

    return _step(request, saying_id, "join", form, verb, _("Joined; its author follows the other one now."))


@page(P.SAY, methods=("POST",))
def hand_on(request: Request, saying_id: int) -> HttpResponse:
    found = queries.the_saying_to_answer(request.actor, saying_id)
    form = forms.HandOnForm(request.POST, actor=request.actor, saying=found)
    if not form.is_valid():
        return _shown(request, saying_id, hand_on=form)
    given = form.cleaned_data
    services.hand_on(
        saying_id=saying_id, topic_id=given["topic"], words=given["words"], by=request.actor, at=request.at
    )
    messages.success(request, _("Handed on."))
    return redirect("hub:to_answer")


@page(P.SEE_TOPICS)
def policies(request: Request) -> HttpResponse:
    """The rules of the house, and what became of the changes that were asked for."""
    keeps = request.actor.may(P.KEEP_POLICIES)
    context = {"lines": queries.policy_lines(request.actor), "keeps": keeps, "tabs": _tabs("hub:policies")}
    return render(request, "hub/policies.html", context)


@page(P.KEEP_POLICIES, methods=("GET", "POST"))
def new_policy(request: Request) -> HttpResponse:
    return _policy(request, None)


@page(P.KEEP_POLICIES, methods=("GET", "POST"))
def policy(request: Request, policy_id: int) -> HttpResponse:
    return _policy(request, policy_id)


def _policy(request: Request, policy_id: int | None) -> HttpResponse:
    found = queries.the_policy(request.actor, policy_id, P.KEEP_POLICIES) if policy_id is not None else None
    form = forms.PolicyForm(request.POST or None, actor=request.actor, policy=found, today=request.at.date())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.keep_policy(
                policy_id=policy_id,
                name=given["name"],
                text=given["text"],
                owner_id=given["owner"],
                since=given["since"],
                by=request.actor,
                at=request.at,
            )
        except services.PolicyTaken as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("%(name)s is kept.") % {"name": given["name"]})
            return redirect("hub:policies")
    return render(request, "hub/policy.html", {"form": form, "policy": found}, status=422 if form.errors else 200)


@page(P.KEEP_POLICIES, methods=("POST",))
def archive_policy(request: Request, policy_id: int) -> HttpResponse:
    found = services.archive_policy(policy_id=policy_id, by=request.actor, at=request.at)
    messages.success(request, _("%(name)s is no longer in force.") % {"name": found.name})
    return redirect("hub:policies")
